"""What a check of the set-up found: how it stands, in figures, and what to do."""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

PATIENCE = 3  # seconds for one thing to answer; whatever hangs has failed


class Level(models.TextChoices):
    FINE = "fine", _("Fine")
    LOOK = "look", _("Look at this")
    BROKEN = "broken", _("Broken")


@dataclass(frozen=True, slots=True)
class Finding:
    """`fact` is a sentence with its figure; `what_to_do` one more, unless it is fine.

    Neither holds a password: both are printed, and stand on a page.
    """

    level: Level
    fact: str
    what_to_do: str = ""

    @property
    def is_broken(self) -> bool:
        return self.level == Level.BROKEN


def fine(fact: str) -> Finding:
    return Finding(Level.FINE, fact)


def look(fact: str, what_to_do: str) -> Finding:
    return Finding(Level.LOOK, fact, what_to_do)


def broken(fact: str, what_to_do: str) -> Finding:
    return Finding(Level.BROKEN, fact, what_to_do)
