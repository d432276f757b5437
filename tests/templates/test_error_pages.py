"""The pages shown when something is not there, not allowed, or broken."""

import pytest
from django.template.loader import render_to_string


def test_the_broken_page_needs_no_context():
    html = render_to_string("500.html")

    assert "Something broke on our side" in html
    assert "css/base" in html


@pytest.mark.parametrize(
    ("template", "words"),
    [
        ("403.html", "This is not yours to open"),
        ("403_csrf.html", "your words are still in the form"),
        ("404.html", "or it belongs to somebody else"),
    ],
)
def test_a_signed_out_person_is_told_what_happened_and_where_to_go(template, words):
    html = render_to_string(template)

    assert words in html
    assert 'href="/"' in html
    assert "Sign out" not in html
