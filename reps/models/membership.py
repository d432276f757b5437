"""In which team a rep sells, and on which days: what is won is credited by it.

The database writes these rows (the migration `memberships`): one as a rep comes,
without a first day and without a last, and for every change of `Rep.team` a new one,
which ends the one before. So every day has a team, and today's is the one without a
last day. What changed, and why, stands in `TeamChange`. The app's role can only read
either.
"""

from datetime import date

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from reps.models.organization import Organization
from reps.models.quarter import days, only
from reps.models.rep import Rep
from reps.models.same_organization import SameOrganization
from reps.models.team import Team
from reps.models.user import User


class MembershipQuerySet(models.QuerySet):
    def holding(self, day):
        """Those of this day, which may be another query's column."""
        begun = Q(starts_on=None) | Q(starts_on__lte=day)
        lasting = Q(ends_on=None) | Q(ends_on__gte=day)
        return self.filter(begun, lasting)

    def touching(self, first: date, last: date):
        """Those that have one of these days."""
        begun = Q(starts_on=None) | Q(starts_on__lte=last)
        lasting = Q(ends_on=None) | Q(ends_on__gte=first)
        return self.filter(begun, lasting)


class Membership(models.Model):
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="memberships"
    )
    rep = models.ForeignKey(Rep, on_delete=models.PROTECT, related_name="memberships")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="memberships")
    starts_on = models.DateField(
        _("since"), null=True, help_text=_("Empty: from the beginning.")
    )
    ends_on = models.DateField(
        _("until"), null=True, help_text=_("Empty: it is today's team.")
    )

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "id"], name="membership_in_organization"
            ),
            models.UniqueConstraint(
                fields=["organization", "rep"],
                condition=Q(ends_on=None),
                name="membership_one_without_a_last_day",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="membership_ends_after_it_starts",
            ),
            ExclusionConstraint(
                name="membership_shares_no_day",
                expressions=[
                    (only("rep"), RangeOperators.OVERLAPS),
                    (days("starts_on", "ends_on"), RangeOperators.OVERLAPS),
                ],
            ),
            SameOrganization("rep", name="membership_same_organization_rep"),
            SameOrganization("team", name="membership_same_organization_team"),
        ]

    def __str__(self):
        return f"{self.rep_id} in {self.team_id}, {self.starts_on} to {self.ends_on}"


class TeamChange(models.Model):
    """A rep went to another team: from which day, by whom, and why."""

    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="+"
    )
    rep = models.ForeignKey(Rep, on_delete=models.PROTECT, related_name="team_changes")
    from_team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    to_team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    since = models.DateField(_("since"))
    changed_by = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="+"
    )
    why = models.TextField(_("why"), blank=True)
    recorded_at = models.DateTimeField(_("recorded at"))

    class Meta:
        verbose_name = _("change of team")
        verbose_name_plural = _("changes of team")
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "id"], name="teamchange_in_organization"
            ),
            SameOrganization("rep", name="teamchange_same_organization_rep"),
            SameOrganization("from_team", name="teamchange_same_organization_from"),
            SameOrganization("to_team", name="teamchange_same_organization_to"),
            SameOrganization("changed_by", name="teamchange_same_organization_by"),
        ]

    def __str__(self):
        return f"{self.rep_id}: {self.to_team_id} since {self.since}"
