"""Quotas of a file put beside those there are, and set where they differ.

One that stands at another amount takes the file's, as a revision that says which file.
Where somebody changed it from a day of its quarter on, it stays as they put it, unless
the file's is taken; and in a closed quarter nothing changes without a reason.

A file may do so too: a row that holds from a day on leaves standing what held before,
as another row of the file says or as it is here.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.utils.translation import gettext as _

from reps.domain.files.quota_rows import QuotaSaid
from reps.domain.pacing import Revision, held_revisions
from reps.imports.answers import Answers
from reps.imports.file_kind import (
    SHOWN,
    BroughtIn,
    Kept,
    Progress,
    Scope,
    ShownRow,
    Verdict,
)
from reps.imports.file_words import day_words, now_and_before
from reps.models import FileImport, Quarter, Quota, Rep
from reps.templatetags.sales_format import money, percent


@dataclass(frozen=True, slots=True)
class _Found:
    """A row of the file, as it will stand here and stood, and what becomes of it."""

    row: int
    quota: Quota
    was: Quota | None
    verdict: Verdict


class QuotaPlacing:
    """`people` are reps by the keys that the file's rows have."""

    def __init__(
        self,
        scope: Scope,
        answers: Answers,
        people: Mapping[str, Rep],
        came: BroughtIn,
    ):
        self.scope, self.answers, self.people, self.came = scope, answers, people, came
        self.tenant = scope.organization
        quarters = Quarter.objects.filter(organization=self.tenant).with_closing()
        self.quarters = {quarter.starts_on: quarter for quarter in quarters}
        known = Quota.objects.filter(organization=self.tenant).with_earlier()
        self.known = {
            (quota.rep_id, quota.quarter_id): quota
            for quota in known.select_related("quarter", "rep")
        }

    def place(self, said: Iterable[QuotaSaid], progress: Progress[QuotaSaid]):
        """Set what differs, and say in `came` what becomes of each row."""
        rows = defaultdict(list)
        for one in progress(said):
            rows[one.seller, one.quarter].append(one)
        found = [one for each in rows.values() for one in self._found(each)]
        self._set(found)
        came = self.came
        came.columns = [_("Rep"), _("Quarter"), _("Quota"), _("Ramp"), _("From")]
        first = sorted(found, key=lambda one: one.row)[:SHOWN]
        came.shown = [ShownRow(one.row, one.verdict, self._cells(one)) for one in first]

    def _found(self, rows: Sequence[QuotaSaid]) -> Iterable[_Found]:
        """What becomes of all rows that speak of one quota."""
        rows = sorted(rows, key=lambda row: row.holds_from or date.min)
        rep = self.people[rows[0].seller]
        quarter = self.quarters[rows[0].quarter.starts_on]
        known = self.known.get((rep.pk, quarter.pk))
        quotas = [self._quota(row, rep, quarter, known) for row in rows]
        verdict = self._verdict(rows, quotas, known)
        kept = known if verdict in {Verdict.SAME, Verdict.LEFT_OUT} else None
        for row, quota in zip(rows, quotas, strict=True):
            stands = kept if kept and len(rows) == 1 else quota
            yield _Found(row.row, stands, known, verdict)

    def _quota(
        self, said: QuotaSaid, rep: Rep, quarter: Quarter, known: Quota | None
    ) -> Quota:
        now = Quota(
            organization=self.tenant,
            rep=rep,
            quarter=quarter,
            amount=said.amount,
            holds_from=said.holds_from,
        )
        if known and not said.holds_from:
            now.ramp, now.starts_on = known.ramp, known.starts_on
        if said.ramp is not None:
            now.ramp = said.ramp
        if said.starts_on is not None:
            now.starts_on = said.starts_on
        return now

    def _verdict(
        self, rows: Sequence[QuotaSaid], quotas: Sequence[Quota], known: Quota | None
    ) -> Verdict:
        came, now = self.came, quotas[-1]
        about = f"{now.rep.name}, {now.quarter.name}"
        take = f"{now.rep_id}:{now.quarter_id}"
        is_taken = self.answers.take_all or take in self.answers.take
        if not _differ(quotas, known):
            came.same += len(rows)
            return Verdict.SAME
        if now.quarter.is_closed(self.scope.at) and not self.scope.reason:
            why = _("that quarter is closed")
        elif known and known.holds_from and not is_taken:
            ours, theirs = self._money(known), self._money(now)
            came.keep_ours(Kept(take, rows[-1].row, about, _("Quota"), ours, theirs))
            why = _("it was changed within the quarter")
        elif known:
            came.changed += len(rows)
            return Verdict.CHANGED
        else:
            came.added += len(rows)
            return Verdict.NEW
        for row in rows:
            came.leave_out(row.row, about, why)
        return Verdict.LEFT_OUT

    def _set(self, found: Iterable[_Found]):
        """Of each the whole quarter first, and then from one day after the other."""
        usual, closed = [], []
        for one in found:
            if one.verdict in {Verdict.NEW, Verdict.CHANGED}:
                is_closed = one.quota.quarter.is_closed(self.scope.at)
                (closed if is_closed else usual).append(one.quota)
        file, said = self._file, {"at": self.scope.at, "by": self.scope.by}
        said["file_import"] = self.scope.file_import
        for quotas, why in ((usual, file), (closed, f"{file}: {self.scope.reason}")):
            for day, several in groupby(sorted(quotas, key=_day), key=_day):
                holds_from = None if day == date.min else day
                Quota.objects.set_quotas(
                    self.tenant, several, why=why, holds_from=holds_from, **said
                )

    @property
    def _file(self) -> str:
        """Its name, which is why a quota changes."""
        files = FileImport.objects.filter(pk=self.scope.file_import)
        return files.values_list("file_name", flat=True).first() or _("Imported")

    def _money(self, quota: Quota) -> str:
        return money(quota.amount, self.tenant.currency)

    def _cells(self, found: _Found) -> list[str]:
        cells = self._standing(found.quota)
        if not found.was:
            return cells
        return list(map(now_and_before, cells, self._standing(found.was)))

    def _standing(self, quota: Quota) -> list[str]:
        return [
            quota.rep.name,
            quota.quarter.name,
            self._money(quota),
            percent(quota.ramp),
            day_words(max(quota.first_day, _day(quota))),
        ]


def _differ(quotas: Sequence[Quota], known: Quota | None) -> bool:
    """Whether to set these changes what is owed on any day.

    One that is of the whole quarter is compared with what is owed now.
    """
    first, *later = quotas
    if not later and not first.holds_from:
        return first.differs_from(known)
    first.holds_throughout = not first.holds_from
    said = [
        Revision(one.amount, one.ramp, one.starts_on, one.holds_from) for one in quotas
    ]
    stands, span = known.in_force if known else [], first.quarter.span
    now = [*stands, *said] if first.holds_from else said
    return held_revisions(now, span) != held_revisions(stands, span)


def _day(quota: Quota) -> date:
    return quota.holds_from or date.min
