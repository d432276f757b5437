"""Activity so far, as a page brings it in: counts of weeks or days, or a log."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reps.domain.files.activity_rows import (
    ActivityMatching,
    CountSaid,
    LeftOut,
    OfWeek,
    counts_said,
)
from reps.domain.files.fields import Kind
from reps.domain.files.questions import Asks
from reps.imports.activities import (
    activity_choices,
    activity_matches,
    bring_kinds,
    keys_of,
    kinds_of,
)
from reps.imports.answers import Answers
from reps.imports.came_along import bring_people
from reps.imports.column_questions import cells_of
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
from reps.imports.owners import (
    Sellers,
    leave_out_strangers,
    owner_choices,
    owner_matches_for,
    reps_of,
    sellers_of,
)
from reps.imports.place_activity import PlacedWeeks, RepWeek, place_activity
from reps.models import Rep


class ActivityFileKind:
    def matches(self, look: FileLook, answers: Answers, scope: Scope):
        kinds = kinds_of(scope.organization)
        owners = owner_matches_for(look, answers, scope, reps_of(scope.organization))
        return [
            *activity_matches(look, answers, scope, kinds),
            *(match for _owner, match in owners),
        ]

    def choices(self, asks: Asks, scope: Scope) -> Sequence[tuple[str, str]]:
        return (
            activity_choices(scope) if asks == Asks.ACTIVITY else owner_choices(scope)
        )

    def bring_in(
        self,
        look: FileLook,
        answers: Answers,
        scope: Scope,
        progress: Progress[tuple[OfWeek, CountSaid]],
    ) -> BroughtIn:
        came, tenant = BroughtIn(), scope.organization
        ours, reps = kinds_of(tenant), reps_of(tenant)
        keys = keys_of(activity_matches(look, answers, scope, ours), ours)
        sellers = sellers_of(owner_matches_for(look, answers, scope, reps), [], reps)
        said = _counts(look, answers, scope, came, keys, sellers, reps)
        speaking = {of.seller for of in said}
        people = bring_people(tenant, sellers, reps, speaking, came)
        kinds = bring_kinds(tenant, keys, ours, {of.kind for of in said}, came)
        weeks: dict[RepWeek, CountSaid] = {}
        for of, count in progress(list(said.items())):
            rep, kind = people[of.seller].pk, kinds[of.kind].pk
            weeks[RepWeek(rep, kind, of.week)] = count
        placed = place_activity(
            tenant,
            {of: count.count for of, count in weeks.items()},
            by=scope.by,
            at=scope.at,
            file_import=scope.file_import,
            takes=lambda of: answers.take_all or of.key in answers.take,
        )
        names = {rep.pk: rep.name for rep in people.values()}
        names_of_kinds = {kind.pk: kind.name for kind in kinds.values()}
        _Telling(scope, names, names_of_kinds, placed, came).tell(weeks)
        if look.kind == Kind.ACTIVITY_LOG:
            _say_which_are_less(came, placed, weeks)
        return came


def _counts(
    look: FileLook,
    answers: Answers,
    scope: Scope,
    came: BroughtIn,
    kinds: Mapping[str, str],
    sellers: Sellers,
    reps: Sequence[Rep],
) -> Mapping[OfWeek, CountSaid]:
    """What the file's rows come to; what is wrong with them is noted in `came`."""
    strangers: set[str] = set()
    if scope.teams is not None:
        strangers = leave_out_strangers(sellers, reps, scope.teams)

    def leave_out(row: int, about: str, why: LeftOut, value: str):
        is_stranger = why == LeftOut.OWNER and about in strangers
        words = (
            _("it is not of your teams") if is_stranger else why_left_out(why, value)
        )
        came.leave_out(row, about, words)

    matching = ActivityMatching(
        sellers=sellers.keys,
        kinds=kinds,
        weeks_are=scope.organization.work_week,
        today=scope.today,
    )
    cells = cells_of(look, answers, scope.today, came.complaints)
    return counts_said(look.rows(came.complaints), cells, matching, leave_out)


def _say_which_are_less(
    came: BroughtIn, placed: PlacedWeeks, weeks: Mapping[RepWeek, CountSaid]
):
    """A log that begins or ends within a week has only a part of it."""
    less = sum(
        placed.before[of].by_files and said.count < placed.before[of].done
        for of, said in weeks.items()
        if of not in placed.kept
    )
    if less:
        words = ngettext(
            "%(count)s count of a week is less than a file said before: see that the"
            " log has all days of its first and last week.",
            "%(count)s counts of a week are less than a file said before: see that the"
            " log has all days of its first and last week.",
            less,
        )
        came.said.append(words % {"count": f"{less:,}"})


@dataclass(frozen=True, slots=True)
class _Telling:
    """What became of each week, in counts of the file's rows and in words."""

    scope: Scope
    names: Mapping[int, str]  # of reps, by their ids
    kinds: Mapping[int, str]
    placed: PlacedWeeks
    came: BroughtIn

    def tell(self, weeks: Mapping[RepWeek, CountSaid]):
        came, rows = self.came, Counter()
        for of, said in weeks.items():
            verdict = self._verdict(of, said.count)
            rows[verdict] += said.rows
            if verdict == Verdict.LEFT_OUT:
                self._keep_ours(of, said)
            if len(came.shown) < SHOWN:
                came.shown.append(self._shown(of, said, verdict))
        came.columns = [_("Rep"), _("Week from"), _("Activity"), _("Count")]
        came.added = rows[Verdict.NEW]
        came.changed, came.same = rows[Verdict.CHANGED], rows[Verdict.SAME]
        if sum(rows.values()) > len(weeks):
            self._say_what_they_come_to(sum(rows.values()), len(weeks))

    def _verdict(self, of: RepWeek, count: int) -> Verdict:
        before = self.placed.before[of]
        if of in self.placed.kept:
            return Verdict.LEFT_OUT
        if not before.differs(count):
            return Verdict.SAME
        is_new = not before.by_files and not before.done
        return Verdict.NEW if is_new else Verdict.CHANGED

    def _keep_ours(self, of: RepWeek, said: CountSaid):
        first = self.scope.organization.work_week.begins_on(of.week)
        told = {"rep": self.names[of.rep], "day": date_format(first, "j F Y")}
        about = _("%(rep)s, week from %(day)s") % told
        kind, ours = self.kinds[of.kind], str(self.placed.before[of].done)
        kept = Kept(of.key, said.row, about, kind, ours, str(said.count))
        words = _("%(ours)s %(kind)s by what was logged here")
        self.came.keep_ours(kept)
        self.came.leave_out(said.row, about, words % {"ours": ours, "kind": kind})
        self.came.left_out_count += said.rows - 1

    def _shown(self, of: RepWeek, said: CountSaid, verdict: Verdict) -> ShownRow:
        count = said.count
        if verdict == Verdict.LEFT_OUT:
            count = self.placed.before[of].done
        first = self.scope.organization.work_week.begins_on(of.week)
        before = self.placed.before[of].done
        told = now_and_before(str(count), str(before) if before else "")
        cells = [self.names[of.rep], day_words(first), self.kinds[of.kind], told]
        return ShownRow(said.row, verdict, cells)

    def _say_what_they_come_to(self, rows: int, weeks: int):
        words = ngettext(
            "%(rows)s rows come to %(weeks)s count of a week.",
            "%(rows)s rows come to %(weeks)s counts of a week.",
            weeks,
        )
        self.came.said.append(words % {"rows": f"{rows:,}", "weeks": f"{weeks:,}"})
