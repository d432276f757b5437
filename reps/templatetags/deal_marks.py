"""The squares on a card: how many of its stage's exit criteria a deal has met."""

from functools import cache

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

PITCH = 11  # pixels from one square to the next
MOST_SQUARES = 8  # more than this cannot be counted at a glance: the numbers tell it


@cache  # a board shows the same few over and over
def criteria_squares(met: int, asked: int) -> SafeString:
    """Green ones first. Only the picture: its numbers stand beside it."""
    if not 0 < asked <= MOST_SQUARES:
        return SafeString("")
    squares = (
        ("g-done" if number < met else "g-hollow", 1 + PITCH * number)
        for number in range(asked)
    )
    return format_html(
        '<svg width="{}" height="10" aria-hidden="true">{}</svg>',
        PITCH * asked,
        format_html_join(
            "",
            '<rect class="{}" x="{}" y="1" width="8" height="8" rx="2"/>',
            squares,
        ),
    )
