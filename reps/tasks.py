"""Celery's door into reps: quarters close when their day has come.

The clock closes a quarter whether or not this runs; it writes down that it did, and
what stood there then.
"""

from celery import shared_task
from django.utils import timezone

from reps.models import ClosedAttainment, Quarter


@shared_task(time_limit=600)
def close_quarters():
    """Write down the closings that are due, and what stood then.

    Twice at once, each is written once.
    """
    now = timezone.now()
    Quarter.objects.close_due(now)
    ClosedAttainment.objects.keep_missing(now)
