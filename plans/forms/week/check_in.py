"""The week in somebody's words, the answer to it, and how they feel, for them alone."""

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from plans.models import CheckIn, Energy
from plans.models.check_in import MOST_LETTERS

LEVELS = [
    (1, _("Empty")),
    (2, _("Low")),
    (3, _("Okay")),
    (4, _("Good")),
    (5, _("Full")),
]


class WordsField(forms.CharField):
    """A few sentences, as many letters as the browser counts: a new line is one."""

    widget = forms.Textarea

    def __init__(self, **facts):
        super().__init__(max_length=MOST_LETTERS, **facts)

    def to_python(self, value):
        return super().to_python(value).replace("\r\n", "\n")

    def widget_attrs(self, widget):
        return super().widget_attrs(widget) | {"rows": 2, "class": "field-words"}


def words_of(name: str, **facts) -> WordsField:
    field = CheckIn._meta.get_field(name)
    return WordsField(required=False, label=capfirst(field.verbose_name), **facts)


class CheckInForm(forms.Form):
    """`seen` is the version its writer had before them; only the rep says how they are.

    `of_rep` is whether the rep writes it: nobody else is asked, or could say.
    """

    moved = words_of("moved")
    stuck = words_of("stuck")
    learned = words_of("learned", help_text=_("One sentence is plenty."))
    energy = forms.TypedChoiceField(
        choices=LEVELS, coerce=int, required=False, empty_value=None
    )
    seen = forms.CharField(required=False)

    def __init__(self, *args, of_rep: bool, **kwargs):
        super().__init__(*args, **kwargs)
        if not of_rep:
            del self.fields["energy"]

    @property
    def levels(self) -> list[tuple[int, str, bool]]:
        """(level, what it is called, whether it is the one said): none for others."""
        if "energy" not in self.fields:
            return []
        said = str(self["energy"].value())
        return [(level, name, str(level) == said) for level, name in LEVELS]

    @property
    def takes_energy_back(self) -> bool:
        """None is chosen: a form sent without the question says nothing of it."""
        return "energy" in self.fields and self.data.get("energy") == ""

    def save(self, *, rep, week, by, at):
        """Write it down; the rep is locked. Raises `EditConflict`.

        How somebody is stays as it was said, until they choose to say it no more.
        """
        said = dict(self.cleaned_data)
        seen, energy = said.pop("seen"), said.pop("energy", None)
        check_in = CheckIn.objects.record_over(
            seen, rep=rep, week=week, by=by, at=at, **said
        )
        if energy:
            Energy.objects.note(energy, rep=rep, week=week)
        elif self.takes_energy_back:
            Energy.objects.take_back(rep=rep, week=week)
        return check_in


class AnswerForm(forms.Form):
    words = WordsField(label=_("Your answer"))
