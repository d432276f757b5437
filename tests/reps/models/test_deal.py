"""The one transition, and what the database holds whoever writes."""

from datetime import date
from importlib import import_module

import pytest
from django.db import IntegrityError, transaction

from reps.domain.transitions import Missing, NotYet
from reps.models import Deal, Rep, StageMove
from tests.factories.reps import (
    NOON,
    DealFactory,
    ExitCriterionFactory,
    OrganizationFactory,
    RepFactory,
    StageFactory,
    TeamFactory,
    UserFactory,
    close_deals,
)

TODAY = NOON.date()


@pytest.fixture
def organization(db):
    return OrganizationFactory()


@pytest.fixture
def stages(organization):
    return [StageFactory(organization=organization, order=n) for n in (1, 2, 3)]


@pytest.fixture
def deal(organization, stages):
    return DealFactory(organization=organization, stage=stages[0])


@pytest.fixture
def said(deal):
    return {"by": deal.owner.user, "on": TODAY, "at": NOON}


def commit():
    """Let the deferred triggers look, as a commit would."""
    with transaction.get_connection().cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def test_opening_a_deal_is_its_first_move(deal, stages):
    move = deal.moves.get()
    assert (move.number, move.kind, move.from_stage) == (1, "opened", None)
    assert (move.to_stage, move.moved_on) == (stages[0], deal.opened_on)


def test_a_move_forward_is_written_down(deal, stages, said):
    deal.move_to(stages[1], **said)
    commit()
    deal.refresh_from_db()
    assert deal.stage == stages[1]
    last = deal.moves.latest("number")
    assert (last.number, last.kind, last.from_stage) == (2, "forward", stages[0])
    assert (last.moved_by, last.recorded_at) == (deal.owner.user, NOON)


def test_a_criterion_not_met_holds_the_deal_and_is_named(deal, stages, said):
    criterion = ExitCriterionFactory(stage=stages[0], organization=deal.organization)
    with pytest.raises(NotYet) as refused:
        deal.move_to(stages[1], **said)
    assert refused.value.missing == Missing.REASON_FOR_OVERRIDE
    assert refused.value.unmet == (criterion.words,)

    deal.meet(criterion, by=said["by"], at=NOON)
    assert deal.move_to(stages[1], **said).kind == "forward"


def test_a_retired_criterion_holds_nobody(deal, stages, said):
    ExitCriterionFactory(
        stage=stages[0], organization=deal.organization, is_retired=True
    )
    assert deal.move_to(stages[1], **said).kind == "forward"


def test_skipping_a_stage_takes_a_reason(deal, stages, said):
    with pytest.raises(NotYet):
        deal.move_to(stages[2], **said)
    move = deal.move_to(stages[2], reason="They bought before", **said)
    assert (move.kind, move.reason) == ("override", "They bought before")


def test_winning_books_it_and_reopening_takes_it_back(deal, stages, said):
    deal.move_to(stages[0], "won", reason="Signed on the spot", **said)
    assert (deal.outcome, deal.closed_on) == ("won", TODAY)
    deal.move_to(stages[0], reason="It was another contract", **said)
    commit()
    assert (deal.outcome, deal.closed_on) == ("open", None)


def test_the_second_of_two_movers_is_judged_by_what_the_first_did(deal, stages, said):
    stale = Deal.objects.get(pk=deal.pk)
    deal.move_to(stages[1], **said)
    with pytest.raises(NotYet) as refused:
        stale.move_to(stages[1], **said)
    assert refused.value.missing == Missing.ALREADY_THERE


def test_it_stands_in_its_stage_since_it_came_there(deal, stages, said):
    assert deal.in_stage_since == deal.opened_on
    deal.move_to(stages[1], **said)
    deal.move_to(stages[1], "lost", reason="They stayed put", **said)
    deal.move_to(stages[1], reason="They called", **said | {"on": date(2026, 11, 20)})
    deal.refresh_from_db()
    assert deal.in_stage_since == TODAY


