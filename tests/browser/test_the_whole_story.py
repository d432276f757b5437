"""The whole job as one journey: a missed quota, a plan, a week, a nudge, an answer.

Erin runs the team, and Theo missed his quota. Both are at the same width, each in a
browser of their own; the letter is opened in a third one that knows neither of them.
"""

import re
from contextlib import contextmanager
from datetime import time
from email import message_from_bytes, policy
from threading import Thread
from time import monotonic, sleep

import pytest
from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from playwright.sync_api import expect

from plans.models import CheckIn
from plans.models.check_in import Answer
from recovery import demo_quarter
from recovery.celery import app
from recovery.embedded.clock import Clock
from reps.domain.work_week import monday_on_or_before
from reps.models import Organization, Rep, User
from tests.browser.conftest import DESK, PHONE, SIDEWAYS
from tests.browser.test_desk_copy import PAPERS, pages_in
from tests.mail_sink import mail_sink

PATIENCE = 30  # seconds for a letter to come in
NO_LONGER_MOVING = """() => Promise.allSettled(
    document.getAnimations().map(animation => animation.finished))"""

OBJECTIVE = "A bounce-back quarter: the early half of my pipeline first."
WHY_NOW = "They want the contract in hand before they name the day."
NOTE = "Larkspur has a date with whoever decides."
ANSWER = "Take Maya along, and call me after."

# The arithmetic for the lower end of the goal, as a person with a calculator gets it.
# A few days of the year have 4.5 effective weeks, by the way their holidays fall.
WEEKLY = re.compile(r"13 ÷ (4\.6 = 2\.8|4\.5 = 2\.9) a week")
CHAIN = [
    ("Still to book", "$150,000 − $38,000 booked", "$112,000"),
    ("Deals", "$112,000 ÷ $19,000 = 5.9", re.compile(r"6\s*$")),
    ("Opportunities", "6 ÷ 30% = 20; 20 less 12 open now", "8 new"),
    ("Demos", "8 ÷ 62% = 12.9", re.compile(r"13\s*$")),
    (WEEKLY, "Rounded up", "3 demos"),
]


# --- Where it begins -----------------------------------------------------------------


@pytest.fixture
def theo(transactional_db):
    """The demo's rep of the story: no plan yet, no letter and no check-in this week."""
    now = timezone.now()
    demo_quarter.fill(at=now)
    theo = Rep.objects.get(user__email=demo_quarter.THEO)
    for plan in theo.plans.not_closed():
        plan.close(on=now.date(), came_of_it="Begun again")
    week = monday_on_or_before(theo.local_date(now))
    Answer.objects.filter(check_in__rep=theo, check_in__week=week).delete()
    theo.check_ins.filter(week=week).delete()
    theo.user.nudges.filter(week=week).delete()
    return theo


@pytest.fixture
def erin(theo):
    """His manager. Nobody waits for her answer yet."""
    erin = User.objects.get(email=demo_quarter.ERIN)
    for check_in in CheckIn.objects.answerable_by(erin).unanswered():
        check_in.answer("Thank you.", by=erin, at=timezone.now())
    return erin


@pytest.fixture
def sink(settings, live_server):
    """A mail server for our letters, whose links lead here; and nothing in the broker.

    What another test had left there would send them, too.
    """
    app.control.purge()
    with mail_sink() as sink:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", sink.port
        settings.SITE_URL = live_server.url
        yield sink


@pytest.fixture
def looked_at(axe):
    """`looked_at(page)`: nothing is hard to use, and nothing runs off its side."""

    def look(page):
        # Half faded in, a notice has too little contrast.
        page.evaluate(NO_LONGER_MOVING)
        assert axe(page) == [], page.url
        assert page.evaluate(SIDEWAYS) <= 0, f"{page.url} scrolls sideways"

    return look


# --- The story -----------------------------------------------------------------------


