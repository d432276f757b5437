"""The delivery page: each reader sees of each letter what they may, and no more."""

from datetime import timedelta

import pytest
from django.urls import reverse

from plans.mail import Letter
from plans.models import Nudge
from reps.models import User
from tests.factories.check_ins import CheckInFactory, NudgeFactory
from tests.factories.reps import (
    NOON,
    OrganizationFactory,
    RepFactory,
    TeamFactory,
    UserFactory,
)
from tests.pages import one_line, page_for, words

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("thursday_of_week_6"),
]
PAGE = reverse("plans:delivery")
ERROR = "SMTPDataError(554, b'no such box')"


@pytest.fixture
def team():
    organization = OrganizationFactory(time_zone="America/New_York")
    return TeamFactory(organization=organization, name="North")


@pytest.fixture
def rep(team):
    return RepFactory(team=team, name="Theo Lindqvist")


@pytest.fixture
def admin(team):
    return UserFactory(organization=team.organization, is_admin=True)


def nudge(rep, **facts):
    return NudgeFactory(person=rep.user, **facts)


def told(client, user, query=""):
    """The text of the page, section by section."""
    shown = words(page_for(client, user, f"{PAGE}{query}"))
    ahead, _, log = shown.partition("What became of them")
    return ahead.partition("The next seven days")[2], log


def test_it_is_a_part_of_the_set_up_for_an_admin(client, team, admin):
    client.force_login(admin)
    tab = '<a class="tab" href="/set-up/" aria-current="page">'
    assert tab in client.get(PAGE).text


# --- What is to come -----------------------------------------------------------------


def test_it_tells_what_goes_out_in_seven_days_by_the_clock_of_who_gets_it(
    client, rep, admin, team
):
    tokyo = UserFactory(
        organization=team.organization, name="Hana Sato", time_zone="Asia/Tokyo"
    )
    RepFactory(team=team, user=tokyo, name="Hana Sato")

    ahead, _ = told(client, admin)

    assert "Hana Sato Check-in 9 Nov Fri 13 Nov, 15:00 Asia/Tokyo To come" in ahead
    theo = "Theo Lindqvist Check-in 9 Nov Fri 13 Nov, 15:00 America/New_York To come"
    assert theo in ahead
    assert ahead.index("Hana Sato") < ahead.index("Theo Lindqvist")
    reminder = "Theo Lindqvist Reminder 9 Nov Tue 17 Nov, 15:00 America/New_York"
    assert reminder in ahead


def test_a_row_that_waits_is_told_once_and_a_row_that_went_is_not(client, rep, admin):
    nudge(rep, due_at=NOON + timedelta(hours=3))
    ahead, _ = told(client, admin)
    assert ahead.count("Theo Lindqvist Check-in") == 1
    assert "Thu 12 Nov, 10:00" in ahead

    Nudge.objects.update(state="sent", due_at=NOON - timedelta(hours=3))
    ahead, _ = told(client, admin)
    assert "Check-in 9 Nov" not in ahead
    assert "Reminder 9 Nov Mon 16 Nov, 15:00" in ahead


def test_what_is_tried_again_is_told_with_the_hour_of_the_next_try(client, rep, admin):
    again = {"retry_at": NOON + timedelta(minutes=25), "why": ERROR, "attempts": 2}
    nudge(rep, due_at=NOON - timedelta(minutes=5), **again)
    ahead, log = told(client, admin)
    assert "Thu 12 Nov, 07:25 America/New_York To come" in ahead
    assert "Next: Thu 12 Nov, 07:25" in log


def test_who_asked_to_be_asked_later_has_no_reminder_to_come(client, rep, admin):
    asked = nudge(rep, state="sent", due_at=NOON - timedelta(hours=1))
    assert "Reminder" in told(client, admin)[0]
    asked.snooze(until=NOON + timedelta(days=1))
    ahead, _log = told(client, admin)
    assert "Asked again, as wished" in ahead
    assert "Reminder" not in ahead


def test_who_has_checked_in_is_asked_for_the_next_week_only(client, rep, admin):
    CheckInFactory(rep=rep)
    ahead, _ = told(client, admin)
    assert "9 Nov" not in ahead


def test_who_left_is_not_told_of(client, rep, admin):
    rep.left_on = NOON.date() - timedelta(days=1)
    rep.save()
    ahead, _ = told(client, admin)
    assert "Nothing goes out in the next seven days." in ahead


@pytest.mark.parametrize("reader", ["admin", "rep"])
def test_why_somebody_will_get_none_is_the_admins_and_their_own_to_know(
    client, rep, admin, reader
):
    User.objects.filter(pk=rep.user_id).update(wants_nudges=False)
    ahead, _ = told(client, {"admin": admin, "rep": rep.user}[reader])
    assert "Will be skipped Does not want these e-mails" in ahead


UNREACHED = [{"email": None}, {"wants_nudges": False}, {"is_active": False}]


