"""A deal: whose it is, what it is worth, and where it stands on the whiteboard.

`move_to` is the one transition. A deferred trigger (migration 0002) refuses at commit
a deal whose stage and outcome are not those of its last move, whoever wrote it.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.contrib.postgres.expressions import ArraySubquery
from django.core.validators import MinValueValidator
from django.db import models, transaction
from django.db.models import Case, Exists, F, Max, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Cast, JSONObject
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from reps.domain.transitions import Books, Kind, Missing, NotYet, Place, transition
from reps.models.cancellation import Cancellation
from reps.models.compiled_query import compiled_once
from reps.models.membership import Membership
from reps.models.one_spelling import OneSpelling
from reps.models.organization import Organization
from reps.models.quarter import Quarter
from reps.models.quarter_closing import QuarterIsClosed
from reps.models.rep import Rep, managed_by, worked_by
from reps.models.same_organization import SameOrganization
from reps.models.stage import ExitCriterion, Stage
from reps.models.stage_move import MetCriterion, Outcome, StageMove
from reps.models.team import Team
from reps.models.who_and_why import say_who_and_why, saying_who_and_why

MOVED = ("stage", "outcome", "in_stage_since", "closed_on")


class DealQuerySet(models.QuerySet):
    def visible_to(self, user):
        """One's own deals, and those of the teams one runs."""
        mine = Q(owner__user=user) | Q(owner__team__in=Team.objects.run_by(user))
        return self.filter(mine, organization=user.organization_id)

    def credited_to(self, teams):
        """Closed ones whose owner sold in one of these teams on the closing day.

        Where the owner sells today, or whether they left, does not matter.
        """
        then = Membership.objects.filter(rep=OuterRef("owner"), team__in=teams)
        was_there = Exists(then.holding(OuterRef("closed_on")))
        return self.filter(was_there, closed_on__isnull=False)

    def readable_by(self, user):
        """Those one sees, and the closed ones that the teams one runs are credited."""
        credited = Deal.objects.credited_to(Team.objects.run_by(user))
        here = self.filter(organization=user.organization_id)
        seen = Deal.objects.visible_to(user).values("pk")
        return here.filter(Q(pk__in=seen) | Q(pk__in=credited.values("pk")))

    def owned_by(self, reps: list[int]):
        """Those of these reps, whom one may see: read already, they are no join."""
        return self.filter(owner__id__among=reps)

    def movable_by(self, user):
        """The owner moves a deal, or the owner's own manager."""
        return self.visible_to(user).filter(worked_by(user, "owner__"))

    def correctable_by(self, user):
        """Once its quarter is closed: the owner's own manager puts it right."""
        return self.visible_to(user).filter(managed_by(user, "owner__"))

    def without_a_seller(self, today: date):
        """Open ones whose owner has left: whose they are until somebody takes them."""
        return self.still_open().filter(owner__left_on__lt=today)

    def found_by(self, words: str):
        """Whose account or product holds these words, in whatever case."""
        return self.filter(Q(account__icontains=words) | Q(product__icontains=words))

    def still_open(self):
        return self.filter(outcome=Outcome.OPEN)

    def opportunities(self):
        """Deals that have reached the first stage that counts."""
        return self.filter(stage__is_opportunity=True)

    def with_why_lost(self):
        """Add `why_lost`: what whoever lost it said, or the file that has it lost."""
        imported = When(kind=StageMove.Kind.IMPORTED, then=OuterRef("lost_reason"))
        moves = StageMove.objects.filter(deal=OuterRef("pk")).order_by("-number")
        said = moves.annotate(why=Case(imported, default=F("reason"))).values("why")
        lost = When(outcome=Outcome.LOST, then=Subquery(said[:1]))
        nothing = Value("", output_field=models.TextField())
        return self.annotate(why_lost=Case(lost, default=nothing))

    def with_cancelled_days(self):
        """Add `cancelled_days`: {on, amount} of each, as text and in order."""
        off = Cancellation.objects.filter(deal=OuterRef("pk")).by_day()
        day = JSONObject(on="cancelled_on", amount=Cast("off", models.TextField()))
        return self.annotate(cancelled_days=ArraySubquery(off.values(day=day)))

    def largest_beside(self, deal, *, owner) -> Decimal | None:
        """The amount of the owner's largest other deal, open or closed, at any time."""
        others = self.filter(owner=owner).exclude(pk=deal.pk)
        return others.aggregate(largest=Max("amount"))["largest"]

    def open_and_alike(self, account: str, amount: Decimal):
        """Open deals of this account, however spelled, of nearly this amount."""
        spelled = OneSpelling(Value(account))
        alike = self.still_open().alias(spelling=OneSpelling("account"))
        found = alike.filter(spelling=spelled, amount__range=nearly(amount))
        return found.select_related("owner").order_by("-amount", "pk")

    def won_between(self, first: date, last: date):
        """Booked: won revenue dated from `first` to `last`, both counted."""
        return self.filter(outcome=Outcome.WON, closed_on__range=(first, last))

    def lost_between(self, first: date, last: date):
        """Lost from `first` to `last`, both counted."""
        return self.filter(outcome=Outcome.LOST, closed_on__range=(first, last))

    @transaction.atomic
    def open_deal(
        self,
        *,
        stage,
        by,
        on: date,
        at: datetime,
        reason="",
        key=None,
        stood_in_for=None,
        **facts,
    ):
        """Put a new deal on the board. Further along than the first stage, say why.

        With a `key` it is opened once: the same key again answers with that deal.
        """
        here = {"organization_id": stage.organization_id, "key": key}
        if key:
            Organization.objects.lock(stage.organization)
            if known := self.filter(**here).first():
                return known
        say_who_and_why(by=by, why=reason, at=at, stood_in_for=stood_in_for)
        deal = self.model(opened_on=on, **here, **facts)
        move = deal.moved(
            Place(stage.pk), stages=stages_of(stage), by=by, on=on, at=at, reason=reason
        )
        deal.save()
        move.deal, move.stood_in_for = deal, stood_in_for
        move.save()
        return deal

    @transaction.atomic
    def import_all(self, arrivals, *, stages: list[int], source: str, at: datetime):
        """Save many deals that come from elsewhere, each with its one imported move.

        `arrivals`: (an unsaved deal, the Place where it stands, the day it got there).
        """
        deals, moves = [], []
        for deal, place, on in arrivals:
            move = deal.moved(
                place, stages=stages, by=None, on=on, at=at, importing=source
            )
            deals.append(deal)
            moves.append(move)
        say_who_and_why(why=source, at=at)
        self.bulk_create(deals, batch_size=1000)
        StageMove.objects.bulk_create(moves, batch_size=1000)


