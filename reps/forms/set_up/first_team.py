"""The first team: its name, and whether this admin runs it or somebody they invite."""

from django import forms
from django.utils.translation import gettext_lazy as _

from reps.forms.set_up_form import ADDRESS_TAKEN, SetUpForm
from reps.models import Rep, Team, User

MINE, OTHERS = "mine", "others"
SAY_WHO = _("Say who runs it.")


class FirstTeamForm(SetUpForm):
    """`invited` is the person added to run it; None where the admin does."""

    said_at = {"team_one_of_each_name": "name"}

    whose = forms.ChoiceField(
        label=_("Who runs it?"),
        choices=[(MINE, _("I do")), (OTHERS, _("Somebody else"))],
        initial=MINE,
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), SAY_WHO),
    )
    manager_name = forms.CharField(
        label=_("Their name"),
        max_length=User._meta.get_field("name").max_length,
        required=False,
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    manager_email = forms.EmailField(
        label=_("Their e-mail"),
        required=False,
        widget=forms.EmailInput({"autocomplete": "off"}),
        help_text=_("They get a link to set a password, and run the team from then."),
    )

    class Meta:
        model = Team
        fields = ["name"]
        labels = {"name": _("What is the team called?")}
        error_messages = {"name": {"required": _("Say what the team is called.")}}

    def __init__(self, *args, by, **kwargs):
        super().__init__(*args, **kwargs)
        self.by = by
        self.invited = None

    def clean_manager_email(self):
        email = self.cleaned_data["manager_email"].lower()
        if email and User.objects.filter(email__iexact=email).exists():
            raise forms.ValidationError(ADDRESS_TAKEN)
        return email

    def clean(self):
        super().clean()
        asked = {
            "manager_name": _("Say what they are called."),
            "manager_email": _("They need an address, to come in."),
        }
        for field, words in asked.items():
            if self.cleaned_data.get("whose") != OTHERS:
                self.errors.pop(field, None)  # nobody asks, and nobody sees it
            elif not (self.cleaned_data.get(field) or field in self.errors):
                self.add_error(field, words)

    def keep(self):
        said = self.cleaned_data
        self.instance.manager = self.by
        if said["whose"] == OTHERS:
            self.invited = User(
                organization=self.organization,
                name=said["manager_name"],
                email=said["manager_email"],
            )
            Rep.objects.keep_person(
                self.invited, by=self.by, team=None, joined_on=None, left_on=None
            )
            self.instance.manager = self.invited
        super().keep()
