"""What Erin and her team made of it: plans, check-ins with their answers, letters.

Beside the facts of `demo_quarter`. It is the same weekday and hour every week that
people are asked, and this week that is in a minute: whoever looks sees a letter go out.
Outside working hours it waits for them (`demo_hours`).
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from plans.domain.nudging import reminder_due_at
from plans.models import CheckIn, Commitment, Energy, Metric, Nudge, Plan
from plans.models.nudge_candidate import nudge_candidates, with_candidate_facts
from plans.models.plan_figures import measure
from plans.models.plan_snapshot import snapshot_of
from recovery.demo_hours import DemoHours
from reps.domain.quarter import ONE_WEEK
from reps.domain.work_week import monday_on_or_before
from reps.models import ActivityKind, Organization, Quarter, Rep

A_DAY = timedelta(days=1)
TOOK = timedelta(hours=4)  # from being asked to checking in
NO_SUCH_MAILBOX = (
    "SMTPRecipientsRefused({'ben@demo.example': (550, b'5.1.1 Mailbox unavailable')})"
)


@dataclass(frozen=True, slots=True)
class CheckInShown:
    """One check-in of the demo: so many weeks ago, and what Erin answered."""

    who: str
    weeks_ago: int
    moved: str
    stuck: str = ""
    learned: str = ""
    answer: str = ""
    energy: int | None = None


SAID = [
    CheckInShown(
        "Theo",
        4,
        moved="One demo, with Pinecrest. They know what it costs them today.",
        stuck="I wait for Larkspur instead of calling somebody new.",
        answer="Calls first, Tuesday to Thursday, before the mail. I keep 9 to 10:30 "
        "free of meetings for you.",
        energy=2,
    ),
    CheckInShown(
        "Theo",
        3,
        moved="Two demos, one of them an account we lost in spring.",
        learned="They liked it then, too. Nobody had called since.",
        answer="Then there are more of those. Let us go through the list on Thursday.",
        energy=3,
    ),
    CheckInShown(
        "Theo",
        2,
        moved="Quill has seen the solution and named the day they decide.",
        stuck="Larkspur’s meeting moved again.",
        learned="Asking how they buy, step by step, takes a minute and saves a week.",
        answer="Good question to ask everybody. On Larkspur: what happens if it moves "
        "to next quarter? Let us write that down.",
        energy=3,
    ),
    CheckInShown(
        "Theo",
        1,
        moved="Three demos. Redfern is with their lawyer.",
        stuck="I do not know who signs at Larkspur.",
        learned="Three a week is possible when the calls come first.",
        answer="That is the number. I know their controller; we call together.",
        energy=4,
    ),
    CheckInShown(
        "Sofia",
        1,
        moved="The large proposal is out. The reopened account wants a second date.",
        stuck="Two of my open deals have no next step. I put off asking.",
    ),
    CheckInShown(
        "Callum",
        2,
        moved="One demo held, one cancelled on the day.",
        stuck="The list I call from is old.",
        answer="We get you a new one this week. Which industry first?",
    ),
    CheckInShown(
        "Ben",
        2,
        moved="Three demos, two of them agreed on a walk-through.",
        answer="Steady. What would make the next one easier?",
    ),
    CheckInShown(
        "Grace",
        4,
        moved="Five demos and a signature.",
        learned="The short demo works better than the long one.",
        answer="Would you show the others how you do it?",
    ),
    CheckInShown(
        "Jonah",
        1,
        moved="Four demos, and two old deals let go.",
        learned="Letting go makes room.",
        answer="It does. Write down what you saw, it helps the others.",
    ),
    CheckInShown(
        "Hana", 1, moved="Three demos, one proposal.", answer="Thank you, Hana."
    ),
    CheckInShown(
        "Priya",
        1,
        moved="Three demos. The reference call went well.",
        answer="Glad to hear. Who could be the next reference?",
    ),
    CheckInShown("Priya", 0, moved="Three demos held already."),
]


def respond(organization: Organization, hours: DemoHours) -> None:
    """The response as it stands now. The facts must be there."""
    asked_at = hours.asked_at()
    _ask_at(organization, asked_at)
    reps = Rep.objects.filter(organization=organization)
    reps = {rep.name.split()[0]: rep for rep in reps.select_related("user")}
    _check_ins(reps, asked_at, hours)
    for ago in (0 * ONE_WEEK, ONE_WEEK):
        week = monday_on_or_before(hours.today) - ago
        _letters(reps, week, asked_at - ago, hours.now)
    quarter = Quarter.objects.filter(organization=organization).containing(hours.today)
    _theos_plan(reps["Theo"], quarter, hours)
    _sofias_proposal(reps["Sofia"], quarter, hours)


def _ask_at(organization: Organization, at: datetime) -> None:
    """Have everybody asked then, every week."""
    local = at.astimezone(organization.zone)
    organization.check_in_day, organization.check_in_at = (
        local.isoweekday(),
        local.time(),
    )
    organization.save()


# --- The week ----------------------------------------------------------------------


def _check_ins(reps: dict[str, Rep], asked_at: datetime, hours: DemoHours):
    for said in SAID:
        rep, manager = reps[said.who], reps[said.who].team.manager
        week = monday_on_or_before(hours.today) - said.weeks_ago * ONE_WEEK
        at = hours.worked_after(asked_at - said.weeks_ago * ONE_WEEK + TOOK)
        if said.weeks_ago == 0:  # this week, before being asked
            at = max(hours.worked_by(asked_at - TOOK), hours.first_of_the_week())
            if at > hours.now:
                continue
        check_in = CheckIn.objects.record(
            rep=rep,
            week=week,
            by=rep.user,
            at=at,
            moved=said.moved,
            stuck=said.stuck,
            learned=said.learned,
        )
        if said.answer:
            answered_at = hours.worked_after(at + A_DAY)
            check_in.answer(said.answer, by=manager, at=answered_at)
        if said.energy:
            Energy.objects.note(said.energy, rep=rep, week=week)


def _letters(reps: dict[str, Rep], week: date, asked_at: datetime, now: datetime):
    """A week's, as they went: brought in whole, since they went long ago."""
    if asked_at > now:
        return
    everybody = Rep.objects.filter(organization=reps["Ben"].organization)
    before = CheckIn.objects.filter(week=week, checked_in_at__lt=asked_at)
    asked_people = everybody.exclude(pk__in=before.values("rep"))
    rows = []
    people = with_candidate_facts(asked_people, at=now)
    for candidate in nudge_candidates(people, at=now):
        rep, remind_at = candidate.rep, reminder_due_at(asked_at, candidate.calendar)
        facts = {"organization": rep.organization, "person": rep.user, "week": week}
        asked = Nudge(**facts, kind=Nudge.Kind.CHECK_IN, due_at=asked_at)
        rows.append(asked)
        if rep == reps["Ben"]:
            asked.state, asked.attempts = Nudge.State.DEAD, 5
            asked.why = NO_SUCH_MAILBOX
        elif week not in candidate.checked_in and remind_at and remind_at < now:
            rows.append(Nudge(**facts, kind=Nudge.Kind.REMINDER, due_at=remind_at))
    for row in rows:
        if row.state == Nudge.State.OWED:
            row.state, row.attempts, row.sent_at = Nudge.State.SENT, 1, row.due_at
    Nudge.objects.bulk_create(rows)


