"""What is taken out of one organization comes into an empty one as it stood.

People, teams, quotas, deals as they stand, and activity: from the pages that offer the
files, through the page that takes them, as a CSV file and as a workbook. Nobody is
asked anything on the way. The empty organization has stages of the same names, which
its admin set up; quarters and activities come with the files.
"""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.db.models import F, Sum, Value
from django.db.models.functions import Concat
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reps.create_organization import add_quarters, create_organization
from reps.domain.files.values import AN_EMAIL, name_keys
from reps.domain.quarter import ONE_DAY, quarter_of
from reps.imports.jobs import do_next_job
from reps.models import (
    ActivityEntry,
    ActivityKind,
    Deal,
    FileImport,
    Organization,
    Quota,
    Rep,
    Stage,
    Team,
    User,
)
from tests.factories.people_files import everybody_in
from tests.factories.reps import MONDAY, NOON, RepFactory, TeamFactory
from tests.list_files import all_of

pytestmark = pytest.mark.django_db(transaction=True)

TODAY = NOON.date()
A_WEEK = timedelta(weeks=1)
FILES = {
    "people": "reps:people_file",
    "quotas": "reps:quota_file",
    "deals": "reps:deal_file",
    "activity": "plans:activity_file",
}

letters = st.sampled_from("aeioubcdnrst zéüñøłßşİЖ李やक")
signs = st.sampled_from(",;|\"'=+-@&.()/#%$ 0179")
ends = st.sampled_from(["", "=", "+", "-", "@", "'", "'=", '="', '"', "#", "1 - "])


def words(lines=False, longest=14):
    """A name of something, as a spreadsheet dislikes it."""
    each = [letters, letters, signs, *([st.just("\n")] if lines else [])]
    texts = st.text(st.one_of(*each), min_size=1, max_size=longest)
    return st.builds("{}{}".format, ends, texts).map(str.strip).filter(bool)


def people_called(count):
    """Whom no address tells apart is told apart by name."""
    called = words().filter(lambda name: name_keys(name) and not AN_EMAIL.search(name))
    return st.lists(
        called,
        min_size=count,
        max_size=count,
        unique_by=(
            lambda name: "".join(sorted(name_keys(name)))
        ),
    )


def days(first=date(2025, 11, 3), last=TODAY):
    return st.dates(first, last)


amounts = st.decimals(0, 99_999_999, places=2) | st.sampled_from(
    [Decimal(0), Decimal(1000), Decimal("1234.5")]
)


@st.composite
def offices(draw):
    """Everything about a small organization, as plain values and numbers of each."""
    teams, people = draw(st.integers(1, 4)), draw(st.integers(2, 6))
    office = {
        "first_month": draw(st.sampled_from([1, 4])),
        "first_day_of_week": draw(st.sampled_from([1, 7])),
        "teams": [
            {
                "name": name,
                "above": draw(st.integers(0, number - 1)) if number else None,
                "manager": draw(st.none() | st.integers(1, people - 1))
                if number
                else 0,
            }
            for number, name in enumerate(
                draw(
                    st.lists(
                        words(),
                        min_size=teams,
                        max_size=teams,
                        unique_by=lambda name: " ".join(name.lower().split()),
                    )
                )
            )
        ],
        "people": [
            {
                "name": name,
                "has_email": not number or draw(st.booleans()),
                "time_zone": draw(
                    st.sampled_from(["", "Europe/Berlin", "Asia/Tokyo", "UTC"])
                ),
                "sells_in": draw(st.none() | st.integers(0, teams - 1)),
                "days": draw(
                    st.tuples(
                        st.none() | days(last=date(2026, 2, 2)),
                        st.none() | days(date(2026, 2, 2)),
                    )
                ),
            }
            for number, name in enumerate(draw(people_called(people)))
        ],
        "stages": draw(
            st.lists(
                words() | st.sampled_from(["Won", "Démo", "Demo", "→", "7"]),
                max_size=3,
                unique_by=lambda name: " ".join(name.lower().split()),
            )
        ),
        "kinds": draw(
            st.lists(
                words() | st.sampled_from(["Démos held", "Calls", "→"]),
                max_size=3,
                unique_by=lambda name: " ".join(name.lower().split()),
            )
        ),
        "retired": draw(st.booleans()),
    }
    sellers = st.integers(0, people - 1)
    office["quotas"] = draw(
        st.lists(
            st.fixed_dictionaries(
                {
                    "whose": sellers,
                    "quarter": st.integers(0, 3),
                    "amount": amounts,
                    "ramp": st.sampled_from(["1", "0.5", "0.125", "0.0001"]),
                    "starts": st.none() | st.integers(1, 80),
                    "then": st.none() | st.tuples(amounts, st.integers(1, 80)),
                    "ends": st.none() | st.integers(1, 80),
                }
            ),
            max_size=6,
            unique_by=lambda quota: (quota["whose"], quota["quarter"]),
        )
    )
    office["deals"] = draw(
        st.lists(
            st.fixed_dictionaries(
                {
                    "whose": sellers,
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
                    "ends": st.none()
                    | st.tuples(
                        st.sampled_from(["won", "lost"]),
                        st.integers(60, 130),
                        words(lines=True),
                    ),
                }
            ),
            max_size=8,
        )
    )
    office["activity"] = draw(
        st.lists(
            st.tuples(
                sellers, st.integers(0, 7), st.integers(0, 60), st.integers(1, 400)
            ),
            max_size=8,
        )
    )
    return office


