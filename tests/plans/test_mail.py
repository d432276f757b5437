"""The nudge as a letter: what it shows, what it never does, what nobody makes it do."""

import re
from datetime import date, timedelta
from email import message_from_bytes, policy
from html.parser import HTMLParser

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis
from hypothesis import strategies as st

from plans.mail import message_id, nudge_letter, one_line
from plans.models import Energy, Nudge
from plans.models.nudge_candidate import nudge_candidates, with_candidate_facts
from plans.models.rep_week import rep_week
from plans.models.week_numbers import WeekNumbers
from plans.tasks import deliver_nudges
from reps.models import Organization, Quarter, Rep
from reps.models.who_and_why import say_who_and_why
from tests.factories.nudges import due_nudges
from tests.factories.plans import CommitmentFactory, PlanFactory
from tests.factories.reps import (
    MONDAY,
    NOON,
    ActivityEntryFactory,
    ActivityKindFactory,
    DealFactory,
    QuarterFactory,
    RepFactory,
)
from tests.mail_sink import mail_sink

pytestmark = pytest.mark.django_db
KINDS = Nudge.Kind.values
MOST_BYTES = 60_000
THURSDAY = NOON.date()


@pytest.fixture
def rep():
    """Theo, in week 6 of 13, with the usual two demos a week and one so far."""
    rep = RepFactory(name="Theo Lindqvist")
    QuarterFactory(organization=rep.organization)
    kind = ActivityKindFactory(organization=rep.organization)
    for weeks_ago, count in enumerate((1, 2, 2, 2, 2)):
        week = MONDAY - timedelta(weeks=weeks_ago)
        log(rep, kind, count, week=week)
    return rep


def log(rep, kind, count, week=MONDAY):
    of = {"organization": rep.organization, "rep": rep, "kind": kind}
    return ActivityEntryFactory(week=week, change=count, **of)


def nudge_of(rep, kind="check_in"):
    of = {"organization": rep.organization, "person": rep.user, "kind": kind}
    nudge, _made = Nudge.objects.get_or_create(
        **of, week=MONDAY, defaults={"due_at": NOON}
    )
    return nudge


def written(rep, kind="check_in", on=THURSDAY):
    """The letter as the deliverer has it written."""
    nudge = nudge_of(rep, kind)
    reps = with_candidate_facts(Rep.objects.filter(pk=rep.pk), at=NOON)
    [candidate] = nudge_candidates(reps, at=NOON)
    nudge.person = candidate.rep.user
    week = rep_week(candidate.rep, nudge.week, today=on)
    return nudge_letter(nudge, None, week=week, numbers=WeekNumbers([nudge]))


def parsed(letter):
    return message_from_bytes(letter.message().as_bytes(), policy=policy.default)


def parts(letter):
    message = parsed(letter)
    return [message.get_body([kind]).get_content() for kind in ("plain", "html")]


def signed_plan(rep, kind, weekly):
    """A plan both have signed that asks for so many a week."""
    quarter = Quarter.objects.get(organization=rep.organization)
    plan = PlanFactory(rep=rep, quarter=quarter)
    CommitmentFactory(organization=rep.organization, plan=plan, words="Yoga at six")
    plan.proposals.create(
        organization=rep.organization,
        number=1,
        revision=1,
        content={"metrics": {str(kind.pk): {"name": kind.name, "weekly": weekly}}},
    )
    return plan


class Tags(HTMLParser):
    """Every tag of a page with what it is given."""

    def __init__(self, html):
        super().__init__()
        self.found = []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        self.found.append((tag, dict(attributes)))


# --- What it says --------------------------------------------------------------------


def test_it_greets_and_shows_the_week_so_far(rep):
    letter = written(rep)
    text, html = parts(letter)

    assert letter.subject == "Your numbers for week 6: one tap"
    for part in (text, html):
        assert "Hi Theo, how is the week going?" in part  # Friday is to come
        assert "Q4 2026, week 6 of 13" in part
        assert "The links work until Sunday 22 November, only for you." in part
    assert "  Demos held  1 usually 2\n" in text
    assert "<b>1</b>" in html


