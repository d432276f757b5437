"""The two forms of a line: JSON for whoever collects them, words for a terminal.

The standard library's `logging` and some sixty lines. structlog and python-json-logger
would bring the JSON, which is one call, and write whatever they are handed; what is
left out is what needs care here. No Django: gunicorn's own process writes lines too.
"""

import json
import logging
import re
import sys
import traceback
from collections.abc import Mapping
from contextvars import ContextVar
from datetime import UTC, datetime
from numbers import Number
from pathlib import Path
from types import MappingProxyType, TracebackType

ROOT = Path(__file__).resolve().parents[2]
FRAMES = 12  # of a traceback, the innermost

# What every line belongs to that is written meanwhile: the request's id, the task's.
context: ContextVar[Mapping[str, object]] = ContextVar(
    "context", default=MappingProxyType({})
)

# Words of the code's own that a library hands over as values: a task, an id.
OUR_OWN = re.compile(
    r"(?:plans|reps|recovery)(?:\.\w+)+|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
)


class JsonLine(logging.Formatter):
    """An object on a line. Of a message's values only numbers and OUR_OWN are told."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": _event(record),
            **context.get(),
            **getattr(record, "facts", {}),
        }
        if record.exc_info and record.exc_info[1]:
            line |= _trouble(record.exc_info[1])
        return json.dumps(line, default=str)


class TerminalLine(logging.Formatter):
    """For who looks on, with errors in full: nobody keeps what a terminal showed."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s%(told)s")

    def format(self, record: logging.LogRecord) -> str:
        facts = {**context.get(), **getattr(record, "facts", {})}
        record.told = "".join(f" {name}={fact}" for name, fact in facts.items())
        return super().format(record)


def is_for_a_terminal() -> bool:
    return sys.stderr is not None and sys.stderr.isatty()


def line_form(*, debug: bool = False) -> logging.Formatter:
    """The form that suits where stderr goes."""
    return TerminalLine() if debug or is_for_a_terminal() else JsonLine()


def _event(record: logging.LogRecord) -> str:
    # Django hands these over with what was sent already in the words.
    if record.name.startswith("django.security."):
        return record.name.rpartition(".")[2]
    values = record.args
    try:
        if isinstance(values, dict):
            told = {name: _told(value) for name, value in values.items()}
            return record.msg % told
        return record.msg % tuple(map(_told, values)) if values else str(record.msg)
    except (TypeError, ValueError):
        return str(record.msg)


def _told(value: object) -> object:
    if isinstance(value, Number) or (
        isinstance(value, str) and OUR_OWN.fullmatch(value)
    ):
        return value
    return "…"


def _trouble(error: BaseException) -> dict[str, object]:
    """Kind, numbers and place of an error and of those it came from; not its words."""
    kinds, at = [], error
    while at is not None and len(kinds) < FRAMES:
        kinds.append(_kind(at))
        at = at.__cause__ or (None if at.__suppress_context__ else at.__context__)
    return {"error": kinds, "where": _where(error.__traceback__)}


def _kind(error: BaseException) -> str:
    numbers = [str(value) for value in error.args if isinstance(value, Number)]
    return f"{type(error).__name__}({', '.join(numbers)})"


def _where(found: TracebackType | None) -> list[str]:
    return [
        f"{_short(frame.f_code.co_filename)}:{number} {frame.f_code.co_name}"
        for frame, number in list(traceback.walk_tb(found))[-FRAMES:]
    ]


def _short(path: str) -> str:
    place = Path(path)
    return str(place.relative_to(ROOT)) if place.is_relative_to(ROOT) else place.name
