"""What a column's values speak against."""

import pytest

from reps.domain.files.fields import Fact, Field, Holds
from reps.domain.files.looks import contradicts
from tests.reps.domain.files.looks import BARE_DAYS, DAYS, EMAILS, EMPTY, NUMBERS, TEXTS


@pytest.mark.parametrize(
    ("holds", "may_be"),
    [
        (Holds.TEXT, {"texts", "emails", "days", "bare days", "numbers"}),
        (Holds.NAME, {"texts", "emails"}),
        (Holds.CHOICE, {"texts", "emails", "numbers", "bare days"}),
        (Holds.DAY, {"days", "bare days"}),
        (Holds.AMOUNT, {"numbers", "bare days"}),
        (Holds.SHARE, {"numbers", "bare days"}),
        (Holds.COUNT, {"numbers", "bare days"}),
        (Holds.EMAIL, {"emails"}),
    ],
)
def test_what_may_stand_in_a_column(holds, may_be):
    looks = {
        "texts": TEXTS,
        "emails": EMAILS,
        "days": DAYS,
        "bare days": BARE_DAYS,
        "numbers": NUMBERS,
    }
    field = Field(Fact.TITLE, holds)
    fitting = {name for name, look in looks.items() if not contradicts(field, look)}
    assert fitting == may_be
    assert not contradicts(field, EMPTY)
