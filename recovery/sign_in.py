"""How people come in: by e-mail and password, once an admin has added them."""

from allauth.account.adapter import DefaultAccountAdapter


class NoPublicSignUp(DefaultAccountAdapter):
    """Nobody makes an account for themselves; an organization's admin adds people."""

    def is_open_for_signup(self, request):
        return False
