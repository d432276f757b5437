"""Room on the disk, by thresholds of a test's own; and the last backup."""

from datetime import timedelta

import pytest
from django.utils import timezone

from recovery.models import BackupTaken
from recovery.set_up_checks import disk
from recovery.set_up_checks.finding import Level

HUGE = 2**70


@pytest.mark.parametrize(
    ("enough", "least", "level"),
    [(1, 0, Level.FINE), (HUGE, 0, Level.LOOK), (HUGE, HUGE, Level.BROKEN)],
)
def test_the_room_that_is_left(settings, tmp_path, enough, least, level):
    settings.DATA_DIR = tmp_path / "not" / "there yet"
    found = disk.disk(enough=enough, least=least)
    assert found.level == level
    assert f"are free in {tmp_path}" in found.fact
    assert "GB" in found.fact or "MB" in found.fact


@pytest.mark.django_db
@pytest.mark.usefixtures("as_owner")  # who alone may note that a backup was taken
@pytest.mark.parametrize(
    ("days", "level", "words"),
    [
        (None, Level.LOOK, "None was taken yet."),
        (1, Level.FINE, "The last one was taken 1\xa0day ago."),
        (9, Level.LOOK, "The last one was taken 1\xa0week, 2\xa0days ago."),
    ],
)
def test_the_last_backup(days, level, words):
    if days:
        BackupTaken.objects.create(taken_at=timezone.now() - timedelta(days=days))
    found = disk.backup()
    assert (found.level, found.fact) == (level, words)
    assert ("manage.py backup" in found.what_to_do) == (level == Level.LOOK)