# --- Plans -------------------------------------------------------------------------


def _theos_plan(theo: Rep, quarter: Quarter, hours: DemoHours):
    """The plan of the story, with both names on it: three demos a week."""
    erin = theo.team.manager
    plan = _written(
        theo,
        quarter,
        by=erin,
        hours=hours,
        objective="A bounce-back quarter. Rebuild the early half of my pipeline, stop "
        "leaning on one big deal, and finish knowing I can do this again.",
        goal=(150_000, 200_000),
        strategies=[
            (
                "Prospect before anything else",
                "Tue–Thu, 9:00–10:30: property managers with 20–200 units",
                "rep",
            ),
            (
                "Reopen last year’s near misses",
                "14 accounts that liked the demo and had no budget",
                "rep",
            ),
            (
                "Erin sits in on two calls a week",
                "Feedback the same day: one thing to keep, one to try",
                "manager",
            ),
        ],
        targets={"Calls to new customers": 45, "Discovery meetings": 5},
        backup_plan="If Larkspur slips: Pinecrest and Fenwick, and two near misses "
        "reopened. We decide on the first of the month.",
    )
    for words, when, is_shared in (
        ("Football outside with Erin", "Thursdays, 15:30", True),
        ("Phone away after 19:30", "Mon–Thu", True),
        ("Yoga, and no laptop before it", "Tuesdays, 18:45", False),
    ):
        Commitment.objects.create(
            organization=plan.organization,
            rep=theo,
            plan=plan,
            words=words,
            when=when,
            is_shared=is_shared,
        )
    content = snapshot_of(measure(plan, today=hours.today))
    proposed_at = hours.worked_by(hours.now - timedelta(hours=1))
    proposal = plan.propose(content, by=erin, side="manager", at=proposed_at)
    signed_at = hours.worked_by(hours.now - timedelta(minutes=52))
    plan.sign(proposal.number, by=theo.user, side="rep", at=signed_at)


def _sofias_proposal(sofia: Rep, quarter: Quarter, hours: DemoHours):
    """One that waits for Erin's name."""
    plan = _written(
        sofia,
        quarter,
        by=sofia.user,
        hours=hours,
        objective="Back to an even pace by the end of the quarter, with a next step on "
        "every deal.",
        goal=(130_000, 160_000),
        strategies=[
            (
                "A dated next step on every open deal",
                "The nine that are open now, by Friday",
                "rep",
            ),
            ("Two walk-throughs with Grace", "Her short demo, seen live", "both"),
        ],
        targets={"Follow-ups": 20},
        backup_plan="",
    )
    content = snapshot_of(measure(plan, today=hours.today))
    proposed_at = hours.worked_by(hours.now - timedelta(hours=2))
    plan.propose(content, by=sofia.user, side="rep", at=proposed_at)


def _written(
    rep, quarter, *, by, hours, objective, goal, strategies, targets, backup_plan
) -> Plan:
    """A draft with all of it on the page. The demos it leaves to the arithmetic."""
    kinds = ActivityKind.objects.filter(organization=rep.organization)
    plan = Plan.objects.start(
        rep=rep,
        quarter=quarter,
        leading=kinds.get(is_leading=True),
        by=by,
        at=hours.worked_by(hours.now - A_DAY),
    )
    plan.write("objective", objective, was="")
    for field, amount in zip(("goal_low", "goal_high"), goal, strict=True):
        plan.write(field, amount, was=None)
    if backup_plan:
        plan.write("backup_plan", backup_plan, was="")
    for words, source, owner in strategies:
        plan.strategies.create(
            organization=plan.organization, words=words, source=source, owner=owner
        )
    for name, weekly in targets.items():
        Metric.objects.set_target(plan, kinds.get(name=name), weekly, was=None)
    return plan
