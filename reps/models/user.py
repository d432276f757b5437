"""A person who may sign in: by e-mail, into one organization."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.contrib.auth.models import (
    AbstractBaseUser,
    BaseUserManager,
    PermissionsMixin,
)
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from reps.models.organization import Organization, known_time_zone


class UserQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Oneself; an organization's admin sees all its people."""
        if user.is_admin:
            return self.filter(organization=user.organization_id)
        return self.filter(pk=user.pk)

    def editable_by(self, user):
        """An admin keeps the people of the organization."""
        return self.visible_to(user) if user.is_admin else self.none()

    def stand_ins_named_by(self, user):
        """Managers whose stand-ins this person names: oneself, an admin's anybody."""
        return self.visible_to(user).filter(teams__isnull=False).distinct()

    def invitable_by(self, user):
        """People with an address who may sign in and have not done so yet."""
        waiting = self.editable_by(user).filter(is_active=True, last_login=None)
        return waiting.exclude(email=None)

    def able_to_stand_in(self, day: date):
        """Who can sign in; of those who sell no more, whoever has another part here."""
        sells = Q(rep__left_on=None) | Q(rep__left_on__gte=day)
        has_another_part = Q(teams__isnull=False) | Q(is_admin=True)
        here = self.filter(sells | has_another_part, is_active=True)
        return here.exclude(email=None).distinct()

    def active_admins(self):
        """Those who can sign in and keep their organization."""
        return self.filter(is_admin=True, is_active=True).exclude(email=None)

    def admins_of(self, user):
        """Who keeps this person's organization: whom to ask, who came first before."""
        here = self.active_admins().filter(organization=user.organization_id)
        return here.order_by("pk")


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):
    def get_queryset(self):
        """With the organization, which every page asks for: its zone, its currency."""
        return super().get_queryset().select_related("organization")

    def create_user(self, email, password=None, **facts):
        """Add a person. Without a password they set one from a mailed link."""
        user = self.model(email=email.strip().lower() if email else None, **facts)
        user.set_password(password)  # None: unusable until they choose one
        user.save()
        return user

    def create_superuser(self, email, password=None, **facts):
        """The operator, who alone sees Django's own admin."""
        facts |= {"is_staff": True, "is_superuser": True}
        facts["organization"] = Organization.objects.get(pk=facts["organization"])
        return self.create_user(email, password, **facts)


class User(AbstractBaseUser, PermissionsMixin):
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="people"
    )
    email = models.EmailField(
        _("e-mail"),
        unique=True,
        null=True,
        blank=True,
        help_text=_("Without one a person cannot sign in and gets no mail."),
    )
    name = models.CharField(_("name"), max_length=120)
    time_zone = models.CharField(
        _("time zone"),
        max_length=64,
        blank=True,
        validators=[known_time_zone],
        help_text=_("Left empty, the organization's."),
    )
    wants_nudges = models.BooleanField(
        _("gets nudges"), default=True, help_text=_("Off: unsubscribed from them.")
    )
    is_admin = models.BooleanField(
        _("keeps the organization"),
        default=False,
        help_text=_("Adds people, teams, quarters, quotas and stages."),
    )
    is_hr_partner = models.BooleanField(_("HR partner"), default=False)
    is_active = models.BooleanField(_("may sign in"), default=True)
    is_staff = models.BooleanField(_("operator"), default=False)
    invited_at = models.DateTimeField(_("invited at"), null=True, blank=True)

    KEPT_BY_ADMIN = (
        "name",
        "email",
        "time_zone",
        "is_admin",
        "is_hr_partner",
        "is_active",
    )
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name", "organization"]

    objects = UserManager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "id"], name="user_in_organization"
            ),
            models.UniqueConstraint(
                Lower("email"),
                name="user_email_whatever_its_case",
                violation_error_message=_("Somebody already has this address."),
            ),
        ]

    def __str__(self):
        return self.name

    def get_full_name(self):
        return self.name

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone) if self.time_zone else self.organization.zone

    def local_date(self, at: datetime) -> date:
        """The day it is for this person at that instant."""
        return at.astimezone(self.zone).date()

    def forget_old_addresses(self):
        """Sign-in keeps its own list of addresses: only today's opens this account."""
        self.emailaddress_set.exclude(email=self.email or "").delete()

    def want_nudges(self, wanted: bool):
        """Get the weekly letters, or none of them."""
        self.wants_nudges = wanted
        self.save(update_fields=["wants_nudges"])

    def mark_invited(self, *, at: datetime):
        """Remember when the link to set a password went out."""
        self.invited_at = at
        self.save(update_fields=["invited_at"])
