"""The deals of a list as a file, which an import reads again."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from reps.imports.answers import Answers
from reps.imports.deal_file import import_deal_file
from reps.models import Deal
from tests.factories.reps import (
    NOON,
    DealFactory,
    OrganizationFactory,
    QuarterFactory,
    RepFactory,
    StageFactory,
    TeamFactory,
)
from tests.list_files import in_csv, in_sheet, name_of

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("thursday_of_week_6"),
]
TODAY = NOON.date()


@pytest.fixture
def deals(rep):
    """One won, with a name that a spreadsheet would run; one open, by another."""
    of = {"organization": rep.organization}
    stage = StageFactory(name="Solution shown", **of)
    QuarterFactory(**of)
    mate = RepFactory(name='Zoë, "Zo" O’Hara', team=rep.team, **of)
    facts = {"stage": stage, "amount": Decimal("12500.50"), **of}
    DealFactory(
        owner=rep,
        account='=HYPERLINK("x")',
        product="Pilot",
        won_on=date(2026, 11, 2),
        **facts,
    )
    DealFactory(
        owner=mate,
        account="Müller, Söhne\n& Co",
        expected_close_on=date(2026, 12, 20),
        **facts,
    )


def lines(client, **query):
    answer = client.get(reverse("reps:deal_file"), query)
    return name_of(answer), in_csv(answer)


def test_it_has_the_deals_of_the_list_and_no_others(client, rep, deals):
    client.force_login(rep.team.manager)
    named, (header, won) = lines(client, show="won", selling=1)
    assert named == 'attachment; filename="deals won Q4 2026.csv"'
    assert header[:4] == ["Deal ID", "Account", "Product", "Owner"]
    assert won[1:] == [
        '\'=HYPERLINK("x")',
        "Pilot",
        "Theo Lindqvist",
        rep.user.email,
        "Solution shown",
        *("", "Won"),
        "12500.50",
        *("", "", ""),
        "2026-10-05",
        *("", "2026-11-02"),
        *("", ""),
    ]
    assert len(lines(client, show="open")[1]) == 2


def test_where_it_came_from_and_why_it_was_lost_are_in_it(client, rep, deals):
    deal = rep.deals.get()
    facts = {"lead_source": "Fair", "source": "HubSpot", "source_key": "7"}
    Deal.objects.filter(pk=deal.pk).update(**facts)
    said = {"by": rep.team.manager, "on": date(2026, 11, 4), "at": NOON}
    deal.move_to(deal.stage, reason="Signed by mistake", taking_back=True, **said)
    deal.move_to(deal.stage, "lost", reason="Price", **said)
    client.force_login(rep.user)
    _, (header, lost) = lines(client, show="lost")
    said_of_it = {"Lead source": "Fair", "Lost reason": "Price"}
    assert dict(zip(header, lost, strict=True)).items() >= said_of_it.items()


def test_in_a_workbook_amounts_are_numbers_and_days_are_days(client, rep, deals):
    client.force_login(rep.team.manager)
    query = {"show": "won", "selling": 1, "as": "xlsx"}
    answer = client.get(reverse("reps:deal_file"), query)
    assert name_of(answer) == 'attachment; filename="deals won Q4 2026.xlsx"'
    [header, won] = in_sheet(answer)
    deal = dict(zip(header, won, strict=True))
    assert deal["Deal ID"] == Deal.objects.get(outcome="won").pk
    assert deal["Account"] == '=HYPERLINK("x")'
    assert deal["Amount"] == 12500.5
    assert str(deal["Closed on"]) == "2026-11-02 00:00:00"
    assert deal["Expected close"] is None


def test_a_rep_takes_their_own_along(client, rep, deals):
    client.force_login(rep.user)
    _, (_header, *rows) = lines(client, show="open")
    assert rows == []
    page = client.get(reverse("reps:deal_list"), {"show": "won"}).text
    assert f'href="{reverse("reps:deal_file")}?show=won"' in page


def test_what_was_taken_out_comes_in_again_as_it_was(client, rep, deals):
    Deal.objects.update(lead_source="Fair")
    client.force_login(rep.team.manager)
    files = [
        client.get(reverse("reps:deal_file"), {"show": show}).getvalue()
        for show in ("won", "open")
    ]
    facts = (
        "account",
        "product",
        "owner__name",
        "stage__name",
        "outcome",
        "amount",
        "opened_on",
        "expected_close_on",
        "closed_on",
        "lead_source",
    )
    before = set(Deal.objects.values_list(*facts))

    elsewhere = OrganizationFactory(name="Elsewhere")
    StageFactory(name="Solution shown", organization=elsewhere)
    for file in files:
        import_deal_file(
            lambda file=file: iter([file]),
            organization="Elsewhere",
            at=NOON,
            answers=Answers(),
        )

    assert set(elsewhere.deals.values_list(*facts)) == before


def test_of_whoever_sells_elsewhere_by_now_it_has_no_address(client, rep, deals):
    before = rep.team
    said = {"by": before.manager, "at": NOON, "why": "as the test says"}
    rep.change_team(TeamFactory(organization=rep.organization), since=TODAY, **said)
    client.force_login(before.manager)
    _, (header, won) = lines(client, show="won", team=before.pk)
    deal = dict(zip(header, won, strict=True))
    assert (deal["Owner"], deal["Owner email"]) == ("Theo Lindqvist", "")
