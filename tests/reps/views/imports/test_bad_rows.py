"""The rows to be put right, as a file."""

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db


def test_they_are_a_csv_named_after_the_file(browser, brought):
    answer = browser.get(reverse("reps:bad_rows", args=[brought.pk]))

    assert answer.getvalue() == b"a,b"
    assert 'filename="deals to mend.csv"' in answer["Content-Disposition"]