def nearly(amount: Decimal) -> tuple[Decimal, Decimal]:
    """What is nearly this amount: from, to."""
    return amount * Decimal("0.9"), amount * Decimal("1.1")


def stages_of(row) -> list[int]:
    """The ids of the organization's stages, in the order of the board."""
    stages = Stage.objects.filter(organization=row.organization_id).in_order()
    return list(stages.values_list("pk", flat=True))


@dataclass(frozen=True, slots=True)
class ClosedBooks:
    """A closed quarter a deal counts in, and whether somebody may put it right."""

    quarter: Quarter
    is_theirs: bool


class Deal(models.Model):
    Outcome = Outcome

    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="deals"
    )
    owner = models.ForeignKey(
        Rep, on_delete=models.PROTECT, related_name="deals", verbose_name=_("owner")
    )
    account = models.CharField(
        _("account"), max_length=120, blank=True, help_text=_("Empty: not given.")
    )
    product = models.CharField(_("product"), max_length=120, blank=True)
    amount = models.DecimalField(
        _("amount"), max_digits=15, decimal_places=2, validators=[MinValueValidator(0)]
    )
    amount_is_estimate = models.BooleanField(_("estimated"), default=False)
    stage = models.ForeignKey(
        Stage, on_delete=models.PROTECT, related_name="deals", verbose_name=_("stage")
    )
    outcome = models.CharField(
        _("outcome"), max_length=4, choices=Outcome, default=Outcome.OPEN
    )
    opened_on = models.DateField(
        _("opened on"), null=True, help_text=_("Unknown: no age, and not in cycles.")
    )
    expected_close_on = models.DateField(
        _("expected close"), null=True, blank=True, help_text=_("Empty: not known yet.")
    )
    next_step = models.CharField(
        _("next step"), max_length=120, blank=True, default="", db_default=""
    )
    next_step_on = models.DateField(_("its day"), null=True, blank=True)
    in_stage_since = models.DateField(
        _("in this stage since"),
        null=True,
        help_text=_("Its moves say so too; here the board can sort by it."),
    )
    became_opportunity_on = models.DateField(
        _("an opportunity since"),
        null=True,
        editable=False,
        help_text=_("Its moves say so too: the database keeps it (migration 0009)."),
    )
    closed_on = models.DateField(_("closed on"), null=True)
    key = models.UUIDField(
        null=True, help_text=_("Made with the form: sent twice, it is one deal.")
    )
    lead_source = models.CharField(
        _("lead source"), max_length=120, blank=True, default="", db_default=""
    )
    lost_reason = models.TextField(
        _("reason it was lost"),
        blank=True,
        default="",
        db_default="",
        help_text=_("As a file says; whoever loses it here says so with the move."),
    )
    source = models.CharField(
        _("imported from"), max_length=40, blank=True, help_text=_("Empty: made here.")
    )
    source_key = models.CharField(_("its number there"), max_length=64, blank=True)

    objects = DealQuerySet.as_manager()

    class Meta:
        verbose_name = _("deal")
        verbose_name_plural = _("deals")
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "id"], name="deal_in_organization"
            ),
            models.UniqueConstraint(
                fields=["organization", "key"],
                condition=Q(key__isnull=False),
                name="deal_once_per_key",
            ),
            models.UniqueConstraint(
                fields=["organization", "source", "source_key"],
                condition=~Q(source=""),
                name="deal_once_per_source",
            ),
            models.CheckConstraint(
                condition=Q(outcome="open", closed_on__isnull=True)
                | Q(outcome__in=["won", "lost"], closed_on__isnull=False),
                name="deal_closed_on_unless_open",
            ),
            models.CheckConstraint(
                condition=Q(opened_on__isnull=True)
                | Q(closed_on__isnull=True)
                | Q(closed_on__gte=F("opened_on")),
                name="deal_closes_after_it_opens",
            ),
            models.CheckConstraint(
                condition=Q(amount__gte=0), name="deal_amount_is_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(next_step="", next_step_on__isnull=True)
                | (~Q(next_step="") & Q(next_step_on__isnull=False)),
                name="deal_next_step_has_its_day",
            ),
            SameOrganization("owner", name="deal_same_organization_owner"),
            SameOrganization("stage", name="deal_same_organization_stage"),
        ]
        indexes = [
            models.Index(
                fields=["owner", "closed_on"],
                condition=Q(outcome="won"),
                include=["amount"],
                name="deal_booked",
            ),
            models.Index(
                fields=["owner", "closed_on"],
                condition=~Q(outcome="open"),
                include=["outcome", "stage", "amount", "opened_on"],
                name="deal_closed_by_owner",
            ),
            models.Index(
                fields=["owner", "became_opportunity_on"],
                name="deal_became_opportunity",
            ),
            models.Index(
                fields=["owner", "stage"],
                condition=Q(outcome="open"),
                include=["amount"],
                name="deal_open",
            ),
            models.Index(
                fields=["organization", "stage", "in_stage_since", "id"],
                condition=Q(outcome="open"),
                name="deal_longest_in_stage",
            ),
        ]

    def __str__(self):
        return self.account or str(_("Account not given"))

    def get_absolute_url(self):
        return reverse("reps:deal_detail", args=[self.pk])

    def todays_date(self, at: datetime) -> date:
        """A deal's day is its owner's, in their zone, whoever asks."""
        self.owner.organization = self.organization  # the same, and read already
        return self.owner.local_date(at)

    @property
    def place(self) -> Place | None:
        """Where it stands; nowhere before its first move."""
        return Place(self.stage_id, self.outcome) if self.stage_id else None

    @transaction.atomic
    def move_to(
        self,
        stage,
        outcome=Outcome.OPEN,
        *,
        by=None,
        on: date,
        at: datetime,
        reason="",
        importing="",
        taking_back=False,
        seen: int | None = None,
        stood_in_for=None,
    ) -> StageMove:
        """Move the deal, and write the move into its history: the one transition.

        `seen` is the number of the last move that whoever moves it knows of, and
        `stood_in_for` the manager in whose place they do. Raises `NotYet`
        (reps.domain.transitions) with what is missing. `self.stage` then also has
        what that stage asks of it. Taking a win back is dated the day of it.
        """
        # Two people at one card: the second is judged by what the first did.
        place = stood_in_for.pk if stood_in_for else 0
        said = {"why": reason or importing, "at": at, "stood_in_for": place}
        self._lock(by=by.pk if by else 0, **said)
        stages = {stage.pk: stage for stage in self.stages_as_asked()}
        here = stages[self.stage_id]
        if seen not in {None, here.last_number}:
            raise NotYet(Missing.MOVED_MEANWHILE)
        if self.outcome == Outcome.WON and self.cancellations.still_so().exists():
            raise NotYet(Missing.CALLED_OFF)
        to = Place(stage.pk, outcome)
        move = self.moved(
            to,
            stages=list(stages),
            by=by,
            on=self.closed_on or on if taking_back else on,
            at=at,
            reason=reason,
            importing=importing,
            taking_back=taking_back,
            books=self._books(to, on, by=by, at=at),
            unmet=here.unmet,
            number=here.last_number + 1,
        )
        move.stood_in_for = stood_in_for
        move.save()
        self.save(update_fields=MOVED)
        self.stage = stages[self.stage_id]
        move.from_stage, move.to_stage = here, self.stage
        return move

    def closed_books(self, day: date, *, by, at: datetime) -> ClosedBooks | None:
        """The closed quarter that holds this day; None where it is open, or none is."""
        quarter = Quarter.objects.closed_quarter_of(self.organization, day, at)
        if quarter is None:
            return None
        deals = Deal.objects.filter(pk=self.pk)
        is_theirs = by is not None and deals.correctable_by(by).exists()
        return ClosedBooks(quarter, is_theirs)

    def check_quarters(self, *days: date | None, by, at: datetime):
        """Raise `QuarterIsClosed` for a day in one that is not theirs to put right."""
        for day in {*days} - {None}:
            closed = self.closed_books(day, by=by, at=at)
            if closed and not closed.is_theirs:
                raise QuarterIsClosed(closed.quarter)

    def _books(self, to: Place, on: date, *, by, at: datetime) -> Books:
        """Of the day it closes on; or, where it is won and opens, of its win."""
        day = on
        if to.outcome == Outcome.OPEN:
            day = self.closed_on if self.outcome == Outcome.WON else None
        closed = day and self.closed_books(day, by=by, at=at)
        if not closed:
            return Books.OPEN
        return Books.TO_CORRECT if closed.is_theirs else Books.CLOSED

    def _lock(self, *, by: int, why: str, at: datetime, stood_in_for: int):
        """Lock it to the transaction's end, and have it say what it says by now.

        Who moves it and why is told in the same breath: a move asks little.
        """
        (now,) = _locked(self.pk, by, why, at, stood_in_for)
        for field in self._meta.concrete_fields:
            setattr(self, field.attname, getattr(now, field.attname))

    def moved(
        self,
        to: Place,
        *,
        stages: list[int],
        by,
        on: date,
        at: datetime,
        reason="",
        importing="",
        taking_back=False,
        books=Books.OPEN,
        unmet=(),
        number=1,
    ) -> StageMove:
        """The move as history will tell it, with this deal put where it leads.

        Nothing is saved: `move_to` and `open_deal` save one, an import thousands.
        """
        before = self.place
        move = transition(
            stages,
            before,
            to,
            unmet=unmet,
            reason=reason,
            importing=importing,
            imported_from=self.source,
            taking_back=taking_back,
            books=books,
        )
        if before is None or before.stage != to.stage:
            # An import does not say since when a deal stands where it first saw it.
            first_seen = before is None and move.kind == Kind.IMPORTED
            self.in_stage_since = None if first_seen else on
        self.stage_id, self.outcome = to.stage, Outcome(to.outcome)
        self.closed_on = None if to.outcome == Outcome.OPEN else on
        return StageMove(
            organization_id=self.organization_id,
            deal=self,
            number=number,
            kind=StageMove.Kind(move.kind),
            from_stage_id=before.stage if before else None,
            to_stage_id=to.stage,
            outcome=self.outcome,
            moved_on=on,
            recorded_at=at,
            moved_by=by,
            reason=move.reason,
        )

    def stages_as_asked(self) -> list[Stage]:
        """The board's stages in order, with what each asks of this deal.

        Each also has `last_number`, the number of the deal's last move.
        """
        return _stages_as_asked(self)

    def unmet_criteria(self) -> list[str]:
        """What the stage it stands in still asks for, in the stage's order."""
        asked = ExitCriterion.objects.filter(stage=self.stage_id).asked()
        unmet = asked.exclude(met_on__deal=self)
        return list(unmet.values_list("words", flat=True))

    def meet(self, criterion, *, by, at: datetime, stood_in_for=None):
        """Tick an exit criterion. Ticked already, it keeps who was first."""
        MetCriterion.objects.get_or_create(
            organization_id=self.organization_id,
            deal=self,
            criterion=criterion,
            defaults={"met_by": by, "met_at": at, "stood_in_for": stood_in_for},
        )

    def unmeet(self, criterion):
        """Take a tick back that was a mistake."""
        self.met_criteria.filter(criterion=criterion).delete()

    def left_to_cancel(self) -> Decimal:
        """What a customer could still call off of it."""
        return self.amount - self.cancellations.total()

    @transaction.atomic
    def cancel(
        self,
        amount: Decimal,
        *,
        on: date,
        words: str,
        by,
        at: datetime,
        stood_in_for=None,
    ):
        """The customer called it off, whole or in part. It stays won where it was.

        Raises `QuarterIsClosed` for a day in one that is not theirs to put right.
        """
        self.check_quarters(on, by=by, at=at)
        return self.cancellations.create(
            organization_id=self.organization_id,
            cancelled_on=on,
            amount=amount,
            words=words,
            cancelled_by=by,
            stood_in_for=stood_in_for,
            recorded_at=at,
        )

    @transaction.atomic
    def correct(
        self, changes: dict, *, by, at: datetime, why: str = "", stood_in_for=None
    ):
        """Keep these facts; an amount that somebody gives is no estimate any more.

        The database writes down what they were, and refuses a closed deal's without a
        reason. Raises `QuarterIsClosed` where it counts, or would, in a closed quarter
        that is not theirs to put right.
        """
        self.check_quarters(self.closed_on, changes.get("closed_on"), by=by, at=at)
        if "amount" in changes:
            changes = {"amount_is_estimate": False} | changes
        say_who_and_why(by=by, why=why, at=at, stood_in_for=stood_in_for)
        for name, value in changes.items():
            setattr(self, name, value)
        self.save(update_fields=changes)


@compiled_once
def _locked(pk, by, why, at, stood_in_for):
    told = saying_who_and_why(by=by, why=why, at=at, stood_in_for=stood_in_for)
    return Deal.objects.filter(pk=pk).annotate(**told).select_for_update()


@compiled_once
def _stages_as_asked(deal):
    last = StageMove.objects.filter(deal=deal).order_by("-number").values("number")[:1]
    stages = Stage.objects.filter(organization=deal.organization_id).in_order()
    return stages.with_asked_of(deal).annotate(last_number=Subquery(last))