def test_a_manager_reads_the_same_whatever_keeps_the_e_mail_from_somebody(client, rep):
    pages = []
    for changes in UNREACHED:
        as_they_were = {"email": rep.user.email, "wants_nudges": True}
        User.objects.filter(pk=rep.user_id).update(**as_they_were, is_active=True)
        User.objects.filter(pk=rep.user_id).update(**changes)
        pages.append(told(client, rep.team.manager))
    rep.user = None
    rep.save()
    pages.append(told(client, rep.team.manager))

    assert "No e-mail can go to Theo Lindqvist now. Ask in person." in pages[0][0]
    assert "Nothing goes out in the next seven days." in pages[0][0]
    assert len(set(pages)) == 1


def test_the_admin_is_told_who_has_no_address_and_where_to_give_one(client, rep, admin):
    facts = {"organization": rep.organization, "team": rep.team}
    RepFactory(user=None, name="Ben Aronson", **facts)
    nobody = UserFactory(organization=rep.organization, email=None)
    RepFactory(user=nobody, name="Ann Archer", **facts)
    no_more = UserFactory(organization=rep.organization, wants_nudges=False)
    RepFactory(user=no_more, name="Uma Lind", **facts)

    ahead, _ = told(client, admin)

    names = "2 people have no address and are not asked: Ann Archer, Ben Aronson."
    assert names in ahead
    assert (
        f'href="{reverse("reps:people")}"' in client.get(PAGE).text.partition(names)[2]
    )


def test_of_a_long_list_it_names_a_dozen(client, rep, admin):
    facts = {"organization": rep.organization, "team": rep.team, "user": None}
    for number in range(14):
        RepFactory(name=f"Rep {number:02}", **facts)
    ahead, _ = told(client, admin)
    assert "14 people have no address" in ahead
    assert "Rep 10, Rep 11 and 2 more." in ahead


def test_who_can_be_asked_is_on_no_such_list(client, rep, admin):
    for user in (admin, rep.team.manager, rep.user):
        ahead, _ = told(client, user)
        assert "no address" not in ahead
        assert "Ask in person" not in ahead


# --- What became of them -------------------------------------------------------------


@pytest.mark.parametrize("reader", ["admin", "manager", "rep"])
def test_the_error_the_tries_and_the_letter_are_not_the_managers(
    client, rep, admin, reader
):
    facts = {"state": "dead", "why": ERROR, "attempts": 5, "letter": "Subject: x\n\ny"}
    row = nudge(rep, **facts)
    user = {"admin": admin, "manager": rep.team.manager, "rep": rep.user}[reader]
    client.force_login(user)
    page = one_line(client.get(PAGE).text)

    assert "Theo Lindqvist" in page
    assert "Given up" in page
    assert ("no such box" in page) == (reader != "manager")
    assert (">5</td>" in page) == (reader != "manager")
    assert (">Tries</th>" in page) == (reader != "manager")
    assert (f"?open={row.pk}" in page) == (reader != "manager")
    assert ("Send again" in page) == (reader == "admin")


def test_what_went_wrong_is_said_in_words_before_the_error_itself(client, rep, admin):
    nudge(rep, state="dead", why=ERROR, attempts=5)
    _, log = told(client, admin)
    assert "The mail server refused the e-mail itself SMTPDataError(554" in log


def test_a_reason_of_ours_is_no_error(client, rep, admin):
    nudge(rep, state="skipped", why="unsubscribed")
    _, log = told(client, admin)
    assert "Skipped Does not want these e-mails 0" in log


@pytest.mark.parametrize(
    ("late", "words"),
    [
        # due at 7:00 in New York
        (timedelta(minutes=1), "Sent 07:01"),
        (timedelta(hours=16), "Sent 23:00"),
        (timedelta(hours=17), "Sent Fri 13 Nov, 00:00"),
    ],
)
def test_it_says_when_one_was_sent_and_the_day_if_it_is_another(
    client, rep, late, words
):
    nudge(rep, state="sent", sent_at=NOON + late)
    _, log = told(client, rep.team.manager)
    assert log.endswith(words) or f"{words} " in log


@pytest.mark.parametrize(
    ("weeks_ago", "changes", "words"),
    [
        (0, {}, "Send again"),
        (1, {}, "Too late for that week"),
        (0, {"email": None}, "Has no address"),
        (0, {"is_active": False}, "May not sign in"),
    ],
)
def test_one_can_be_sent_again_where_that_does_something(
    client, rep, admin, weeks_ago, changes, words
):
    week = NOON.date() - timedelta(days=3, weeks=weeks_ago)
    row = nudge(rep, state="dead", why=ERROR, attempts=5, week=week)
    User.objects.filter(pk=rep.user_id).update(**changes)
    _, log = told(client, admin)
    address = reverse("plans:send_again", args=[row.pk])
    assert (address in client.get(PAGE).text) == (words == "Send again")
    assert words in log


def test_to_who_left_nothing_is_sent_again(client, rep, admin):
    nudge(rep, state="dead", why=ERROR)
    rep.left_on = NOON.date() - timedelta(days=1)
    rep.save()
    _, log = told(client, admin)
    assert "Send again" not in log
    assert "Does not sell here any more" in log


