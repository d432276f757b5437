"""Do what waits to be done with the files that people brought.

One job is one transaction, from its claim to its end: whoever is killed leaves it
waiting and nothing done. A look at what would happen is the import itself, rolled back.
"""

import logging
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from reps.domain.files.unreadable import Unreadable
from reps.imports.answers import Answers, answers_from, as_json
from reps.imports.bad_rows import bad_rows_file
from reps.imports.column_questions import column_questions
from reps.imports.file_kind import BroughtIn, FileKind, Scope
from reps.imports.file_kinds import FILE_KINDS
from reps.imports.file_words import why_unreadable
from reps.imports.look_at_file import FileLook, look_at_file
from reps.imports.progress import EVERY, ProgressWriter, Stopped
from reps.imports.reading import (
    headers_of,
    is_download_of_ours,
    reading_of,
    result_of,
)
from reps.imports.take_back import NotTheLast, take_back
from reps.models import ColumnMatch, FileImport, FilePiece, Team
from reps.models.import_lock import try_import_lock
from reps.models.import_progress import ImportProgress

TRIES = 3
PASSES = 3  # through a file, until it is known what is in it

logger = logging.getLogger(__name__)
Doing = ImportProgress.Doing
State, Ended = FileImport.State, FileImport.Ended


def do_next_job() -> bool:
    """The one that waits longest; False if there is none for us."""
    with transaction.atomic():
        waiting = FileImport.objects.waiting()
        file_import = waiting.select_related("organization", "by", "progress").first()
        if file_import is None:
            return False
        with ProgressWriter(file_import.progress) as writer:
            if writer.tries > TRIES:
                file_import.end_job(ended=Ended.DIED)
            else:
                _do(file_import, writer)
    return True


def _do(file_import: FileImport, writer: ProgressWriter):
    """Do it, or note why not, with nothing done."""
    try:
        with transaction.atomic():
            came = JOBS[file_import.job](file_import, writer)
    except _NotAsShown:  # it is read once more, and shown as it is by now
        file_import.end_job(job=FileImport.Job.READ, leaves_bad_rows_out=False)
    except Stopped:
        file_import.end_job(ended=Ended.STOPPED)
    except NotTheLast:  # another one came in meanwhile
        file_import.end_job()
    except Unreadable as error:
        why = why_unreadable(error)
        file_import.end_job(state=State.UNREADABLE, why_ended=why)
    except Exception as error:
        if connection.closed_in_transaction or connection.needs_rollback:
            raise  # nothing can be noted any more: the next try will
        logger.exception("The %s of import %s failed", file_import.job, file_import.pk)
        file_import.end_job(ended=Ended.FAILED, why_ended=repr(error)[:1000])
    else:
        file_import.end_job(**came)


def _read(file_import: FileImport, writer: ProgressWriter) -> dict[str, Any]:
    """What is in it; and once nothing is to be asked any more, what would happen."""
    job = _Job(file_import, writer)
    job.look()
    came = {
        "reading": reading_of(job.seen, job.asked, job.words),
        "answers": as_json(job.answers),
        "columns_agreed": job.agreed,
    }
    if not job.is_clear:
        return came | {"state": State.ASKS}
    brought = job.rehearse()
    state = State.ASKS if brought.twins else State.READY
    return came | {"state": state, "result": job.told(brought)}


def _bring_in(file_import: FileImport, writer: ProgressWriter) -> dict[str, Any]:
    """The same, and this time it stays; unless there is more to ask or mend by now."""
    job = _Job(file_import, writer)
    job.look()
    if job.is_clear:
        brought = job.bring_in()
        if job.is_as_shown(brought):
            return {
                "state": State.BROUGHT_IN,
                "brought_in_at": job.scope.at,
                "result": job.told(brought),
            }
    raise _NotAsShown


def _take_back(file_import: FileImport, writer: ProgressWriter) -> dict[str, Any]:
    """As far as nobody worked on it since."""
    by, at = file_import.taken_back_by, timezone.now()
    _wait_for_its_turn(file_import, writer)
    writer.begin(Doing.TAKING_BACK)
    taken = take_back(file_import, by=by, at=at)
    told = asdict(taken) | {"said": taken.said}
    return {"result": file_import.result | {"taken_back": told}}


