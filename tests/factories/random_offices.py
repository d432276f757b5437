"""Small organizations made up at random: for hypothesis as plain values, and filled in.

Their names are such that a spreadsheet, or a report's reader, takes for something else.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from uuid import uuid4

from django.db import connection
from hypothesis import strategies as st

from reps.create_organization import add_quarters, create_organization
from reps.domain.files.values import AN_EMAIL, name_keys
from reps.domain.quarter import ONE_DAY, following_quarter, quarter_of
from reps.models import (
    ActivityEntry,
    ActivityKind,
    Deal,
    Organization,
    Quota,
    Stage,
    User,
)
from tests.factories.reps import MONDAY, NOON, RepFactory, TeamFactory

TODAY = NOON.date()
A_WEEK, CENT = timedelta(weeks=1), Decimal("0.01")
BEGINS, SPRING = date(2025, 11, 3), date(2026, 2, 2)

letters = st.sampled_from("aeioubcdnrst zéüñøłßşİЖ李やक")
signs = st.sampled_from(",;|\"'=+-@&.()/#%$ 0179")
beginnings = st.sampled_from(
    ["", "=", "+", "-", "@", "'", "'=", '="', '"', "#", "1 - "]
)
odd_words = st.sampled_from(
    [
        *("Total", "Grand Total", "Sum", "Page 1", "Copyright 2026", "Monday"),
        *("n/a", "-", "--", "NULL", "None", "#N/A", "???", "no", "TRUE"),
        *("2026-11-02", "1,234.50", "007", "'007", '="007"', "1E5", "0", "50 %", "€ 5"),
        *("=1+1", "_x0041_", "Anna  Lee", "Open", "Won", "→", "Demo", "Démo"),
        *("Q3 2026", "Owner", "Name", "Account", "Rep", "Deal ID", "Team"),
    ]
)


def words(*, lines=False, longest=14):
    """A name of something; over several lines, where that may be."""
    each = [letters, letters, signs, *([st.just("\n")] if lines else [])]
    texts = st.text(st.one_of(*each), min_size=1, max_size=longest)
    made_up = st.builds("{}{}".format, beginnings, texts).map(str.strip).filter(bool)
    return made_up | made_up | odd_words


def different(**size):
    """Names of which no two are one name."""
    return st.lists(
        words(), unique_by=lambda one: " ".join(one.lower().split()), **size
    )


def people_called(count: int):
    """So many, of whom no two are called the same."""
    called = words().filter(lambda name: name_keys(name) and not AN_EMAIL.search(name))
    told_apart = {"unique_by": lambda name: "".join(sorted(name_keys(name)))}
    return st.lists(called, min_size=count, max_size=count, **told_apart)


def days(first=BEGINS, last=TODAY):
    return st.dates(first, last)


amounts = st.decimals(0, 99_999_999, places=2)
amounts |= st.sampled_from([Decimal(0), Decimal(1000), Decimal("1234.5")])


def person(teams: int):
    places = [*range(teams), *range(teams), None]
    return st.fixed_dictionaries(
        {
            "has_email": st.booleans(),
            "signs_in": st.booleans(),
            "time_zone": st.sampled_from(["", "UTC", "Europe/Berlin", "Asia/Tokyo"]),
            "sells_in": st.sampled_from(places),
            "joined_on": st.none() | days(last=SPRING),
            "left_on": st.none() | st.none() | days(SPRING),
        }
    )


def quotas(people):
    each = st.fixed_dictionaries(
        {
            "whose": people,
            "quarter": st.integers(0, 3),
            "amount": amounts,
            "ramp": st.sampled_from(["1", "0.5", "0.125", "0.0001"]),
            "starts": st.none() | st.integers(1, 80),
            "then": st.none() | st.tuples(amounts, st.integers(1, 80)),
            "ends": st.none() | st.none() | st.integers(1, 80),
        }
    )
    once = {"unique_by": lambda quota: (quota["whose"], quota["quarter"])}
    return st.lists(each, min_size=4, max_size=8, **once)


def deals(people):
    closes = st.tuples(
        st.sampled_from(["won", "won", "lost"]),
        st.integers(60, 130),  # days after it was opened
        words(lines=True),
    )
    calls_off = st.tuples(st.decimals("0.01", 1, places=2), st.integers(0, 4))
    each = st.fixed_dictionaries(
        {
            "whose": people,
            "account": words(lines=True, longest=30) | st.just(""),
            "product": words() | st.just(""),
            "amount": amounts,
            "is_estimate": st.booleans(),
            "opened_on": days(last=date(2026, 6, 30)),
            "knows_day": st.booleans(),
            "expected": st.none() | days(TODAY, date(2027, 6, 30)),
            "source": words() | st.just(""),
            "stage": st.integers(0, 7),
            "moved": st.none() | st.tuples(st.integers(0, 7), st.integers(1, 60)),
            "closes": st.none() | closes | closes,
            "cancelled": st.lists(calls_off, max_size=2),
        }
    )
    return st.lists(each, min_size=6, max_size=12)


def activity(people):
    """Whose, of what, how many weeks ago, and how much of it."""
    weeks, counts = st.integers(0, 60), st.integers(1, 400)
    each = st.tuples(people, st.integers(0, 7), weeks, counts)
    return st.lists(each, min_size=5, max_size=12)


@st.composite
def random_offices(draw):
    """People, teams and the like by their numbers; the first person keeps it all."""
    teams, people = draw(st.integers(1, 4)), draw(st.integers(3, 6))
    numbers = st.integers(0, people - 1)
    return {
        "first_month": draw(st.sampled_from([1, 4])),
        "first_day_of_week": draw(st.sampled_from([1, 7])),
        "teams": draw(different(min_size=teams, max_size=teams)),
        "above": [draw(st.integers(0, number)) for number in range(teams - 1)],
        "managers": [draw(st.none() | numbers) for _ in range(teams - 1)],
        "names": draw(people_called(people)),
        "are_namesakes": draw(st.booleans()),
        "people": [draw(person(teams)) for _ in range(people)],
        "stages": draw(different(max_size=3)),
        "kinds": draw(different(max_size=3)),
        "retires": draw(st.booleans()),
        "quotas": draw(quotas(numbers)),
        "deals": draw(deals(numbers)),
        "activity": draw(activity(numbers)),
    }


def set_up(plan: dict) -> tuple[Organization, User]:
    """As somebody sets one up who has nothing yet but stages of their own."""
    name, months = f"Office {uuid4()}", {"first_month": plan["first_month"]}
    office = create_organization(name, today=TODAY, **months)
    office.first_day_of_week = plan["first_day_of_week"]
    office.save()
    weight = {"weight": Decimal("0.5")}
    for stage in plan["stages"]:
        Stage.objects.put_last(Stage(organization=office, name=stage, **weight))
    of = {"organization": office, "name": plan["names"][0]}
    return office, User.objects.create_user("p0@x.org", is_admin=True, **of)


def filled_in(plan: dict) -> User:
    """Set up, and at work; answers with whoever keeps it and runs it all."""
    office, keeper = set_up(plan)
    filling = _Filling(plan, office, keeper)
    filling.add_people()
    filling.add_quotas()
    filling.add_deals()
    filling.log()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    return keeper


@dataclass
class _Filling:
    plan: dict
    office: Organization
    keeper: User

    def add_people(self):
        plan, of = self.plan, {"organization": self.office}
        self.users = {0: self.keeper}
        runs = {0, *plan["managers"]}
        for number, one in enumerate(plan["people"]):
            email = f"p{number}@x.org" if one["has_email"] else None
            if plan["are_namesakes"] and number < 2:  # whom their addresses tell apart
                plan["names"][number], email = plan["names"][0], f"p{number}@x.org"
            if number and (one["signs_in"] or email or number in runs):
                facts = {"name": plan["names"][number], "time_zone": one["time_zone"]}
                self.users[number] = User.objects.create_user(email, **facts, **of)
        teams = []
        for number, name in enumerate(plan["teams"]):
            above = teams[plan["above"][number - 1]] if number else None
            manager = plan["managers"][number - 1] if number else 0
            facts = {"above": above, "manager": self.users.get(manager)}
            teams.append(TeamFactory(name=name, **facts, **of))
        self.reps = {
            number: RepFactory(
                name=plan["names"][number],
                user=self.users.get(number),
                team=teams[one["sells_in"]],
                joined_on=one["joined_on"],
                left_on=one["left_on"],
                **of,
            )
            for number, one in enumerate(plan["people"])
            if one["sells_in"] is not None
        }

    def _of_reps(self, what: str):
        """Those that are of somebody who sells, and the rep."""
        for one in self.plan[what]:
            if one["whose"] in self.reps:
                yield one, self.reps[one["whose"]]

    def add_quotas(self):
        """In two quarters that are over, and the two that it began with."""
        before = quarter_of(date(2026, 5, 15), self.plan["first_month"])
        add_quarters(self.office, [before, following_quarter(before)])
        quarters = self.office.quarters.order_by("starts_on")
        said = {"by": self.keeper, "at": NOON, "why": "as the test says"}
        for one, rep in self._of_reps("quotas"):
            quarter = quarters[one["quarter"]]
            quota = Quota(
                organization=self.office,
                rep=rep,
                quarter=quarter,
                amount=one["amount"],
                ramp=Decimal(one["ramp"]),
            )
            if one["starts"]:
                quota.starts_on = quarter.starts_on + one["starts"] * ONE_DAY
            Quota.objects.set_quotas(self.office, [quota], **said)
            if one["then"]:
                quota.amount, after = one["then"]
                day = {"holds_from": quarter.starts_on + after * ONE_DAY}
                Quota.objects.set_quotas(self.office, [quota], **day, **said)
            if one["ends"]:
                after = quarter.starts_on + one["ends"] * ONE_DAY
                Quota.objects.end(rep, after=after, **said)

    def add_deals(self):
        stages = list(self.office.stages.in_order())
        said = {"by": self.keeper, "reason": "as the test says"}
        for one, rep in self._of_reps("deals"):
            opened_on = one["opened_on"]
            deal = Deal.objects.open_deal(
                organization=self.office,
                owner=rep,
                stage=stages[one["stage"] % len(stages)],
                on=opened_on,
                at=_noon_of(opened_on),
                account=one["account"],
                product=one["product"],
                amount=one["amount"],
                amount_is_estimate=one["is_estimate"],
                expected_close_on=one["expected"],
                lead_source=one["source"],
                **said,
            )
            if one["moved"]:
                place, after = one["moved"]
                stage, day = stages[place % len(stages)], opened_on + after * ONE_DAY
                if stage.pk != deal.stage_id:
                    deal.move_to(stage, on=day, at=_noon_of(day), **said)
            if one["closes"]:
                self._close(deal, one)
            if not one["knows_day"]:
                nobody_knows = {"by": self.keeper, "at": NOON, "why": "Nobody knows."}
                deal.correct({"opened_on": None}, **nobody_knows)

    def _close(self, deal: Deal, one: dict):
        outcome, after, why = one["closes"]
        day = one["opened_on"] + after * ONE_DAY
        said = {"at": _noon_of(day), "by": self.keeper, "reason": why}
        deal.move_to(deal.stage, outcome, on=day, **said)
        for share, after in one["cancelled"] if outcome == "won" else ():
            amount = (deal.left_to_cancel() * share).quantize(CENT)
            if amount:
                on = {"on": day + after * ONE_DAY, "by": self.keeper, "at": NOON}
                deal.cancel(amount, words="We move out.", **on)

    def log(self):
        for name in self.plan["kinds"]:
            kind = ActivityKind(organization=self.office, name=name)
            ActivityKind.objects.put_last(kind)
        kinds = list(self.office.activity_kinds.counted())
        for whose, kind, weeks_ago, count in self.plan["activity"]:
            if whose in self.reps:
                ActivityEntry.objects.log(
                    rep=self.reps[whose],
                    kind=kinds[kind % len(kinds)],
                    week=MONDAY - weeks_ago * A_WEEK,
                    change=count,
                    key=uuid4(),
                    by=self.keeper,
                    at=NOON,
                )
        if self.plan["retires"]:
            ActivityKind.objects.retire(kinds[-1], retired=True)


def _noon_of(day: date) -> datetime:
    return datetime.combine(day, time(12), UTC)
