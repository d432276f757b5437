"""People and their teams, as a page brings them in.

An import adds people and fills in what is not known of them. It makes nobody an admin,
invites nobody, and moves nobody without a day (`known_people`).
"""

from collections.abc import Sequence
from datetime import date

from django.db.models import QuerySet

from reps.domain.files.fields import Fact
from reps.domain.files.questions import Asks, WordMatch
from reps.imports.answers import Answers
from reps.imports.file_kind import BroughtIn, Progress, Scope
from reps.imports.look_at_file import FileLook
from reps.imports.people_file import PeopleFile, good_rows
from reps.imports.place_people import Placing
from reps.imports.who_is_who import everybody, people_of, person_choices
from reps.models import FileImport, User


def invitable_from(file_import: FileImport, *, by: User, today: date) -> QuerySet[User]:
    """Those new by this import who may be sent a link to sign in, and were not yet."""
    made = file_import.result.get("made", {}).get("user", [])
    people = User.objects.invitable_by(by).filter(pk__in=made, invited_at=None)
    return people.exclude(rep__left_on__lt=today).order_by("name", "pk")


class PeopleKind:
    def matches(
        self, look: FileLook, answers: Answers, scope: Scope
    ) -> Sequence[WordMatch]:
        """Only those who may be one of ours, or two: whoever is nobody's name is new.

        A file whose columns are still asked about is asked about these first.
        """
        if not {Fact.NAME, Fact.LAST_NAME} & look.columns.keys():
            return []
        rows = good_rows(look, answers, scope, [])
        return everybody(rows, people_of(scope.organization), answers).matches

    def choices(self, asks: Asks, scope: Scope) -> Sequence[tuple[str, str]]:
        return person_choices(people_of(scope.organization))

    def bring_in(
        self,
        look: FileLook,
        answers: Answers,
        scope: Scope,
        progress: Progress[Placing],
    ) -> BroughtIn:
        return PeopleFile(look, answers, scope).bring_in(progress)
