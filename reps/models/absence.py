"""Days a rep is away. Why is nobody's business here, so it is not kept."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from reps.models.organization import Organization
from reps.models.quarter import days, only
from reps.models.rep import Rep, worked_by
from reps.models.same_organization import SameOrganization
from reps.models.team import Team


class AbsenceQuerySet(models.QuerySet):
    def visible_to(self, user):
        """One's own, and those of the teams one runs."""
        mine = Q(rep__user=user) | Q(rep__team__in=Team.objects.run_by(user))
        return self.filter(mine, organization=user.organization_id)

    def editable_by(self, user):
        """The rep and the rep's own manager."""
        return self.visible_to(user).filter(worked_by(user, "rep__"))

    def touching(self, first, last):
        """Those that share a day with the span."""
        return self.filter(starts_on__lte=last, ends_on__gte=first)


class Absence(models.Model):
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="absences"
    )
    rep = models.ForeignKey(Rep, on_delete=models.PROTECT, related_name="absences")
    starts_on = models.DateField(_("first day away"))
    ends_on = models.DateField(_("last day away"))

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("absence")
        verbose_name_plural = _("absences")
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "id"], name="absence_in_organization"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="absence_ends_after_it_starts",
                violation_error_message=_("The last day comes before the first."),
            ),
            ExclusionConstraint(
                name="absence_once_per_day",
                expressions=[
                    (only("rep"), RangeOperators.OVERLAPS),
                    (days("starts_on", "ends_on"), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("Some of these days are already away."),
            ),
            SameOrganization("rep", name="absence_same_organization_rep"),
        ]

    def __str__(self):
        return f"{self.rep}, {self.starts_on} – {self.ends_on}"
