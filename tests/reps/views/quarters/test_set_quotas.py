"""A quarter's quotas, saved together."""

import re
from datetime import date
from decimal import Decimal

import pytest
from django.conf import settings
from django.urls import reverse

from reps.models import QuotaRevision, Rep
from tests.elements import elements_of
from tests.factories.reps import NOON, QuarterFactory, QuotaFactory, RepFactory
from tests.forms import form_in
from tests.pages import words

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("thursday_of_week_6"),
]

WHY = {"why": "Two of her accounts went to Theo."}


def cells(rep, amount, ramp="100", starts_on="2026-10-05"):
    row = {"amount": amount, "ramp": ramp, "starts_on": starts_on}
    return {f"rep-{rep.pk}-{name}": typed for name, typed in row.items()}


def post(client, quarter, typed):
    """With what the cells of whoever is typed for held before; no reason of its own."""
    url = reverse("reps:set_quotas", args=[quarter.pk])
    page = client.get(reverse("reps:quotas", args=[quarter.pk]))
    was = {
        name: value
        for name, value in form_in(page, url).items()
        if name.removeprefix("initial-") in typed
    }
    return client.post(url, was | typed)


def kept(quarter):
    """What each owes of it; whoever owes nothing is left out."""
    facts = ("rep__name", "amount", "ramp", "starts_on")
    quotas = quarter.quotas.filter(amount__gt=0).order_by("rep__name")
    return list(quotas.values_list(*facts))


def revisions(quota):
    facts = ("number", "amount", "holds_from", "changed_by__name", "why")
    return list(quota.revisions.order_by("number").values_list(*facts))


def test_it_sets_changes_and_removes(admin_client, quarter, grace):
    facts = {"organization": quarter.organization}
    changed = QuotaFactory(quarter=quarter, rep__name="Sofia", **facts)
    removed = QuotaFactory(quarter=quarter, rep__name="Theo", **facts)

    response = post(
        admin_client,
        quarter,
        cells(grace, "$150,000", "50", "2026-11-02")
        | cells(changed.rep, "210000")
        | cells(removed.rep, "")
        | WHY,
    )

    assert response.status_code == 302
    assert kept(quarter) == [
        ("Grace Mbeki", 150_000, Decimal("0.5"), date(2026, 11, 2)),
        ("Sofia", 210_000, 1, None),
    ]
    changed.refresh_from_db()  # the same row, with its history
    removed.refresh_from_db()  # nothing is ever taken out
    assert removed.owed == 0


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        ({"amount": "lots"}, "amount", "Use an amount in figures"),
        ({"amount": "-1"}, "amount", "Use an amount of zero or more."),
        ({"amount": "9" * 18}, "amount", "more than anybody can sell"),
        ({"amount": "1", "ramp": "0"}, "ramp", "Use a percentage up to 100"),
        ({"amount": "1", "ramp": "120"}, "ramp", "Use a percentage up to 100"),
        (
            {"amount": "1", "starts_on": "2027-01-04"},
            "starts_on",
            "Choose a day inside the quarter.",
        ),
    ],
)
def test_one_wrong_cell_saves_nothing_and_says_why(
    admin_client, quarter, grace, typed, field, words
):
    theo = RepFactory(organization=quarter.organization, team=grace.team, name="Theo")
    response = post(
        admin_client, quarter, cells(grace, **typed) | cells(theo, "123456")
    )

    assert response.status_code == 422
    wrong = response.context["rows"][0].form
    assert wrong.instance.rep == grace
    assert list(wrong.errors) == [field]
    assert words in wrong.errors[field][0]
    assert 'value="123456"' in response.text
    assert kept(quarter) == []


def test_a_row_the_page_did_not_have_is_left_alone(admin_client, quarter, grace):
    """Another admin added somebody meanwhile: no cells of theirs were sent."""
    QuotaFactory(quarter=quarter, rep__name="New")

    post(admin_client, quarter, cells(grace, "150000"))

    assert [name for name, *_ in kept(quarter)] == ["Grace Mbeki", "New"]


def test_cells_for_another_organizations_rep_are_ignored(admin_client, quarter, grace):
    strange = RepFactory()

    post(admin_client, quarter, cells(strange, "150000"))

    assert kept(quarter) == []


# --- Once the quarter has begun -------------------------------------------------------


@pytest.fixture
def finished(organization):
    """The quarter before, over for weeks."""
    return QuarterFactory(
        organization=organization,
        name="Q3 2026",
        starts_on=date(2026, 7, 6),
        ends_on=date(2026, 10, 4),
    )


