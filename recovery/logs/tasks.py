"""A line for each task that a worker ran, with the request that had it sent."""

import logging
from time import perf_counter

from celery import Task

from recovery.logs.line import context
from recovery.logs.slow_queries import slow_queries_are_told

logger = logging.getLogger(__name__)


class LoggedTask(Task):
    """Every task's class. The request's id travels as a header of the message."""

    def apply_async(self, args=None, kwargs=None, **options):
        if request_id := context.get().get("request"):
            headers = options.get("headers") or {}
            options["headers"] = headers | {"request_id": request_id}
        return super().apply_async(args, kwargs, **options)

    def __call__(self, *args, **kwargs):
        if self.request.called_directly:  # by a test, or a command
            return super().__call__(*args, **kwargs)
        belongs = {"task": self.name, "task_id": self.request.id}
        if request_id := self.request.get("request_id"):
            belongs["request"] = request_id
        mark, began = context.set(belongs), perf_counter()
        error = None
        try:
            with slow_queries_are_told():
                return super().__call__(*args, **kwargs)
        except Exception as raised:
            error = raised
            raise
        finally:
            facts = {"ms": round((perf_counter() - began) * 1000, 1)}
            level = logging.ERROR if error else logging.INFO
            logger.log(level, "task", exc_info=error, extra={"facts": facts})
            context.reset(mark)
