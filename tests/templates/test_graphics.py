"""Bars and pips: figures in SVG attributes, whatever the reader's language."""

from decimal import Decimal

from django.template.loader import render_to_string
from django.utils import translation

from reps.templatetags import sales_marks
from tests.pages import one_line


def bar(**figures):
    return sales_marks.bar("bar-7", title="Theo", desc="19.5% booked", **figures)


def test_a_bar_escapes_what_people_are_called():
    html = sales_marks.bar("bar-7", title="<b>Theo</b>", desc="", fill=1)
    assert "&lt;b&gt;Theo" in html


def test_a_bar_is_drawn_with_points_where_people_write_commas():
    with translation.override("de"):
        html = bar(fill=Decimal("19.5"), tick=38.5)

    assert 'width="19.5%"' in html
    assert 'x1="38.5%" x2="38.5%"' in html


def test_a_bar_is_named_by_its_title_and_its_description():
    assert 'aria-labelledby="bar-7-title bar-7-desc"' in bar(fill=1)


def test_a_bar_without_an_expectation_has_no_tick():
    assert "g-tick" not in bar(fill=20)
    assert "g-tick" in bar(fill=20, tick=0)  # the first morning expects nothing yet


def test_a_bar_is_green_once_it_is_done():
    assert "g-done" in bar(fill=100, done=True)
    assert "g-done" not in bar(fill=100)


def test_pips_say_in_words_what_the_squares_show():
    html = render_to_string("reps/_pips.html", {"done": 2, "target": 3})

    assert 'aria-label="2 of 3"' in html
    assert (html.count("g-fill"), html.count("g-hollow")) == (2, 1)


def test_a_target_of_many_is_a_bar():
    html = one_line(render_to_string("reps/_pips.html", {"done": 52, "target": 75}))

    assert 'aria-label="52 of 75"' in html
    assert 'class="g-fill" y="4" width="69%"' in html