def test_the_migration_reads_the_same_day_from_the_moves(deal, stages, said):
    deal.move_to(stages[1], **said)
    deal.move_to(stages[1], "lost", reason="They stayed put", **said)
    untouched = DealFactory(organization=deal.organization, stage=stages[0])
    brought = Deal(
        organization=deal.organization, owner=deal.owner, amount=5, source="a CRM"
    )
    at_first = (brought, untouched.place, TODAY)
    Deal.objects.import_all(
        [at_first], stages=[s.pk for s in stages], source="a CRM", at=NOON
    )
    days = dict(Deal.objects.values_list("pk", "in_stage_since"))
    assert set(days.values()) == {TODAY, untouched.opened_on, None}

    Deal.objects.update(in_stage_since=None)
    fill = import_module("reps.migrations.0005_fill_in_stage_since").FILL
    with transaction.get_connection().cursor() as cursor:
        cursor.execute(fill)

    assert dict(Deal.objects.values_list("pk", "in_stage_since")) == days


def test_who_has_not_seen_the_last_move_does_not_make_the_next(deal, stages, said):
    deal.move_to(stages[1], seen=1, **said)
    with pytest.raises(NotYet) as refused:
        deal.move_to(stages[0], seen=1, reason="It was a mistake", **said)
    assert refused.value.missing == Missing.MOVED_MEANWHILE
    assert deal.move_to(stages[2], seen=2, **said).number == 3


def test_a_tick_can_be_taken_back(deal, stages, said):
    criterion = ExitCriterionFactory(stage=stages[0], organization=deal.organization)
    deal.meet(criterion, by=said["by"], at=NOON)
    deal.unmeet(criterion)
    assert deal.unmet_criteria() == [criterion.words]


def test_an_amount_that_somebody_gives_is_no_estimate(deal):
    Deal.objects.update(amount_is_estimate=True)
    deal.refresh_from_db()
    deal.correct({"product": "Basic"}, by=deal.owner.user, at=NOON)
    deal.refresh_from_db()
    assert deal.amount_is_estimate
    deal.correct({"amount": 21_000}, by=deal.owner.user, at=NOON)
    deal.refresh_from_db()
    assert (deal.amount, deal.amount_is_estimate) == (21_000, False)


def test_who_may_move_a_deal_is_who_may_open_one_for_its_owner(deal):
    people = [deal.owner.user, deal.owner.team.manager, UserFactory()]
    for person in people:
        moves = Deal.objects.movable_by(person).filter(pk=deal.pk).exists()
        opens = Rep.objects.workable_by(person).filter(pk=deal.owner_id).exists()
        assert moves == opens


def test_deals_brought_in_have_one_imported_move_each(organization, stages):
    owner = RepFactory(organization=organization)
    facts = {"organization": organization, "owner": owner, "amount": 500}
    deals = [Deal(source="a CRM", source_key=str(n), **facts) for n in range(3)]
    place = DealFactory(organization=organization, stage=stages[2]).place
    Deal.objects.import_all(
        [(deal, place, TODAY) for deal in deals],
        stages=[stage.pk for stage in stages],
        source="a CRM",
        at=NOON,
    )
    commit()
    moves = StageMove.objects.filter(deal__in=deals)
    assert [move.kind for move in moves] == ["imported"] * 3


