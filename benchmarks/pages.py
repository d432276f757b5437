"""The pages and the posts, in H: each in turn with a hello-world Django view.

H is the median of that view under the same server, so that a busy machine slows both.
Only ratios to H, query counts and CPU a request mean anything.
"""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from statistics import median
from uuid import uuid4

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from benchmarks.seed import analyze, five_teams, team_of
from benchmarks.server import TOKEN, serving
from benchmarks.table import Table
from plans.models import Plan
from reps.domain.work_week import monday_on_or_before
from reps.models import ActivityKind, Deal, Quarter, Rep, Stage, User

ROUNDS, WARM_UP = 120, 15
MOST_GROWTH = 1.2
HISTORIES = (1_000, 100_000)
GROWING = {
    "Board": "open deals",
    "Rep's page": "closed deals",
    "Plan page": "closed deals",
}


@dataclass
class Row:
    """A hot path with its budget, in H, and the words its answer must hold.

    `form` makes the body of the n-th time it is posted; without one it is a page.
    """

    name: str
    url: str
    person: User
    must: float
    aim: float
    most_queries: int
    shows: str
    times: int = 1
    form: Callable[[int], dict] | None = None
    queries: int = 0
    cost: float = 0.0  # in H
    cpu: float = 0.0  # milliseconds a request
    cookie: str = ""
    turn: int = 0

    def next_form(self):
        self.turn += 1
        return self.form(self.turn) if self.form else None


def rows_for(today, at) -> list[Row]:
    """Every path that is measured, each signed in and with its queries counted."""
    rows = [
        Row(
            name=f"Team board, {size} reps x 13 weeks",
            url="/team/",
            person=team_of(size, today=today, at=at),
            must=must,
            aim=aim,
            most_queries=12,
            shows=">Person Number",
            times=min(size, 25),
        )
        for size, must, aim in ((8, 17, 15), (100, 32, 20))
    ]
    for count in (200, 2_000, 10_000):
        manager = team_of(8, today=today, at=at, open_deals=count)
        rows.append(
            Row(
                name=f"Board, {count:,} open deals",
                url="/board/",
                person=manager,
                must=18,
                aim=12,
                most_queries=9,
                shows="Account ",
                times=100,
            )
        )
    for closed in HISTORIES:
        rows += _with_history(closed, today, at)
    eight = rows[0].person
    rows += [_move(manager), _log(eight, today), *_plan(eight, today, at)]
    for row in rows:
        _sign_in(row)
    return rows


def _with_history(closed: int, today, at) -> list[Row]:
    """The two pages that a rep's past stands behind, with so many deals closed."""
    manager = five_teams(closed, today=today, at=at)
    rep = Rep.objects.filter(team__manager=manager).first()
    plan = _start_plan(rep, manager, today, at)
    behind = f"{closed:,} closed deals"
    page = f"/plans/{plan.pk}/"
    return [
        Row(
            f"Rep's page, {behind}",
            f"/reps/{rep.pk}/",
            manager,
            30,
            20,
            16,
            "Sales cycle",
        ),
        Row(f"Plan page, {behind}", page, manager, 30, 20, 16, "plan-chain"),
    ]


def _start_plan(rep, manager, today, at) -> Plan:
    of = {"organization": rep.organization}
    plan = Plan.objects.start(
        rep=rep,
        quarter=Quarter.objects.filter(**of).containing(today),
        leading=ActivityKind.objects.get(**of, is_leading=True),
        by=manager,
        at=at,
    )
    plan.write("goal_low", 150_000, was=None)
    plan.write("goal_high", 200_000, was=None)
    return plan


def _move(manager) -> Row:
    """One deal, forward and back again, with a reason each time."""
    deal = Deal.objects.filter(
        organization=manager.organization, outcome="open", stage__order=2
    ).first()
    stages = list(Stage.objects.filter(organization=manager.organization).in_order())

    def form(turn):
        to = stages[2] if turn % 2 else stages[1]
        return {"to": to.pk, "seen": deal.moves.count(), "reason": "for the bench"}

    url = f"/deals/{deal.pk}/move/"
    return Row(
        "Move one deal", url, manager, 14, 8, 10, f"deal-card-{deal.pk}", form=form
    )


