"""A segment: whom a rep sells to. Rates are compared within one."""

from django.db import models, transaction
from django.db.models import Count, Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from reps.models.one_spelling import OneSpelling
from reps.models.organization import Organization


class SegmentQuerySet(models.QuerySet):
    def editable_by(self, user):
        """An admin keeps which segments the organization sells to."""
        own = self.filter(organization=user.organization_id)
        return own if user.is_admin else own.none()

    def with_size(self):
        """Add `rep_count`, whoever was ever in it."""
        return self.annotate(rep_count=Count("reps"))

    def removable(self):
        """Those nobody is in, but for the one that newcomers come into."""
        return self.filter(is_default=False, reps=None)

    def default_of(self, organization):
        """Where a rep is of whom nobody said anything else."""
        segment, _made = self.get_or_create(
            organization=organization,
            is_default=True,
            defaults={"name": _now("General")},
        )
        return segment

    @transaction.atomic
    def add(self, segment):
        """Keep one segment more. The first of an organization is the default."""
        Organization.objects.lock(segment.organization)
        others = self.filter(organization=segment.organization_id)
        segment.is_default = not others.exists()
        segment.save()
        others.see_whether_there_are_several(segment.organization)

    @transaction.atomic
    def start_newcomers_in(self, segment):
        """Have this be where a rep is of whom nobody said anything else."""
        Organization.objects.lock(segment.organization)
        segments = self.filter(organization=segment.organization_id)
        segments.filter(is_default=True).exclude(pk=segment.pk).update(is_default=False)
        segments.filter(pk=segment.pk).update(is_default=True)

    def see_whether_there_are_several(self, organization):
        """Note it where every page has it at hand, without a query of its own."""
        organization.has_segments = self.filter(organization=organization).count() > 1
        organization.save(update_fields=["has_segments"])


class Segment(models.Model):
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="segments"
    )
    name = models.CharField(
        _("name"), max_length=60, help_text=_("Such as Enterprise, or Small business.")
    )
    is_default = models.BooleanField(_("of whoever is added"), default=False)

    objects = SegmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("segment")
        verbose_name_plural = _("segments")
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "id"], name="segment_in_organization"
            ),
            models.UniqueConstraint(
                "organization",
                OneSpelling("name"),
                name="segment_one_of_each_name",
                violation_error_message=_("There is a segment of this name already."),
            ),
            models.UniqueConstraint(
                fields=["organization"],
                condition=Q(is_default=True),
                name="segment_one_is_the_default",
            ),
        ]

    def __str__(self):
        return self.name

    @transaction.atomic
    def remove(self) -> bool:
        """Take it off the list; False where somebody is in it, or newcomers come."""
        Organization.objects.lock(self.organization)
        segments = Segment.objects.filter(organization=self.organization_id)
        going = segments.removable().filter(pk=self.pk)
        if not going.exists():
            return False
        self.delete()
        segments.see_whether_there_are_several(self.organization)
        return True
