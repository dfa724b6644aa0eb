"""Sign-in as allauth has it; the person of a request is read by a kept query."""

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth import get_user_model

from .kept import KeptQuery

_PERSON = KeptQuery(lambda person, pk: get_user_model().objects.filter(pk=pk))


class Backend(AuthenticationBackend):
    """The site's only backend."""

    def get_user(self, user_id):
        """The person whose session it is, or None when the account is gone or closed."""
        found = _PERSON.all(pk=user_id)
        return found[0] if found and self.user_can_authenticate(found[0]) else None
