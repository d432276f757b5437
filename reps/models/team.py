"""A team: a manager, its reps, and the team above it."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Case, Count, F, Q, When
from django.db.models.expressions import RawSQL
from django.utils.translation import gettext_lazy as _

from reps.models.one_spelling import OneSpelling
from reps.models.organization import Organization
from reps.models.same_organization import SameOrganization
from reps.models.user import User

# Whom somebody stands in for today (`StandIn`): by the database's clock, in the
# organization's zone. No process of ours with a clock of its own gives rights by it.
ON_DUTY = """reps_standin AS stand_in
    JOIN reps_organization AS its ON its.id = stand_in.organization_id
    AND (now() AT TIME ZONE its.time_zone)::date
        BETWEEN stand_in.starts_on AND stand_in.ends_on
"""
STOOD_IN_FOR = f"""
    SELECT stand_in.manager_id FROM {ON_DUTY} WHERE stand_in.person_id = %s
"""
# UNION, not UNION ALL: a loop of teams made by mistake ends instead of running on.
RUN = """
    WITH RECURSIVE run AS (
        SELECT id FROM reps_team WHERE organization_id = %s AND ({whose})
        UNION
        SELECT below.id FROM reps_team AS below JOIN run ON below.above_id = run.id
    )
    SELECT id FROM run
"""
OWN = "manager_id = %s"
RUN_BY = RUN.format(whose=f"{OWN} OR manager_id IN ({STOOD_IN_FOR})")
RUN_IN_OWN_RIGHT = RUN.format(whose=OWN)
# A team's manager is active while they can sign in; without one the next above acts.
IS_ACTIVE = "(manager.is_active AND manager.email IS NOT NULL) IS TRUE"
ACTED = f"""
    WITH RECURSIVE acted AS (
        SELECT id, manager_id AS place FROM reps_team WHERE organization_id = %s
        AND (manager_id = %s OR manager_id IN ({STOOD_IN_FOR}))
        UNION
        SELECT below.id, acted.place FROM reps_team AS below
        JOIN acted ON below.above_id = acted.id
        LEFT JOIN reps_user AS manager ON manager.id = below.manager_id
        WHERE NOT {IS_ACTIVE}
    )
"""
ACTED_FOR = f"{ACTED} SELECT id FROM acted"
# Whose acting lies with the manager of a team above: the topmost of them first.
TOLD_OF = f"""
    {ACTED}, told AS (
        SELECT team.id FROM reps_team AS team JOIN acted ON team.above_id = acted.id
        JOIN reps_user AS manager ON manager.id = team.manager_id WHERE {IS_ACTIVE}
        UNION
        SELECT below.id FROM reps_team AS below JOIN told ON below.above_id = told.id
        LEFT JOIN reps_user AS manager ON manager.id = below.manager_id
        WHERE NOT {IS_ACTIVE}
    )
    SELECT id FROM told EXCEPT SELECT id FROM acted
"""
# In whose place somebody acts for a team, unless they do so in their own right.
IN_PLACE_OF = f"""
    {ACTED} SELECT place FROM acted WHERE id = %s
    AND NOT EXISTS (SELECT FROM acted WHERE id = %s AND place = %s)
"""
# Who acts for a team: its manager or, where none can, that of the next team above; and
# whoever stands in for one of these, whether or not that one can sign in.
ACTING_FOR = f"""
    WITH RECURSIVE up AS (
        SELECT id, above_id, manager_id FROM reps_team WHERE id = %s
        UNION
        SELECT above.id, above.above_id, above.manager_id FROM reps_team AS above
        JOIN up ON above.id = up.above_id
        LEFT JOIN reps_user AS manager ON manager.id = up.manager_id
        WHERE NOT {IS_ACTIVE}
    )
    SELECT manager.id FROM up JOIN reps_user AS manager ON manager.id = up.manager_id
    WHERE {IS_ACTIVE}
    UNION
    SELECT stand_in.person_id FROM up, {ON_DUTY}
    WHERE stand_in.manager_id = up.manager_id
"""
BELOW = """
    WITH RECURSIVE below AS (
        SELECT id FROM reps_team WHERE id = %s
        UNION
        SELECT team.id FROM reps_team AS team JOIN below ON team.above_id = below.id
    )
    SELECT id FROM below
"""


def _of(user) -> list:
    return [user.organization_id, user.pk, user.pk]


class TeamQuerySet(models.QuerySet):
    def run_by(self, user):
        """The teams this person manages, and every team below those.

        And today those of whom they stand in for.
        """
        return self.filter(pk__in=RawSQL(RUN_BY, _of(user)))

    def run_in_own_right_by(self, user):
        """The teams this person manages, and every team below: not as a stand-in."""
        own = RawSQL(RUN_IN_OWN_RIGHT, [user.organization_id, user.pk])
        return self.filter(pk__in=own)

    def acted_for_by(self, user):
        """The teams for whose reps this person does what a manager does.

        Their own; those of whom they stand in for today; and below either every team
        that has nobody to act, because it has no manager or one who cannot sign in.
        """
        return self.filter(pk__in=RawSQL(ACTED_FOR, _of(user)))

    def imported_by(self, user):
        """Those whose deals and activity this person may bring from a file.

        Whoever does what their manager does; not the head of teams above, in whose own
        team nobody sells.
        """
        sells = Q(reps__isnull=False) | Q(below__isnull=True)
        acted_for = Team.objects.acted_for_by(user).values("pk")
        return self.filter(sells, pk__in=acted_for).distinct()

    def told_of_to(self, user):
        """Those of whose long unanswered check-ins this person hears, as the one above.

        Each is acted for by somebody whose own team stands right below this person's.
        """
        return self.filter(pk__in=RawSQL(TOLD_OF, _of(user)))

    def with_is_told_of(self, user):
        """Add `is_told_of`: whether this person hears of them as the one above."""
        told = When(pk__in=RawSQL(TOLD_OF, _of(user)), then=True)
        return self.annotate(is_told_of=Case(told, default=False))

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