@pytest.mark.parametrize(
    ("day", "asks"),
    [
        (9, "how is the week going?"),  # a manager asked on Monday
        (12, "how is the week going?"),
        (13, "how did the week go?"),  # Friday, the day all are asked on
        (14, "how did the week go?"),
        (16, "how did the week go?"),  # Monday of the next week
    ],
)
def test_it_asks_how_the_week_goes_before_the_day_all_are_asked_on(rep, day, asks):
    letter = written(rep, on=date(2026, 11, day))
    assert all(f"Hi Theo, {asks}" in part for part in parts(letter))


def test_the_button_says_what_the_page_says(rep):
    text, html = parts(written(rep))
    assert re.search(r">\s*Yes, these are right\s*</a>", html)
    assert re.search(r"^Yes, these are right:\nhttp", text, re.MULTILINE)


def test_without_a_quarter_the_week_has_its_date(rep):
    quarter = Quarter.objects.get()
    quarter.starts_on, quarter.ends_on = date(2025, 7, 6), date(2025, 10, 4)
    say_who_and_why(why="There is none now.")
    quarter.save()
    letter = written(rep)
    assert letter.subject == "Your numbers for the week of 9 November: one tap"
    assert "Week of 9 November" not in parts(letter)[0]


@pytest.mark.parametrize(
    ("done", "line", "is_met"),
    [
        (1, "  Demos held  1 of 3\n", False),
        (3, "  Demos held  3 of 3   done\n", True),
        (4, "  Demos held  4 of 3   done\n", True),
    ],
)
def test_what_the_plan_asks_for_goes_before_what_is_usual(rep, done, line, is_met):
    kind = rep.organization.activity_kinds.get()
    signed_plan(rep, kind, weekly=3)
    log(rep, kind, done)
    log(rep, kind, -1)

    text, html = parts(written(rep))

    assert line in text
    assert ("&#10003; done" in html or "✓ done" in html) == is_met
    cells = [a for tag, a in Tags(html).found if tag == "td" and "height" in a]
    widths = [cell["width"] for cell in cells if "width" in cell]
    assert widths == [f"{min(done * 100 // 3, 100)}%"]


def test_columns_stand_below_each_other(rep):
    calls = ActivityKindFactory(
        organization=rep.organization, name="Prospecting calls", is_leading=False
    )
    log(rep, calls, 52)
    text = parts(written(rep))[0]
    assert "  Demos held          1 usually 2\n  Prospecting calls  52\n" in text


def test_what_nobody_does_is_left_out(rep):
    ActivityKindFactory(
        organization=rep.organization, name="Proposals", is_leading=False
    )
    assert "Proposals" not in parts(written(rep))[0]


def test_a_long_list_is_cut_and_says_so(rep):
    for number in range(20):
        kind = ActivityKindFactory(
            organization=rep.organization, name=f"Kind {number}", is_leading=False
        )
        log(rep, kind, 1)
    text, html = parts(written(rep))
    assert text.count("Kind ") == 11
    assert "and 9 more on the page" in text
    assert "and 9 more on the page" in html


@pytest.mark.parametrize(
    ("kind", "subject", "title"),
    [
        (
            "reminder",
            "Week 6, when you have a minute",
            "Hi Theo, there is still time for week 6",
        ),
        ("snoozed", "Week 6 again, as you asked", "Hi Theo, here is week 6 again"),
    ],
)
def test_the_later_ones_have_words_of_their_own(rep, kind, subject, title):
    letter = written(rep, kind)
    assert letter.subject == subject
    assert all(title in part for part in parts(letter))


def test_a_reminder_is_no_reproach(rep):
    words = re.sub(r"http\S+", "", parts(written(rep, "reminder"))[0]).lower()
    for word in ("fail", "forgot", "overdue", "late", "still have not", "must"):
        assert not re.search(rf"\b{word}", words), word


def test_it_can_be_put_off_once(rep):
    assert all("letters/later/" in part for part in parts(written(rep)))
    for kind in ("reminder", "snoozed"):
        assert not any("letters/later/" in part for part in parts(written(rep, kind)))


