"""The cards and lane heads of the board: a deal's facts, and the words that show them.

A board shows cards by the hundred, and most of them again and again: a card reaches its
template as ready strings, and those of the same strings are rendered once.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cache, lru_cache, partial
from urllib.parse import urlencode

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from reps.models import Deal, Stage
from reps.models.board import Card, Total
from reps.templatetags.deal_marks import criteria_squares
from reps.templatetags.sales_format import money


@dataclass(frozen=True, slots=True)
class CardShown:
    """One card, nothing left to work out. What is safe is the same on many cards."""

    pk: str
    since: str  # in its stage, as 2026-11-12; empty: not known
    url: str
    menu_url: str
    account: str
    amount: str
    estimated: SafeString
    here: SafeString
    next_step: SafeString
    close: SafeString
    owner: SafeString
    criteria: SafeString
    move: str  # what its Move button is called; empty for somebody who only looks


@dataclass(frozen=True, slots=True)
class LaneHead:
    """What a lane comes to."""

    pk: int
    name: str
    count: str
    amount: str
    weighted: str


@dataclass(frozen=True, slots=True)
class FinishedShown:
    """What was closed this quarter."""

    count: str
    won: str
    lost: str
    won_url: str  # the deals it is the sum of; empty for none
    lost_url: str


NO_DEAL = 1_000_000_007  # stands where a deal's number will: an address is made once
NEAR = timedelta(days=14)  # from today: the day of the week says it
EMPTY = SafeString("")
LINE = '<p class="note-line">{}</p>'
LATE_LINE = (
    '<p class="note-line note-late"><svg width="12" height="12" aria-hidden="true">'
    '<use href="#i-clock"/></svg><span>{}</span></p>'
)


class CardWords:
    """Turns cards into strings; makes each phrase once, not once a card.

    `owners` names the reps whose cards say whose they are; `query` is what an address
    carries along, so that a move answers with the heads of the board it was made on.
    """

    def __init__(self, *, currency, today: date, owners=None, query="") -> None:
        self.today = today
        self.language = get_language()
        self.url = reverse("reps:deal_detail", args=[NO_DEAL])
        self.menu_url = reverse("reps:move_menu", args=[NO_DEAL])
        self.menu_url += f"?{query}" if query else ""
        self.not_given = _("Account not given")
        self.estimated = format_html(" <em>{}</em>", _("estimated"))
        self.move = _("Move %(account)s")
        self.owners = {pk: self._owner(pk, name) for pk, name in (owners or {}).items()}
        self.money = cache(partial(money, currency=currency))
        self.no_next_step = format_html(
            LINE, format_html("<b>{}</b>", _("No next step yet"))
        )
        self.here = cache(self._here)
        self.next_day = cache(self._next_day)
        self.close = cache(self._close)
        self.criteria = cache(self._criteria)

    def card(
        self, card: Card, stage: Stage, asked: int, *, movable: bool
    ) -> SafeString:
        """Its HTML."""
        account = card.account or self.not_given
        pk, close = str(card.pk), card.expected_close_on
        is_past = close is not None and close < self.today
        shown = CardShown(
            pk=pk,
            since=str(card.since or ""),
            url=self.url.replace(str(NO_DEAL), pk),
            menu_url=self.menu_url.replace(str(NO_DEAL), pk),
            account=account,
            amount=self.money(card.amount),
            estimated=self.estimated if card.is_estimate else EMPTY,
            here=self.here(card.since, stage.usual_days),
            next_step=self._next_step(card.next_step, card.next_step_on),
            close=self.close(close) if is_past else EMPTY,
            owner=self.owners.get(card.owner_id, EMPTY),
            criteria=self.criteria(card.met, asked),
            move=self.move % {"account": account} if movable else "",
        )
        return _rendered(shown, self.language)

    def _owner(self, pk: int, name: str) -> SafeString:
        url = reverse("plans:rep_detail", args=[pk])
        return format_html(LINE, format_html('<a href="{}">{}</a>', url, name))

    def _here(self, since: date | None, usual: int) -> SafeString:
        """20 days here; usually 8."""
        if since is None:
            words = ngettext(
                "usually {usual} day here", "usually {usual} days here", usual
            )
            return format_html(LINE, format_html(words, usual=usual))
        days = max((self.today - since).days, 0)
        words = ngettext(
            "<b>{days} day</b> here; usually {usual}",
            "<b>{days} days</b> here; usually {usual}",
            days,
        )
        said = format_html(words, days=days, usual=usual)
        return format_html(LATE_LINE if days > usual else LINE, said)

    def _next_step(self, words: str, day: date | None) -> SafeString:
        """Fri 13 intro to finance lead."""
        if day is None:
            return self.no_next_step
        said = format_html("<b>{}</b> {}", self.next_day(day), words)
        return format_html(LATE_LINE if day < self.today else LINE, said)

    def _next_day(self, day: date) -> str:
        if day == self.today:
            return _("Today")
        near = abs(day - self.today) < NEAR
        said = date_format(day, "D j" if near else "j M")
        return _("%(day)s, past:") % {"day": said} if day < self.today else said

    def _close(self, day: date) -> SafeString:
        words = _("<b>{day}</b> expected close, and past")
        said = format_html(words, day=date_format(day, "j M"))
        return format_html(LATE_LINE, said)

    def _criteria(self, met: int, asked: int) -> SafeString:
        """2/3 with its squares; nothing where the stage asks for nothing."""
        if not asked:
            return SafeString("<span></span>")
        return format_html(
            '<span class="cluster">{}{}/{}<span class="unseen"> {}</span></span>',
            criteria_squares(met, asked),
            met,
            asked,
            _("exit criteria met"),
        )


@lru_cache(maxsize=4096)
def _rendered(card: CardShown, language: str) -> SafeString:
    """The template says its own words in the language of whoever reads."""
    return render_to_string("reps/board/_deal_card.html", {"card": card})


def lane_head(stage: Stage, total: Total, currency: str) -> LaneHead:
    """The weight is the one the organization starts from.

    Not yet the measured one: an imported deal has a single move, so it says nothing
    of the stages it came through, and the early ones would look as if nobody won.
    """
    weighted = total.amount * Decimal(stage.weight)
    return LaneHead(
        pk=stage.pk,
        name=stage.name,
        count=str(total.deals),
        amount=money(total.amount, currency),
        weighted=_("weighted %(amount)s") % {"amount": money(weighted, currency)},
    )


def finished(won: Total, lost: Total, currency: str, rep=None) -> FinishedShown:
    """Of one rep, or of everybody on the board."""
    return FinishedShown(
        count=str(won.deals + lost.deals),
        won=_deals_of(won, currency),
        lost=_deals_of(lost, currency),
        won_url=_deals_at("won", won, rep),
        lost_url=_deals_at("lost", lost, rep),
    )


def _deals_at(kind: str, total: Total, rep) -> str:
    return address("reps:deal_list", rep=rep, show=kind) if total.deals else ""


def _deals_of(total: Total, currency: str) -> str:
    if not total.deals:
        return _("None yet")
    words = ngettext(
        "%(count)s deal, %(amount)s", "%(count)s deals, %(amount)s", total.deals
    )
    return words % {"count": total.deals, "amount": money(total.amount, currency)}


def card_of(deal: Deal) -> Card:
    """The card of a deal that was just moved; its `stage` says what it asks."""
    return Card(
        pk=deal.pk,
        account=deal.account,
        amount=deal.amount,
        is_estimate=deal.amount_is_estimate,
        since=deal.in_stage_since,
        expected_close_on=deal.expected_close_on,
        next_step=deal.next_step,
        next_step_on=deal.next_step_on,
        owner_id=deal.owner_id,
        met=len(deal.stage.asked) - len(deal.stage.unmet),
    )


def address(name: str, *args, **query) -> str:
    """Where something is, with what is known of the question mark's part."""
    asked = urlencode({key: value for key, value in query.items() if value})
    return reverse(name, args=args) + (f"?{asked}" if asked else "")
