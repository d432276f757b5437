"""The Celery app: settings come from Django, tasks from each app's `tasks.py`."""

import os

from celery import Celery

from recovery.logs.tasks import LoggedTask

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "recovery.settings")

app = Celery("second_wind", task_cls=LoggedTask)
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.autodiscover_tasks(["recovery"], related_name="heartbeat")
