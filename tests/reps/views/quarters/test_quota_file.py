"""Quotas as a file, which an import reads again."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from reps.domain.files.fields import Fact, Kind
from reps.domain.files.our_headers import are_ours
from tests.factories.reps import (
    QuarterFactory,
    QuotaFactory,
    RepFactory,
    TeamFactory,
    UserFactory,
    revise,
)
from tests.list_files import as_read, in_csv, in_sheet, name_of

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("thursday_of_week_6"),
]
FILE = reverse("reps:quota_file")
Q3 = {"name": "Q3 2026", "starts_on": date(2026, 7, 6), "ends_on": date(2026, 10, 4)}


@pytest.fixture
def quarter(rep):
    return QuarterFactory(organization=rep.organization)


@pytest.fixture
def mate(rep):
    return RepFactory(name="+Mia", team=rep.team, organization=rep.organization)


@pytest.fixture
def quotas(rep, mate, quarter):
    """Theo's in two quarters, and one of a newcomer beside him."""
    before = QuarterFactory(organization=rep.organization, **Q3)
    QuotaFactory(rep=rep, quarter=before, amount=Decimal("90000.50"))
    QuotaFactory(rep=rep, quarter=quarter, amount=100_000)
    facts = {"ramp": Decimal("0.5"), "starts_on": date(2026, 11, 2)}
    QuotaFactory(rep=mate, quarter=quarter, amount=80_000, **facts)
    return before


def taken_by(client, user, **query):
    client.force_login(user)
    return client.get(FILE, query)


def test_each_stands_with_its_quarter_its_ramp_and_its_start(client, rep, quotas):
    header, mia, theo, earlier = in_csv(taken_by(client, rep.team.manager))
    assert header == [
        *("Rep", "Rep email", "Quarter", "Quota", "Ramp", "Starts on", "Holds from")
    ]
    assert mia[0] == "'+Mia"
    assert mia[2:] == ["Q4 2026", "80000.00", "0.5", "2026-11-02", ""]
    whose = ["Theo Lindqvist", rep.user.email]
    assert theo == [*whose, "Q4 2026", "100000.00", "", "", ""]
    assert earlier == [*whose, "Q3 2026", "90000.50", "", "", ""]


def test_an_import_knows_its_columns(client, rep, mate, quotas):
    mia, *_others = as_read(taken_by(client, rep.team.manager), Kind.QUOTAS)
    assert mia == {
        Fact.OWNER: "+Mia",
        Fact.OWNER_EMAIL: mate.user.email,
        Fact.QUARTER: "Q4 2026",
        Fact.AMOUNT: "80000.00",
        Fact.RAMP: "0.5",
        Fact.STARTS_ON: "2026-11-02",
    }


def test_in_a_workbook_amounts_and_shares_are_numbers(client, rep, quotas):
    answer = taken_by(client, rep.team.manager, **{"as": "xlsx"})
    _header, mia, *_others, earlier = in_sheet(answer)
    assert mia[3:5] == [80_000, 0.5]
    assert str(mia[5]) == "2026-11-02 00:00:00"
    assert earlier[3:5] == [90_000.5, None]


def test_one_that_was_changed_within_its_quarter_has_a_row_for_each_day(
    client, rep, quarter
):
    quota = QuotaFactory(rep=rep, quarter=quarter, amount=100_000)
    revise(quota, 80_000, holds_from=date(2026, 11, 2))
    revise(quota, 0, holds_from=date(2026, 12, 7))
    header, *rows = in_csv(taken_by(client, rep.team.manager))
    assert are_ours(Kind.QUOTAS, header)
    assert [(row[3], row[-1]) for row in rows] == [
        ("100000.00", ""),
        ("80000.00", "2026-11-02"),
        ("0.00", "2026-12-07"),
    ]


def whose(answer):
    return [row[0] for row in in_csv(answer)[1:]]


def test_it_keeps_to_the_quarter_the_team_and_the_rep(client, rep, mate, quotas):
    manager = rep.team.manager
    answer = taken_by(client, manager, quarter=quotas.pk)
    assert name_of(answer) == 'attachment; filename="quotas Q3 2026.csv"'
    assert whose(answer) == ["Theo Lindqvist"]
    assert whose(taken_by(client, manager, rep=mate.pk)) == ["'+Mia"]
    assert len(whose(taken_by(client, manager, team=rep.team.pk))) == 3
    assert taken_by(client, manager, quarter=rep.pk + 999).status_code == 404


def test_a_rep_has_their_own_and_nobody_else_s(client, rep, mate, quotas):
    assert set(whose(taken_by(client, rep.user))) == {"Theo Lindqvist"}
    assert taken_by(client, rep.user, rep=mate.pk).status_code == 404
    assert taken_by(client, rep.user, team=rep.team.pk).status_code == 404


def test_an_admin_has_everybody_s_and_of_a_team_what_they_run(client, rep, quotas):
    organization = rep.organization
    admin = UserFactory(organization=organization, is_admin=True)
    assert len(whose(taken_by(client, admin))) == 3
    assert taken_by(client, admin, selling=1).status_code == 404
    TeamFactory(organization=organization, manager=admin)
    assert whose(taken_by(client, admin, selling=1)) == []
    assert whose(taken_by(client, UserFactory(is_admin=True))) == []


def test_a_quota_of_nothing_is_no_quota(client, rep, quarter):
    QuotaFactory(rep=rep, quarter=quarter, amount=0)
    assert whose(taken_by(client, rep.user)) == []


def test_the_pages_of_quotas_offer_it(client, rep, quotas, quarter):
    admin = UserFactory(organization=rep.organization, is_admin=True)
    client.force_login(admin)
    one = client.get(reverse("reps:quotas", args=[quarter.pk])).text
    assert f'href="{FILE}?quarter={quarter.pk}&amp;as=xlsx"' in one
    assert f'href="{FILE}"' in client.get(reverse("reps:quarters")).text
