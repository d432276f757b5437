"""A rep's page, as the rep sees it, the manager, the leader above, and a stranger."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.conf import settings
from django.shortcuts import resolve_url
from django.urls import reverse

from reps.domain.transitions import Place
from reps.models import ClosedAttainment, Deal, Quarter, Quota
from tests.factories.reps import (
    NOON,
    AbsenceFactory,
    ActivityKindFactory,
    DealFactory,
    QuarterFactory,
    QuotaFactory,
    RepFactory,
    SegmentFactory,
    StageFactory,
    log,
)
from tests.pages import page_for

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("thursday_of_week_6"),
]

TODAY = date(2026, 11, 12)


def page_of(rep) -> str:
    return reverse("plans:rep_detail", args=[rep.pk])


def page(client, rep, user=None, query=""):
    return page_for(client, user or rep.user, page_of(rep) + query)


# Who sees it


def test_the_rep_is_spoken_to(client, rep):
    shown = page(client, rep)

    assert "<h1>Your quarter</h1>" in shown
    assert "You have no open deals" in shown
    assert "Who sees this page" in shown


def test_the_manager_reads_the_name(client, rep):
    shown = page(client, rep, rep.team.manager)

    assert "<h1>Theo Lindqvist</h1>" in shown
    assert "Theo Lindqvist has no open deals" in shown
    assert "Your quarter" not in shown
    assert "Who sees this page" not in shown


def test_the_leader_above_sees_it_and_only_looks(client, rep, leader):
    AbsenceFactory(rep=rep)

    shown = page(client, rep, leader)

    assert "Mon 9 Nov 2026" in shown
    assert "Note days away" not in shown
    assert "Remove" not in shown


@pytest.mark.parametrize("who", ["rep", "manager"])
def test_the_rep_and_the_manager_may_note_days_away(client, rep, who):
    user = rep.user if who == "rep" else rep.team.manager
    AbsenceFactory(rep=rep)

    shown = page(client, rep, user)

    assert "Note days away" in shown
    assert "Remove" in shown


def test_it_is_not_there_for_anybody_else(client, rep, outsider):
    client.force_login(outsider)

    assert client.get(page_of(rep)).status_code == 404


def test_it_asks_a_stranger_to_sign_in(client, rep):
    response = client.get(page_of(rep))

    back = f"{resolve_url(settings.LOGIN_URL)}?next={page_of(rep)}"
    assert response.headers["Location"] == back


def test_it_only_answers_to_reading(client, rep):
    client.force_login(rep.user)

    assert client.post(page_of(rep)).status_code == 405


# Where it leads


def test_the_plan_and_the_check_in_are_a_link_away_without_scripts(client, rep):
    shown = page(client, rep, rep.team.manager)
    href = reverse("plans:rep_plan", args=[rep.pk])
    assert f'<a class="button" href="{href}">Plan and check-in</a>' in shown
    there = client.get(href).text
    assert "<html" in there
    assert "Send the check-in now" in there


def test_the_week_is_the_reps_to_log_and_the_managers_to_read(client, rep, demos):
    assert ">Log the week</a>" in page(client, rep)
    shown = page(client, rep, rep.team.manager)
    assert ">Theo Lindqvist’s week</a>" in shown
    assert "Log the week" not in shown


# Open deals


def test_open_deals_say_what_is_known_of_them(client, rep, quarter):
    stage = StageFactory(organization=rep.organization, usual_days=8, name="Proposal")
    DealFactory(
        owner=rep,
        stage=stage,
        account="",
        product="GTX Pro",
        amount=Decimal(4_821),
        amount_is_estimate=True,
    )
    brought = Deal(
        organization=rep.organization, owner=rep, amount=1, source="crm", source_key="1"
    )
    move = brought.moved(
        Place(stage.pk), stages=[stage.pk], by=None, on=TODAY, at=NOON, importing="crm"
    )
    brought.save()
    move.deal = brought
    move.save()

    shown = page(client, rep)

    assert "Account not given</a> <small>GTX Pro</small>" in shown
    assert "$4,821 <small><em>estimated</em></small>" in shown
    assert "38 days <small>38 in this stage; usually 8</small>" in shown
    assert "age unknown <small>usually 8 in this stage</small>" in shown


def test_earlier_deals_stand_apart_and_do_not_cover_anything(client, rep, quarter):
    QuotaFactory(rep=rep, quarter=quarter, amount=Decimal(10_000))
    early = StageFactory(
        organization=rep.organization, order=1, is_opportunity=False, name="Lead"
    )
    counting = StageFactory(organization=rep.organization, order=2)
    DealFactory(owner=rep, stage=early, account="Early one", amount=Decimal(90_000))
    DealFactory(owner=rep, stage=counting, account="Late one", amount=Decimal(15_000))

    shown = page(client, rep)

    assert "$15,000 in 1 opportunity" in shown
    assert "They cover 1.5× of what is left to book" in shown
    assert "at this win rate it takes 3.3×" in shown
    assert shown.index("Late one") < shown.index("Not yet opportunities")
    assert shown.index("Not yet opportunities") < shown.index("Early one")


def test_a_long_list_can_be_opened_in_full(client, rep):
    for number in range(32):
        DealFactory(owner=rep, account=f"Account no {number}.")

    assert page(client, rep).count("Account no") == 30
    assert "and 2 more" in page(client, rep)
    shown = page(client, rep, query="?all=1")
    assert shown.count("Account no") == 32
    assert "more</a>" not in shown


# Quarters and days away


def test_quarters_are_listed_the_latest_first(client, rep, quarter):
    third = QuarterFactory(
        organization=rep.organization,
        name="Q3 2026",
        starts_on=date(2026, 7, 6),
        ends_on=date(2026, 10, 4),
    )
    QuotaFactory(rep=rep, quarter=third, amount=Decimal(40_000))
    QuotaFactory(rep=rep, quarter=quarter, amount=Decimal(50_000))
    DealFactory(
        owner=rep,
        amount=Decimal(30_000),
        opened_on=date(2026, 8, 3),
        won_on=date(2026, 9, 1),
    )

    shown = page(client, rep)

    table = shown[shown.index("Attainment</th>") :]
    assert table.index("Q4 2026") < table.index("Q3 2026")
    assert "$30,000 booked of $40,000." in table
    assert "75%" in table


def test_coming_days_away_are_listed_and_past_ones_folded(client, rep):
    organization = rep.organization
    AbsenceFactory(organization=organization, rep=rep)
    AbsenceFactory(
        organization=organization,
        rep=rep,
        starts_on=date(2026, 10, 5),
        ends_on=date(2026, 10, 5),
    )
    AbsenceFactory(
        organization=organization,
        rep=rep,
        starts_on=date(2025, 10, 6),
        ends_on=date(2025, 10, 6),
    )

    shown = page(client, rep)

    assert "Mon 9 Nov 2026 to Fri 13 Nov 2026" in shown
    assert "1 time in the last half-year" in shown
    assert "Mon 5 Oct 2026" in shown
    assert "2025</span>" not in shown
    assert "Only the days are kept, never why." in shown


def test_today_is_the_readers_own(client, rep, quarter):
    rep.user.time_zone = "Pacific/Kiritimati"  # fourteen hours ahead
    rep.user.save()

    assert "Friday 13 November" in page(client, rep)


@pytest.mark.parametrize("segments", [1, 3])
@pytest.mark.parametrize("many", [1, 4])
def test_it_costs_the_same_however_much_there_is(
    client, rep, quarter, demos, many, segments, django_assert_num_queries
):
    for number in range(1, segments):
        SegmentFactory(organization=rep.organization, name=f"Segment {number}")
    QuotaFactory(rep=rep, quarter=quarter)
    for number in range(many):
        ActivityKindFactory(
            organization=rep.organization, name=f"Kind {number}", is_leading=False
        )
        peer = RepFactory(team=rep.team)
        for owner in (rep, peer):
            log(owner, demos, 3, weeks_ago=number)
            DealFactory(owner=owner)
            DealFactory(owner=owner, won_on=date(2026, 10, 25))
        AbsenceFactory(
            rep=rep,
            starts_on=TODAY + timedelta(days=number),
            ends_on=TODAY + timedelta(days=number),
        )
    client.force_login(rep.user)

    # session, user; rep, quarters, quotas, booked, cancelled, activities, open deals,
    # days away, weeks; history: demos held, closed deals, the median; masthead
    with django_assert_num_queries(15):
        client.get(page_of(rep))


def test_what_was_put_right_after_a_quarter_closed_stands_beside_it(client, rep):
    """A rep changes 23,000 to 99,000 on a deal won last quarter: now it shows."""
    made_at = datetime(2026, 7, 6, tzinfo=UTC)
    days = {"starts_on": date(2026, 7, 6), "ends_on": date(2026, 10, 4)}
    third = QuarterFactory(
        organization=rep.organization, name="Q3 2026", made_at=made_at, **days
    )
    of = {"organization": rep.organization, "rep": rep, "quarter": third}
    quota = Quota(amount=100_000, **of)
    said = {"at": made_at, "why": "Agreed."}
    Quota.objects.set_quotas(rep.organization, [quota], **said)
    deal = DealFactory(
        owner=rep, account="Quill", amount=23_000, opened_on=date(2026, 7, 6)
    )
    at = datetime(2026, 10, 1, 9, tzinfo=UTC)
    deal.move_to(deal.stage, "won", by=rep.user, on=date(2026, 9, 30), at=at)
    Quarter.objects.close_due(NOON)
    ClosedAttainment.objects.keep_missing(NOON)
    assert "as closed" not in page(client, rep)

    manager, why = rep.team.manager, "The signed contract says so."
    deal.correct({"amount": Decimal(99_000)}, by=manager, at=NOON, why=why)
    shown = page(client, rep)
    assert "$99k" in shown
    assert "as closed $23k" in shown
    assert "as closed 23%" in shown
    assert "Put right since Q3 2026 was closed" in shown
    assert "Quill</a>: $23,000, now $99,000" in shown
    assert f"{manager.name}, 12 Nov 2026 <q>{why}</q>" in shown

    peer = RepFactory(team=rep.team, name="Sofia Marchetti")
    link = f'<a href="{deal.get_absolute_url()}">'
    assert link in shown
    deal.correct({"owner": peer}, by=manager, at=NOON, why="She sold it.")
    shown = page(client, rep)
    assert "Quill: Theo Lindqvist’s, now Sofia Marchetti’s" in shown
    assert link not in shown  # it is hers to read
