"""What a rep does in a week: a ledger of taps, added to and never edited.

What a file says of a week stands in it as well: each import adds the difference from
what those before it said.
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.contrib.postgres.aggregates import BoolOr
from django.contrib.postgres.expressions import ArraySubquery
from django.db import models, transaction
from django.db.models import Count, Max, OuterRef, Q, Sum, Window
from django.db.models.functions import JSONObject, RowNumber
from django.utils.translation import gettext_lazy as _

from reps.models.compiled_query import compiled_once
from reps.models.file_import import BROUGHT_BY, FileImport, rows_of_an_import
from reps.models.one_spelling import OneSpelling
from reps.models.organization import Organization
from reps.models.rep import Rep
from reps.models.same_organization import SameOrganization
from reps.models.team import Team
from reps.models.user import User
from reps.models.who_and_why import WHOM


class ActivityKindQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(organization=user.organization_id)

    def editable_by(self, user):
        """An admin keeps which activities the organization counts."""
        return self.visible_to(user) if user.is_admin else self.none()

    def counted(self):
        """Those people log today, the leading one first."""
        return self.filter(is_retired=False).order_by("-is_leading", "order", "pk")

    def retirable(self):
        """Those people log today, but for the leading one."""
        return self.counted().filter(is_leading=False)

    def with_weeks_of(self, rep, *, first: date, last: date):
        """Add `weeks`: {week, done} of the rep, from first to last, Mondays as text."""
        entries = ActivityEntry.objects.filter(rep=rep, kind=OuterRef("pk"))
        weeks = entries.filter(week__range=(first, last)).values("week")
        done = JSONObject(week="week", done=Sum("change"))
        return self.annotate(weeks=ArraySubquery(weeks.values(done=done)))

    def retired(self):
        """Those no longer logged; what was logged of them stays."""
        return self.filter(is_retired=True).order_by("order", "pk")

    def retire(self, kind, *, retired: bool) -> bool:
        """Log it no longer, or again; False for the leading one, which stays."""
        may = self.filter(pk=kind.pk, is_leading=False)
        return bool(may.update(is_retired=retired)) or not retired

    @transaction.atomic
    def lead_with(self, kind):
        """Make this the one activity that leads to opportunities."""
        Organization.objects.lock(kind.organization)
        kinds = self.filter(organization=kind.organization_id)
        kinds.filter(is_leading=True).exclude(pk=kind.pk).update(is_leading=False)
        kinds.filter(pk=kind.pk).update(is_leading=True, is_retired=False)

    def put_last(self, kind):
        """Count one activity more. The first of an organization leads until it says."""
        kinds = self.filter(organization=kind.organization_id)
        kind.order = (kinds.aggregate(last=Max("order"))["last"] or 0) + 1
        kind.is_leading = not kinds.filter(is_leading=True).exists()
        kind.save()


class ActivityKind(models.Model):
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="activity_kinds"
    )
    name = models.CharField(
        _("name"), max_length=60, help_text=_("As counted, such as Demos held.")
    )
    order = models.PositiveSmallIntegerField(_("place in the list"), default=1)
    is_leading = models.BooleanField(
        _("leads to opportunities"),
        default=False,
        help_text=_("One activity does. The plan asks for so many of it a week."),
    )
    is_retired = models.BooleanField(_("no longer logged"), default=False)

    objects = ActivityKindQuerySet.as_manager()

    class Meta:
        verbose_name = _("activity")
        verbose_name_plural = _("activities")
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "id"], name="activitykind_in_organization"
            ),
            models.UniqueConstraint(
                "organization",
                OneSpelling("name"),
                name="activitykind_one_of_each_name",
                violation_error_message=_("There is an activity of this name already."),
            ),
            models.UniqueConstraint(
                fields=["organization"],
                condition=Q(is_leading=True),
                name="activitykind_one_leads",
            ),
            models.CheckConstraint(
                condition=Q(is_leading=False) | Q(is_retired=False),
                name="activitykind_leading_is_logged",
                violation_error_message=_(
                    "Choose another leading activity before retiring this one."
                ),
            ),
        ]

    def __str__(self):
        return self.name


# A tap's columns, in the order of its fields.
TAP = (
    "kind",
    "change",
    "key",
    "logged_by",
    "logged_by__name",
    "logged_at",
    "stood_in_for",
    "stood_in_for__name",
    "file_import__file_name",
)
LATEST_TAPS = 20


@dataclass(frozen=True, slots=True)
class Tap:
    """One change to the count of a week, and whose it was; `place` is whom they stood
    in for, if anybody, and `file` the name of the one they brought it in, if any.
    """

    kind: int
    change: int
    key: UUID
    by: int
    by_name: str
    at: datetime
    place: int | None = None
    place_name: str | None = None
    file: str | None = None


class LoggedCount(list):
    """The latest taps of one activity in one week, the last one first.

    `done` is what all of them come to, `count` how many there are.
    """

    def __init__(self, taps=(), *, done: int = 0, count: int = 0):
        super().__init__(taps)
        self.done, self.count = done, count

    def with_tap(self, tap: Tap):
        """As they are once this one is added."""
        latest = [tap, *self][:LATEST_TAPS]
        return LoggedCount(latest, done=self.done + tap.change, count=self.count + 1)


class ActivityEntryQuerySet(models.QuerySet):
    def visible_to(self, user):
        """One's own week, and those of the teams one runs."""
        mine = Q(rep__user=user) | Q(rep__team__in=Team.objects.run_by(user))
        return self.filter(mine, organization=user.organization_id)

    def total(self) -> int:
        """How many the taps come to."""
        return self.aggregate(total=Sum("change"))["total"] or 0

    def by_week(self, *, first: date, last: date):
        """(rep, kind, week, done) of the weeks whose Mondays lie between, summed."""
        weeks = self.filter(week__gte=first, week__lte=last).order_by()
        return weeks.values_list("rep", "kind", "week").annotate(done=Sum("change"))

    def counted_by_week(self):
        """What the taps come to, where they come to anything: of each rep, then week.

        (rep's name, e-mail, the week's Monday, the activity's name, how many)
        """
        each = ("rep", "week", "kind")
        said = ("rep__name", "rep__user__email", "week", "kind__name")
        rows = self.order_by().values(*each, *said, "kind__order")
        rows = rows.annotate(done=Sum("change")).exclude(done=0)
        rows = rows.order_by("rep__name", "rep", "week", "kind__order", "kind")
        return rows.values_list(*said, "done")

    def said_by_files(self):
        """(rep, kind, week, done, last): what files made of each week, and the last
        entry by which one did.
        """
        rows = self.filter(file_import__isnull=False).order_by()
        rows = rows.values_list("rep", "kind", "week")
        return rows.annotate(done=Sum("change"), last=Max("pk"))

    def tapped(self):
        """(rep, kind, week, entry, change): what somebody logged by hand."""
        rows = self.filter(file_import__isnull=True).order_by()
        return rows.values_list("rep", "kind", "week", "pk", "change")

    def logged_counts(self, rep, *, week: date, kinds):
        """What was logged in a rep's week: `LoggedCount` by the activity's pk."""
        taps = {kind.pk: LoggedCount() for kind in kinds}
        each = {"partition_by": "kind"}
        here = self.filter(organization=rep.organization_id, rep=rep, week=week)
        rows = here.filter(kind__in=taps).annotate(
            done=Window(Sum("change"), **each),
            count=Window(Count("pk"), **each),
            place=Window(RowNumber(), order_by="-pk", **each),
        )
        rows = rows.filter(place__lte=LATEST_TAPS).order_by("-pk")
        for done, count, *row in rows.values_list("done", "count", *TAP):
            tap = Tap(*row)
            taps[tap.kind].append(tap)
            taps[tap.kind].done, taps[tap.kind].count = done, count
        return taps

    def log(self, *, change: int, **tap):
        """Add a tap to somebody's week; answers with the week's `LoggedCount`, now.

        `tap` is rep, kind, week, key, by, at, and whom `by` stood in for. Lock the rep
        first, by `Rep.objects.locked`, so that one tap comes after the other. The same
        key again changes nothing: a double tap and a retry count once. A week's number
        never goes below zero: more is not taken away than is there.
        """
        return self._add(lambda done: max(change, -done), **tap)

    def set_count(self, *, count: int, **tap):
        """Make it this many, whatever was logged meanwhile. Otherwise as `log`."""
        return self._add(lambda done: count - done, **tap)

    def _add(
        self,
        change_from,
        *,
        rep,
        kind,
        week: date,
        key: UUID,
        by,
        at: datetime,
        stood_in_for=None,
    ):
        taps, is_known = self._so_far(rep, kind, week, key)
        change = change_from(taps.done)
        if is_known or not change:
            return taps
        place = stood_in_for and (stood_in_for.pk, stood_in_for.name)
        tap = Tap(kind.pk, change, key, by.pk, by.name, at, *(place or ()))
        self._write(tap, rep=rep, week=week)
        return taps.with_tap(tap)

    def _so_far(self, rep, kind, week: date, key: UUID) -> tuple[LoggedCount, bool]:
        """The week's taps, and whether this key was used: anywhere, it is used once."""
        taps, is_known = LoggedCount(), False
        for is_here, done, count, known, *tap in _so_far(rep, kind, week, key):
            taps.done, taps.count, is_known = done or 0, count, known
            if is_here:
                taps.append(Tap(*tap))
        return taps, is_known

    def _write(self, tap: Tap, *, rep, week: date):
        self.create(
            organization_id=rep.organization_id,
            rep=rep,
            kind_id=tap.kind,
            week=week,
            change=tap.change,
            key=tap.key,
            logged_by_id=tap.by,
            stood_in_for_id=tap.place,
            logged_at=tap.at,
        )