def _wait_for_its_turn(file_import: FileImport, writer: ProgressWriter):
    """Until no other import into the organization is under way. Raises `Stopped`."""
    while not try_import_lock(file_import.organization):
        writer.begin(Doing.WAITING)
        time.sleep(EVERY)


class _NotAsShown(Exception):
    """There are bad rows by now, or rows to be asked about, that nobody has seen."""


class _Rehearsed(Exception):
    """Undoes what a look at it does, and says what that was."""

    def __init__(self, brought: BroughtIn):
        super().__init__()
        self.brought = brought


JOBS: dict[str, Callable[[FileImport, ProgressWriter], dict[str, Any]]] = {
    FileImport.Job.READ: _read,
    FileImport.Job.BRING_IN: _bring_in,
    FileImport.Job.TAKE_BACK: _take_back,
}


class _Job:
    """A file, what was said of it, and for whom it is read."""

    def __init__(self, file_import: FileImport, writer: ProgressWriter):
        self.file_import, self.writer = file_import, writer
        self.kind: FileKind = FILE_KINDS[file_import.kind]
        self.answers: Answers = answers_from(file_import.answers)
        self.agreed = file_import.columns_agreed
        by = file_import.by
        teams = None
        if not by.is_admin:
            teams = frozenset(Team.objects.imported_by(by).values_list("pk", flat=True))
        self.scope = Scope(
            file_import.organization,
            timezone.now(),
            by=by,
            teams=teams,
            file_import=file_import.pk,
        )

    def look(self):
        """Read it to its end: with what was said of such headers, unless more was."""
        self.writer.begin(Doing.READING, PASSES * self.file_import.size)
        self.seen = self._look()
        said = self.file_import.answers
        if not self.agreed and not said.keys() - {"sheet"}:
            remembered = ColumnMatch.objects.remembered(
                self.file_import.organization,
                self.file_import.kind,
                headers_of(self.seen),
            )
            if remembered is not None:
                self.answers, self.agreed = answers_from(remembered | said), True
                self.seen = self._look(self.seen)
            elif is_download_of_ours(self.seen):
                self.agreed = True
        home = self.scope.organization.currency
        self.asked = column_questions(self.seen, self.answers, home)
        self.words = self.kind.matches(self.seen, self.answers, self.scope)

    def _look(self, before: FileLook | None = None) -> FileLook:
        return look_at_file(
            self._opened,
            self.answers,
            kinds=self.file_import.read_as,
            today=self.scope.today,
            before=before,
            passed=self._passed,
        )

    def _opened(self) -> Iterator[bytes]:
        content = FilePiece.objects.content_of(self.file_import, FilePiece.Part.FILE)
        for piece in content:
            yield piece
            self._passed(len(piece))

    def _passed(self, size: int):
        self.writer.done += size
        self.writer.check()

    @property
    def is_clear(self) -> bool:
        """Whether nobody has to say anything first."""
        is_open = any(match.answer is None for match in self.words)
        return self.agreed and not self.asked and not is_open

    def rehearse(self) -> BroughtIn:
        """Bring it in and roll it back: what is shown is what would happen."""
        try:
            with transaction.atomic():
                raise _Rehearsed(self.bring_in())
        except _Rehearsed as rehearsed:
            return rehearsed.brought

    def bring_in(self) -> BroughtIn:
        _wait_for_its_turn(self.file_import, self.writer)
        come = self.kind.bring_in(self.seen, self.answers, self.scope, self.writer.rows)
        self.writer.begin(Doing.CHECKING)
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        self.writer.check()
        return come

    def is_as_shown(self, brought: BroughtIn) -> bool:
        """Whether what comes in asks no more than whoever said so has seen."""
        may_be_bad = self.file_import.leaves_bad_rows_out or not brought.complaints
        return may_be_bad and not brought.twins

    def told(self, brought: BroughtIn) -> dict[str, Any]:
        bad_rows = bad_rows_file(self.seen, brought.complaints)
        FilePiece.objects.keep_bad_rows(self.file_import, bad_rows)
        return result_of(self.seen, brought)
