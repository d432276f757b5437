"""What stands for a query's values while it is compiled (`compiled_once`)."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from enum import Enum
from uuid import UUID

from django.db.models import Model

# Odd enough that nothing which is made of the n-th by a rule (the Monday of a day, a
# name without its spaces) is the n-th still.
PLACEHOLDERS: dict[type, Callable[[int], object]] = {
    int: lambda n: 7_001 + 37 * n,  # small enough for every column
    str: lambda n: f" %_\\'Äz{n} ",
    date: lambda n: date(1901, 1, 2) + n * timedelta(days=11),
    datetime: lambda n: datetime(1901, 1, 2, 3, 4, 5, 67, UTC) + n * timedelta(11, 13),
    Decimal: lambda n: n + Decimal("0.1357924"),
    UUID: lambda n: UUID(int=n << 64 | n),
}


def kind(value):
    """What of a value the words may hang on: its type or, in a tuple, all of it."""
    if isinstance(value, list):
        return list if value else (list,)
    if not value or value is True or isinstance(value, Enum):
        return type(value), value
    return type(value)


class Placeholders:
    """Those of one compilation, numbered from `start` on by `step`.

    `made` has each by what it stands for: the place of an argument, and the name of a
    row's field. `fields` are those of rows that were read: they are stood for when they
    are, so that a statement hangs on no more than it goes by.
    """

    def __init__(self, start: int, step: int) -> None:
        self.number, self.step = start, step
        self.made: dict[tuple[int, str | None], object] = {}
        self.fields: set[tuple[type[Model], str]] = set()

    def of(self, arguments) -> list:
        return [
            (self._row if isinstance(value, Model) else self._plain)(value, place)
            for place, value in enumerate(arguments)
        ]

    def _plain(self, value, place: int, field: str | None = None):
        if isinstance(kind(value), tuple):
            return value
        self.number += self.step
        one = value[0] if isinstance(value, list) else value
        if type(one) not in PLACEHOLDERS:
            raise TypeError(f"nothing stands for {one!r}, a {type(one).__name__}")
        made = PLACEHOLDERS[type(one)](self.number)
        self.made[place, field] = made = [made, made] if one is not value else made
        return made

    def _row(self, row: Model, place: int) -> Model:
        model = row.__class__  # of a lazy user too

        def read(field: str):
            self.fields.add((model, field))
            return self._plain(getattr(row, field), place, field)

        def load(*, fields):  # what Django calls for a field that is not there
            stands.__dict__ |= {field: read(field) for field in fields}

        key = model._meta.pk.attname
        stands = model.from_db(row._state.db, [key], [read(key)])
        stands.refresh_from_db = load
        return stands
