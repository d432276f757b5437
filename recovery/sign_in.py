"""How people come in: by e-mail and password, once an admin has added them."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend

from reps.models import User
from reps.models.compiled_query import compiled_once


class NoPublicSignUp(DefaultAccountAdapter):
    """Nobody makes an account for themselves; an organization's admin adds people."""

    def is_open_for_signup(self, request):
        return False


@compiled_once
def _person(pk):
    return User.objects.filter(pk=pk)


class KnownPeople(AuthenticationBackend):
    """allauth's; whose a session is, is asked with every request, so compiled once."""

    def get_user(self, user_id):
        user = _person.first(user_id)
        return user if user and self.user_can_authenticate(user) else None
