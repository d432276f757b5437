"""Two organizations with one of everything, and a person in every role."""

from datetime import date

from plans.links import nudge_token, person_token, week_token
from plans.models import Handover
from plans.models.plan_figures import measure
from plans.models.plan_snapshot import snapshot_of
from tests.factories.check_ins import CheckInFactory, NudgeFactory
from tests.factories.imports import FileImportFactory, reading, word
from tests.factories.plans import (
    CommitmentFactory,
    MetricFactory,
    PlanFactory,
    StrategyFactory,
)
from tests.factories.reps import (
    MONDAY,
    NOON,
    AbsenceFactory,
    ActivityEntryFactory,
    ActivityKindFactory,
    DealFactory,
    ExitCriterionFactory,
    OrganizationFactory,
    QuarterFactory,
    QuotaFactory,
    RepFactory,
    SegmentFactory,
    StageFactory,
    StandInFactory,
    TeamFactory,
    UserFactory,
)


class World:
    """One organization: `people` by role, and `rows` by what addresses call them.

    `secret` is in the name of everything that belongs to it.
    """

    def __init__(self, secret: str) -> None:
        of = {"organization": OrganizationFactory(name=f"{secret} organization")}

        def person(role, **facts):
            return UserFactory(name=f"{secret} {role}", **of, **facts)

        leader, manager = person("leader above"), person("manager")
        top = TeamFactory(name=f"{secret} top", manager=leader, **of)
        team = TeamFactory(name=f"{secret} team", manager=manager, above=top, **of)
        other = TeamFactory(
            name=f"{secret} other team", manager=person("other manager"), **of
        )
        rep = RepFactory(name=f"{secret} rep", team=team, **of)
        peer = RepFactory(name=f"{secret} peer", team=team, **of)
        RepFactory(name=f"{secret} stranger", team=other, **of)
        unknown = RepFactory(name=f"{secret} of an import", team=team, user=None, **of)

        quarter = QuarterFactory(name=f"{secret} quarter", **of)
        QuotaFactory(rep=rep, quarter=quarter, amount=123_456, **of)
        stage = StageFactory(name=f"{secret} stage", **of)
        StageFactory(name=f"{secret} unused stage", order=2, **of)
        criterion = ExitCriterionFactory(stage=stage, words=f"{secret} words", **of)
        deal = DealFactory(owner=rep, stage=stage, account=f"{secret} account", **of)
        facts = {"owner": rep, "stage": stage, "won_on": NOON.date()}
        won = DealFactory(account=f"{secret} win", **facts, **of)
        called_off = won.cancel(
            1_000, on=NOON.date(), words=f"{secret} words", by=rep.user, at=NOON
        )
        kind = ActivityKindFactory(name=f"{secret} demos", **of)
        spare = ActivityKindFactory(name=f"{secret} calls", is_leading=False, **of)
        ActivityEntryFactory(rep=rep, kind=kind, **of)
        spare_segment = SegmentFactory(name=f"{secret} enterprise", **of)
        absence = AbsenceFactory(
            rep=rep, starts_on=date(2026, 12, 24), ends_on=date(2026, 12, 31), **of
        )

        plan = PlanFactory(rep=rep, quarter=quarter, **of)
        strategy = StrategyFactory(plan=plan, words=f"{secret} strategy", **of)
        commitment = CommitmentFactory(plan=plan, words=f"{secret} yoga", **of)
        MetricFactory(plan=plan, kind=kind, **of)
        content = snapshot_of(measure(plan, today=NOON.date()))
        plan.propose(content, by=manager, side="manager", at=NOON)  # the rep's turn

        handover = Handover.objects.write_down(
            peer,
            kind=Handover.Kind.LEAVES,
            from_on=date(2026, 12, 24),
            words=f"{secret} words to go on with",
            deals={},
            by=manager,
            at=NOON,
        )
        # Until tomorrow by the database's clock, and until yesterday.
        stand_in = StandInFactory(manager=manager, person=person("stand-in"), **of)
        days = {"starts": -9, "ends": -2}
        was_one = person("stand-in before")
        StandInFactory(manager=manager, person=was_one, **days, **of)

        check_in = CheckInFactory(rep=rep, moved=f"{secret} words of the week", **of)
        letter = f"Subject: {secret} week\n\n{secret} numbers"
        nudge = NudgeFactory(person=rep.user, state="sent", letter=letter, **of)

        brought = FileImportFactory(
            by=manager,
            file_name=f"{secret}.csv",
            reading=reading(words=[word("stage", "Demo", f"{secret} stage")])
            | {"sheet": f"{secret} sheet", "sheets": [f"{secret} sheet", "Notes"]},
            **of,
        )

        self.secret = secret
        self.leading_id, self.unknown_rep_id = kind.pk, unknown.pk
        self.organization = of["organization"]
        self.people = {
            "anonymous": None,
            "rep": rep.user,
            "peer": peer.user,
            "manager": manager,
            "other manager": other.manager,
            "stand-in": stand_in.person,
            "stand-in before": was_one,
            "leader above": leader,
            "HR partner": person("HR partner", is_hr_partner=True),
            "admin": person("admin", is_admin=True),
        }
        self.rows = {
            "absence_id": absence.pk,
            "cancellation_id": called_off.pk,
            "check_in_id": check_in.pk,
            "criterion_id": criterion.pk,
            "commitment_id": commitment.pk,
            "deal_id": deal.pk,
            "import_id": brought.pk,
            "key": "no-such-key",
            "handover_id": handover.pk,
            "kind": "deals",
            "kind_id": spare.pk,
            "manager_id": manager.pk,
            "nudge_id": nudge.pk,
            "nudge_token": nudge_token(nudge),
            "person_token": person_token(rep.user),
            "name": "objective",
            "person_id": rep.user.pk,
            "quarter_id": quarter.pk,
            "plan_id": plan.pk,
            "rep_id": rep.pk,
            "segment_id": spare_segment.pk,
            "stage_id": stage.pk,
            "stand_in_id": stand_in.pk,
            "strategy_id": strategy.pk,
            "team_id": team.pk,
            "uidb36": "1",
            "what": "stages",
            "week_token": week_token(rep, MONDAY),
            "won_deal_id": won.pk,
        }
