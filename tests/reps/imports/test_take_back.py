"""An import is taken back as a whole, but for what people have worked on since."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction

from plans.models import HandedDeal, Handover
from reps.domain.transitions import Outcome, Place
from reps.imports.place_activity import RepWeek, place_activity
from reps.imports.take_back import NotTheLast, TakenBack, take_back
from reps.models import (
    ActivityEntry,
    ActivityKind,
    CameBack,
    Deal,
    DealFacts,
    Membership,
    Product,
    Quota,
    QuotaRevision,
    Rep,
    StageMove,
    Team,
    User,
)
from reps.models.who_and_why import say_who_and_why
from tests.factories.imports import BroughtInFactory, FileImportFactory, bring_deals
from tests.factories.reps import (
    MONDAY,
    NOON,
    ActivityKindFactory,
    DealFactory,
    ExitCriterionFactory,
    OrganizationFactory,
    QuarterFactory,
    QuotaFactory,
    RepFactory,
    StageFactory,
    TeamFactory,
    UserFactory,
    log,
    revise,
)

pytestmark = pytest.mark.django_db
SOON, LATER = NOON + timedelta(hours=1), NOON + timedelta(hours=2)
WON = {"outcome": Outcome.WON, "closed_on": date(2026, 11, 3)}
LOST = {"outcome": Outcome.LOST, "closed_on": date(2026, 11, 3)}
WORKED_ON, CLOSED = "Somebody worked on it since.", "It counts in a closed quarter."
IN_USE = "Something else refers to it."


@pytest.fixture
def ines():
    rep = RepFactory(name="Ines")
    StageFactory(organization=rep.organization)
    return rep


def taken(file, at=LATER):
    """Take it back, and have the database check at once what it checks at commit."""
    done = take_back(file, by=file.by, at=at)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    return done


def stays(done):
    assert done.stays_count == len(done.stays)
    return [(stay.what, stay.why) for stay in done.stays]


def brought(rows):
    return list(rows.order_by("pk").values_list("number", "file_import"))


# --- Each row knows its import --------------------------------------------------------


def test_what_a_file_writes_knows_its_import(ines):
    first = bring_deals(ines, {})
    second = bring_deals(ines, {"amount": 510} | WON)
    assert brought(StageMove.objects) == [(1, first.pk), (2, second.pk)]
    assert brought(DealFacts.objects) == [(1, first.pk), (2, second.pk)]


def test_what_people_do_next_is_no_imports(ines):
    bring_deals(ines, {})
    deal = Deal.objects.get()
    said = {"by": ines.user, "at": NOON}
    deal.correct({"amount": 520}, **said)
    deal.move_to(deal.stage, Outcome.WON, on=date(2026, 11, 4), **said)
    assert brought(StageMove.objects)[1:] == [(2, None)]
    assert brought(DealFacts.objects)[1:] == [(2, None), (3, None)]


def test_a_quota_that_a_file_sets_knows_its_import():
    quota = QuotaFactory()
    file = BroughtInFactory(organization=quota.organization)
    revise(quota, 210_000, file_import=file.pk)
    revise(quota, 220_000)
    assert brought(QuotaRevision.objects) == [(1, None), (2, file.pk), (3, None)]


# --- Deals it made --------------------------------------------------------------------


def test_the_deals_it_made_are_gone_with_all_their_rows(ines):
    file = bring_deals(ines, {}, {"number": "A2"} | WON)
    done = taken(file)
    assert (done.gone["deal"], done.gone["move"], done.stays) == (2, 2, [])
    assert done.said == ["2 deals are gone."]
    for model in (Deal, StageMove, DealFacts):
        assert not model.objects.exists()
    assert (file.state, file.taken_back_at) == ("taken_back", LATER)
    assert file.taken_back_by == file.by


def test_others_stay_as_they_are(ines):
    by_hand = DealFactory(owner=ines)
    elsewhere = RepFactory()
    StageFactory(organization=elsewhere.organization)
    bring_deals(elsewhere, {})
    file = bring_deals(ines, {})
    taken(file)
    left = set(Deal.objects.values_list("owner", flat=True))
    assert left == {by_hand.owner_id, elsewhere.pk}


def move(deal, by):
    deal.move_to(
        deal.stage, Outcome.WON, by=by, on=date(2026, 11, 4), at=SOON, reason="Said so"
    )


def correct(deal, by):
    deal.correct({"amount": 520}, by=by, at=SOON)


def correct_outside_the_app(deal, by):
    say_who_and_why(at=SOON)
    Deal.objects.filter(pk=deal.pk).update(amount=520)


def tick(deal, by):
    deal.meet(ExitCriterionFactory(stage=deal.stage), by=by, at=SOON)


def hand_over(deal, by):
    rep = deal.owner
    handover = Handover.objects.create(
        organization=rep.organization,
        rep=rep,
        team=rep.team,
        kind=Handover.Kind.LEAVES,
        from_on=date(2026, 12, 1),
        written_by=by,
        written_at=SOON,
    )
    HandedDeal.objects.create(
        organization=rep.organization, handover=handover, deal=deal, to=rep
    )


@pytest.mark.parametrize(
    "work", [move, correct, correct_outside_the_app, tick, hand_over]
)
def test_one_that_somebody_worked_on_stays_and_is_named(ines, work):
    file = bring_deals(ines, {}, {"number": "A2"})
    work(Deal.objects.get(source_key="A1"), ines.user)
    done = taken(file)
    assert stays(done) == [("Bluefin Boats, Ines", WORKED_ON)]
    assert Deal.objects.get().source_key == "A1"


def test_one_that_a_customer_called_off_stays(ines):
    file = bring_deals(ines, WON)
    Deal.objects.get().cancel(
        Decimal(80), on=date(2026, 11, 9), words="Fewer", by=ines.user, at=SOON
    )
    assert stays(taken(file)) == [("Bluefin Boats, Ines", WORKED_ON)]


def test_what_counts_in_a_closed_quarter_stays(ines):
    QuarterFactory(organization=ines.organization)
    file = bring_deals(ines, WON, {"number": "A2"})
    done = taken(file, at=NOON + timedelta(days=90))
    assert stays(done) == [("Bluefin Boats, Ines", CLOSED)]
    assert Deal.objects.get().outcome == "won"


def test_of_what_stays_the_first_are_named(ines):
    QuarterFactory(organization=ines.organization)
    file = bring_deals(ines, *({"number": str(n)} | WON for n in range(103)))
    done = taken(file, at=NOON + timedelta(days=90))
    assert (done.stays_count, len(done.stays)) == (103, 100)


# --- Deals that were there before -----------------------------------------------------


def facts_and_place():
    fields = ("owner", "account", "amount", "expected_close_on", "closed_on", "stage")
    days = ("in_stage_since", "became_opportunity_on")
    return Deal.objects.values_list(*fields, "outcome", *days).get()


def test_what_it_changed_is_put_back_as_new_facts(ines):
    bring_deals(ines, {})
    before = facts_and_place()
    file = bring_deals(ines, {"amount": 510, "account": "Bluefin"} | WON, at=SOON)
    done = taken(file)
    assert done.put_back == {"deal": 1}
    assert done.said == ["1 deal is as it was before."]
    assert facts_and_place() == before
    assert StageMove.objects.get().number == 1
    last = DealFacts.objects.order_by("-number").first()
    assert (last.number, last.amount, last.closed_on) == (3, 480, None)
    assert (last.changed_by, last.recorded_at) == (file.by, LATER)
    assert last.why == f"Import of {file.file_name} taken back"
    assert last.file_import == file  # so nobody worked on it


@pytest.mark.parametrize("then", [{"stage": "Stage 2"}, WON, LOST])
@pytest.mark.parametrize("first", [{}, {"stage": "Stage 0"}])
def test_a_deal_stands_again_where_it_stood(ines, first, then):
    for order in (0, 2):
        StageFactory(
            organization=ines.organization, order=order, is_opportunity=order > 0
        )
    bring_deals(ines, first)
    before = facts_and_place()
    file = bring_deals(ines, {"stage": "Stage 0"} | then, at=SOON)
    assert facts_and_place() != before
    taken(file)
    assert facts_and_place() == before
    assert not CameBack.objects.exists()


def test_since_when_it_stands_there_is_said_again(ines):
    for order in (0, 2):
        StageFactory(organization=ines.organization, order=order)
    bring_deals(ines, {"stage": "Stage 0", "opened_on": None})
    bring_deals(ines, {})
    before = facts_and_place()
    taken(bring_deals(ines, {"stage": "Stage 2"}, at=SOON))
    assert facts_and_place() == before


def test_a_loss_that_it_brought_a_deal_back_from_is_one_again(ines):
    bring_deals(ines, LOST)
    before = facts_and_place()
    file = BroughtInFactory(organization=ines.organization, brought_in_at=SOON)
    deal = Deal.objects.get()
    said = {"by": None, "on": date(2026, 11, 10), "at": SOON, "importing": "CRM export"}
    back = deal.moved(Place(deal.stage_id), stages=[deal.stage_id], number=2, **said)
    back.file_import = file
    say_who_and_why(why="CRM export", at=SOON, file_import=file.pk)
    deal.save()
    back.save()
    assert CameBack.objects.exists()
    taken(file)
    assert facts_and_place() == before
    assert not CameBack.objects.exists()


def test_one_that_was_moved_since_stays_as_it_is(ines):
    bring_deals(ines, {})
    file = bring_deals(ines, {"amount": 510}, at=SOON)
    deal = Deal.objects.get()
    move(deal, ines.user)
    assert stays(taken(file)) == [("Bluefin Boats, Ines", WORKED_ON)]
    deal.refresh_from_db()
    assert (deal.amount, deal.outcome) == (510, "won")


def test_what_was_done_before_it_is_in_nobodys_way(ines):
    bring_deals(ines, {})
    deal = Deal.objects.get()
    tick(deal, ines.user)
    deal.correct({"product": "Tide Clock"}, by=ines.user, at=SOON)
    file = bring_deals(ines, {"expected_close_on": date(2026, 12, 1)}, at=LATER)
    done = taken(file, at=LATER)
    assert (done.put_back["deal"], done.stays) == (1, [])
    deal.refresh_from_db()
    assert (deal.product, deal.expected_close_on) == ("Tide Clock", None)


def test_one_that_would_count_in_a_closed_quarter_again_stays(ines):
    QuarterFactory(organization=ines.organization)
    bring_deals(ines, WON)
    after = NOON + timedelta(days=90)
    file = BroughtInFactory(organization=ines.organization, brought_in_at=after)
    say_who_and_why(why="Misread", at=after, file_import=file.pk)
    Deal.objects.update(closed_on=date(2027, 2, 1))
    done = taken(file, at=after)
    assert stays(done) == [("Bluefin Boats, Ines", CLOSED)]
    assert Deal.objects.get().closed_on == date(2027, 2, 1)


def test_they_are_taken_back_one_after_the_other_the_last_one_first(ines):
    first = bring_deals(ines, {})
    second = bring_deals(ines, {"amount": 510}, at=SOON)
    ready = FileImportFactory(organization=ines.organization)
    for file in (first, ready):
        with pytest.raises(NotTheLast):
            take_back(file, by=file.by, at=LATER)
    taken(second)
    done = taken(first)
    assert (done.gone["deal"], done.stays) == (1, [])


@pytest.mark.parametrize("row", [{}, {"expected_close_on": date(2026, 12, 1)}])
def test_a_deal_that_was_typed_here_is_none_of_theirs_again(ines, row):
    typed = DealFactory(owner=ines, account="Bluefin Boats", product="Rain Gauge")
    rest = {"amount": typed.amount, "opened_on": typed.opened_on}
    file = bring_deals(ines, row | rest, same_as={"A1": typed.pk}, at=SOON)
    assert Deal.objects.get().source_key == "A1"
    taken(file)
    deal = Deal.objects.get()
    assert (deal.source, deal.source_key, deal.expected_close_on) == ("", "", None)


def test_what_people_had_said_before_it_is_their_word_again(ines):
    bring_deals(ines, {})
    deal = Deal.objects.get()
    correct(deal, ines.user)
    file = BroughtInFactory(organization=ines.organization, brought_in_at=LATER)
    say_who_and_why(why="CRM export", at=LATER, file_import=file.pk)
    Deal.objects.update(amount=510, account="Bluefin")
    taken(file)
    assert DealFacts.objects.said_by_people([deal]) == {deal.pk: {"amount"}}


def test_the_last_of_another_organization_is_another_matter(ines):
    BroughtInFactory(brought_in_at=LATER)
    taken(bring_deals(ines, {}))


# --- Quotas ---------------------------------------------------------------------------


def owed(quota):
    return Quota.objects.with_earlier().get(pk=quota.pk).owed


def file_sets(quota, amount, at=SOON, **said):
    file = BroughtInFactory(organization=quota.organization, brought_in_at=at)
    revise(quota, amount, file_import=file.pk, at=at, **said)
    return file


def test_a_quota_that_it_made_is_gone():
    quarter = QuarterFactory()
    rep = RepFactory(organization=quarter.organization)
    new = Quota(organization=rep.organization, rep=rep, quarter=quarter)
    done = taken(file_sets(new, 100_000))
    assert done.said == ["1 quota is gone."]
    assert not Quota.objects.exists()


def test_a_quota_that_it_changed_is_put_back_as_a_new_revision():
    quota = QuotaFactory(amount=200_000)
    file = file_sets(quota, 250_000)
    done = taken(file)
    assert done.said == ["1 quota is as it was before."]
    assert owed(quota) == 200_000
    last = QuotaRevision.objects.get(number=3)
    assert (last.amount, last.changed_by) == (200_000, file.by)
    assert last.why == f"Import of {file.file_name} taken back"


def test_what_held_in_a_part_of_the_quarter_does_so_again():
    quota = QuotaFactory(amount=182_000)  # 2,000 a day
    revise(quota, 91_000, holds_from=date(2026, 11, 9))
    before = owed(quota)
    taken(file_sets(quota, 250_000))
    assert owed(quota) == before == 35 * 2_000 + 56 * 1_000


def test_before_the_day_that_it_held_from_nothing_is_owed_again():
    quota = QuotaFactory(amount=182_000, holds_from=date(2026, 11, 9))
    taken(file_sets(quota, 250_000))
    assert owed(quota) == 56 * 2_000


def test_a_quota_that_somebody_set_since_stays():
    quota = QuotaFactory()
    file = file_sets(quota, 250_000)
    revise(quota, 260_000, at=SOON)
    assert stays(taken(file)) == [(str(quota), WORKED_ON)]
    assert owed(quota) == 260_000


def test_a_quota_of_a_closed_quarter_stays():
    quota = QuotaFactory()
    file = file_sets(quota, 250_000)
    done = taken(file, at=NOON + timedelta(days=90))
    assert stays(done) == [(str(quota), CLOSED)]


# --- Activity -------------------------------------------------------------------------


def file_counts(rep, count, at=NOON):
    kind = ActivityKindFactory(organization=rep.organization)
    file = BroughtInFactory(
        organization=rep.organization, kind="activity", brought_in_at=at
    )
    place_activity(
        rep.organization,
        {RepWeek(rep.pk, kind.pk, MONDAY): count},
        by=file.by,
        at=at,
        file_import=file.pk,
        takes=lambda _: True,
    )
    return file


def week():
    return ActivityEntry.objects.total()


def test_counts_that_it_brought_are_gone_and_taps_stay(ines):
    log(ines, ActivityKindFactory(organization=ines.organization), 2)
    file = file_counts(ines, 5)
    assert week() == 5
    assert taken(file).said == ["1 count of activity is gone."]
    assert week() == 2


def test_of_two_files_the_last_ones_counts_are_gone(ines):
    first, second = file_counts(ines, 3), file_counts(ines, 5, at=SOON)
    taken(second)
    assert week() == 3
    assert taken(first).stays == []
    assert week() == 0


def test_a_week_in_which_somebody_tapped_since_stays(ines):
    file = file_counts(ines, 5)
    log(ines, ActivityKindFactory(organization=ines.organization), -1)
    log(ines, ActivityKindFactory(organization=ines.organization), 1, weeks_ago=1)
    done = taken(file)
    assert stays(done) == [("Ines, Demos held in the week of Nov. 9, 2026", WORKED_ON)]
    assert week() == 5


# --- People ---------------------------------------------------------------------------


@pytest.fixture
def people():
    """Two made by the import: a manager with a team below another, and a rep in it."""
    office = OrganizationFactory()
    above = TeamFactory(organization=office, name="North", manager=None)
    team = TeamFactory(organization=office, name="Omar's", above=above)
    rep = RepFactory(team=team, name="Ines", organization=office)
    made = {
        "rep": [rep.pk],
        "team": [above.pk, team.pk],
        "user": [team.manager_id, rep.user_id],
    }
    return BroughtInFactory(organization=office, kind="people", result={"made": made})


def test_people_and_teams_that_it_made_are_gone(people):
    done = taken(people)
    assert done.said == ["1 rep is gone.", "2 teams are gone.", "2 people are gone."]
    for model in (Rep, Team, Membership):
        assert not model.objects.exists()
    assert User.objects.get() == people.by


def test_whoever_something_else_refers_to_stays(people):
    DealFactory(owner=Rep.objects.get())
    assert {why for _what, why in stays(taken(people))} == {IN_USE}
    assert Rep.objects.count() + Team.objects.count() == 3


def test_whoever_has_signed_in_stays(people):
    manager = Team.objects.exclude(manager=None).get().manager
    User.objects.filter(pk=manager.pk).update(last_login=SOON)
    assert stays(taken(people)) == [(manager.name, IN_USE)]


def test_products_that_it_made_are_gone_and_prices_stay_changed():
    office = OrganizationFactory()
    new, old = (
        Product.objects.create(organization=office, name=name, price=5, updated_at=NOON)
        for name in ("Tide Clock", "Rain Gauge")
    )
    made = {"made": {"product": [new.pk]}, "changed": 1}
    file = BroughtInFactory(organization=office, kind="products", result=made)
    assert taken(file).said == [
        "1 product is gone.",
        "Prices that it changed stay changed.",
    ]
    assert Product.objects.get() == old


@pytest.fixture
def lunches():
    """Two activities came with a file, and what was done of one of them."""
    rep, calls = RepFactory(), "Calls"
    office = rep.organization
    ActivityKindFactory(organization=office, name=calls)
    facts = {"organization": office, "is_leading": False, "order": 2}
    lunch, nap = (ActivityKindFactory(name=name, **facts) for name in ("Lunch", "Nap"))
    made = {"made": {"activitykind": [lunch.pk, nap.pk]}}
    file = BroughtInFactory(organization=office, kind="activity", result=made)
    log(rep, lunch, 3, file_import=file)
    return file


def test_activities_that_came_with_it_are_gone_with_their_counts(lunches):
    done = taken(lunches)
    assert done.said == [
        "1 count of activity is gone.",
        "2 activities are counted no longer.",
    ]
    assert [kind.name for kind in lunches.organization.activity_kinds.all()] == [
        "Calls"
    ]


def test_one_that_somebody_logged_since_or_that_leads_by_now_stays(lunches):
    kinds = lunches.organization.activity_kinds
    lunch, nap = kinds.get(name="Lunch"), kinds.get(name="Nap")
    log(lunches.organization.reps.get(), lunch, 1, weeks_ago=1)
    ActivityKind.objects.lead_with(nap)
    assert stays(taken(lunches)) == [("Lunch", IN_USE), ("Nap", IN_USE)]
    assert kinds.count() == 3


def test_one_that_leads_since_there_was_no_other_is_gone():
    rep = RepFactory()
    first = ActivityKindFactory(organization=rep.organization, name="Lunch")
    made = {"made": {"activitykind": [first.pk]}}
    file = BroughtInFactory(organization=rep.organization, kind="activity", result=made)
    assert stays(taken(file)) == []
    assert not ActivityKind.objects.exists()


def test_those_of_another_organization_are_not_its_to_take(people):
    stranger = UserFactory()
    people.result["made"] = {"user": [stranger.pk]}
    people.save()
    assert taken(people) == TakenBack()


# --- Nobody but the owner's function --------------------------------------------------


def called(tenant, file):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT * FROM reps_take_back_import(%s, %s, '{}')", [tenant.pk, file.pk]
        )


def test_the_database_takes_back_the_last_one_alone(ines):
    first = bring_deals(ines, {})
    bring_deals(ines, {}, at=SOON)
    say_who_and_why(by=first.by, why="So", at=LATER)
    for tenant in (ines.organization, OrganizationFactory()):
        with pytest.raises(IntegrityError, match="not the last"), transaction.atomic():
            called(tenant, first)
