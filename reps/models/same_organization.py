"""A row and its parents belong to one organization, and the database sees to it."""

from django.core.exceptions import ValidationError
from django.db import DEFAULT_DB_ALIAS, models


class SameOrganization(models.BaseConstraint):
    """(organization, field) points at a parent that has UNIQUE (organization, id)."""

    def __init__(self, field: str, *, name: str, **kwargs):
        self.field = field
        super().__init__(name=name, **kwargs)

    def create_sql(self, model, schema_editor):
        """Put off to the migration's end, when every parent has its unique key."""
        quote, field = schema_editor.quote_name, model._meta.get_field(self.field)
        schema_editor.deferred_sql.append(
            f"ALTER TABLE {quote(model._meta.db_table)}"
            f" ADD CONSTRAINT {quote(self.name)}"
            f" FOREIGN KEY (organization_id, {quote(field.column)})"
            f" REFERENCES {quote(field.related_model._meta.db_table)}"
            " (organization_id, id)"
        )

    constraint_sql = create_sql

    def remove_sql(self, model, schema_editor):
        quote = schema_editor.quote_name
        table, name = quote(model._meta.db_table), quote(self.name)
        return f"ALTER TABLE {table} DROP CONSTRAINT {name}"

    def validate(self, model, instance, exclude=None, using=DEFAULT_DB_ALIAS):
        if self.field in (exclude or ()):
            return
        parent = getattr(instance, self.field, None)
        if parent and parent.organization_id != instance.organization_id:
            raise ValidationError(self.get_violation_error_message())

    def deconstruct(self):
        path, args, kwargs = super().deconstruct()
        return path, args, kwargs | {"field": self.field}

    def __eq__(self, other):
        same = isinstance(other, SameOrganization)
        return self.deconstruct() == other.deconstruct() if same else NotImplemented
