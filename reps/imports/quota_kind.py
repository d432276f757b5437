"""Quotas, as a page brings them in: rows, or a grid with a column for each quarter."""

from collections.abc import Sequence

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
from reps.imports.file_kind import BroughtIn, Progress, Scope
from reps.imports.file_words import day_words, why_left_out
from reps.imports.look_at_file import FileLook
from reps.imports.our_quarters import OurQuarters
from reps.imports.owners import owner_choices, owner_matches_for, reps_of, sellers_of
from reps.imports.place_quotas import QuotaPlacing


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
        QuotaPlacing(scope, answers, people, came).place(said, progress)
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
