"""A rep: somebody who sells, in a team, and may or may not sign in."""

from datetime import date, datetime

from django.db import models, transaction
from django.db.models import Case, F, Q, When
from django.utils.translation import gettext_lazy as _

from reps.models.organization import Organization
from reps.models.same_organization import SameOrganization
from reps.models.segment import Segment
from reps.models.team import Team
from reps.models.user import User
from reps.models.who_and_why import say_who_and_why


def managed_by(user, rep: str = "") -> Q:
    """Towards whom this person acts as the manager today: the one place that says so.

    `rep` is the way to the rep, such as "owner__". The team's own manager, and whoever
    acts for it (`Team.objects.acted_for_by`) towards anybody but themselves: nobody
    stands in towards themselves, so that one person never signs both sides.
    """
    own, acted = f"{rep}team__manager", f"{rep}team__in"
    others = ~Q(**{f"{rep}user": user})
    return Q(**{own: user}) | Q(**{acted: Team.objects.acted_for_by(user)}) & others


def worked_by(user, rep: str = "") -> Q:
    """The two who do the work, the rep and the manager; `rep` as in `managed_by`."""
    return Q(**{f"{rep}user": user}) | managed_by(user, rep)


def _is_hr_partner(user) -> bool:
    return User.objects.filter(pk=user.pk, is_hr_partner=True).exists()


class OwnMark(Exception):
    """What an HR partner reads is not an admin's to open for themselves."""


class RepQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Oneself, and the reps of the teams this person runs, at any depth."""
        mine = Q(user=user) | Q(team__in=Team.objects.run_by(user))
        return self.filter(mine, organization=user.organization_id)

    def in_teams_of(self, user):
        """The reps of the teams this person runs, at any depth."""
        return self.filter(
            team__in=Team.objects.run_by(user), organization=user.organization_id
        )

    def handed_over_by(self, user):
        """Those of the teams this person runs in their own right, at any depth.

        It ends quotas and moves people: no stand-in's to do, nor towards themselves.
        """
        return self.filter(
            team__in=Team.objects.run_in_own_right_by(user),
            organization=user.organization_id,
        )

    def editable_by(self, user):
        """An admin keeps who sells in which team, and their quotas."""
        if not user.is_admin:
            return self.none()
        return self.filter(organization=user.organization_id)

    def workable_by(self, user):
        """The two who do the work: the rep and the rep's own manager.

        They log the week, open deals and write the plan; a leader above reads, but acts
        where the team has no manager who can.
        """
        return self.visible_to(user).filter(worked_by(user))

    def with_is_given(self, user):
        """Add `is_given`: of those one may see, whether one does their work too."""
        given = When(worked_by(user), then=True)
        return self.annotate(is_given=Case(given, default=False))

    def with_is_managed(self, user):
        """Add `is_managed`: of those one may see, whether one acts as their manager."""
        managed = When(managed_by(user), then=True)
        return self.annotate(is_managed=Case(managed, default=False))

    def managed_by(self, user):
        """One's own reps, and those of whom one acts for; not the teams below."""
        return self.visible_to(user).filter(managed_by(user))

    def signing_in_as(self, person: int):
        """Whoever signs in as this person, for as long as they may."""
        return self.filter(user=person, user__is_active=True)

    def locked(self):
        """Locked to the transaction's end: a rep's week takes one tap at a time."""
        return self.select_for_update(of=("self",), no_key=True)

    def selling_on(self, day: date):
        """Those who had joined by that day and had not left before it."""
        joined = Q(joined_on__isnull=True) | Q(joined_on__lte=day)
        still_here = Q(left_on__isnull=True) | Q(left_on__gte=day)
        return self.filter(joined, still_here)

    def selling_between(self, first: date, last: date):
        """Those who sell on at least one of these days."""
        joined = Q(joined_on__isnull=True) | Q(joined_on__lte=last)
        still_here = Q(left_on__isnull=True) | Q(left_on__gte=first)
        return self.filter(joined, still_here)

    def given_deals_by(self, user, *, owner, day: date):
        """To whom this person may give a deal of `owner`: who sold for them that day.

        None but for whoever runs the owner's team, and the owner stays one of them.
        """
        managed = self.managed_by(user)
        if not managed.filter(pk=owner.pk).exists():
            return None
        selling = managed.selling_on(day).values("pk")
        return self.filter(Q(pk__in=selling) | Q(pk=owner.pk))

    def with_quota_in(self, quarter):
        """Whom the quarter's table is about: those who sell in it, or owe in it."""
        selling = self.selling_between(quarter.starts_on, quarter.ends_on).values("pk")
        return self.filter(Q(pk__in=selling) | Q(pk__in=quarter.quotas.values("rep")))

    @transaction.atomic
    def keep_person(
        self,
        user,
        *,
        by,
        team,
        joined_on: date | None,
        left_on: date | None,
        segment=None,
    ):
        """Save a person, and where they sell if they do. Nobody new has a password.

        The team is that of somebody who begins to sell: others change theirs by
        `change_team`. Without a segment they stay in theirs, or begin in the default.
        Raises `OwnMark` where an admin gives themselves the HR partner's mark.
        """
        if user == by and user.is_hr_partner and not _is_hr_partner(by):
            raise OwnMark
        if user.pk is None:
            user.set_unusable_password()
            user.save()
        else:
            user.save(update_fields=User.KEPT_BY_ADMIN)
        user.forget_old_addresses()
        if team:
            facts = {
                "name": user.name,
                "joined_on": joined_on,
                "left_on": left_on,
            }
            if segment:
                facts["segment"] = segment
            segment = Segment.objects.default_of(user.organization)
            begins = {"segment": segment, "team": team}
            self.update_or_create(
                organization_id=user.organization_id,
                user=user,
                defaults=facts,
                create_defaults=begins | facts,
            )


