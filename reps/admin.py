"""Django's admin, the operator's alone: organizations and who may sign in.

What people sell, plan or write is not here; an organization's own admin works on the
pages of the app.
"""

from allauth.account.admin import EmailAddress
from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm
from django.contrib.auth.models import Group
from django.utils.translation import gettext_lazy as _

from reps.models import Organization, User

admin.site.unregister([Group, EmailAddress])
admin.site.site_header = _("Second Wind, for its operator")
# The same door as everybody's, with its limit on wrong guesses.
admin.site.login = secure_admin_login(admin.site.login)


@admin.register(Organization)
class OrganizationAdmin(admin.ModelAdmin):
    list_display = ["name", "currency", "time_zone"]
    search_fields = ["name"]
    # What weeks began on, and since when, is kept by the organization's own verb.
    exclude = ["first_day_of_week", "earlier_first_days", "first_day_changed_in"]


class AddPersonForm(AdminUserCreationForm):
    class Meta(AdminUserCreationForm.Meta):
        model = User
        fields = ["email", "name", "organization"]
        field_classes = {}


@admin.register(User)
class PersonAdmin(UserAdmin):
    add_form = AddPersonForm
    ordering = ["organization", "name"]
    list_display = ["name", "email", "organization", "is_admin", "is_active"]
    list_filter = ["is_active", "is_admin", "is_hr_partner", "is_staff"]
    search_fields = ["name", "email"]
    filter_horizontal = []
    fieldsets = [
        (None, {"fields": ["email", "password", "name", "time_zone"]}),
        (_("What they do"), {"fields": ["is_admin", "is_hr_partner"]}),
        (_("Signing in"), {"fields": ["is_active", "is_staff", "is_superuser"]}),
        (None, {"fields": ["organization", "last_login"]}),
    ]
    add_fieldsets = [
        (
            None,
            {
                "classes": ["wide"],
                "fields": [
                    "email",
                    "name",
                    "organization",
                    "usable_password",
                    "password1",
                    "password2",
                ],
            },
        ),
    ]
    readonly_fields = ["last_login"]

    def get_readonly_fields(self, request, obj=None):
        """A person's rows all belong to the organization; nobody is moved out of it."""
        return [*self.readonly_fields, "organization"] if obj else self.readonly_fields