@pytest.mark.parametrize("width", [DESK, PHONE])
def test_from_a_missed_quota_to_an_answered_week(
    page_at, causes, looked_at, sink, erin, theo, width
):
    causes("status of 422 .*/move/")
    erins, theos = page_at(width, user=erin), page_at(width, user=theo.user)

    # The plan: written, worked out, signed by both, and on paper.
    erin_starts_theos_plan_on_the_team_board(erins, looked_at)
    erin_writes_it(erins)
    the_arithmetic_asks_for_three_demos_a_week(erins, looked_at)
    erin_proposes_it_signed(erins, looked_at)
    theo_signs_it(theos, looked_at)
    both_see_revision_1(erins, theos, looked_at)
    theo_prints_it_on_one_page(theos, looked_at)

    # The week: what he did, and a deal that is not quite ready.
    done = theo_logs_one_more_demo(theos, looked_at)
    theo_opens_his_board(theos, looked_at)
    his_move_is_refused(theos, looked_at)
    his_move_is_made_once_he_says_why(theos, looked_at)
    it_stands_in_the_deals_history(theos, looked_at)

    # The nudge: asked for by Erin, sent by Celery, caught, and logged from.
    letters_may_go_at_any_moment(theo.organization)
    erin_sends_the_check_in_now(erins, looked_at)
    assert sink.letters == []  # a message waits for a worker
    with a_worker():
        a_letter_comes_in(sink)
    letter = the_one_letter(sink, to=theo.user.email)
    erin_reads_that_it_was_sent(erins, looked_at)
    link = the_letter_tells_his_week_and_has_a_link(letter, done)
    his_week_is_logged_from_the_mail(page_at(width), link, done, looked_at)
    there_is_a_check_in_of_this_week(theo, done + 1)

    # The answer.
    theo_comes_first_on_the_team_board(erins, looked_at)
    erin_answers_him(erins, looked_at)
    theo_reads_the_answer(theos, done + 1, looked_at)


# --- The plan ------------------------------------------------------------------------


def erin_starts_theos_plan_on_the_team_board(page, looked_at):
    page.goto("/")
    expect(page.get_by_role("heading", name="Who needs you this week")).to_be_visible()
    expect(people(page).first).not_to_contain_text("Theo Lindqvist")
    looked_at(page)
    theos = people(page).filter(has_text="Theo Lindqvist")
    theos.get_by_role("button", name="Start a plan").click()
    page.wait_for_url(re.compile(r"/plans/\d+/$"))


def people(page):
    """The rows of the team board."""
    return page.get_by_role("region", name="People").get_by_role("listitem")


def erin_writes_it(page):
    write(page, "objective", OBJECTIVE)
    write(page, "goal_low", "150,000")
    write(page, "goal_high", "200,000")
    calls = page.get_by_label("Calls to new customers", exact=True)
    write(page, calls.get_attribute("id").removeprefix("plan-"), "75")
    write(page, "backup_plan", "Quill and Redfern. We decide on the first.")
    page.get_by_label("What will be done").fill("Prospect before anything else")
    page.get_by_label("Where the customers will come from").fill("Near misses")
    page.get_by_role("button", name="Add it").first.click()
    strategy = page.get_by_role("heading", name="Prospect before anything else")
    expect(strategy).to_be_visible()


def write(page, name, text):
    """Every field says that it is saved."""
    page.locator(f"#plan-{name}").fill(text)
    expect(page.locator(f"#saved-{name}")).to_contain_text("Saved")


def the_arithmetic_asks_for_three_demos_a_week(page, looked_at):
    lower_end = page.locator("#plan-chain .chain-end").first
    steps = lower_end.locator(".sum")
    expect(steps).to_have_count(len(CHAIN))
    for step, words in zip(steps.all(), CHAIN, strict=True):
        for said in words:
            expect(step).to_contain_text(said)
    expect(page.locator("#asked")).to_have_text("the arithmetic asks for 3 a week")
    looked_at(page)


def erin_proposes_it_signed(page, looked_at):
    page.get_by_role("button", name="Propose it, signed").click()
    expect(page.get_by_role("heading", name="On the table")).to_be_visible()
    looked_at(page)


def theo_signs_it(page, looked_at):
    page.goto("/")
    page.get_by_role("link", name="My plan").click()
    expect(page.get_by_role("heading", name="for you to sign")).to_be_visible()
    expect(page.get_by_text("Erin Castellano proposed this")).to_be_visible()
    looked_at(page)
    page.get_by_role("button", name="Sign: I will do these things").click()


