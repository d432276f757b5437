"""Plans as a file, to be read: the signed to whoever may, a draft to the two alone."""

from datetime import date

import pytest
from django.urls import reverse

from plans.models import Plan
from tests.factories.plans import (
    CommitmentFactory,
    PlanFactory,
    agree,
    put_on_the_table,
)
from tests.factories.reps import RepFactory
from tests.list_files import in_csv, in_sheet, name_of

pytestmark = pytest.mark.django_db
FILE = reverse("plans:plan_file")
NOTHING = [""] * 6


def rows(browser, **query):
    return in_csv(browser.get(FILE, query))[1:]


def test_a_draft_stands_as_the_two_have_it(as_, plan, erin, theo):
    answer = as_(erin).get(FILE)
    assert name_of(answer) == 'attachment; filename="plans.csv"'
    header, row = in_csv(answer)
    assert header == [
        *("Rep", "Rep email", "Quarter", "Status", "Revision", "Objective"),
        *("Goal, at least", "Goal, at best", "Strategies", "A week", "Backup plan"),
        *("Closed on", "What came of it"),
    ]
    assert row == [
        *("Theo Lindqvist", theo.email, "Q4 2026", "Draft", ""),
        *("A bounce-back quarter.", "150000.00", "200000.00"),
        "“Prospect before anything else, Near misses, The rep”",
        *("New calls: 25", "", "", ""),
    ]
    assert rows(as_(theo)) == [row]


def test_what_is_signed_stands_as_it_was_signed(as_, plan, erin, lena):
    agree(plan)
    Plan.objects.update(objective="=changed()")
    for reader in (erin, lena):
        [row] = rows(as_(reader))
        assert row[3:9] == [
            *("Active", "1", "A bounce-back quarter.", "150000", "200000"),
            "“Prospect before anything else, Near misses, The rep”",
        ]
        assert row[9].splitlines()[1] == "New calls: 25"


def test_a_leader_above_learns_that_there_is_one_until_both_have_signed(
    as_, plan, erin, lena
):
    [row] = rows(as_(lena))
    assert row[2:] == ["Q4 2026", "Draft", "", *NOTHING, "", ""]
    put_on_the_table(plan)
    [row] = rows(as_(lena))
    assert row[2:] == ["Q4 2026", "Proposed", "", *NOTHING, "", ""]
    plan.close(on=date(2026, 11, 12), came_of_it="A canary")
    [row] = rows(as_(lena))
    assert row[2:] == ["Q4 2026", "Closed", "", *NOTHING, "2026-11-12", ""]
    [row] = rows(as_(erin))
    assert row[-2:] == ["2026-11-12", "A canary"]


def test_what_is_one_s_own_is_in_none_of_them(as_, plan, erin, theo):
    CommitmentFactory(plan=plan, words="Yoga", is_shared=True)
    for reader in (erin, theo):
        assert "Yoga" not in str(rows(as_(reader)))


def test_it_keeps_to_the_rep_and_to_whom_one_sees(as_, plan, erin, theo):
    mate = RepFactory(name="Zoe", team=plan.rep.team)
    PlanFactory(rep=mate, quarter=plan.quarter, objective="A canary")
    assert [row[0] for row in rows(as_(erin))] == ["Theo Lindqvist", "Zoe"]
    assert [row[0] for row in rows(as_(erin), rep=mate.pk)] == ["Zoe"]
    assert [row[0] for row in rows(as_(theo))] == ["Theo Lindqvist"]
    assert as_(theo).get(FILE, {"rep": mate.pk}).status_code == 404


def test_in_a_workbook_goals_are_numbers_and_words_are_never_run(as_, plan, erin):
    Plan.objects.update(objective="=2+3")
    _header, row = in_sheet(as_(erin).get(FILE, {"as": "xlsx"}))
    assert row[5:8] == ["=2+3", 150_000, 200_000]


def test_the_list_of_plans_and_the_rep_s_page_offer_it(as_, plan, erin):
    browser, rep = as_(erin), plan.rep
    assert f'href="{FILE}?selling=1"' in browser.get(reverse("plans:plans")).text
    page = browser.get(reverse("plans:rep_detail", args=[rep.pk])).text
    assert f'href="{FILE}?rep={rep.pk}&amp;as=xlsx"' in page


@pytest.mark.parametrize("more", [0, 9])
def test_it_costs_the_same_however_many(
    as_, plan, erin, more, django_assert_num_queries
):
    for mate in RepFactory.create_batch(more, team=plan.rep.team):
        PlanFactory(rep=mate, quarter=plan.quarter)
    browser = as_(erin)
    # Session, user, runs a team, how many, plans, signed, strategies, metrics and
    # their activities.
    with django_assert_num_queries(9):
        browser.get(FILE).getvalue()
