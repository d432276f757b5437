"""A team: a manager, its reps, and the team above it."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Count, F, Q
from django.db.models.expressions import RawSQL
from django.utils.translation import gettext_lazy as _

from reps.models.one_spelling import OneSpelling
from reps.models.organization import Organization
from reps.models.same_organization import SameOrganization
from reps.models.user import User

# UNION, not UNION ALL: a loop of teams made by mistake ends instead of running on.
RUN_BY = """
    WITH RECURSIVE run AS (
        SELECT id FROM reps_team WHERE organization_id = %s AND manager_id = %s
        UNION
        SELECT below.id FROM reps_team AS below JOIN run ON below.above_id = run.id
    )
    SELECT id FROM run
"""
BELOW = """
    WITH RECURSIVE below AS (
        SELECT id FROM reps_team WHERE id = %s
        UNION
        SELECT team.id FROM reps_team AS team JOIN below ON team.above_id = below.id
    )
    SELECT id FROM below
"""


class TeamQuerySet(models.QuerySet):
    def run_by(self, user):
        """The teams this person manages, and every team below those."""
        return self.filter(pk__in=RawSQL(RUN_BY, [user.organization_id, user.pk]))

    def visible_to(self, user):
        """Teams one runs or sells in; an admin sees all of the organization's."""
        own = self.filter(organization=user.organization_id)
        if user.is_admin:
            return own
        run = Team.objects.run_by(user).values("pk")
        return own.filter(Q(pk__in=run) | Q(reps__user=user)).distinct()

    def editable_by(self, user):
        """An admin keeps the tree of teams."""
        return self.visible_to(user) if user.is_admin else self.none()

    def with_all_below(self, team):
        """This team and every team below it."""
        return self.filter(pk__in=RawSQL(BELOW, [team.pk]))

    def with_size(self, *, on):
        """Add `selling`, the reps of that day; and what was ever in it or is below."""
        still_here = Q(reps__left_on__isnull=True) | Q(reps__left_on__gte=on)
        return self.annotate(
            selling=Count("reps", filter=still_here, distinct=True),
            rep_count=Count("memberships__rep", distinct=True),
            below_count=Count("below", distinct=True),
        )


class Team(models.Model):
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="teams"
    )
    name = models.CharField(_("name"), max_length=120)
    manager = models.ForeignKey(
        User,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="teams",
        verbose_name=_("manager"),
    )
    above = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="below",
        verbose_name=_("team above"),
        help_text=_("Whoever runs the team above sees this one too."),
    )

    objects = TeamQuerySet.as_manager()

    class Meta:
        verbose_name = _("team")
        verbose_name_plural = _("teams")
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "id"], name="team_in_organization"
            ),
            models.UniqueConstraint(
                "organization",
                OneSpelling("name"),
                name="team_one_of_each_name",
                violation_error_message=_("There is a team of this name already."),
            ),
            models.CheckConstraint(
                condition=Q(above__isnull=True) | ~Q(above=F("id")),
                name="team_is_not_above_itself",
                violation_error_message=_("A team cannot be above itself."),
            ),
            SameOrganization("manager", name="team_same_organization_manager"),
            SameOrganization("above", name="team_same_organization_above"),
        ]

    def __str__(self):
        return self.name

    def clean(self):
        """Refuse a loop: nobody would know whose team is whose."""
        super().clean()
        if not (self.pk and self.above_id):
            return
        if Team.objects.with_all_below(self).filter(pk=self.above_id).exists():
            raise ValidationError(
                {"above": _("This team is below the one you are changing.")}
            )