def _log(manager, today) -> Row:
    rep = Rep.objects.filter(team__manager=manager).first()
    kind = ActivityKind.objects.get(organization=manager.organization, is_leading=True)

    def form(turn):
        return {
            "kind": kind.pk,
            "week": monday_on_or_before(today).isoformat(),
            "key": str(uuid4()),
            "change": "1" if turn % 2 else "-1",
        }

    url = f"/reps/{rep.pk}/week/log/"
    return Row("Log one activity", url, manager, 10, 7, 8, kind.name, form=form)


def _plan(manager, today, at) -> list[Row]:
    rep = Rep.objects.filter(team__manager=manager).first()
    plan = _start_plan(rep, manager, today, at)
    figures = {
        "figure_average_deal": "19,000",
        "figure_win_rate": "30%",
        "figure_open_deals": "12",
        "figure_demo_rate": "62%",
        "figure_demos_pending": "0",
        "figure_effective_weeks": "4.6",
    }

    def form(turn):
        now, then = ("31%", "32%") if turn % 2 else ("32%", "31%")
        was = "" if turn == 1 else then  # nobody had overridden it
        return figures | {"value": now, "was": was, "measured": "30%"}

    page = f"/plans/{plan.pk}/"
    recompute = f"{page}fields/win_rate/edit/"
    return [
        Row("A new plan", page, manager, 28, 14, 15, "plan-chain"),
        Row(
            "Recompute of the arithmetic", recompute, manager, 9.5, 7, 6, "÷", form=form
        ),
    ]


def _sign_in(row: Row):
    """Make its session, and count its queries the second time it is asked."""
    htmx = {"HX-Request": "true"} if row.form else {}
    client = Client(headers={"host": "127.0.0.1"} | htmx)
    client.force_login(row.person)
    key = client.cookies[settings.SESSION_COOKIE_NAME].value
    row.cookie = f"{settings.SESSION_COOKIE_NAME}={key}; csrftoken={TOKEN}"
    for _ in range(2):
        form = row.next_form()
        with CaptureQueriesContext(connection) as queries:
            answer = client.post(row.url, form) if form else client.get(row.url)
        check(row, answer.status_code, answer.content)
    row.queries = len(queries)


def check(row: Row, status: int, body: bytes):
    """A fast redirect is not a board."""
    text = body.decode()
    found = text.count(row.shows)
    if status != 200 or found < row.times:
        sys.exit(f"{row.name}: {status}, {found} of {row.times} times {row.shows!r}")


def measure(rows: list[Row]) -> float:
    """Fill in what each row costs; answers with H in milliseconds."""
    floor, costs = [], {row.name: [] for row in rows}
    with serving("benchmarks.hello") as hello, serving("recovery.wsgi") as app:

        def ask(row):
            form = row.next_form()
            cost, status, body = app.ask(row.url, cookie=row.cookie, form=form)
            check(row, status, body)
            return cost

        for turn in range(ROUNDS + WARM_UP):
            for row in rows:
                base, _, _ = hello.ask("/")
                cost = ask(row)
                if turn >= WARM_UP:
                    floor.append(base)
                    costs[row.name].append(cost)
        for row in rows:
            before = app.cpu_ms()
            for _ in range(ROUNDS):
                ask(row)
            row.cpu = (app.cpu_ms() - before) / ROUNDS
            row.cost = median(costs[row.name]) / median(floor)
    return median(floor)


def add_pages(table: Table, now: datetime) -> None:
    """Every page's row. Wrong are too many queries, and growth with the size."""
    rows = rows_for(now.date(), now)
    analyze()
    floor = measure(rows)
    table.say(f"H = {floor:.2f} ms, a hello-world Django view under the same server")
    for row in rows:
        queries = f"{row.queries:>3}/{row.most_queries} queries"
        rest = f"{queries}{row.cpu:>7.1f} ms CPU"
        table.add(row.name, row.cost, row.must, row.aim, unit="H", rest=rest)

    table.wrong += [
        f"{r.name}: {r.queries} queries" for r in rows if r.queries > r.most_queries
    ]
    for page, with_what in GROWING.items():
        sizes = [row for row in rows if row.name.startswith(f"{page}, ")]
        growth = sizes[-1].cost / sizes[0].cost
        table.say(f"{page}: {growth:.2f} x from the fewest to the most {with_what}")
        if len({row.queries for row in sizes}) > 1:
            table.wrong.append(f"{page}: its queries grow with the {with_what}")
        if growth > MOST_GROWTH:
            table.wrong.append(f"{page}: {growth:.2f} x with the {with_what}")
    if rows[0].queries != rows[1].queries:
        table.wrong.append("the team board's queries grow with the team")
