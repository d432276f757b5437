"""Who stands in for a manager, from one day to another: a person for a person.

What a stand-in may do and see is the manager's, by `reps.models.team` and `.rep`; what
is private to persons stays with them. Rows that are over stay: they say who could.
"""

from datetime import date

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, OuterRef, Q, Subquery
from django.db.models.expressions import RawSQL
from django.db.models.functions import Cast, Now
from django.utils.translation import gettext_lazy as _

from reps.domain.quarter import ONE_DAY
from reps.models.compiled_query import compiled_once
from reps.models.organization import Organization
from reps.models.quarter import days, only
from reps.models.same_organization import SameOrganization
from reps.models.team import ACTING_FOR, IN_PLACE_OF
from reps.models.user import User

LAST_DAY_FIRST = _("The last day comes before the first.")


class StandInQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those one named, those one is, and for an admin all of them."""
        own = self.filter(organization=user.organization_id)
        if user.is_admin:
            return own
        return own.filter(Q(manager=user) | Q(person=user))

    def editable_by(self, user):
        """The manager's own to name and to end, and an admin's."""
        own = self.filter(organization=user.organization_id)
        return own if user.is_admin else own.filter(manager=user)

    def on_duty(self):
        """Those of today: by the database's clock, in the organization's zone."""
        zone = F("organization__time_zone")
        today = Cast(Func(zone, Now(), function="timezone"), models.DateField())
        return self.alias(today=today).filter(
            starts_on__lte=F("today"), ends_on__gte=F("today")
        )

    def beside(self, teams, user):
        """These teams with `stood_in_until`: the last day this person stands in for
        their manager, today; None where they do not. And `stood_in_words`. No query of
        its own.
        """
        own = self.on_duty().filter(person=user, manager=OuterRef("manager"))
        return teams.annotate(
            stood_in_until=Subquery(own.values("ends_on")[:1]),
            stood_in_words=Subquery(own.values("words")[:1]),
        )


class StandIn(models.Model):
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="stand_ins"
    )
    manager = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        related_name="stand_ins",
        verbose_name=_("for whom"),
    )
    person = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        related_name="stands_in",
        verbose_name=_("who stands in"),
    )
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    words = models.CharField(_("a word about it"), max_length=200, blank=True)
    named_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="stand_ins_named"
    )
    named_at = models.DateTimeField(_("named at"))

    objects = StandInQuerySet.as_manager()

    class Meta:
        verbose_name = _("stand-in")
        verbose_name_plural = _("stand-ins")
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "id"], name="standin_in_organization"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="standin_ends_after_it_starts",
                violation_error_message=LAST_DAY_FIRST,
            ),
            models.CheckConstraint(
                condition=~Q(person=F("manager")), name="standin_is_somebody_else"
            ),
            ExclusionConstraint(
                name="standin_one_a_day",
                expressions=[
                    (only("manager"), RangeOperators.OVERLAPS),
                    (days("starts_on", "ends_on"), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("Somebody stands in on one of these days."),
            ),
            SameOrganization("manager", name="standin_same_organization_manager"),
            SameOrganization("person", name="standin_same_organization_person"),
            SameOrganization("named_by", name="standin_same_organization_named_by"),
        ]

    def __str__(self):
        return f"{self.person} for {self.manager}, {self.starts_on} – {self.ends_on}"

    def end(self, *, on: date):
        """From this day on they stand in no more; where it begins then, they never did.

        What they did meanwhile says for whom, and stays.
        """
        if on <= self.starts_on:
            self.delete()
        elif on <= self.ends_on:
            self.ends_on = on - ONE_DAY
            self.save(update_fields=["ends_on"])


def in_place_of(user, rep) -> User | None:
    """For whom this person acts towards a rep today; None for themselves.

    Whoever acts in their own right, also as the one above, stands in for nobody. The
    rep's team is loaded: then the rep and the manager cost no query.
    """
    if user.pk in (rep.user_id, rep.team.manager_id):
        return None
    return _in_place_of.first(user, rep.team_id)


@compiled_once
def _in_place_of(user, team):
    who = [user.organization_id, user.pk, user.pk, team, team, user.pk]
    return User.objects.filter(pk__in=RawSQL(IN_PLACE_OF, who)).order_by("pk")


def acting_for(team) -> list[User]:
    """Who does what a team's manager does today: the manager, then who stands in.

    Where it has none who can sign in it is that of the next team above who has.
    """
    return _acting_for(team)


@compiled_once
def _acting_for(team):
    acting = User.objects.filter(pk__in=RawSQL(ACTING_FOR, [team.pk]))
    stands_in = StandIn.objects.on_duty().filter(person=OuterRef("pk"))
    is_one = models.Exists(stands_in)
    return acting.alias(is_one=is_one).order_by("is_one", "pk")
