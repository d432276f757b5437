"""The log of e-mails: in columns on a desk, in blocks of two lines on a phone."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from reps.domain.work_week import monday_on_or_before
from tests.browser.conftest import DESK, NARROW, PHONE, SIDEWAYS, looks
from tests.factories.check_ins import NudgeFactory
from tests.factories.reps import OrganizationFactory, RepFactory, UserFactory

ERROR = "SMTPRecipientsRefused({'theo@x.example': (550, b'5.1.1 No such mailbox')})"
CUT_OFF = "e => [...e.querySelectorAll('*')].filter(c => c.scrollWidth > c.clientWidth"
CUT_OFF += " && getComputedStyle(c).overflowX !== 'visible'"
CUT_OFF += " && !c.matches('.unseen, thead, thead *')).map(c => c.className)"


@pytest.fixture
def rep(transactional_db):
    organization = OrganizationFactory(time_zone="America/New_York")
    return RepFactory(name="Theo Lindqvist", organization=organization)


@pytest.fixture
def admin(rep):
    return UserFactory(organization=rep.organization, is_admin=True)


@pytest.fixture
def log(rep):
    """One that was sent and is kept, and one that nobody took."""
    now = timezone.now()
    of = {"organization": rep.organization, "person": rep.user, "due_at": now}
    last_week = monday_on_or_before(now.date()) - timedelta(weeks=1)
    sent = {"state": "sent", "sent_at": now, "letter": "Subject: x\n\ny"}
    NudgeFactory(week=last_week, attempts=1, **sent, **of)
    dead = {"state": "dead", "kind": "reminder", "attempts": 5, "why": ERROR}
    NudgeFactory(week=last_week, **dead, **of)
    RepFactory(team=rep.team, user=None, name="Ben")


def section(page, name):
    return page.get_by_role("region", name=name, exact=True)


@pytest.mark.parametrize("reader", ["admin", "manager"])
def test_on_a_phone_nothing_is_cut_off(page_at, axe, rep, admin, log, reader):
    user = {"admin": admin, "manager": rep.team.manager}[reader]
    page = page_at(PHONE, user=user, has_touch=True)
    page.goto(reverse("plans:delivery"))

    for look in looks(page, [NARROW, PHONE]):
        assert axe(page) == [], look
        for name in ("The next seven days", "What became of them"):
            part = section(page, name)
            assert part.evaluate(CUT_OFF) == [], look
            boxes = boxes_of(part.locator("tbody :is(th, td)"))
            assert boxes
            for box in boxes:
                assert box["left"] >= 0, look
                assert box["right"] <= page.viewport_size["width"], look
        became_of_them = section(page, "What became of them")
        for box in boxes_of(became_of_them.locator(".button")):
            assert box["height"] >= 44, look


def boxes_of(locator):
    """Where each of them stands, asked for at once."""
    return locator.evaluate_all("all => all.map(one => one.getBoundingClientRect())")


def test_the_longest_name_stays_on_the_page(page_at, rep, admin, log):
    name = "Wolfeschlegelsteinhausenbergerdorff " * 3 + "x" * 12
    type(rep.user).objects.filter(pk=rep.user.pk).update(name=name)
    rep.name = name
    rep.save()
    page = page_at(user=admin)
    page.goto(reverse("plans:delivery"))
    for look in looks(page, [NARROW, PHONE, DESK]):
        assert section(page, "What became of them").evaluate(CUT_OFF) == [], look
        assert page.evaluate(SIDEWAYS) <= 0, look


def test_on_a_phone_a_row_is_two_lines(page_at, rep, log):
    page = page_at(PHONE, user=rep.team.manager, has_touch=True)
    page.goto(reverse("plans:delivery"))
    row = (
        section(page, "What became of them").get_by_role("row").filter(has_text="Sent")
    )
    tops = {
        round(cell.bounding_box()["y"] / 12)
        for cell in row.locator(":is(th, td)").all()
    }
    assert row.bounding_box()["height"] < 96  # of two, or three where the zone is long
    assert len(tops) <= 3


def test_it_is_a_table_to_whoever_hears_it(page_at, rep, log):
    page = page_at(PHONE, user=rep.team.manager)
    page.goto(reverse("plans:delivery"))
    log = section(page, "What became of them")
    heads = log.get_by_role("columnheader").all_inner_texts()
    assert heads == ["To", "E-mail", "Week of", "Due", "State"]
    week = date_of_last_week()
    assert log.get_by_role("cell", name=week, exact=True).count() == 2


def date_of_last_week():
    last_week = monday_on_or_before(timezone.now().date()) - timedelta(weeks=1)
    return f"{last_week:%-d %b}"


@pytest.mark.parametrize("by_thumb", [False, True])
def test_a_button_has_its_words_on_the_line_of_the_others(
    page_at, admin, log, by_thumb
):
    page = page_at(DESK, user=admin, has_touch=by_thumb, is_mobile=by_thumb)
    page.goto(reverse("plans:delivery"))
    row = (
        section(page, "What became of them").get_by_role("row").filter(has_text="Sent")
    )
    read, chip = row.get_by_role("link", name="Read"), row.locator(".chip")
    middles = [
        box["y"] + box["height"] / 2
        for box in (read.bounding_box(), chip.bounding_box())
    ]
    assert abs(middles[0] - middles[1]) <= 1
