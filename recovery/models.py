"""The one table of the wiring itself: which backups were taken."""

from django.db import models


class BackupTaken(models.Model):
    """A backup somebody asked for was taken whole. The app's role may only read it."""

    taken_at = models.DateTimeField(primary_key=True)

    def __str__(self) -> str:
        return f"{self.taken_at:%Y-%m-%d %H:%M %Z}"
