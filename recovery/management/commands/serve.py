"""`make run`: the app on its own data: web, worker and beat in one process.

An empty database is first given an organization and its admin; so is an organization
that came with an import, since nobody could sign in to it.
"""

import os
import sys
from contextlib import contextmanager
from getpass import getpass

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone

from recovery.embedded.os_user import CannotStart
from recovery.embedded.serve import serve
from recovery.management.server_command import ServerCommand
from reps.create_organization import create_organization
from reps.models import Organization, User

PASSWORD = "ADMIN_PASSWORD"


@contextmanager
def _sentences():
    """What is wrong with an answer, as a sentence to end with."""
    try:
        yield
    except ValidationError as error:
        raise CannotStart(" ".join(error.messages)) from error


class Command(ServerCommand):
    help = (
        "Runs the app. If there is no organization yet, or one without an admin, makes "
        f"them first: asks, or takes the options and the password in ${PASSWORD}."
    )

    def add_arguments(self, parser):
        parser.add_argument("--organization", metavar="NAME", help="its name")
        parser.add_argument("--name", help="the admin's name")
        parser.add_argument("--email", help="the admin's e-mail, to sign in with")

    def start(self, *, organization, name, email, **options) -> None:
        serve(
            fill=lambda: self.fill(organization, name, email),
            say_it_runs=self.say_it_runs,
        )

    def fill(self, organization, name, email) -> None:
        """An organization if there is none, and an admin for each that has none."""
        if not Organization.objects.exists():
            self.first_organization(organization, name, email)
        with_admin = User.objects.active_admins().values("organization")
        for known in Organization.objects.exclude(pk__in=with_admin):
            self.give_admin(known, name, email)

    def give_admin(self, organization, name, email) -> None:
        """The one the options name, unless they named somebody before.

        One organization without an admin keeps no other from working: where nobody can
        be asked, it is said, and the server starts.
        """
        if email and User.objects.filter(email__iexact=email.strip()).exists():
            name = email = None
        if sys.stdin.isatty():
            self.say(f"{organization} has no admin yet. Who sets it up?")
        elif User.objects.active_admins().exists() and not (
            name and email and os.environ.get(PASSWORD)
        ):
            self.stderr.write(
                f"{organization} has no admin yet, so nobody can set it up: start once "
                f"on a terminal, or give --name, --email and ${PASSWORD} of its own."
            )
            return
        admin = self.admin_to_be(name, email)
        admin.organization = organization
        self.save(admin)

    def say_it_runs(self) -> None:
        self.say(f"Second Wind is running at {settings.SITE_URL}\nCtrl-C stops it.")

    def first_organization(self, organization, name, email) -> None:
        """The first organization, and the admin who adds everybody else."""
        if sys.stdin.isatty():
            self.say("There is no organization yet. Let us found it.")
        organization = organization or self.answer("--organization", "Its name: ")
        admin = self.admin_to_be(name, email)
        with transaction.atomic(), _sentences():
            Organization(name=organization).clean_fields()
            admin.organization = create_organization(
                organization, today=timezone.localdate()
            )
            self.save(admin)
        self.say(
            f"{organization} is there. Sign in as {admin.email}: you are asked which "
            "team you run, and see what is left to bring in."
        )

    def admin_to_be(self, name, email) -> User:
        """Asks for what no option gives."""
        name = name or self.answer("--name", "Your name: ")
        email = email or self.answer("--email", "Your e-mail: ", validate_email)
        admin = User(name=name, email=email.strip().lower(), is_admin=True)
        password = os.environ.get(PASSWORD) or self.password_for(admin)
        with _sentences():
            validate_password(password, admin)
        admin.set_password(password)
        return admin

    def save(self, admin: User) -> None:
        with _sentences():
            admin.full_clean()
            admin.save()

    def password_for(self, admin) -> str:
        """Twice the same, since nobody sees what they type."""
        while True:
            password = self.answer(
                f"${PASSWORD}",
                "A password: ",
                lambda password: validate_password(password, admin),
                ask=getpass,
            )
            if getpass("Once more: ") == password:
                return password
            self.say("Those were two different ones.")

    def answer(self, option, question, rule=None, ask=input) -> str:
        """Ask on the terminal until the answer will do."""
        if not sys.stdin.isatty():
            raise CannotStart(
                "There is no admin yet, and no terminal to ask on: give "
                f"--organization, --name and --email, and ${PASSWORD} in the "
                f"environment. Missing: {option}."
            )
        while True:
            answer = ask(question).strip()
            try:
                if rule:
                    rule(answer)
            except ValidationError as error:
                self.say(" ".join(error.messages))
            else:
                if answer:
                    return answer
