"""`make run`: the app on its own data: web, worker and beat in one process.

An empty database is first given an organization and somebody who keeps it.
"""

import os
import sys
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


class Command(ServerCommand):
    help = (
        "Runs the app. If there is no organization yet, makes it and its admin first: "
        f"asks for them, or takes the options and the password in ${PASSWORD}."
    )

    def add_arguments(self, parser):
        parser.add_argument("--organization", metavar="NAME", help="its name")
        parser.add_argument("--name", help="the admin's name")
        parser.add_argument("--email", help="the admin's e-mail, to sign in with")

    def start(self, *, organization, name, email, **options) -> None:
        def fill():
            if not Organization.objects.exists():
                self.found(organization, name, email)

        serve(fill=fill, say_it_runs=self.say_it_runs)

    def say_it_runs(self) -> None:
        self.say(f"Second Wind is running at {settings.SITE_URL}\nCtrl-C stops it.")

    def found(self, organization, name, email) -> None:
        """The first organization, and the admin who adds everybody else."""
        if sys.stdin.isatty():
            self.say("There is no organization yet. Let us found it.")
        organization = organization or self.answer("--organization", "Its name: ")
        name = name or self.answer("--name", "Your name: ")
        email = email or self.answer("--email", "Your e-mail: ", validate_email)
        admin = User(name=name, email=email.strip().lower(), is_admin=True)
        password = os.environ.get(PASSWORD) or self.password_for(admin)
        try:
            Organization(name=organization).clean_fields()
            validate_password(password, admin)
            admin.set_password(password)
            admin.clean_fields(exclude=["organization"])
        except ValidationError as error:
            raise CannotStart(" ".join(error.messages)) from error
        with transaction.atomic():
            admin.organization = create_organization(
                organization, today=timezone.localdate()
            )
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
                "There is no organization yet, and no terminal to ask on: give "
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
