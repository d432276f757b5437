"""Check-ins and their answers as a file, to be read."""

from datetime import timedelta

import pytest
from django.urls import reverse

from plans.models import Energy
from tests.factories.check_ins import CheckInFactory
from tests.factories.reps import MONDAY, NOON, RepFactory
from tests.list_files import in_csv, in_sheet, name_of

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("thursday_of_week_6"),
]
FILE = reverse("plans:check_in_file")


@pytest.fixture
def check_ins(rep):
    """Two weeks of Theo's, of which one is answered; and how he felt."""
    of = {"organization": rep.organization}
    before = MONDAY - timedelta(weeks=1)
    said = {"moved": "Larkspur", "stuck": "=legal()", "learned": "Ask first"}
    earlier = CheckInFactory(rep=rep, week=before, **said, **of)
    earlier.answer("Call them.", by=rep.team.manager, at=NOON)
    earlier.answer("-And Ana.", by=rep.team.manager, at=NOON)
    Energy.objects.note(2, rep=rep, week=before)
    return [CheckInFactory(rep=rep, **of), earlier]


def taken_by(client, user, **query):
    client.force_login(user)
    return client.get(FILE, query)


def test_the_latest_week_comes_first_with_words_and_answers(client, rep, check_ins):
    answer = taken_by(client, rep.team.manager)
    assert name_of(answer) == 'attachment; filename="check-ins.csv"'
    header, latest, earlier = in_csv(answer)
    assert header == [
        *("Rep", "Rep email", "Week", "Checked in at", "Written by", "What moved"),
        *("Where I am stuck", "What I learned", "Answers", "Stands"),
    ]
    whose = ["Theo Lindqvist", rep.user.email]
    when = ["2026-11-12 12:00", "Theo Lindqvist"]
    assert latest == [
        *whose,
        "2026-11-09",
        *when,
        *("Quill & Co is in Contract.", "", "", "", "Not answered yet."),
    ]
    assert earlier == [
        *whose,
        "2026-11-02",
        *when,
        *("Larkspur", "'=legal()", "Ask first"),
        "Erin Castellano: Call them.\nErin Castellano: -And Ana.",
        "It is answered.",
    ]


def test_a_workbook_has_the_same(client, rep, check_ins):
    answer = taken_by(client, rep.user, **{"as": "xlsx"})
    _header, _latest, earlier = in_sheet(answer)
    assert earlier[6] == "=legal()"
    assert str(earlier[3]) == "2026-11-12 12:00:00"


def test_nobody_reads_in_it_what_they_may_not(client, rep, check_ins, leader):
    """A leader above learns on the page that there is one, and when."""
    of = {"organization": rep.organization}
    peer = RepFactory(team=rep.team, **of)
    CheckInFactory(rep=peer, moved="A canary", **of)
    assert len(in_csv(taken_by(client, rep.team.manager))) == 4
    assert "canary" not in str(in_csv(taken_by(client, rep.user)))
    assert taken_by(client, rep.user, rep=peer.pk).status_code == 404
    assert in_csv(taken_by(client, leader))[1:] == []
    assert in_csv(taken_by(client, leader, rep=rep.pk))[1:] == []


def test_whoever_stands_in_reads_them_today(client, rep, check_ins, noor):
    answer = taken_by(client, noor, rep=rep.pk)
    assert len(in_csv(answer)) == 3


def test_a_page_offers_it_to_who_reads_any(client, rep, check_ins, leader):
    def shown(user, name, *args):
        client.force_login(user)
        return client.get(reverse(name, args=args)).text

    manager = rep.team.manager
    assert f'href="{FILE}?selling=1"' in shown(manager, "plans:check_ins")
    assert FILE not in shown(leader, "plans:check_ins")
    assert f'href="{FILE}?rep={rep.pk}"' in shown(rep.user, "plans:rep_detail", rep.pk)
    assert FILE not in shown(leader, "plans:rep_detail", rep.pk)


@pytest.mark.parametrize("more", [0, 9])
def test_it_costs_the_same_however_many(
    client, rep, check_ins, more, django_assert_num_queries
):
    for week in range(more):
        earlier = MONDAY - timedelta(weeks=week + 2)
        CheckInFactory(rep=rep, week=earlier, organization=rep.organization)
    client.force_login(rep.team.manager)
    # Session, user, runs a team, how many, the check-ins, their answers.
    with django_assert_num_queries(6):
        client.get(FILE).getvalue()