def both_see_revision_1(erins, theos, looked_at):
    expect(theos.get_by_text("Revision 1, signed by both")).to_be_visible()
    erins.reload()
    for page in (erins, theos):
        expect(page.get_by_text("Revision 1, signed by both")).to_be_visible()
        expect(page.get_by_text(OBJECTIVE)).to_be_visible()
        expect(page.get_by_text("$150,000 – $200,000")).to_be_visible()
        metrics = page.get_by_role("region", name="Metrics")
        expect(metrics).to_contain_text("3 Demos held a week")
        expect(metrics).to_contain_text("75 Calls to new customers a week")
        names = page.get_by_role("region", name="Signed by both")
        expect(names).to_contain_text("Erin Castellano")
        expect(names).to_contain_text("Theo Lindqvist")
        looked_at(page)


def theo_prints_it_on_one_page(page, looked_at):
    page.get_by_role("link", name="Print desk copy").click()
    expect(page.get_by_text("Revision 1, signed by both")).to_be_visible()
    expect(page.get_by_role("heading", name="Why 3")).to_be_visible()
    looked_at(page)
    page.evaluate("() => { window.print = () => { window.printed = true } }")
    page.get_by_role("button", name="Print").click()
    assert page.evaluate("window.printed")
    assert {pages_in(page.pdf(format=paper)) for paper in PAPERS} == {1}
    page.get_by_role("link", name="Back to the plan").click()


# --- The week ------------------------------------------------------------------------


def theo_logs_one_more_demo(page, looked_at) -> int:
    """How many he has held by then; the plan asks for three."""
    page.get_by_role("link", name="My week").click()
    number = page.get_by_role("textbox", name="Demos held")
    done = int(number.input_value()) + 1
    page.get_by_role("button", name="One more: Demos held").click()
    expect(number).to_have_value(str(done))
    expect(page.locator("#save-bar")).to_contain_text(f"Demos held: {done} of 3.")
    looked_at(page)
    return done


def theo_opens_his_board(page, looked_at):
    page.get_by_role("link", name="My board").click()
    expect(quill_in(page, "Proposal")).to_be_visible()
    looked_at(page)


def quill_in(page, lane):
    """The card of the deal he moves, if it stands in that lane."""
    cards = page.get_by_role("region", name=lane).get_by_role("article")
    return cards.and_(page.get_by_label("Quill & Co"))


def try_to_move_it(page):
    """What the gate says."""
    page.get_by_role("link", name="Move Quill & Co").click()
    page.get_by_role("button", name="Forward to Contract").click()
    gate = page.get_by_role("dialog")
    not_ready = gate.get_by_role("heading", name="Not quite ready for Contract")
    expect(not_ready).to_be_visible()
    return gate


def his_move_is_refused(page, looked_at):
    gate = try_to_move_it(page)
    why = gate.get_by_role("alert")
    expect(why).to_contain_text("Still to do: They named the day they decide")
    expect(why).to_contain_text("Done: The decision maker has read the price")
    looked_at(page)
    gate.get_by_role("button", name="Keep it here").click()
    expect(gate).to_be_hidden()
    page.reload()
    expect(quill_in(page, "Proposal")).to_be_visible()


def his_move_is_made_once_he_says_why(page, looked_at):
    gate = try_to_move_it(page)
    gate.get_by_label("Why move it now?").fill(WHY_NOW)
    gate.get_by_role("button", name="Move, and say why").click()
    expect(gate).to_be_hidden()
    expect(quill_in(page, "Contract")).to_be_visible()
    expect(quill_in(page, "Proposal")).to_have_count(0)
    looked_at(page)


def it_stands_in_the_deals_history(page, looked_at):
    quill_in(page, "Contract").get_by_role("link", name="Quill & Co").first.click()
    timeline = page.get_by_role("region", name="Timeline").get_by_role("listitem")
    explained = timeline.filter(has_text=WHY_NOW)
    expect(explained).to_contain_text("Contract")
    expect(explained).to_contain_text("Theo Lindqvist")
    looked_at(page)


# --- The nudge -----------------------------------------------------------------------


def letters_may_go_at_any_moment(organization):
    """On a Sunday night, too, so that the story need not wait for the morning."""
    Organization.objects.filter(pk=organization.pk).update(
        working_days=[1, 2, 3, 4, 5, 6, 7],
        holiday_calendar="",
        quiet_from=time.min,
        quiet_to=time.min,
    )