@dataclass
class Filled:
    """An organization with all that was made up of it."""

    plan: dict
    organization: Organization = field(init=False)

    def __post_init__(self):
        self.organization = an_office(self.plan)
        self.admin = add_admin(self.organization, self.plan)
        self._add_people()
        self._add_quotas()
        self._add_deals()
        self._log()
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")

    def _add_people(self):
        plan, of = self.plan, {"organization": self.organization}
        self.users = [self.admin]
        for number, one in enumerate(plan["people"][1:], start=1):
            email = f"p{number}@x.org" if one["has_email"] else None
            facts = {"name": one["name"], "time_zone": one["time_zone"]}
            self.users.append(User.objects.create_user(email, **facts, **of))
        self.teams = []
        for one in plan["teams"]:
            above, manager = one["above"], one["manager"]
            self.teams.append(
                TeamFactory(
                    name=one["name"],
                    above=None if above is None else self.teams[above],
                    manager=None if manager is None else self.users[manager],
                    **of,
                )
            )
        self.reps = {}
        for number, one in enumerate(plan["people"]):
            if one["sells_in"] is not None:
                joined_on, left_on = one["days"]
                self.reps[number] = RepFactory(
                    name=one["name"],
                    user=self.users[number],
                    team=self.teams[one["sells_in"]],
                    joined_on=joined_on,
                    left_on=left_on,
                    **of,
                )

    def _add_quotas(self):
        first = quarter_of(date(2026, 5, 15), self.plan["first_month"])
        spans = [first]
        spans.append(quarter_of(first.ends_on + ONE_DAY, self.plan["first_month"]))
        quarters = [
            *add_quarters(self.organization, spans),
            *self.organization.quarters.order_by("starts_on"),
        ][:4]
        for one in self.plan["quotas"]:
            if one["whose"] not in self.reps:
                continue
            rep, quarter = self.reps[one["whose"]], quarters[one["quarter"]]
            starts = one["starts"]
            quota = Quota(
                organization=self.organization,
                rep=rep,
                quarter=quarter,
                amount=one["amount"],
                ramp=Decimal(one["ramp"]),
                starts_on=starts and quarter.starts_on + starts * ONE_DAY,
            )
            said = {"by": self.admin, "at": NOON, "why": "as the test says"}
            Quota.objects.set_quotas(self.organization, [quota], **said)
            if one["then"]:
                quota.amount, after = one["then"]
                Quota.objects.set_quotas(
                    self.organization,
                    [quota],
                    holds_from=quarter.starts_on + after * ONE_DAY,
                    **said,
                )
            if one["ends"]:
                after = quarter.starts_on + one["ends"] * ONE_DAY
                Quota.objects.end(rep, after=after, **said)

    def _add_deals(self):
        stages = list(self.organization.stages.in_order())
        said = {"by": self.admin, "reason": "as the test says"}
        for one in self.plan["deals"]:
            if one["whose"] not in self.reps:
                continue
            opened_on = one["opened_on"]
            deal = Deal.objects.open_deal(
                organization=self.organization,
                owner=self.reps[one["whose"]],
                stage=stages[one["stage"] % len(stages)],
                on=opened_on,
                at=noon_of(opened_on),
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
                    deal.move_to(stage, on=day, at=noon_of(day), **said)
            if one["ends"]:
                outcome, after, why = one["ends"]
                day = opened_on + after * ONE_DAY
                facts = {"on": day, "at": noon_of(day), "by": self.admin}
                deal.move_to(deal.stage, outcome, reason=why, **facts)
            if not one["knows_day"]:
                changes = {"opened_on": None}
                deal.correct(changes, by=self.admin, at=NOON, why="Nobody knows.")

    def _log(self):
        kinds = list(self.organization.activity_kinds.counted())
        for whose, kind, weeks_ago, count in self.plan["activity"]:
            if whose in self.reps:
                ActivityEntry.objects.log(
                    rep=self.reps[whose],
                    kind=kinds[kind % len(kinds)],
                    week=MONDAY - weeks_ago * A_WEEK,
                    change=count,
                    key=uuid4(),
                    by=self.admin,
                    at=NOON,
                )
        if self.plan["retired"]:
            kinds[-1].is_retired = True
            kinds[-1].save()


def noon_of(day):
    return datetime.combine(day, time(12), UTC)


def an_office(plan) -> Organization:
    """As somebody sets one up, with stages and activities of their own."""
    office = create_organization(
        f"Office {uuid4()}", today=TODAY, first_month=plan["first_month"]
    )
    office.first_day_of_week = plan["first_day_of_week"]
    office.save()
    for name in plan["stages"]:
        Stage.objects.put_last(
            Stage(organization=office, name=name, weight=Decimal("0.5"))
        )
    return office


def add_admin(office, plan) -> User:
    return User.objects.create_user(
        "ada@x.org",
        organization=office,
        name=plan["people"][0]["name"],
        is_admin=True,
    )


def as_it_stands(office) -> dict:
    """By the names of things, whatever ids they have."""
    return everybody_in(office) | {
        "quotas": quotas_of(office),
        "deals": deals_of(office),
        "activity": activity_of(office),
    }


def quotas_of(office):
    quotas = Quota.objects.filter(organization=office).with_earlier()
    each = {
        (quota.rep.name, quota.quarter.starts_on): [
            quota.owed_by(quota.quarter.starts_on + days * ONE_DAY)
            for days in range(quota.quarter.span.days)
        ]
        for quota in quotas.select_related("rep", "quarter")
    }
    return {of: owed for of, owed in each.items() if any(owed)}


def deals_of(office):
    deals = Deal.objects.filter(organization=office).with_why_lost()
    return sorted(
        [
            deal.owner.name,
            deal.account,
            deal.product,
            str(deal.amount),
            deal.amount_is_estimate,
            deal.stage.name,
            deal.outcome,
            str(deal.opened_on),
            str(deal.expected_close_on),
            str(deal.closed_on),
            str(None if deal.closed_on else deal.in_stage_since),
            deal.lead_source,
            deal.why_lost,
        ]
        for deal in deals.select_related("owner", "stage")
    )


def activity_of(office):
    entries = ActivityEntry.objects.filter(organization=office).order_by()
    rows = entries.values_list("rep__name", "week", "kind__name")
    return sorted(rows.annotate(done=Sum("change")).exclude(done=0))


class _Undone(Exception):
    pass


def taken_out(plan, ending):
    """How it stood, and its files; then it is gone, and its addresses are free."""
    try:
        with transaction.atomic():
            filled = Filled(plan)
            raise _Undone(
                as_it_stands(filled.organization),
                {kind: download(filled.admin, kind, ending) for kind in FILES},
            )
    except _Undone as undone:
        return undone.args


def download(admin, kind, ending) -> bytes:
    browser = Client()
    browser.force_login(admin)
    query = {"show": "all"} if kind == "deals" else {}
    if ending == "xlsx":
        query["as"] = "xlsx"
    answer = browser.get(reverse(FILES[kind]), query)
    assert answer.status_code == 200
    return all_of(answer)


def brought_in(browser, kind, content, ending) -> FileImport:
    """As a person does, and a worker; nothing is asked, and nothing left out."""
    file = SimpleUploadedFile(f"{kind}.{ending}", content)
    url = reverse("reps:add_import", args=[kind])
    assert browser.post(url, {"file": file}).status_code == 302
    assert do_next_job()
    brought = FileImport.objects.latest("pk")
    if brought.state == "unreadable":
        assert "header" in brought.why_ended  # and no row below it
        return brought
    assert brought.reading["asked"] == []
    assert [one for one in brought.reading["words"] if one["answer"] is None] == []
    assert (brought.state, brought.why_ended) == ("ready", "")
    browser.post(reverse("reps:bring_in_file", args=[brought.pk]))
    assert do_next_job()
    brought.refresh_from_db()
    assert brought.state == "brought_in"
    came = brought.result
    left = came["bad"], came["left_out"], came["kept"]
    assert left == ([], [], [])
    return brought


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(plan=offices())
def test_what_is_taken_out_comes_in_as_it_stood(ending, plan):
    with time_machine.travel(NOON, tick=False):
        before, files = taken_out(plan, ending)
        office = an_office(plan)
        try:
            browser = Client()
            browser.force_login(add_admin(office, plan))
            for kind, content in files.items():
                brought_in(browser, kind, content, ending)
            assert as_it_stands(office) == before
        finally:  # so that its addresses are free
            people = User.objects.filter(organization=office)
            people.exclude(email=None).update(
                email=Concat(Value(f"{uuid4()}."), F("email"))
            )
