"""Deals of a source that a file does not have, and those outside one's own teams."""

from datetime import date, timedelta

import pytest

from reps.domain.transitions import Outcome
from reps.imports.known_deals import NAMED
from reps.models import Deal, DealFacts
from tests.factories.deal_rows import place, row, won
from tests.factories.reps import (
    NOON,
    DealFactory,
    OrganizationFactory,
    QuarterFactory,
    RepFactory,
    StageFactory,
    TeamFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    """Theo sells in West, Mira in East."""
    office = OrganizationFactory()
    StageFactory(organization=office, name="Prospecting", order=1)
    for name, team in (("Theo", "West"), ("Mira", "East")):
        team = TeamFactory(organization=office, name=team)
        RepFactory(organization=office, name=name, team=team)
    return office


def west(office):
    return [office.teams.get(name="West").pk]


def test_where_it_came_from_and_why_it_was_lost_are_no_figures(office):
    days = {"starts_on": date(2026, 7, 1), "ends_on": date(2026, 9, 30)}
    made_at = NOON - timedelta(days=60)
    QuarterFactory(organization=office, made_at=made_at, **days)
    lost = {"outcome": Outcome.LOST, "closed_on": date(2026, 8, 14)}
    lost |= {"opened_on": date(2026, 7, 6), "lead_source": "Webinar"}
    place(office, row(**lost), at=NOON - timedelta(days=50))
    before = DealFacts.objects.count()

    words = {"lead_source": "Fair", "lost_reason": "Price"}
    placed = place(office, row(**lost | words))
    assert (placed.changed, placed.left) == (1, [])
    deal = Deal.objects.get()
    assert (deal.lead_source, deal.lost_reason) == ("Fair", "Price")
    assert DealFacts.objects.count() == before

    assert place(office, row(**lost)).changed == 1  # no column of reasons
    assert Deal.objects.get().lost_reason == "Price"
    counts = place(office, row(**lost | words, product="New"))
    assert (counts.changed, len(counts.left)) == (0, 1)


def absent(placed):
    return placed.absent_count, [deal.source_key for deal in placed.absent]


def test_what_is_not_in_the_file_is_named_open_ones_first_and_not_touched(office):
    late = won("B", closed_on=date(2026, 11, 3))
    assert absent(place(office, won("A"), late, row("C"), row("D"))) == (0, [])
    before = set(Deal.objects.values_list())
    assert absent(place(office, row("D"))) == (3, ["C", "B", "A"])
    assert set(Deal.objects.values_list()) == before
    assert absent(place(office, won("A"), late, row("C"), row("D"))) == (0, [])


def test_what_comes_in_is_in_the_file(office):
    place(office, row("A"))
    assert absent(place(office, row("B"))) == (1, ["A"])
    assert absent(place(office, row("A"), row("B"), row("C"))) == (0, [])


def test_so_is_what_is_not_brought_in(office):
    place(office, row("A"), row("B"))
    assert absent(place(office, row("B"), besides=["A"])) == (0, [])


def test_of_another_source_or_typed_here_none_is_missing(office):
    facts = {"owner": office.reps.get(name="Mira"), "stage": office.stages.get()}
    DealFactory(organization=office, **facts)
    DealFactory(organization=office, source="Pipedrive", source_key="7", **facts)
    DealFactory(source="HubSpot", source_key="8")
    assert absent(place(office, row("A"))) == (0, [])


def test_the_first_are_named_and_all_counted(office):
    place(office, *(row(f"A{number}") for number in range(NAMED + 2)))
    count, named = absent(place(office, row("A0")))
    assert (count, len(named)) == (NAMED + 1, NAMED)


def test_of_other_teams_nothing_is_added_changed_or_missing(office):
    place(office, row("A"), row("B", seller="Mira"), row("C", seller="Mira"))
    before = set(Deal.objects.filter(owner__name="Mira").values_list())
    placed = place(
        office,
        row("A", product="Rollout"),
        row("B", product="Rollout", seller="Mira"),  # hers
        row("D", seller="Mira"),
        row("E"),
        teams=west(office),
    )
    assert [one.number for one in placed.outside] == ["B", "D"]
    assert (placed.added, placed.changed, placed.same) == (1, 1, 0)
    assert absent(placed) == (0, [])
    assert set(Deal.objects.filter(owner__name="Mira").values_list()) == before


def test_nor_is_a_deal_taken_from_there_or_given_there(office):
    place(office, row("A"), row("B", seller="Mira"))
    placed = place(office, row("A", seller="Mira"), row("B"), teams=west(office))
    assert [one.number for one in placed.outside] == ["A", "B"]
    owners = Deal.objects.order_by("source_key").values_list("owner__name", flat=True)
    assert list(owners) == ["Theo", "Mira"]


def test_nobodys_rows_are_outside(office):
    placed = place(office, row("A", seller="Nobody"), teams=west(office))
    assert [one.number for one in placed.outside] == ["A"]
    assert not Deal.objects.exists()
