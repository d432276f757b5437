"""Sessions as Django keeps them in the database, looked up by a query compiled once."""

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.utils import timezone

from reps.models.compiled_query import compiled_once


@compiled_once
def _running(key, now):
    return Session.objects.filter(session_key=key, expire_date__gt=now)


class SessionStore(db.SessionStore):
    """Django's own; only what every request asks is asked in another way."""

    def _get_session_from_db(self):
        session = _running.first(self.session_key, timezone.now())
        if session is None:
            self._session_key = None
        return session
