"""The copy for the desk on paper: one page, however much the plan says."""

import re
import zlib
from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.urls import reverse

from plans.models.ogsm import MOST_COMMITMENTS, MOST_STRATEGIES
from tests.browser.conftest import DESK, NARROW, PHONE, SIDEWAYS, looks
from tests.factories.plans import (
    CommitmentFactory,
    MetricFactory,
    PlanFactory,
    StrategyFactory,
    agree,
)
from tests.factories.reps import (
    NOON,
    ActivityKindFactory,
    OrganizationFactory,
    QuarterFactory,
)

pytestmark = pytest.mark.django_db(transaction=True)

# Of what a person may fill a field with: the widest letters, one word without an end,
# letters without spaces between them, and plain words.
FILLS = {
    "wide": "WWWWW MMMMM ",
    "one word": "W",
    "Chinese": "重新建立上半年的商机",
    "tall": "Ấ̌g̃ộ̈ ",
    "plain": "Rebuild the early half of it ",
}
PAPERS = {"A4": (210, 297), "Letter": (215.9, 279.4)}  # millimetres
MARGINS = (30, 28)  # of both sides: see print.css
HALF_A_YEAR = date(2027, 4, 12)  # 190 days, the longest that may be set up


@pytest.fixture(autouse=True)
def thursday_of_week_6():
    with time_machine.travel(NOON, tick=True):
        yield


def usual_plan():
    plan = PlanFactory(
        rep__name="Theo Lindqvist",
        rep__team__name="Harbor team",
        rep__team__manager__name="Erin Castellano",
        objective="A bounce-back quarter. Rebuild the early half of my pipeline, stop "
        "leaning on one big deal, and finish knowing I can do this again.",
        average_deal=Decimal(19_000),
        win_rate=Decimal("0.3"),
        open_deals=12,
        demo_rate=Decimal("0.62"),
        effective_weeks=Decimal("4.6"),
        backup_plan="Quayside and Birch Court. We decide on 4 December.",
    )
    of = {"plan": plan, "organization": plan.organization}
    for words, source in (
        (
            "Prospect before anything else.",
            "Tue–Thu, 9:00–10:30. 25 calls a block, property managers with 20–200 "
            "units.",
        ),
        ("Reopen last year’s near misses.", "14 accounts, two a week."),
        (
            "Erin sits in on two calls a week.",
            "Same-day feedback: one to keep, one to try.",
        ),
    ):
        StrategyFactory(words=words, source=source, **of)
    MetricFactory(weekly_target=None, **of)
    for name, weekly in (("Prospecting calls", 75), ("Near misses reopened", 2)):
        kind = ActivityKindFactory(
            organization=plan.organization, name=name, is_leading=False
        )
        MetricFactory(kind=kind, weekly_target=weekly, **of)
    CommitmentFactory(words="Football with Erin", when="Thursdays 15:30", **of)
    CommitmentFactory(words="Phone away", when="after 19:30", **of)
    return plan


def fullest_plan(fill, *, last_day=date(2027, 1, 3)):
    """Everything a form takes, as long as it takes it."""

    def words(most, start=""):
        return (start + fill * most)[:most].strip().ljust(most, fill[0])

    organization = OrganizationFactory(currency="CHF")
    of = {"organization": organization}
    quarter = QuarterFactory(name=words(40), ends_on=last_day, **of)
    plan = PlanFactory(
        quarter=quarter,
        rep__name=words(120),
        rep__team__name=words(120),
        rep__team__manager__name=words(120),
        objective=words(240),
        goal_low=Decimal("999999999998.99"),
        goal_high=Decimal("999999999999.99"),
        average_deal=Decimal("1234567.89"),
        win_rate=Decimal("0.01"),
        open_deals=99_999,
        demo_rate=Decimal("0.01"),
        demos_pending=99_999,
        effective_weeks=Decimal("13.9"),
        backup_plan=words(400),
        **of,
    )
    of |= {"plan": plan}
    for _ in range(MOST_STRATEGIES):
        StrategyFactory(words=words(120), source=words(120), **of)
    for place in range(8):
        kind = ActivityKindFactory(
            organization=organization, name=words(60, f"{place}"), is_leading=not place
        )
        MetricFactory(kind=kind, weekly_target=500, **of)
    for _ in range(MOST_COMMITMENTS):
        CommitmentFactory(words=words(80), when=words(60), is_shared=True, **of)
    return plan


def desk_copy(page_at, plan, **options):
    page = page_at(user=plan.rep.user, **options)
    page.goto(reverse("plans:desk_copy", args=[plan.pk]))
    return page


def pages_in(pdf):
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf))


def letters_in(pdf):
    """The code points of all that is drawn: what the fonts' ToUnicode maps tell."""
    streams = [
        zlib.decompressobj().decompress(found)
        for found in re.findall(rb"stream\r?\n(x.*?)endstream", pdf, re.DOTALL)
    ]
    maps = b"".join(stream for stream in streams if b"begincmap" in stream)
    lines = re.findall(rb"<[0-9A-F]+> (?:<[0-9A-F]+> )?<([0-9A-F]{4})>", maps)
    return {chr(int(code, 16)) for code in lines}


