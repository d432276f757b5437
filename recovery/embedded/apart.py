"""What is done once before the first request, in a process of its own.

Migrating takes 20 MB, the demo's data 10: a process that goes on would keep them.
"""

from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from django.db import connections


def apart(act: Callable, *arguments, **choices):
    """What the act answers, or raises. It finds memory as it is, and leaves none."""
    connections.close_all()  # a fork must not share them
    with ProcessPoolExecutor(1, mp_context=get_context("fork")) as process:
        return process.submit(act, *arguments, **choices).result()
