"""Sign-in as allauth has it; the person of a request and what they are where are read by one kept query."""

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth import get_user_model

from .access import person_with_standing
from .kept import KeptQuery

_PERSON = KeptQuery(lambda person, pk: get_user_model().objects.filter(pk=pk))


class Backend(AuthenticationBackend):
    """The site's only backend."""

    def get_user(self, user_id):
        """The person whose session it is, or None when the account is gone or closed."""
        person = person_with_standing(user_id) or next(iter(_PERSON.all(pk=user_id)), None)
        return person if person and self.user_can_authenticate(person) else None
