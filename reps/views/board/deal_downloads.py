"""The files of a list of deals, as a page offers them."""

from django.utils.translation import gettext as _

from reps.views.board.cards import address
from reps.views.list_file import Download


def deal_downloads(deals: str, **query) -> list[Download]:
    """Of the deals that `deal_filter` finds by this query, and `deals` are in words."""
    return [
        Download(deals, address("reps:deal_file", **query)),
        Download(_("Their moves"), address("reps:move_file", **query)),
    ]
