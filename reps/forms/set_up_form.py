"""A form of set-up: one row of one organization, as its admin keeps it.

The database's constraints are the rules. A form says them in their own words, under the
field they are about, whether they are seen before the save or by the save itself.
"""

import logging

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, transaction
from django.forms.models import model_to_dict
from django.utils.translation import gettext_lazy as _

from reps.forms.edit_conflict import EditConflictMixin
from reps.models import Organization

logger = logging.getLogger(__name__)

ADDRESS_TAKEN = _("Somebody already has this address.")
CHANGED_AT_ONCE = _(
    "Somebody changed this at the same moment. Look again, then save once more."
)


class SetUpForm(EditConflictMixin, forms.ModelForm):
    """`said_at` tells for a constraint, by name, the field its words stand under.

    `kept_by_triggers` has the words too, for what only a trigger of the database keeps.
    """

    said_at: dict[str, str] = {}
    kept_by_triggers: dict[str, tuple[str, str]] = {}

    def __init__(self, *args, organization, **kwargs):
        super().__init__(*args, **kwargs)
        self.organization = organization
        self.instance.organization = organization
        # Validation writes what was typed onto the instance: keep its name of before.
        self.was = str(self.instance) if self.instance.pk else ""
        if self.instance.pk:
            self.keep_initial_values()

    def save_if_valid(self) -> bool:
        """Save what is valid, and answer whether it was.

        Another admin of the organization waits meanwhile, so what was checked still
        holds; what somebody else wrote is refused by the database, and said as kindly.
        """
        with transaction.atomic():
            Organization.objects.lock(self.organization)
            if self.instance.pk:
                self.merge_saved(self.saved_values())
            return self.is_valid() and self._saved()

    @classmethod
    def of_one_removed(cls, data, **facts):
        """The words typed for a row that is not there any more, in a new one's form."""
        form = cls(data, **facts)
        form.merge_saved(None)
        return form

    def saved_values(self) -> dict | None:
        """What the fields are about, as the database has it; None if it is gone."""
        row = self._meta.model.objects.filter(pk=self.instance.pk).first()
        return row and model_to_dict(row, self._meta.fields)

    def keep(self):
        """Write the row, by the model's own verb where it has one.

        Of a row that is there only the form's own fields: the rest may have changed.
        """
        known = self.instance.pk is not None
        self.instance.save(update_fields=self._meta.fields if known else None)

    def add_error(self, field, error):
        """As Django does, but a constraint's words go under the field they fit."""
        if field is None and isinstance(error, ValidationError):
            error = self._placed(error)
        super().add_error(field, error)

    def _get_validation_exclusions(self):
        """The organization is no field, but unique constraints count within it."""
        return super()._get_validation_exclusions() - {"organization"}

    def _saved(self) -> bool:
        try:
            with transaction.atomic():
                self.keep()
        except IntegrityError as error:
            self.add_error(None, self._refusal(error))
            return False
        return True

    def _refusal(self, error: IntegrityError) -> ValidationError:
        """What the database refused, in the words of its constraint."""
        diagnosis = getattr(error.__cause__, "diag", None)
        name = getattr(diagnosis, "constraint_name", None)
        table = self.instance._meta
        if name in self.kept_by_triggers:
            field, words = self.kept_by_triggers[name]
            said = ValidationError(words, params=self.initial)
            return ValidationError({field: said})
        for rule in table.constraints:
            if rule.name == name and name in self.said_at:
                return ValidationError(rule.get_violation_error_message())
        for field in self._meta.fields:
            column = table.get_field(field).column
            if name == f"{table.db_table}_{column}_key":  # as PostgreSQL calls them
                words = self.fields[field].error_messages["unique"]
                return ValidationError({field: words})
        logger.warning("Not saved", exc_info=error, extra={"facts": {"by": name}})
        return ValidationError(CHANGED_AT_ONCE)

    def _placed(self, error: ValidationError) -> ValidationError:
        fields = {
            rule.get_violation_error_message(): self.said_at[rule.name]
            for rule in self._meta.model._meta.constraints
            if rule.name in self.said_at
        }
        by_field: dict[str, list] = {}
        for field, said in error.update_error_dict({}).items():
            for one in said:
                whole = field == NON_FIELD_ERRORS
                place = fields.get(one.messages[0], field) if whole else field
                by_field.setdefault(place, []).append(one)
        return ValidationError(by_field)

    def focus(self):
        """A form that a link opened begins at its first field."""
        first = next(iter(self.fields.values()))
        first.widget.attrs["autofocus"] = True
        return self
