"""`manage.py check_set_up`: is everything there that Second Wind runs on?

Says for each thing how it stands and what to do; exit code 1 if something is broken.
It runs whether or not the web does, and the database.
"""

import sys

from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.forms import ValidationError

from recovery.set_up_checks import look_at_everything
from recovery.set_up_checks.finding import Finding
from recovery.set_up_checks.mail import send_test_letter

SECONDS = 15  # the embedded database may have to start first
STYLES = {"fine": "SUCCESS", "look": "WARNING", "broken": "ERROR"}


class Command(BaseCommand):
    help = "Says how everything stands that Second Wind runs on, and what to do."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument(
            "--send-test-letter-to",
            metavar="ADDRESS",
            help="send one letter there instead, and show what the mail server said",
        )

    def handle(self, *, send_test_letter_to, **options) -> None:
        if send_test_letter_to is not None:
            found = [("Test letter", self.letter_to(send_test_letter_to))]
        else:
            looked_at = look_at_everything(seconds=SECONDS)
            found = [(check.name, finding) for check, finding in looked_at]
        for name, finding in found:
            self.say(str(name), finding)
        if any(finding.is_broken for _, finding in found):
            sys.exit(1)

    def letter_to(self, address: str) -> Finding:
        try:
            validate_email(address)
        except ValidationError as error:
            raise CommandError("That is no e-mail address.") from error
        return send_test_letter(address)

    def say(self, name: str, finding: Finding) -> None:
        level = getattr(self.style, STYLES[finding.level])(f"{finding.level.label:<13}")
        self.stdout.write(f"{level} {name:<17} {finding.fact}")
        if finding.what_to_do:
            self.stdout.write(f"{'':<32}{finding.what_to_do}")
