"""A reason: what is asked of whoever changes what others already go by."""

from django import forms
from django.utils.translation import gettext_lazy as _

LONGEST_REASON = 2000


class ReasonField(forms.CharField):
    """Some lines. Its form says where it may stay empty."""

    widget = forms.Textarea(attrs={"rows": 2})
    default_error_messages = {
        "max_length": _("Say it in fewer words: %(limit_value)s letters at most.")
    }

    def __init__(self, **kwargs):
        super().__init__(required=False, max_length=LONGEST_REASON, **kwargs)
