"""Who changes something and why, told to the database, whose triggers write it down."""

from datetime import date, datetime

from django.db import connection, models
from django.db.models import Func, TextField, Value
from django.db.models.functions import Cast

# For whom somebody stood in who did this; kept, since it is known on that day alone.
# SameOrganization holds it, and nobody looks for a row by it.
WHOM = {
    "null": True,
    "on_delete": models.PROTECT,
    "db_constraint": False,
    "db_index": False,
    "related_name": "+",
}

TELL = """
    SELECT set_config('second_wind.changed_by', %s, true),
        set_config('second_wind.why', %s, true),
        set_config('second_wind.changed_at', %s, true),
        set_config('second_wind.since', %s, true),
        set_config('second_wind.stood_in_for', %s, true),
        set_config('second_wind.file_import', %s, true)
"""


def say_who_and_why(
    *,
    by=None,
    why: str = "",
    at: datetime | None = None,
    since: date | None = None,
    stood_in_for=None,
    file_import: int | None = None,
):
    """For what this transaction does from here on. Without a `by`, nobody signed in.

    `since` is the day from which on it holds, where that is not today; `stood_in_for`
    the manager in whose place it is done, `file_import` the id of what brought it.
    Forgotten at the transaction's end: connections are kept, and serve others next.
    """
    told = [str(by.pk) if by else "", why]
    told += [moment.isoformat() if moment else "" for moment in (at, since)]
    told.append(str(stood_in_for.pk) if stood_in_for else "")
    told.append(str(file_import or ""))
    with connection.cursor() as cursor:
        cursor.execute(TELL, told)


def saying_who_and_why(
    *, by: int, why: str, at: datetime, stood_in_for: int
) -> dict[str, Func]:
    """The same, along with rows that are asked for anyway: `annotate` them with it.

    `by` and `stood_in_for` are a person's id, 0 for nobody's.
    """
    told = {"changed_by": by, "why": why, "changed_at": at}
    told |= {"stood_in_for": stood_in_for, "file_import": ""}
    return {
        f"said_{name}": Func(
            Value(f"second_wind.{name}"),
            Cast(Value(value), TextField()),
            Value(True),
            function="set_config",
            output_field=TextField(),
        )
        for name, value in told.items()
    }
