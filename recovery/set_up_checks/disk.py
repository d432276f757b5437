"""What would be missed most: room on the disk, and a backup."""

import shutil
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.timesince import timesince
from django.utils.translation import gettext as _

from recovery.backup.last_backup import last_backup_at
from recovery.set_up_checks.database import needs_the_database
from recovery.set_up_checks.finding import Finding, broken, fine, look

GB = 2**30
BACKED_UP_WITHIN = timedelta(days=7)


def disk(*, enough: int = 2 * GB, least: int = GB // 4) -> Finding:
    """Room where DATA_DIR is. That of a database server's own machine is not seen."""
    folder = Path(settings.DATA_DIR)
    while not folder.exists():  # nothing was kept yet
        folder = folder.parent
    room = shutil.disk_usage(folder)
    facts = {
        "free": filesizeformat(room.free),
        "all": filesizeformat(room.total),
        "folder": settings.DATA_DIR,
    }
    words = _("%(free)s of %(all)s are free in %(folder)s.") % facts
    if room.free >= enough:
        return fine(words)
    make_room = _("Make room: a PostgreSQL without any stops, and takes no write.")
    return (broken if room.free < least else look)(words, make_room)


@needs_the_database
def backup() -> Finding:
    last = last_backup_at()
    take_one = _(
        "Have “python manage.py backup FILE” run every night, and keep the file on "
        "another machine."
    )
    if last is None:
        return look(_("None was taken yet."), take_one)
    words = _("The last one was taken %(long)s ago.") % {"long": timesince(last)}
    if timezone.now() - last > BACKED_UP_WITHIN:
        return look(words, take_one)
    return fine(words)
