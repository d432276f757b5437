"""A line for each query that took longer than SLOW_QUERY_MS: its words, not its values.

Kept statements (docs/adr/0009) go through Django's cursor, so they are seen as well.
"""

import logging
import re
from time import perf_counter

from django.conf import settings
from django.db import connection

logger = logging.getLogger(__name__)

LONGEST = 2000  # characters
LITERAL = re.compile(r"'(?:[^']|'')*'")


def slow_queries_are_told():
    """A `with` in which they are, on this thread's connection."""
    return connection.execute_wrapper(_watch)


def _watch(execute, sql, params, many, context):
    began = perf_counter()
    try:
        return execute(sql, params, many, context)
    finally:
        ms = (perf_counter() - began) * 1000
        if ms >= settings.SLOW_QUERY_MS:
            facts = {"ms": round(ms), "sql": _words(sql)}
            logger.warning("slow query", extra={"facts": facts})


def _words(sql: object) -> str:
    """On one line, without what stands in quotes: it need not be the code's own."""
    if not isinstance(sql, str):
        return "(composed)"
    return LITERAL.sub("'…'", " ".join(sql.split()))[:LONGEST]
