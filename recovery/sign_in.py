"""How people come in: by e-mail and password, once an admin has added them."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from django.utils.translation import gettext_lazy as _

from reps.models import User
from reps.models.compiled_query import compiled_once


class NoPublicSignUp(DefaultAccountAdapter):
    """Nobody makes an account for themselves; an organization's admin adds people."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("Nobody signs in with this address any more."),
        "email_password_mismatch": _("Address and password do not go together."),
        "enter_current_password": _("This is not the password you have now."),
        "incorrect_password": _("This is not your password."),
        "too_many_login_attempts": _("That was often. Try again in a few minutes."),
        "rate_limited": _("That was often. Try again in a few minutes."),
    }

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
