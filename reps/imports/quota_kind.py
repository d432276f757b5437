"""Quotas, as a page brings them in: rows, or a grid with a column for each quarter.

One that stands at another amount takes the file's, as a revision that says which file.
Where somebody changed it from a day of its quarter on, it stays as they put it, unless
the file's is taken; and in a closed quarter nothing changes without a reason.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from reps.domain.files.days import Order
from reps.domain.files.fields import Fact
from reps.domain.files.questions import Asks, WordMatch
from reps.domain.files.quota_rows import (
    QuotaMatching,
    QuotaSaid,
    quarters_said,
    read_quotas,
)
from reps.imports.answers import Answers
from reps.imports.came_along import bring_people, bring_quarters
from reps.imports.column_questions import cells_of, order_of
from reps.imports.file_kind import (
    SHOWN,
    BroughtIn,
    Kept,
    Progress,
    Scope,
    ShownRow,
    Verdict,
)
from reps.imports.file_words import day_words, now_and_before, why_left_out
from reps.imports.look_at_file import FileLook
from reps.imports.our_quarters import OurQuarters
from reps.imports.owners import owner_choices, owner_matches_for, reps_of, sellers_of
from reps.models import FileImport, Quarter, Quota
from reps.templatetags.sales_format import money, percent


class QuotaKind:
    def matches(self, look: FileLook, answers: Answers, scope: Scope):
        ours = OurQuarters(scope.organization, scope.today)
        owners = owner_matches_for(look, answers, scope, reps_of(scope.organization))
        return [
            *_quarter_matches(look, answers, ours),
            *(match for _owner, match in owners),
        ]

    def choices(self, asks: Asks, scope: Scope) -> Sequence[tuple[str, str]]:
        if asks == Asks.QUARTER:
            return OurQuarters(scope.organization, scope.today).choices()
        return owner_choices(scope)

    def bring_in(
        self,
        look: FileLook,
        answers: Answers,
        scope: Scope,
        progress: Progress[QuotaSaid],
    ) -> BroughtIn:
        came, tenant = BroughtIn(), scope.organization
        reps = reps_of(tenant)
        ours = OurQuarters(tenant, scope.today)
        sellers = sellers_of(owner_matches_for(look, answers, scope, reps), [], reps)
        said = read_quotas(
            look.rows(came.complaints),
            cells_of(look, answers, scope.today, came.complaints),
            QuotaMatching(
                grid=grid_of(look),
                sellers=sellers.keys,
                quarters=ours.meant(_quarter_matches(look, answers, ours)),
                erases=answers.erase,
            ),
            lambda row, about, why, value: came.leave_out(
                row, about, why_left_out(why, value)
            ),
        )
        if scope.teams is not None:
            for quota in said:
                words = _("only an admin sets quotas")
                came.leave_out(quota.row, day_words(quota.quarter.starts_on), words)
            return came
        speaking = {quota.seller for quota in said}
        people = bring_people(tenant, sellers, reps, speaking, came)
        new = {quota.quarter.starts_on for quota in said if ours.is_new(quota.quarter)}
        bring_quarters(tenant, new, came)
        _Setting(scope, answers, people, came).take(said, progress)
        return came


def grid_of(look: FileLook) -> dict[int, str]:
    """The headers of a grid's quarters by their places; none where rows are quotas."""
    return {
        place: look.shape.header[place]
        for place, fact in enumerate(look.facts)
        if fact == Fact.QUARTER_AMOUNT
    }


def _quarter_matches(
    look: FileLook, answers: Answers, ours: OurQuarters
) -> list[WordMatch]:
    columns, grid = look.columns, grid_of(look)
    if not grid and not {Fact.QUARTER, Fact.AMOUNT} <= columns.keys():
        return []  # which is asked with the columns
    order = Order.YEAR_FIRST
    if Fact.QUARTER in columns:
        order = order_of(look, answers, columns[Fact.QUARTER])
    words = quarters_said(look.rows([]), columns, grid, erases=answers.erase)
    return ours.matches(words, order, answers.quarters)


@dataclass(frozen=True, slots=True)
class _Found:
    """A quota of the file, as it will stand here and stood, and what becomes of it."""

    said: QuotaSaid
    quota: Quota
    was: Quota | None
    verdict: Verdict


class _Setting:
    """Quotas compared with those there are, and set where they differ."""

    def __init__(self, scope: Scope, answers: Answers, people: Mapping, came):
        self.scope, self.answers, self.people, self.came = scope, answers, people, came
        self.tenant = scope.organization
        quarters = Quarter.objects.filter(organization=self.tenant).with_closing()
        self.quarters = {quarter.starts_on: quarter for quarter in quarters}
        known = Quota.objects.filter(organization=self.tenant)
        self.known = {
            (quota.rep_id, quota.quarter_id): quota
            for quota in known.select_related("quarter", "rep")
        }

    def take(self, said: Sequence[QuotaSaid], progress: Progress[QuotaSaid]):
        usual, closed, shown = [], [], []
        for one in progress(said):
            found = self._found(one)
            if found.verdict in {Verdict.NEW, Verdict.CHANGED}:
                is_closed = found.quota.quarter.is_closed(self.scope.at)
                (closed if is_closed else usual).append(found.quota)
            if len(shown) < SHOWN:
                shown.append(found)
        self._set(usual, self._file)
        self._set(closed, f"{self._file}: {self.scope.reason}")
        self.came.columns = [_("Rep"), _("Quarter"), _("Quota"), _("Ramp"), _("From")]
        self.came.figures = [2, 3]
        self.came.shown = [
            ShownRow(one.said.row, one.verdict, self._cells(one)) for one in shown
        ]

    def _found(self, said: QuotaSaid) -> _Found:
        rep, quarter = self.people[said.seller], self.quarters[said.quarter.starts_on]
        known = self.known.get((rep.pk, quarter.pk))
        now = Quota(
            organization=self.tenant, rep=rep, quarter=quarter, amount=said.amount
        )
        if known:
            now.ramp, now.starts_on = known.ramp, known.starts_on
        if said.ramp is not None:
            now.ramp = said.ramp
        if said.starts_on is not None:
            now.starts_on = said.starts_on
        verdict = self._verdict(said.row, now, known)
        kept = verdict in {Verdict.SAME, Verdict.LEFT_OUT}
        return _Found(said, known if kept and known else now, known, verdict)

    def _verdict(self, row: int, now: Quota, known: Quota | None) -> Verdict:
        came, about = self.came, f"{now.rep.name}, {now.quarter.name}"
        take = f"{now.rep_id}:{now.quarter_id}"
        is_taken = self.answers.take_all or take in self.answers.take
        if not now.differs_from(known):
            came.same += 1
            return Verdict.SAME
        if now.quarter.is_closed(self.scope.at) and not self.scope.reason:
            came.leave_out(row, about, _("that quarter is closed"))
        elif known and known.holds_from and not is_taken:
            ours, theirs = self._money(known), self._money(now)
            came.keep_ours(Kept(take, row, about, _("Quota"), ours, theirs))
            came.leave_out(row, about, _("it was changed within the quarter"))
        elif known:
            came.changed += 1
            return Verdict.CHANGED
        else:
            came.added += 1
            return Verdict.NEW
        return Verdict.LEFT_OUT

    def _set(self, quotas: Iterable[Quota], why: str):
        quotas = list(quotas)
        if not quotas:
            return
        said = {"at": self.scope.at, "by": self.scope.by, "why": why}
        said["file_import"] = self.scope.file_import
        Quota.objects.set_quotas(self.tenant, quotas, **said)

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
            day_words(quota.first_day),
        ]
