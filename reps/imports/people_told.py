"""What comes of a file of people, in words."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import islice

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reps.domain.files.people_rows import PersonRow
from reps.imports.file_kind import SHOWN, ShownRow, Verdict
from reps.imports.file_words import day_words
from reps.imports.place_people import Placing
from reps.imports.who_is_who import Somebody, address_of
from reps.models import Team

LISTED = 8  # names in a sentence


def columns() -> list[str]:
    return [
        _("Name"),
        _("E-mail"),
        _("Team"),
        _("Manager"),
        _("Time zone"),
        _("Started"),
        _("Left"),
    ]


def shown(
    placings: Iterable[Placing],
    left_out: Iterable[PersonRow],
    of_teams: Iterable[tuple[int, Verdict, Team]],
    teams: Iterable[Team],
) -> list[ShownRow]:
    """The first rows as they stand by now: of people, and of teams alone."""
    by_id = {team.pk: team for team in teams}
    run: dict[int, list[str]] = defaultdict(list)
    for team in by_id.values():
        if team.manager_id:
            run[team.manager_id].append(team.name)
    rows = [
        *(ShownRow(row, verdict, _of_team(team)) for row, verdict, team in of_teams),
        *(
            ShownRow(row.row, Verdict.LEFT_OUT, _of_file(row))
            for row in islice(left_out, SHOWN)
        ),
        *(
            ShownRow(one.row.row, one.verdict, _of_person(one.person, by_id, run))
            for one in islice(placings, SHOWN)
        ),
    ]
    return sorted(rows, key=lambda shown: shown.row)[:SHOWN]


def _of_team(team: Team) -> list[str]:
    manager = team.manager.name if team.manager else ""
    return ["", "", team.name, manager, "", "", ""]


def _of_person(person: Somebody, teams, run) -> list[str]:
    user, rep = person.user, person.rep
    team = teams[rep.team_id] if rep else None
    runs = run.get(user.pk, []) if user else []
    place = team.name if team else ""
    if not team and runs:
        place = _("runs %(teams)s") % {"teams": ", ".join(runs)}
    return [
        rep.name if rep else user.name,
        address_of(user),
        place,
        team.manager.name if team and team.manager else "",
        user.time_zone if user else "",
        day_words(rep and rep.joined_on),
        day_words(rep and rep.left_on),
    ]


def _of_file(row: PersonRow) -> list[str]:
    return [
        row.who.name,
        row.who.email,
        row.team,
        row.manager.name or row.manager.email,
        row.time_zone,
        day_words(row.joined_on),
        day_words(row.left_on),
    ]


def teams_added(teams: Sequence[Team]) -> Iterable[str]:
    if teams:
        words = ngettext(
            "%(count)d team is added: %(names)s.",
            "%(count)d teams are added: %(names)s.",
            len(teams),
        )
        yield _named(words, [team.name for team in teams])


def teams_changed(names: Sequence[str]) -> Iterable[str]:
    if names:
        words = ngettext(
            "%(names)s has another manager or team above.",
            "%(names)s have another manager or team above.",
            len(names),
        )
        yield _named(words, names)


def offices(names: Sequence[str]) -> Iterable[str]:
    if names:
        words = ngettext(
            "%(names)s has several managers in the file: each has an own team.",
            "%(names)s have several managers in the file: each has an own team.",
            len(names),
        )
        yield _named(words, names)


def managers_added(names: Sequence[str]) -> Iterable[str]:
    if names:
        words = ngettext(
            "%(count)d manager without a row of their own is added: %(names)s.",
            "%(count)d managers without a row of their own are added: %(names)s.",
            len(names),
        )
        yield _named(words, names)


def only_managers(names: Sequence[str]) -> Iterable[str]:
    if names:
        words = ngettext(
            "%(names)s runs a team and is not taken to sell. If they do, choose their"
            " team under People.",
            "%(names)s run a team and are not taken to sell. If they do, choose their"
            " team under People.",
            len(names),
        )
        yield _named(words, names)


def may_be_invited(count: int) -> Iterable[str]:
    if count:
        words = ngettext(
            "%(count)d new person has an address. Nobody is written to by this.",
            "%(count)d new people have an address. Nobody is written to by this.",
            count,
        )
        yield words % {"count": count}


def left_and_may_sign_in(names: Sequence[str]) -> Iterable[str]:
    if names:
        words = ngettext(
            "%(names)s has left and may still sign in: take that away under People.",
            "%(names)s have left and may still sign in: take that away under People.",
            len(names),
        )
        yield _named(words, names)


def _named(words: str, names: Sequence[str]) -> str:
    listed = ", ".join(names[:LISTED])
    if len(names) > LISTED:
        more = {"names": listed, "count": len(names) - LISTED}
        listed = _("%(names)s and %(count)d more") % more
    return words % {"count": len(names), "names": listed}
