"""The site's SESSION_ENGINE: Django's own sessions in the database, read by a kept query."""

from django.contrib.sessions.backends import db
from django.utils import timezone

from .kept import KeptQuery


def _ask(nobody, key: str):
    return SessionStore.get_model_class().objects.filter(session_key=key)


_SESSION = KeptQuery(_ask)


class SessionStore(db.SessionStore):
    """Every page reads its session first."""

    def _get_session_from_db(self):
        found = _SESSION.all(key=self.session_key)
        if found and found[0].expire_date > timezone.now():
            return found[0]
        self._session_key = None
        return None