@pytest.mark.parametrize(
    "write",
    [
        lambda deal, stages: Deal.objects.update(stage=stages[1]),
        lambda deal, stages: Deal.objects.update(outcome="won", closed_on=TODAY),
        lambda deal, stages: Deal.objects.create(
            organization=deal.organization, owner=deal.owner, stage=stages[0], amount=1
        ),
        lambda deal, stages: StageMove.objects.create(
            organization=deal.organization,
            deal=deal,
            number=2,
            kind="forward",
            from_stage=stages[0],
            to_stage=stages[1],
            outcome="open",
            moved_on=TODAY,
            recorded_at=NOON,
            moved_by=deal.owner.user,
        ),
    ],
    ids=["a stage", "an outcome", "a deal without a move", "a move without its deal"],
)
def test_no_way_round_the_transition_survives_a_commit(deal, stages, write):
    commit()
    write(deal, stages)
    with pytest.raises(IntegrityError, match="does not stand where it last moved"):
        commit()


@pytest.mark.usefixtures("as_owner")
@pytest.mark.parametrize(
    "write",
    [lambda moves: moves.delete(), lambda moves: moves.update(reason="no, because")],
    ids=["deleted", "edited"],
)
def test_history_is_added_to_never_edited(deal, write):
    with pytest.raises(IntegrityError, match="never edited"):
        write(deal.moves.all())


@pytest.mark.parametrize(
    "facts",
    [
        {"closed_on": TODAY},
        {"amount": -1},
    ],
    ids=["closed though open", "less than nothing"],
)
def test_the_database_refuses_what_cannot_be(deal, facts):
    with pytest.raises(IntegrityError):
        Deal.objects.filter(pk=deal.pk).update(**facts)


def test_it_cannot_close_before_it_opened(organization, stages):
    deal = DealFactory(
        organization=organization, stage=stages[2], won_on=date(2026, 11, 2)
    )
    with pytest.raises(IntegrityError):
        Deal.objects.filter(pk=deal.pk).update(opened_on=date(2026, 11, 3))


def test_it_keeps_to_its_organization(deal):
    with pytest.raises(IntegrityError, match="deal_same_organization_owner"):
        Deal.objects.filter(pk=deal.pk).update(owner=RepFactory())


def test_the_owner_and_those_above_see_it_and_nobody_else(deal):
    team = deal.owner.team
    leader = UserFactory(organization=deal.organization)
    team.above = TeamFactory(organization=deal.organization, manager=leader)
    team.save()
    peer = RepFactory(organization=deal.organization, team=team).user
    admin = UserFactory(organization=deal.organization, is_admin=True)

    def sees(person):
        return Deal.objects.visible_to(person).exists()

    assert sees(deal.owner.user)
    assert sees(team.manager)
    assert sees(leader)
    assert not sees(peer)
    assert not sees(admin)
    assert not sees(UserFactory())


def test_a_leader_above_sees_it_but_does_not_move_it(deal):
    leader = UserFactory(organization=deal.organization)
    deal.owner.team.above = TeamFactory(organization=deal.organization, manager=leader)
    deal.owner.team.save()
    assert not Deal.objects.movable_by(leader).exists()
    assert Deal.objects.movable_by(deal.owner.team.manager).exists()


def test_why_it_was_lost_is_what_was_said_here_or_what_its_file_says(
    organization, stages
):
    facts = {"organization": organization, "stage": stages[0]}
    still_open = DealFactory(**facts, source="HubSpot", source_key="1")
    lost_here = DealFactory(**facts, lost_on=TODAY)
    close_deals(lost_here.owner, stages[0], lost=1)
    in_the_file = Deal.objects.latest("pk")
    Deal.objects.update(lost_reason="Price")
    why = dict(Deal.objects.with_why_lost().values_list("pk", "why_lost"))
    assert why == {
        still_open.pk: "",
        lost_here.pk: "as the test says",
        in_the_file.pk: "Price",
    }


@pytest.mark.django_db
def test_a_next_step_has_its_day_and_no_day_stands_alone():
    deal = DealFactory()
    for half in ({"next_step": "Visit"}, {"next_step_on": date(2026, 11, 18)}):
        with (
            pytest.raises(IntegrityError, match="next_step_has_its_day"),
            transaction.atomic(),
        ):
            Deal.objects.filter(pk=deal.pk).update(**half)