@pytest.mark.parametrize("reader", ["leader above", "HR partner"])
def test_it_is_nobody_elses_to_see(client, rep, reader):
    organization = rep.organization
    people = {
        "HR partner": UserFactory(organization=organization, is_hr_partner=True),
        "leader above": UserFactory(organization=organization),
    }
    rep.team.above = TeamFactory(
        organization=organization, manager=people["leader above"]
    )
    rep.team.save()
    client.force_login(people[reader])
    assert client.get(PAGE).status_code == 404


def test_another_team_and_another_organization_are_not_told_of(client, rep):
    other = TeamFactory(organization=rep.organization)
    beside = RepFactory(organization=rep.organization, team=other, name="Beside Us")
    foreign = RepFactory(name="Far Away")
    for somebody in (beside, foreign):
        nudge(somebody)
    ahead, log = told(client, rep.team.manager)
    assert "Beside Us" not in ahead + log
    assert "Far Away" not in ahead + log


def test_a_rep_sees_the_own_alone(client, rep):
    peer = RepFactory(team=rep.team, name="Peer Gint")
    nudge(peer)
    nudge(rep, state="sent")
    ahead, log = told(client, rep.user)
    assert "Peer Gint" not in ahead + log
    assert "Theo Lindqvist Check-in" in log


def test_it_filters_by_state(client, rep, admin):
    nudge(rep, state="sent")
    nudge(rep, kind="reminder", state="skipped", why="checked in first")
    _, log = told(client, admin, "?state=skipped")
    assert "Reminder 9 Nov" in log
    assert "Checked in first" in log
    assert "Check-in 9 Nov" not in log


@pytest.mark.parametrize("query", ["?state=x", "?page=99", "?page=x", "?ahead=9"])
def test_nonsense_shows_what_there_is(client, rep, admin, query):
    nudge(rep, state="sent")
    _, log = told(client, admin, query)
    assert "Theo Lindqvist Check-in" in log


def test_fifty_are_shown_at_once(client, rep, admin):
    for weeks in range(51):
        nudge(rep, week=NOON.date() - timedelta(days=3, weeks=weeks), state="sent")
    client.force_login(admin)
    first, second = (
        one_line(client.get(f"{PAGE}?page={number}").text) for number in (1, 2)
    )
    assert (
        first.count('<th scope="row">Theo') - second.count('<th scope="row">Theo') == 49
    )
    assert "Older" in first
    assert "Newer" in second


# --- A letter, read on the page ------------------------------------------------------


def test_the_letter_as_it_went_is_there_to_read(client, rep):
    letter = Letter(
        "Your numbers", "How did the week go?\nÅsa & Co", to=["a@b.example"]
    )
    letter.attach_alternative("<p>In colour</p>", "text/html")
    row = nudge(rep, state="sent", letter=letter.source)
    client.force_login(rep.user)

    page = client.get(f"{PAGE}?open={row.pk}").text

    assert "Your numbers</h2>" in page
    assert "How did the week go?\nÅsa &amp; Co" in page
    assert reverse("plans:letter", args=[row.pk]) in page
    assert "In colour" not in page


@pytest.mark.parametrize("asked", ["0", "x", "9" * 40, "-1", ""])
def test_a_letter_that_is_not_there_opens_nothing(client, admin, rep, asked):
    client.force_login(admin)
    assert 'id="opened"' not in client.get(f"{PAGE}?open={asked}").text


@pytest.mark.parametrize("reader", ["manager", "peer"])
def test_nobody_else_opens_it(client, rep, reader):
    row = nudge(rep, state="sent", letter="Subject: secret\n\nsecret")
    peer = RepFactory(team=rep.team)
    client.force_login({"manager": rep.team.manager, "peer": peer.user}[reader])
    assert "secret" not in client.get(f"{PAGE}?open={row.pk}").text


# --- What it costs -------------------------------------------------------------------


@pytest.mark.parametrize("people", [1, 30])
def test_it_costs_the_same_however_many_people(
    client, team, admin, people, django_assert_num_queries
):
    for somebody in RepFactory.create_batch(people, team=team):
        nudge(somebody, state="sent")
        nudge(somebody, kind="reminder", state="dead")  # to be sent again, or not
        RepFactory(team=team, user=None)
    client.force_login(admin)
    # session, user, reps, their organization, those without an account, count by state,
    # count, the rows; and the masthead
    with django_assert_num_queries(9):
        client.get(PAGE)


def test_where_weeks_begin_on_sunday_it_names_them_by_it(client, rep, admin, team):
    office = team.organization
    office.first_day_of_week = 7
    office.save()
    nudge(rep, week=NOON.date() - timedelta(days=10), state="sent")

    ahead, log = told(client, admin)

    assert "Theo Lindqvist Check-in 8 Nov Fri 13 Nov, 15:00" in ahead
    assert "Theo Lindqvist Check-in 1 Nov" in log