def erin_sends_the_check_in_now(page, looked_at):
    page.goto("/")
    page.get_by_role("link", name="Theo Lindqvist", exact=True).click()
    page.get_by_role("button", name="Send the check-in now").click()
    on_its_way = page.get_by_text("The check-in is on its way to Theo Lindqvist.")
    expect(on_its_way).to_be_visible()
    looked_at(page)


@contextmanager
def a_worker():
    """Celery's own, as the one process has it; it takes what waits in the broker."""
    worker = Clock().worker
    thread = Thread(target=worker.start, daemon=True)
    thread.start()
    try:
        yield
    finally:
        worker.stop()  # once what it has begun is done
        thread.join(PATIENCE)


def a_letter_comes_in(sink):
    until = monotonic() + PATIENCE
    while not sink.letters and monotonic() < until:
        sleep(0.05)
    assert sink.letters


def the_one_letter(sink, *, to):
    assert sink.sent_to == [to]
    return message_from_bytes(sink.letters[0].content, policy=policy.default)


def erin_reads_that_it_was_sent(page, looked_at):
    page.goto("/")
    page.get_by_role("link", name="E-mails").click()
    log = page.get_by_role("region", name="What became of them", exact=True)
    this_week = date_format(monday_on_or_before(timezone.now().date()), "j M")
    theos = log.get_by_role("row").filter(has_text="Theo Lindqvist")
    asked = theos.filter(has=page.get_by_role("cell", name=this_week, exact=True))
    expect(asked).to_contain_text("Sent")
    looked_at(page)


def the_letter_tells_his_week_and_has_a_link(letter, done) -> str:
    assert letter["To"] == demo_quarter.THEO
    text = letter.get_body(("plain",)).get_content()
    assert "Hi Theo, how " in text  # did the week go, or is it going
    assert re.search(rf"Demos held +{done} of 3\b", text)
    link = next(line for line in text.splitlines() if "/w/" in line)
    assert link in letter.get_body(("html",)).get_content()
    return link


def his_week_is_logged_from_the_mail(page, link, done, looked_at):
    page.goto(link)
    number = page.get_by_role("textbox", name="Demos held")
    expect(number).to_have_value(str(done))
    looked_at(page)
    page.get_by_role("button", name="One more: Demos held").click()
    expect(number).to_have_value(str(done + 1))
    page.get_by_label("What moved?").fill(NOTE)
    page.get_by_role("button", name="Yes, these are right").click()
    expect(page.get_by_text("Thank you. Your week is saved.")).to_be_visible()
    looked_at(page)
    cookies = {cookie["name"] for cookie in page.context.cookies()}
    assert settings.SESSION_COOKIE_NAME not in cookies


def there_is_a_check_in_of_this_week(theo, done):
    week = monday_on_or_before(theo.local_date(timezone.now()))
    assert theo.check_ins.get(week=week).moved == NOTE
    assert theo.activity.filter(week=week, kind__is_leading=True).total() == done


# --- The answer ----------------------------------------------------------------------


def theo_comes_first_on_the_team_board(page, looked_at):
    page.goto("/")
    expect(people(page).first).to_contain_text("Theo Lindqvist")
    looked_at(page)


def erin_answers_him(page, looked_at):
    page.get_by_role("link", name="Theo Lindqvist checked in on").click()
    expect(page.get_by_role("definition")).to_have_text(NOTE)
    looked_at(page)
    page.get_by_label("Your answer").fill(ANSWER)
    page.get_by_role("button", name="Answer").click()
    expect(page.get_by_text(ANSWER)).to_be_visible()
    looked_at(page)
    page.goto("/")
    expect(page.get_by_role("link", name="waits for your answer")).to_have_count(0)


def theo_reads_the_answer(page, done, looked_at):
    page.get_by_role("link", name="My week").click()
    expect(page.get_by_role("textbox", name="Demos held")).to_have_value(str(done))
    expect(page.get_by_label("What moved")).to_have_value(NOTE)
    expect(page.get_by_role("region", name="The answer")).to_contain_text(ANSWER)
    looked_at(page)
