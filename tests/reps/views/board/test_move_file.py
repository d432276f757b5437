"""Every move of a list's deals as a file, to be read."""

from datetime import date

import pytest
from django.urls import reverse

from tests.factories.reps import (
    NOON,
    DealFactory,
    QuarterFactory,
    RepFactory,
    TeamFactory,
)
from tests.list_files import in_csv, in_sheet, name_of

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("thursday_of_week_6"),
]


def moves(client, user, **query):
    client.force_login(user)
    return client.get(reverse("reps:move_file"), query)


@pytest.fixture
def moved(deal, stages):
    """One step on, and one back with a reason that a spreadsheet would run."""
    by = deal.owner.team.manager
    forward = {"on": date(2026, 11, 3), "reason": ""}
    deal.move_to(stages[1], "open", by=by, at=NOON, **forward)
    back = {"on": date(2026, 11, 5), "reason": "=they(1)"}
    deal.move_to(stages[0], "open", by=by, at=NOON, **back)


def test_each_deal_s_moves_stand_one_after_the_other(client, deal, moved):
    answer = moves(client, deal.owner.user)
    assert name_of(answer) == 'attachment; filename="moves open.csv"'
    header, opened, forward, back = in_csv(answer)
    of_the_deal = [str(deal.pk), "Quill & Co", "Basic", "Theo Lindqvist"]
    assert header[:5] == ["Deal ID", "Account", "Product", "Owner", "Move"]
    assert opened[:7] == [*of_the_deal, "1", "Opened", ""]
    who = ["2026-11-12 12:00", "Erin Castellano"]
    assert forward[4:] == [
        *("2", "Forward", "Qualified", "Needs agreed", "Open", "2026-11-03"),
        *who,
        "",
    ]
    assert back[4:] == [
        *("3", "Back", "Needs agreed", "Qualified", "Open", "2026-11-05"),
        *who,
        "'=they(1)",
    ]


def test_a_workbook_has_the_hours_by_the_reader_s_clock(client, deal, moved):
    reader = deal.owner.user
    reader.time_zone = "Asia/Tokyo"
    reader.save()
    _header, *_others, back = in_sheet(moves(client, reader, **{"as": "xlsx"}))
    days = ["2026-11-05 00:00:00", "2026-11-12 21:00:00"]
    assert list(map(str, back[9:11])) == days
    assert back[-1] == "=they(1)"


def test_it_keeps_to_the_list_and_to_whom_one_sees(client, deal, rep):
    of = {"organization": rep.organization}
    QuarterFactory(**of)
    DealFactory(owner=rep, account="Won", won_on=date(2026, 11, 2), **of)
    mate = RepFactory(team=rep.team, **of)
    DealFactory(owner=mate, account="Mate’s", **of)
    elsewhere = RepFactory(team=TeamFactory(**of), **of)
    DealFactory(owner=elsewhere, account="Not ours", **of)

    def accounts(user, **query):
        return {row[1] for row in in_csv(moves(client, user, **query))[1:]}

    assert accounts(rep.user) == {"Quill & Co"}
    assert accounts(rep.user, show="won") == {"Won"}
    assert accounts(rep.team.manager) == {"Quill & Co", "Mate’s"}
    assert accounts(rep.team.manager, rep=mate.pk) == {"Mate’s"}
    assert moves(client, rep.user, rep=mate.pk).status_code == 404


def test_ten_deals_cost_as_many_queries_as_one(
    client, deal, rep, django_assert_num_queries
):
    client.force_login(rep.user)
    # Session, user, runs a team, sells, the quarter, how many, the moves themselves.
    for more in (0, 9):
        for _each in range(more):
            DealFactory(owner=rep, stage=deal.stage)
        with django_assert_num_queries(7):
            in_csv(client.get(reverse("reps:move_file")))


def test_the_list_and_the_board_offer_it(client, deal):
    client.force_login(deal.owner.user)
    here = reverse("reps:move_file")
    for page in (reverse("reps:deal_list"), reverse("reps:board")):
        shown = client.get(page).text
        assert f'href="{here}?show=open"' in shown
        assert f'href="{here}?show=open&amp;as=xlsx"' in shown
