"""A list that was downloaded here is known by its headers."""

import pytest

from reps.domain.files.fields import FIELDS, Kind
from reps.domain.files.headers import Sure, guess
from reps.domain.files.our_headers import OUR_HEADERS, are_ours
from reps.domain.files.systems import System
from reps.domain.files.written_by import written_by
from tests.reps.domain.files.looks import DAYS, EMAILS, EMPTY, NUMBERS, TEXTS


@pytest.mark.parametrize("kind", OUR_HEADERS)
def test_they_are_ours_in_any_order_and_all_together(kind):
    headers = list(OUR_HEADERS[kind])
    assert are_ours(kind, reversed(headers))
    assert are_ours(kind, [header.upper() for header in headers])
    assert not are_ours(kind, headers[1:])
    assert not are_ours(kind, [*headers, "Notes"])
    assert not are_ours(Kind.PRODUCTS, headers)


@pytest.mark.parametrize("look", [EMPTY, TEXTS, DAYS, NUMBERS, EMAILS])
@pytest.mark.parametrize("kind", OUR_HEADERS)
def test_each_means_its_fact_whatever_stands_below_it(kind, look):
    headers = OUR_HEADERS[kind]
    columns, looks = list(headers), [look] * len(headers)
    system = written_by(kind, columns, looks)
    assert system == System.SECOND_WIND
    found = guess(kind, columns, looks, system)
    assert [told.fact for told in found] == list(filter(None, headers.values()))
    assert {told.sure for told in found} == {Sure.KNOWN}


def test_nobody_else_means_that_by_them():
    """An "Estimated" of another system may be an amount."""
    columns = ["Account", "Owner", "Stage", "Estimated"]
    found = guess(Kind.DEALS, columns, [EMPTY] * len(columns))
    assert [told.column for told in found] == [0, 1, 2]


def test_every_fact_is_one_that_such_a_file_brings():
    for kind, headers in OUR_HEADERS.items():
        facts = {fact for fact in headers.values() if fact}
        assert facts <= {field.fact for field in FIELDS[kind]}