def test_a_finished_quarters_quota_does_not_change_without_a_reason(
    admin_client, finished
):
    quota = QuotaFactory(quarter=finished, amount=200_000)
    cut = cells(quota.rep, "17,000", starts_on="2026-07-06")

    refused = post(admin_client, finished, cut)

    assert refused.status_code == 422
    said = "Say why: the quarter has begun, and people go by their quotas."
    assert said in refused.text
    assert 'value="17,000"' in refused.text
    quota.refresh_from_db()
    assert (quota.owed, quota.revision) == (200_000, 1)

    assert post(admin_client, finished, cut | WHY).status_code == 302
    assert revisions(quota) == [
        (1, 200_000, None, None, ""),
        (2, 17_000, None, "Ada Keeper", WHY["why"]),
    ]


def test_of_a_closed_quarter_it_says_so(admin_client, third, time_machine):
    time_machine.move_to(NOON)
    quota = QuotaFactory(quarter=third, amount=200_000)
    cut = cells(quota.rep, "17,000", starts_on="2026-07-06")

    refused = words(post(admin_client, third, cut).text)

    assert "Q3 2026 is closed" in refused
    assert "What it was closed with stays beside what you put right." in refused
    assert "Say why: the quarter is closed, and others go by it." in refused


@pytest.mark.parametrize(
    ("typed", "status"),
    [
        ({"amount": "210,000"}, 422),
        ({"amount": "$200,000", "ramp": "50"}, 422),
        ({"amount": "$200,000", "starts_on": "2026-11-02"}, 422),
        ({"amount": ""}, 422),
        ({"amount": "$200,000"}, 302),  # as it was
    ],
)
def test_any_change_of_a_quota_asks_why(admin_client, quarter, typed, status):
    quota = QuotaFactory(quarter=quarter)
    answer = post(admin_client, quarter, cells(quota.rep, **typed))
    assert answer.status_code == status
    assert quota.revisions.count() == 1


def test_before_it_begins_none_is_asked(admin_client, organization):
    later = QuarterFactory(
        organization=organization,
        name="Q1 2027",
        starts_on=date(2027, 1, 4),
        ends_on=date(2027, 4, 4),
    )
    quota = QuotaFactory(quarter=later)
    page = admin_client.get(reverse("reps:quotas", args=[later.pk]))
    assert "has begun" not in page.text

    cut = cells(quota.rep, "17,000", starts_on="2027-01-04")
    assert post(admin_client, later, cut).status_code == 302
    assert revisions(quota)[1:] == [(2, 17_000, None, "Ada Keeper", "")]


def test_a_first_quota_asks_why_only_once_the_quarter_is_over(
    admin_client, quarter, finished, grace
):
    assert post(admin_client, quarter, cells(grace, "150000")).status_code == 302
    late = cells(grace, "150000", starts_on="2026-07-06")
    assert post(admin_client, finished, late).status_code == 422
    assert kept(finished) == []
    assert post(admin_client, finished, late | WHY).status_code == 302


def test_from_a_day_on_leaves_the_days_before_as_they_were(admin_client, quarter):
    quota = QuotaFactory(quarter=quarter, amount=182_000)  # 2,000 a day
    halved = cells(quota.rep, "91,000") | WHY | {"holds_from": "2026-11-09"}

    assert post(admin_client, quarter, halved).status_code == 302

    quota.refresh_from_db()
    # 35 days at 2,000 and 56 at 1,000.
    assert quota.owed == 126_000
    assert quota.owed_by(date(2026, 11, 12)) == 74_000
    assert [row[2] for row in revisions(quota)] == [None, date(2026, 11, 9)]


def test_what_holds_from_a_day_on_is_set_for_the_whole_quarter(
    admin_client, quarter, grace
):
    quota = QuotaFactory(quarter=quarter, amount=182_000)
    theirs = QuotaFactory(quarter=quarter, rep=grace, amount=182_000)
    halved = cells(quota.rep, "91,000") | cells(grace, "91,000") | WHY
    post(admin_client, quarter, halved | {"holds_from": "2026-11-09"})
    same = cells(quota.rep, "91,000") | cells(grace, "91,000")
    throughout = same | {f"rep-{quota.rep.pk}-holds_throughout": "on"}

    assert post(admin_client, quarter, same).status_code == 302
    assert post(admin_client, quarter, throughout).status_code == 422  # it asks why
    post(admin_client, quarter, throughout | WHY | {"holds_from": "2026-11-10"})

    assert [row[2] for row in revisions(quota)] == [None, date(2026, 11, 9), None]
    quota.refresh_from_db()
    assert quota.owed == 91_000
    assert len(revisions(theirs)) == 2  # whoever is not ticked is left as they are


