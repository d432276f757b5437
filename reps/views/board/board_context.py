"""Whose deals a board shows, and what it shows of them."""

from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Sum
from django.http import Http404
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from reps.domain.name_order import name_order
from reps.models import Deal, FileImport, Quarter, Rep, Stage, Team, User
from reps.models.board import (
    Lane,
    LanePosition,
    Total,
    by_stage_and_outcome,
    lanes,
    lanes_of,
    totals_of,
    with_first_cards,
)
from reps.models.compiled_query import compiled_once
from reps.views.board.cards import (
    CardWords,
    LaneHead,
    address,
    finished,
    lane_head,
)
from reps.views.board.deal_downloads import deal_downloads
from reps.views.whom_to_ask import whom_to_ask


@dataclass(slots=True)
class BoardScope:
    """The deals a person looks at: all they may see, or those of one rep."""

    user: User
    reps: list[Rep]  # each with `is_given`: may this person open and move their deals
    runs_a_team: bool
    chosen: Rep | None
    own: Rep | None = field(init=False)

    def __post_init__(self):
        self.own = next((r for r in self.reps if r.user_id == self.user.pk), None)

    @property
    def owners(self) -> list[int]:
        """Whose deals are on it."""
        return [self.chosen.pk] if self.chosen else [rep.pk for rep in self.reps]

    @property
    def deals(self):
        return _deals(self.user, self.owners)

    @property
    def is_mine(self) -> bool:
        """A rep's own board: nobody else's deals are on it, and none could be."""
        return not self.runs_a_team

    @property
    def given(self) -> list[Rep]:
        """Whose deals this person works on."""
        return [rep for rep in self.reps if rep.is_given]

    @property
    def brings_files(self) -> bool:
        """Whether this person may bring deals of somebody here from a file."""
        others = any(rep != self.own for rep in self.given)
        return others or self.user.is_admin

    def opens_deals(self, today: date) -> bool:
        """Whether this person may put one on the board: for somebody who sells."""
        return any(not (rep.left_on and rep.left_on < today) for rep in self.given)

    def wording(self, today: date) -> CardWords:
        names = {}
        if self.runs_a_team and not self.chosen:
            names = {rep.pk: rep.name for rep in self.reps if rep != self.own}
            left = {rep.pk for rep in self.reps if rep.left_on and rep.left_on < today}
            words = _("%(name)s, who left")
            names |= {pk: words % {"name": names[pk]} for pk in left & names.keys()}
        query = f"rep={self.chosen.pk}" if self.chosen else ""
        currency = self.user.organization.currency
        return CardWords(currency=currency, today=today, owners=names, query=query)


@dataclass(frozen=True, slots=True)
class LaneShown:
    """A lane: its head, its cards, and where the next ones are."""

    head: LaneHead | None
    cards: SafeString  # all of them: a template's loop would look at each
    pk: int
    name: str
    more_url: str = ""  # the region of the next cards, for htmx
    more_page: str = ""  # a page of them, for a browser without it


def board_scope(user, asked: str | None) -> BoardScope:
    """The board of this person, of one rep if an address asks for that.

    Not found for somebody who neither sells nor runs a team, and for a rep whose deals
    are not theirs to see.
    """
    reps = sorted(_reps(user), key=lambda rep: name_order(rep.name))
    if not (reps or Team.objects.run_by(user).exists()):
        raise Http404
    runs = not reps or any(rep.user_id != user.pk for rep in reps)
    chosen = None
    if asked:
        chosen = next((rep for rep in reps if str(rep.pk) == asked), None)
        if chosen is None:
            raise Http404
    return BoardScope(user, reps, runs, chosen)


@compiled_once
def _reps(user):
    return Rep.objects.visible_to(user).with_is_given(user)


def _deals(user, owners: list[int]):
    """Of these reps, all of whom one may see."""
    return Deal.objects.filter(organization=user.organization_id).owned_by(owners)


@compiled_once(planned_anew=True)
def _first_cards(user, owners: list[int]):
    return with_first_cards(Stage.objects.visible_to(user), _deals(user, owners))


@compiled_once
def _closed_and_open(user, owners: list[int], today):
    """Of these reps' deals, which keep to the reps' organization."""
    quarters = Quarter.objects.visible_to(user)
    deals = Deal.objects.owned_by(owners)
    return by_stage_and_outcome(deals, quarters, today=today)


def board_context(board: BoardScope, *, today: date, after=None, form=None) -> dict:
    """The context of `board.html`. `after` says which lane begins further down."""
    user = board.user
    currency = user.organization.currency
    if after:
        found = lanes(Stage.objects.visible_to(user), board.deals, after=after)
    else:
        found = lanes_of(_first_cards(user, board.owners))
    sums = totals_of(_closed_and_open(user, board.owners, today))
    wording, rep = board.wording(today), board.chosen and board.chosen.pk
    weighted = sum(sums.of(lane.stage.pk).amount * lane.stage.weight for lane in found)
    return {
        "board": board,
        "opens_deals": board.opens_deals(today),
        "today": today,
        "currency": currency,
        "lanes": [
            shown(
                board,
                lane,
                wording,
                head=lane_head(lane.stage, sums.of(lane.stage.pk), currency),
            )
            for lane in found
        ],
        "all_open": sums.all_open,
        "all_open_url": address("reps:deal_list", rep=rep, show="open"),
        "weighted": weighted,
        "downloads": deal_downloads(_("Open deals"), rep=rep, show="open"),
        "unowned": _without_a_seller(board, today),
        "unowned_url": address("reps:deal_list", rep=rep, show="unowned"),
        "finished": finished(sums.won, sums.lost, currency, rep),
        "form": form,
        "brings_deals": not sums.all_open.deals and _brings_deals(user),
        "whom_to_ask": whom_to_ask(user),
    }


def _brings_deals(user) -> bool:
    return FileImport.Kind.DEALS in FileImport.objects.kinds_for(user)


def _without_a_seller(board: BoardScope, today: date) -> Total:
    """Of whoever left: asked only where somebody did."""
    if not any(rep.left_on and rep.left_on < today for rep in board.reps):
        return Total()
    sums = {"deals": Count("pk"), "amount": Sum("amount", default=0)}
    return Total(**board.deals.without_a_seller(today).aggregate(**sums))


def shown(board: BoardScope, lane: Lane, wording: CardWords, head=None) -> LaneShown:
    stage, rep = lane.stage, board.chosen.pk if board.chosen else ""
    given = {rep.pk for rep in board.given}
    more = {}
    if lane.has_more:
        more = {
            "more_url": address("reps:board_lane", stage.pk, after=lane.last, rep=rep),
            "more_page": address("reps:board", lane=stage.pk, after=lane.last, rep=rep),
        }
    return LaneShown(
        head=head,
        cards=SafeString(
            "".join(
                wording.card(card, stage, lane.asked, movable=card.owner_id in given)
                for card in lane.cards
            )
        ),
        pk=stage.pk,
        name=stage.name,
        **more,
    )


def read_mark(written: str) -> LanePosition:
    """How far a lane was read, from an address; nowhere else is not found."""
    try:
        return LanePosition.read(written)
    except ValueError:
        raise Http404 from None
