"""The files of a list of deals, as a page offers them."""

from django.utils.translation import gettext as _

from reps.views.list_file import Download, download


def deal_downloads(deals: str, **query) -> list[Download]:
    """Of the deals that `deal_filter` finds by this query, and `deals` are in words."""
    return [
        download(deals, "reps:deal_file", **query),
        download(_("Their moves"), "reps:move_file", **query),
    ]