def test_nothing_private_is_in_it(rep):
    plan = signed_plan(rep, rep.organization.activity_kinds.get(), weekly=3)
    Energy.objects.create(organization=rep.organization, rep=rep, week=MONDAY, level=2)
    deal = DealFactory(owner=rep, account="Larkspur")
    for kind in KINDS:
        for part in parts(written(rep, kind)):
            assert "Yoga" not in part
            assert deal.account not in part
            assert str(plan.goal_low.normalize()) not in part
            assert not re.search(r"energy(?! and private commitments)", part.lower())


# --- How it is made ------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_the_headers_of_a_good_letter(rep, kind, settings):
    settings.SITE_URL = "https://app.example.com"
    letter = written(rep, kind)
    message = parsed(letter)
    stop = message["List-Unsubscribe"].strip()  # it may stand on a line of its own

    assert re.fullmatch(r"<https://app\.example\.com/letters/stop/[^\s<>]+>", stop)
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Message-ID"].endswith("@app.example.com>")
    assert message["To"] == rep.user.email
    assert stop.strip("<>") in parts(letter)[0]
    assert [part.get_content_type() for part in message.iter_parts()] == [
        "text/plain",
        "text/html",
    ]


def test_the_link_on_the_button_is_the_one_in_the_text(rep):
    text, html = parts(written(rep))
    [link] = re.findall(r"^http://testserver/w/\S+$", text, re.MULTILINE)
    assert f'href="{link}"' in html


@pytest.mark.parametrize("kind", KINDS)
def test_one_click_stops_the_letters_without_a_cookie(client, rep, kind):
    stop = parsed(written(rep, kind))["List-Unsubscribe"].strip(" <>")
    answer = client.post(stop, {"List-Unsubscribe": "One-Click"})
    rep.user.refresh_from_db()
    assert (answer.status_code, rep.user.wants_nudges) == (200, False)


def test_the_message_id_is_of_the_row_alone(rep):
    first, again = written(rep), written(rep)
    ids = {letter.message()["Message-ID"] for letter in (first, again)}
    other = message_id(nudge_of(rep, "reminder"))
    assert ids == {message_id(nudge_of(rep))}
    assert other not in ids


@pytest.mark.parametrize(
    ("site", "place"),
    [
        ("https://app.example.com:8443", "app.example.com"),
        ("http://127.0.0.1:8000", "127.0.0.1"),
        ("http://[::1]:8000", "[IPv6:::1]"),
        ("https://bücher.example", "xn--bcher-kva.example"),
    ],
)
def test_the_message_id_has_the_sites_host(settings, site, place):
    settings.SITE_URL = site
    own = message_id(Nudge(pk=7))
    assert re.fullmatch(rf"<nudge-7-[0-9a-f-]{{36}}@{re.escape(place)}>", own)


@pytest.mark.parametrize("kind", KINDS)
def test_it_is_small_and_fetches_nothing(rep, kind):
    for number in range(30):
        name = f"{number:02}" + "ñ" * 58
        extra = ActivityKindFactory(
            organization=rep.organization, name=name, is_leading=False
        )
        log(rep, extra, 1)
    letter = written(rep, kind)
    html = parts(letter)[1]

    assert len(letter.message().as_bytes()) < MOST_BYTES
    tags = Tags(html).found
    fetching = {"img", "link", "script", "iframe", "object", "video"}
    assert not fetching & {tag for tag, _ in tags}
    assert "url(" not in html
    assert "@import" not in html
    addresses = [a["href"] for tag, a in tags if "href" in a]
    assert addresses
    assert all(address.startswith("http://testserver/") for address in addresses)


def test_it_is_dark_for_whoever_has_it_dark_and_fits_a_phone(rep):
    html = parts(written(rep))[1]
    tags = Tags(html).found
    dark = html.partition("prefers-color-scheme: dark")[2].partition("</style>")[0]
    given_a_dark_colour = set(re.findall(r"\.([\w-]+) \{", dark))

    for tag, attributes in tags:
        style = attributes.get("style", "")
        if "background:" in style or re.search(r"(?<!-)color:", style):
            classes = set(attributes.get("class", "").split())
            assert classes & given_a_dark_colour, (tag, style)
    assert ("meta", {"name": "color-scheme", "content": "light dark"}) in tags
    assert "max-width:600px" in html
    assert "@media (max-width: 480px)" in html
    widths = {a["width"] for tag, a in tags if tag == "table"}
    assert widths <= {"100%", "600"}


