"""What is written while a test runs, as who collects the lines gets it."""

import io
import json
import logging

import pytest

from recovery.logs.line import JsonLine


class Written(io.StringIO):
    """All that was written, and its lines as the objects they are."""

    @property
    def lines(self) -> list[dict]:
        return [json.loads(line) for line in self.getvalue().splitlines()]

    def of(self, event: str) -> list[dict]:
        return [line for line in self.lines if line["event"] == event]


@pytest.fixture
def written(caplog):
    """In JSON and with every line from INFO on."""
    written = Written()
    handler = logging.StreamHandler(written)
    handler.setFormatter(JsonLine())
    with caplog.at_level(logging.INFO), caplog.at_level(logging.INFO, "recovery"):
        logging.getLogger().addHandler(handler)
        yield written
        logging.getLogger().removeHandler(handler)