class Rep(models.Model):
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="reps"
    )
    team = models.ForeignKey(
        Team, on_delete=models.PROTECT, related_name="reps", verbose_name=_("team")
    )
    segment = models.ForeignKey(
        Segment,
        on_delete=models.PROTECT,
        related_name="reps",
        verbose_name=_("segment"),
    )
    user = models.OneToOneField(
        User,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="rep",
        verbose_name=_("signs in as"),
    )
    name = models.CharField(_("name"), max_length=120)
    joined_on = models.DateField(_("joined on"), null=True, blank=True)
    left_on = models.DateField(_("left on"), null=True, blank=True)

    objects = RepQuerySet.as_manager()

    class Meta:
        verbose_name = _("rep")
        verbose_name_plural = _("reps")
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "id"], name="rep_in_organization"
            ),
            models.UniqueConstraint(
                fields=["organization", "user"], name="rep_once_per_person"
            ),
            models.CheckConstraint(
                condition=Q(left_on__isnull=True)
                | Q(joined_on__isnull=True)
                | Q(left_on__gte=F("joined_on")),
                name="rep_leaves_after_joining",
                violation_error_message=_("The last day comes before the first."),
            ),
            SameOrganization("team", name="rep_same_organization_team"),
            SameOrganization("user", name="rep_same_organization_user"),
            SameOrganization("segment", name="rep_same_organization_segment"),
        ]

    def __str__(self):
        return self.name

    def local_date(self, at: datetime) -> date:
        """The day it is for this rep; the organization's for one who never signs in."""
        if self.user and self.user.time_zone:
            return self.user.local_date(at)
        return at.astimezone(self.organization.zone).date()

    @transaction.atomic
    def change_team(self, team, *, since: date, by, at: datetime, why: str = ""):
        """Sell in this team from that day on: what was won before stays where it was.

        The database keeps the days (`Membership`). It refuses a day that is still to
        come, and one that is over without a reason.
        """
        say_who_and_why(by=by, why=why, at=at, since=since)
        self.team = team
        self.save(update_fields=["team"])

    @transaction.atomic
    def give_address(self, email: str):
        """Let them sign in: as whoever has the address already, or as a new person."""
        people = User.objects.filter(organization=self.organization_id)
        self.user = people.filter(email__iexact=email).first() or (
            User.objects.create_user(
                email, organization_id=self.organization_id, name=self.name
            )
        )
        self.save(update_fields=["user"])