@pytest.mark.parametrize("day", ["2026-10-04", "2027-01-04", "soon"])
def test_it_holds_from_a_day_inside_the_quarter(admin_client, quarter, day):
    quota = QuotaFactory(quarter=quarter)
    sent = cells(quota.rep, "17,000") | WHY | {"holds_from": day}
    answer = post(admin_client, quarter, sent)
    assert answer.status_code == 422
    assert list(answer.context["revision"].errors) == ["holds_from"]
    assert QuotaRevision.objects.count() == 1


# --- Many of them ---------------------------------------------------------------------


@pytest.fixture
def crowd(quarter, grace):
    """So many who sell that their quotas take three pages."""
    facts = {"organization": quarter.organization, "team": grace.team}
    facts["segment"] = grace.segment
    grace.name = "Rep 0000"
    grace.save()
    names = (f"Rep {number:04}" for number in range(1, 230))
    others = Rep.objects.bulk_create(Rep(name=name, **facts) for name in names)
    return [grace, *others]


def sheet(client, quarter, number, **query):
    """What a browser would send back of one page of the table, and where to."""
    url = reverse("reps:quotas", args=[quarter.pk])
    page = client.get(url, {"page": number} | query)
    to = next(
        form.attrs["action"]
        for form in elements_of(page.text)
        if form.tag == "form" and "quotas/" in form.attrs["action"]
    )
    return to, form_in(page, to)


def filled_in(sent, amount):
    """Whatever the cells of amounts say now, with this typed in them."""
    cells = (name for name in sent if re.fullmatch(r"rep-\d+-amount", name))
    return sent | dict.fromkeys(cells, amount)


def test_a_crowds_are_set_page_by_page(admin_client, quarter, crowd):
    for number in range(1, 4):
        to, sent = sheet(admin_client, quarter, number)
        assert len(sent) < settings.DATA_UPLOAD_MAX_NUMBER_FIELDS
        then = {"then": number + 1} if number < 3 else {}
        answer = admin_client.post(to, filled_in(sent, "$150k") | then)
        assert answer.status_code == 302
        assert answer.url.endswith(f"?page={min(number + 1, 3)}")

    assert len(kept(quarter)) == 230
    assert {amount for _, amount, _, _ in kept(quarter)} == {150_000}


def test_what_another_page_holds_stays(admin_client, quarter, crowd):
    QuotaFactory(quarter=quarter, rep=crowd[0], amount=90_000)
    to, sent = sheet(admin_client, quarter, 2)
    wrong = f"rep-{crowd[150].pk}-amount"

    refused = admin_client.post(to, filled_in(sent, "1") | {wrong: "lots"})
    assert refused.status_code == 422
    assert len(refused.context["rows"]) == 100
    assert refused.context["rows"][50].form.errors
    assert kept(quarter) == [("Rep 0000", 90_000, 1, None)]

    assert admin_client.post(to, filled_in(sent, "1")).status_code == 302
    assert len(kept(quarter)) == 101
    page = admin_client.get(reverse("reps:quotas", args=[quarter.pk])).text
    assert "Saved so far: $90,100 in quotas" in words(page)


def test_gaps_are_filled_from_the_quarter_before_page_by_page(
    admin_client, quarter, crowd
):
    before = QuarterFactory(
        organization=quarter.organization,
        name="Q3 2026",
        starts_on=date(2026, 7, 6),
        ends_on=date(2026, 10, 4),
    )
    for rep in (crowd[0], crowd[100]):
        QuotaFactory(rep=rep, quarter=before, amount=80_000)

    to, sent = sheet(admin_client, quarter, 1, copy="1")
    answer = admin_client.post(to, sent | {"then": "2"})
    assert answer.url.endswith("?page=2&copy=1")
    to, sent = sheet(admin_client, quarter, 2, copy="1")
    assert sent[f"rep-{crowd[100].pk}-amount"] == "$80,000"
    admin_client.post(to, sent)

    assert [name for name, *_ in kept(quarter)] == ["Rep 0000", "Rep 0100"]