class ActivityEntry(models.Model):
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="activity_entries"
    )
    rep = models.ForeignKey(Rep, on_delete=models.PROTECT, related_name="activity")
    kind = models.ForeignKey(
        ActivityKind, on_delete=models.PROTECT, related_name="entries"
    )
    week = models.DateField(_("week"), help_text=_("Its Monday."))
    change = models.SmallIntegerField(_("how many more or fewer"))
    key = models.UUIDField(help_text=_("Made with the form: a double tap counts once."))
    logged_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="activity_logged"
    )
    stood_in_for = models.ForeignKey(User, **WHOM)
    file_import = models.ForeignKey(FileImport, **BROUGHT_BY)
    logged_at = models.DateTimeField(_("logged at"))

    objects = ActivityEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("logged activity")
        verbose_name_plural = _("logged activities")
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "id"], name="activityentry_in_organization"
            ),
            models.UniqueConstraint(
                fields=["organization", "key"], name="activityentry_once_per_key"
            ),
            models.CheckConstraint(
                condition=Q(week__iso_week_day=1), name="activityentry_week_is_a_monday"
            ),
            models.CheckConstraint(
                condition=~Q(change=0), name="activityentry_changes_something"
            ),
            SameOrganization("rep", name="activityentry_same_organization_rep"),
            SameOrganization("kind", name="activityentry_same_organization_kind"),
            SameOrganization(
                "logged_by", name="activityentry_same_organization_logged_by"
            ),
            SameOrganization(
                "stood_in_for", name="activityentry_same_organization_for"
            ),
            SameOrganization(
                "file_import", name="activityentry_same_organization_import"
            ),
        ]
        indexes = [
            models.Index(
                fields=["rep", "week", "kind"],
                include=["change"],
                name="activityentry_of_a_week",
            ),
            rows_of_an_import("activityentry"),
        ]

    def __str__(self):
        return f"{self.rep}: {self.change:+d} {self.kind}, {self.week}"


@compiled_once
def _so_far(rep, kind, week, key):
    """The latest taps of the week, and whichever has this key, before which one."""
    here = Q(rep=rep, kind=kind, week=week)
    entries = ActivityEntry.objects.filter(organization=rep.organization_id)
    rows = entries.filter(here | Q(key=key)).order_by("-pk")
    return rows.values_list(
        here,
        Window(Sum("change", filter=here)),
        Window(Count("pk", filter=here)),
        Window(BoolOr(Q(key=key))),
        *TAP,
    )[: LATEST_TAPS + 1]