# --- What nobody can make it do ------------------------------------------------------

HEADERS = {
    "Content-Type",
    "MIME-Version",
    "Subject",
    "From",
    "To",
    "Date",
    "Message-ID",
    "Auto-Submitted",
    "List-Unsubscribe",
    "List-Unsubscribe-Post",
}
ANYTHING = st.text(  # but NUL, which PostgreSQL refuses
    st.characters(blacklist_categories=["Cs"], blacklist_characters="\0"), max_size=50
)
TAGS = {"html", "head", "meta", "title", "style", "body", "div", "table", "tr", "td"}
TAGS |= {"th", "span", "h1", "p", "b", "a", "br"}
NASTY = st.sampled_from(
    [
        "Theo\r\nBcc: eve@example.org",
        "Theo\nSubject: You have won",
        "Theo\r\n\r\n<script>alert(1)</script>",
        "Theo\u2028Bcc: eve@example.org",
        "Theo\x85Bcc: eve@example.org",
        "Theo\x0b\x0cBcc: eve@example.org",
        "=?utf-8?q?Theo=0ABcc:_eve@example.org?=",
        "\u202eoehT",
        "{{ settings.SECRET_KEY }} %(name)s %s {0}",
        "\1link\1 \1unsubscribe\1",  # as the gaps of a letter are marked
        "<b>Theo</b>",
        "",
    ]
)


@hypothesis(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(name=ANYTHING | NASTY, of=ANYTHING | NASTY, counted=ANYTHING | NASTY)
def test_no_name_and_no_text_begins_a_header_or_a_tag(rep, name, of, counted):
    Rep.objects.filter(pk=rep.pk).update(name=name)
    Organization.objects.filter(pk=rep.organization_id).update(name=of)
    rep.organization.activity_kinds.update(name=counted)
    Quarter.objects.update(name=of[:40])
    letter = written(rep)
    source = letter.message().as_bytes()
    message = message_from_bytes(source, policy=policy.default)

    assert set(message.keys()) == HEADERS
    assert len(message.keys()) == len(HEADERS)
    assert message["To"] == rep.user.email
    assert one_line(letter.subject) == letter.subject
    head = source.partition(b"\n\n")[0]
    assert all(re.match(rb"[A-Za-z-]+: | ", line) for line in head.split(b"\n"))
    text, html = parts(letter)
    tags = {tag for tag, _ in Tags(html).found}
    assert tags <= TAGS
    assert not re.search(r"^Bcc:", text, re.MULTILINE)


def test_a_header_stands_on_one_line_or_is_folded_by_django(rep):
    letter = written(rep)
    letter.subject = "Während der Woche, " * 10 + "Theo"  # encoded, on several lines
    source = letter.message().as_bytes(linesep="\r\n")
    head = source.partition(b"\r\n\r\n")[0]
    message = message_from_bytes(source, policy=policy.default)

    assert message["Subject"] == letter.subject
    assert head.count(b"\n") == head.count(b"\r\n")
    assert max(map(len, head.split(b"\r\n"))) < 998


@pytest.mark.parametrize("line", ["a\r\nb", "a\u2028b", "a\x1cb", "a\x00b", " a  b "])
def test_one_line_is_one_line(line):
    assert one_line(line) == "a b"


# --- Over a real server --------------------------------------------------------------


@pytest.fixture
def sink(settings):
    with mail_sink() as sink:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", sink.port
        settings.KEEP_LETTERS = True
        yield sink


def test_fifty_letters_go_over_one_connection_and_are_kept_as_they_went(sink):
    nudges = due_nudges(50)
    deliver_nudges()

    assert sink.sent_to == sorted(nudge.person.email for nudge in nudges)
    assert sink.connections == 1
    kept = Nudge.objects.filter(state="sent").values_list("letter", flat=True)
    went = {e.content.replace(b"\r\n", b"\n").decode().strip() for e in sink.letters}
    assert {letter.strip() for letter in kept} == went
