"""All checks together: in order, at once, none of them longer than it may take."""

from threading import Event
from time import monotonic

import pytest

from recovery.set_up_checks import CHECKS, Check, look_at_everything
from recovery.set_up_checks.finding import Level, fine

QUICK = Check("quick", lambda: fine("There."))


def test_one_that_hangs_does_not_hold_up_the_others():
    let_go = Event()
    hangs = Check("hangs", lambda: let_go.wait() and fine("At last."))
    began = monotonic()
    found = look_at_everything(seconds=0.3, checks=[hangs, hangs, QUICK])
    took = monotonic() - began
    let_go.set()
    levels = [finding.level for _, finding in found]
    assert levels == [Level.BROKEN, Level.BROKEN, Level.FINE]
    assert found[0][1].fact == "Nothing was heard within 0.3 seconds."
    assert took < 2


def test_one_that_fails_says_so_and_not_with_whose_words():
    def fail():
        raise ValueError("Ada's own words")

    found = look_at_everything(checks=[Check("fails", fail), QUICK])
    assert found[0][1].fact == "The check itself failed (ValueError)."
    assert found[1][1].level == Level.FINE


@pytest.mark.django_db(transaction=True)
def test_every_check_answers_here():
    found = look_at_everything(seconds=30)
    assert [check for check, _ in found] == CHECKS
    for check, finding in found:
        assert finding.fact, check.name
        assert bool(finding.what_to_do) == (finding.level != Level.FINE), check.name
        assert "itself failed" not in finding.fact, check.name
