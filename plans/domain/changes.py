"""What differs between two revisions of a plan, field by field.

A revision's content is plain: texts, numbers as text, and two lists of rows. Each row
has a key that it keeps (a strategy's own, a metric's activity).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Content = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Change:
    """`what` is a field's name, or "strategies.12" and "metrics.7" for a row of a list.

    `before` is None for what is new, `after` for what was taken out.
    """

    what: str
    before: Any
    after: Any


def changes(before: Content, after: Content) -> list[Change]:
    """In the order in which the later revision tells them; nothing for twins.

    What was booked by then is told with a revision, and is nobody's change.
    """
    old, new = flat(before), flat(after)
    old.pop("booked", None), new.pop("booked", None)
    what = [*new, *(key for key in old if key not in new)]
    return [
        Change(key, old.get(key), new.get(key))
        for key in what
        if old.get(key) != new.get(key)
    ]


def flat(content: Content) -> dict[str, Any]:
    """One level deep, so that two of them compare key by key."""
    values: dict[str, Any] = {}
    for name, value in content.items():
        if isinstance(value, Mapping):
            values |= {f"{name}.{key}": part for key, part in value.items()}
        else:
            values[name] = value
    return values
