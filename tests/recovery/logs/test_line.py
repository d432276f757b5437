"""A line's two forms, and what the kept one leaves out."""

import io
import json
import logging
import smtplib
import sys

import pytest

from recovery.logs.line import (
    JsonLine,
    TerminalLine,
    context,
    is_for_a_terminal,
    line_form,
)

ID = "9882aaa9-8886-422e-a012-fbd4cec2a754"


def line(message, *values, name="plans.tasks", error=None, **facts):
    info = error and (type(error), error, error.__traceback__)
    record = logging.LogRecord(name, logging.ERROR, "", 0, message, values, info)
    record.facts = facts
    return json.loads(JsonLine().format(record))


@pytest.mark.parametrize(
    ("message", "values", "event"),
    [
        ("Nudge %s was not sent", [7], "Nudge 7 was not sent"),
        ("Not Found: %s", ["/week/secret/"], "Not Found: …"),
        ("Task %s[%s] took %.1f s", ["plans.tasks.decide_nudges", ID, 2], None),
        ("Task %(name)s: %(exc)s", [{"name": "x@y.example", "exc": "words"}], None),
        ("Half of 100 %", [], "Half of 100 %"),
        ("Too few %s %s", ["words"], "Too few %s %s"),
        ("%d words", ["words"], "%d words"),
        ("%r", [ValueError("words")], "'…'"),
    ],
)
def test_of_what_a_message_is_given_only_numbers_and_our_own_are_told(
    message, values, event
):
    said = line(message, *values)["event"]
    assert event is None or said == event
    assert "words" not in said or "words" in message
    if "Task %s" in message:
        assert said == f"Task plans.tasks.decide_nudges[{ID}] took 2.0 s"
    if "Task %(" in message:
        assert said == "Task …: …"


def test_what_django_suspects_is_named_by_its_kind():
    """It is handed over with the visitor's words in it."""
    said = line("Invalid HTTP_HOST: 'words'", name="django.security.DisallowedHost")
    assert said["event"] == "DisallowedHost"


def test_an_error_is_its_kind_its_numbers_and_its_place():
    def fail():
        try:
            raise smtplib.SMTPDataError(554, b"words of theo@x.example")
        except smtplib.SMTPDataError as error:
            raise RuntimeError("words") from error

    with pytest.raises(RuntimeError) as caught:
        fail()
    said = line("It failed", error=caught.value)
    assert said["error"] == ["RuntimeError()", "SMTPDataError(554)"]
    assert said["where"][-1].startswith("tests/recovery/logs/test_line.py:")
    assert said["where"][-1].endswith(" fail")
    assert "words" not in json.dumps(said)


def test_it_says_what_it_belongs_to():
    mark = context.set({"request": "abc"})
    try:
        assert line("x", status=200) | {"at": ""} == {
            "at": "",
            "level": "error",
            "logger": "plans.tasks",
            "event": "x",
            "request": "abc",
            "status": 200,
        }
    finally:
        context.reset(mark)


def test_a_terminal_shows_all_of_it():
    record = logging.LogRecord("plans", 20, "", 0, "Hello %s", ("Ada",), None)
    record.facts = {"status": 200}
    assert TerminalLine().format(record).endswith(" INFO plans Hello Ada status=200")


def test_the_form_suits_where_it_goes(monkeypatch):
    assert isinstance(line_form(), JsonLine)
    assert isinstance(line_form(debug=True), TerminalLine)

    class Terminal(io.StringIO):
        def isatty(self):
            return True

    monkeypatch.setattr(sys, "stderr", Terminal())
    assert isinstance(line_form(), TerminalLine)
    monkeypatch.setattr(sys, "stderr", None)  # a service without one
    assert not is_for_a_terminal()
