"""Celery's door into reps: quarters close when their day has come, files come in.

The clock closes a quarter whether or not this runs; it writes down that it did, and
what stood there then. Of files what waits is a row, and a message only a hurry.
"""

import threading

from celery import shared_task
from django.db import transaction
from django.utils import timezone

from reps.imports.jobs import do_next_job
from reps.models import ClosedAttainment, FilePiece, Quarter
from reps.models.file_import import FILE_KEPT

AN_HOUR = 3600  # seconds; no file takes so long
at_imports = threading.Lock()


@shared_task(time_limit=600)
def close_quarters():
    """Write down the closings that are due, and what stood then.

    Twice at once, each is written once.
    """
    now = timezone.now()
    Quarter.objects.close_due(now)
    ClosedAttainment.objects.keep_missing(now)


def work_on_imports_soon():
    """Have a worker begin once this transaction is kept.

    A hurry only: the job waits whether or not the message gets through.
    """
    transaction.on_commit(work_on_imports.delay, robust=True)


@shared_task(time_limit=AN_HOUR)
def work_on_imports():
    """Do the jobs of imports, one after the other; twice at once, each is done once.

    Of a process with several threads only one does, so that letters go out meanwhile.
    """
    if at_imports.acquire(blocking=False):
        try:
            while do_next_job():
                pass
        finally:
            at_imports.release()


@shared_task(time_limit=600)
def delete_old_files():
    """Delete what people brought long ago; what came of it stays."""
    FilePiece.objects.delete_old(timezone.now() - FILE_KEPT)
