"""Which of our quarters a file means, and how an answer names one.

By its id; one that is not here yet by its first day, for the calendar to make it.
"""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from reps.domain.csv_table import key
from reps.domain.files.days import Order
from reps.domain.files.quarters_meant import (
    Calendar,
    OurQuarter,
    quarter_holding,
    quarter_meant,
)
from reps.domain.files.questions import Asks, WordMatch
from reps.domain.quarter import (
    ONE_DAY,
    Span,
    following_quarter,
    quarter_name,
    quarter_of,
)
from reps.models import Organization

YEARS_BACK, YEARS_AHEAD = 5, 3  # in which a quarter that is not here yet may be chosen
A_YEAR = timedelta(days=365)


class OurQuarters:
    """Those of an organization as they are now."""

    def __init__(self, tenant: Organization, today: date):
        self.today, self.first_month = today, tenant.first_month
        quarters = list(tenant.quarters.order_by("starts_on"))
        self.names = {quarter.span: quarter.name for quarter in quarters}
        self._codes = {quarter.span: str(quarter.pk) for quarter in quarters}
        self._spans = {code: span for span, code in self._codes.items()}
        self._by_name = {key(quarter.name): quarter.span for quarter in quarters}
        ours = [OurQuarter(quarter.name, quarter.span) for quarter in quarters]
        self.calendar = Calendar(ours, tenant.first_month, today)

    def matches(
        self, words: Mapping[str, int], order: Order, said: Mapping[str, str]
    ) -> list[WordMatch]:
        """What each word of theirs means, and what was `said` of it."""
        found = []
        for word, rows in words.items():
            meant = quarter_meant(word, self.calendar, order)
            fits = tuple(map(self._code, meant.spans))
            answer = self._answered(said.get(word))
            found.append(
                WordMatch(Asks.QUARTER, word, rows, fits, meant.is_sure, answer)
            )
        return found

    def meant(self, matches: Iterable[WordMatch]) -> dict[str, Span | None]:
        """The quarter of each word; None for what is left out."""
        return {
            match.theirs: self._span(match.answer)
            for match in matches
            if match.answer is not None
        }

    def choices(self) -> list[tuple[str, str]]:
        """Ours and those that can be made, the latest first; and none."""
        spans = sorted(
            {*self.names, *self._of_the_calendar()},
            key=lambda span: span.starts_on,
            reverse=True,
        )
        words = [(self._code(span), self._words(span)) for span in spans]
        return [*words, ("", _("Leave these figures out"))]

    def is_new(self, span: Span) -> bool:
        return span not in self.names

    def _code(self, span: Span) -> str:
        return self._codes.get(span) or span.starts_on.isoformat()

    def _span(self, code: str) -> Span | None:
        if code in self._spans:
            return self._spans[code]
        try:
            return quarter_holding(date.fromisoformat(code), self.calendar)
        except ValueError:
            return None

    def _answered(self, said: str | None) -> str | None:
        """As a code; None where nobody said, or what was said is none of ours."""
        if not said:
            return said
        span = self._by_name.get(key(said)) or self._span(said)
        return span and self._code(span)

    def _of_the_calendar(self) -> Iterable[Span]:
        """Quarters around now that run into none of ours."""
        quarter = quarter_of(self.today - YEARS_BACK * A_YEAR, self.first_month)
        while quarter.starts_on < self.today + YEARS_AHEAD * A_YEAR:
            if quarter_holding(quarter.starts_on + ONE_DAY, self.calendar) == quarter:
                yield quarter
            quarter = following_quarter(quarter)

    def _words(self, span: Span) -> str:
        told = {
            "name": self.names.get(span) or quarter_name(span, self.first_month),
            "first": date_format(span.starts_on, "j F Y"),
            "last": date_format(span.ends_on, "j F Y"),
        }
        if self.is_new(span):
            return _("%(name)s, a new one: %(first)s to %(last)s") % told
        return _("%(name)s: %(first)s to %(last)s") % told
