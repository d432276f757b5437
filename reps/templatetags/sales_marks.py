"""The small marks beside a figure: a person's initials, the squares of a weekly target.

Only their geometry; the words and numbers stand beside them in the template.
"""

from dataclasses import dataclass

from django import template
from django.utils.html import format_html

register = template.Library()

PITCH = 15  # pixels from one square to the next
MOST_SQUARES = 10  # more than this cannot be counted at a glance


@dataclass(frozen=True, slots=True)
class Square:
    x: int
    look: str


@dataclass(frozen=True, slots=True)
class Pips:
    marks: list[Square]
    width: int


@register.filter
def initials(name: str) -> str:
    """Of the first and the last name; of a single name, the one letter."""
    words = name.split()
    ends = [words[0], words[-1]] if len(words) > 1 else words
    return "".join(word[0] for word in ends).upper()


BAR = (
    '<svg class="bar" role="img" aria-labelledby="{id}-title {id}-desc">'
    '<title id="{id}-title">{title}</title><desc id="{id}-desc">{desc}</desc>'
    '<rect class="g-track" y="4" width="100%" height="8" rx="4"/>'
    '<rect class="{look}" y="4" width="{fill}%" height="8" rx="4"/>{tick}</svg>'
)
TICK = (
    '<line class="g-halo" x1="{at}%" x2="{at}%" y1="0" y2="16"/>'
    '<line class="g-tick" x1="{at}%" x2="{at}%" y1="0" y2="16"/>'
)


@register.simple_tag
def bar(id, *, title, desc, fill: int, tick: int | None = None, done=False):  # noqa: A002
    """So much of a whole; `fill` and `tick`, where one should be by now, in percent.

    `done` turns it green. `id` is unique on the page, `title` and `desc` say the
    figures in words. Python rather than a template, since a team shows a hundred.
    """
    return format_html(
        BAR,
        id=id,
        title=title,
        desc=desc,
        fill=fill,
        look="g-done" if done else "g-fill",
        tick="" if tick is None else format_html(TICK, at=tick),
    )


@register.filter
def pips(done: int, target: int) -> Pips | None:
    """A square for each, or None where a bar tells it better: a target of 75 calls.

    What was done beyond the target has squares too; once it is met, all are green.
    """
    count = max(done, target)
    if not 0 < count <= MOST_SQUARES:
        return None
    full = "g-done" if done >= target else "g-fill"
    looks = [full if number < done else "g-hollow" for number in range(count)]
    marks = [
        Square(x=1 + PITCH * number, look=look) for number, look in enumerate(looks)
    ]
    return Pips(marks=marks, width=PITCH * count)


@register.filter
def share_of(done: int, target: int) -> int:
    """How much of the target's bar is filled, in whole percent from 0 to 100."""
    if done >= target:
        return 100
    return max(done, 0) * 100 // target