def as_on_paper(page, paper):
    """Lay the page out as for this paper, in a window of the size of its text area."""
    across, down = (
        (side - margin) / 25.4 * 96
        for side, margin in zip(PAPERS[paper], MARGINS, strict=True)
    )
    page.emulate_media(media="print")
    page.set_viewport_size({"width": int(across), "height": int(down)})
    return int(down)


# Beneath which headings a text is cut with a mark.
CUT = """() => [...document.querySelectorAll(".desk-cut")]
    .filter(one => one.scrollHeight > one.clientHeight + 3)
    .map(one => one.closest(".desk-row, header").querySelector("h1, h2").innerText)"""
# What is cut without a mark, as nothing may be but the lines for a pen: what another
# box hides, and what is not a whole number of lines high.
LOST = """() => [...document.querySelectorAll(".desk-page *:not(.desk-lines)")]
    .filter(one => {
        const style = getComputedStyle(one);
        if (one.matches(".desk-cut")) {
            const lines = one.clientHeight / parseFloat(style.lineHeight);
            return lines < 0.9 || Math.abs(lines - Math.round(lines)) > 0.1;
        }
        const hides = style.display !== "inline" && style.overflowY !== "visible";
        return hides && one.scrollHeight > one.clientHeight + 3
            && style.textOverflow !== "ellipsis";
    })
    .map(one => one.outerHTML.slice(0, 80))"""


@pytest.mark.parametrize("signed", [True, False], ids=["signed", "draft"])
def test_a_usual_plan_is_one_page_and_nothing_of_it_is_cut(page_at, signed):
    plan = usual_plan()
    if signed:
        agree(plan)
    page = desk_copy(page_at, plan)

    for paper in PAPERS:
        pdf = page.pdf(format=paper)
        assert pages_in(pdf) == 1, paper
        assert "…" not in letters_in(pdf), paper
        as_on_paper(page, paper)
        assert page.evaluate(CUT) == [], paper
        assert page.evaluate(LOST) == [], paper


@pytest.mark.parametrize("fill", FILLS)
@pytest.mark.parametrize("last_day", [date(2027, 1, 3), HALF_A_YEAR], ids=str)
def test_the_fullest_plan_is_one_page_and_says_where_it_is_cut(page_at, fill, last_day):
    plan = fullest_plan(FILLS[fill], last_day=last_day)
    page = desk_copy(page_at, plan)  # a draft
    assert {pages_in(page.pdf(format=paper)) for paper in PAPERS} == {1}
    agree(plan)
    page.reload()

    for paper in PAPERS:
        pdf = page.pdf(format=paper)
        assert pages_in(pdf) == 1
        assert "…" in letters_in(pdf)
        height = as_on_paper(page, paper)
        cut = page.evaluate(CUT)
        assert {"Metrics", "Looking after me"} <= set(cut)
        if fill != "tall":  # whose many marks make few letters
            assert "Backup plan" in cut
            assert cut.count("Strategies") == MOST_STRATEGIES
        assert page.evaluate(LOST) == []
        assert page.evaluate("document.documentElement.scrollHeight") <= height
        under_it = page.locator(".desk-sign small").first.bounding_box()
        assert under_it["y"] + under_it["height"] <= height
        for_a_pen = page.locator(".desk-backup .desk-lines").bounding_box()
        assert for_a_pen["height"] > 2 * 20  # two lines


def test_it_is_one_page_of_any_other_paper_too(page_at):
    plan = fullest_plan(FILLS["plain"])
    agree(plan)
    page = desk_copy(page_at, plan)
    for paper in (
        {"format": "A5"},
        {"format": "Legal"},
        {"format": "A4", "landscape": True},
        {"format": "Letter", "scale": 1.5},
    ):
        assert pages_in(page.pdf(**paper)) == 1, paper


def test_the_counting_sees_a_second_page(page_at):
    """The negative control: without its lines the same plan runs over."""
    plan = fullest_plan(FILLS["plain"])
    agree(plan)
    page = desk_copy(page_at, plan)
    page.evaluate("""() => {
        const page = document.querySelector(".desk-page");
        for (const cut of page.querySelectorAll(".desk-cut")) {
            cut.classList.remove("desk-cut");
        }
    }""")
    assert pages_in(page.pdf(format="Letter")) > 1


def test_the_button_prints_and_stands_in_for_the_hint(page_at):
    page = desk_copy(page_at, usual_plan())
    page.evaluate("() => { window.print = () => { window.printed = true } }")
    assert not page.get_by_text("Print this page from your browser.").is_visible()
    page.get_by_role("button", name="Print").click()
    assert page.evaluate("window.printed")


def test_without_scripts_a_hint_says_how(page_at):
    page = desk_copy(page_at, usual_plan(), java_script_enabled=False)
    assert page.get_by_text("Print this page from your browser.").is_visible()
    assert page.get_by_role("button", name="Print").count() == 0


def test_on_screen_it_is_clean_and_never_wider_than_it(page_at, axe):
    plan = fullest_plan(FILLS["wide"], last_day=HALF_A_YEAR)
    page = desk_copy(page_at, plan)
    for look in looks(page, [NARROW, PHONE, DESK]):
        assert page.evaluate(SIDEWAYS) <= 0, look
        assert axe(page) == [], look
