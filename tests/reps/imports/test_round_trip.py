"""What is taken out of one organization comes into an empty one as it stood.

People, teams, quotas, deals as they stand, and activity: from the pages that offer the
files, through the page that takes them and a worker's jobs, as CSV and as a workbook.
Nobody is asked anything on the way, and the same files again change nothing. The empty
one has stages of the same names, as its admin set them up; quarters and activities come
with the files.
"""

from collections import Counter
from uuid import uuid4

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.db.models import F, Sum, Value
from django.db.models.functions import Concat
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings

from reps.domain.quarter import ONE_DAY
from reps.imports.jobs import do_next_job
from reps.models import ActivityEntry, Deal, FileImport, Quota, User
from tests.factories.people_files import everybody_in
from tests.factories.random_offices import filled_in, random_offices, set_up
from tests.factories.reps import NOON
from tests.list_files import all_of

pytestmark = pytest.mark.django_db(transaction=True)

FILES = {
    "people": "reps:people_file",
    "quotas": "reps:quota_file",
    "deals": "reps:deal_file",
    "activity": "plans:activity_file",
}


def as_it_stands(office) -> dict[str, list]:
    """By the names of things and the addresses of people, whatever ids they have."""
    return everybody_in(office) | {
        "quotas": quotas_of(office),
        "deals": deals_of(office),
        "activity": activity_of(office),
    }


def quotas_of(office):
    """What is owed to the close of each day, where anything is."""
    quotas = Quota.objects.filter(organization=office).with_earlier()
    owed = [
        (*whose(quota.rep), first, *owed_to_each_day(quota))
        for quota in quotas.select_related("rep__user", "quarter")
        if (first := quota.quarter.starts_on)
    ]
    return [quota for quota in owed if quota[-1]]


def owed_to_each_day(quota):
    quarter = quota.quarter
    days = (quarter.starts_on + number * ONE_DAY for number in range(quarter.span.days))
    return map(quota.owed_by, days)


def deals_of(office):
    deals = Deal.objects.filter(organization=office).with_why_lost()
    return [
        (
            *whose(deal.owner),
            deal.account,
            deal.product,
            deal.amount,
            deal.amount_is_estimate,
            deal.stage.name,
            deal.outcome,
            deal.opened_on,
            deal.expected_close_on,
            deal.closed_on,
            None if deal.closed_on else deal.in_stage_since,
            deal.lead_source,
            deal.why_lost,
            *((day["on"], day["amount"]) for day in deal.cancelled_days),
        )
        for deal in deals.with_cancelled_days().select_related("owner__user", "stage")
    ]


def activity_of(office):
    entries = ActivityEntry.objects.filter(organization=office).order_by()
    rows = entries.values_list("rep__name", "rep__user__email", "week", "kind__name")
    return list(rows.annotate(done=Sum("change")).exclude(done=0))


def whose(rep):
    return rep.name, (rep.user and rep.user.email) or ""


class _Undone(Exception):
    pass


def taken_out(plan, ending):
    """How it stood, and its files; then it is gone, and its addresses are free."""
    try:
        with transaction.atomic():
            keeper = filled_in(plan)
            browser = signed_in(keeper)
            files = {kind: download(browser, kind, ending) for kind in FILES}
            raise _Undone(as_it_stands(keeper.organization), files)
    except _Undone as undone:
        return undone.args


def signed_in(user) -> Client:
    browser = Client()
    browser.force_login(user)
    return browser


def download(browser, kind, ending) -> bytes:
    query = {"show": "all"} if kind == "deals" else {}
    if ending == "xlsx":
        query["as"] = "xlsx"
    return all_of(browser.get(reverse(FILES[kind]), query))


def looked_at(browser, kind, content, ending) -> FileImport:
    """As a person brings it and a worker reads it: nothing is asked, or left out."""
    file = SimpleUploadedFile(f"{kind}.{ending}", content)
    url = reverse("reps:add_import", args=[kind])
    assert browser.post(url, {"file": file}).status_code == 302
    assert do_next_job()
    brought = FileImport.objects.latest("pk")
    if brought.state == "unreadable":  # for there is no row below its header
        assert "header" in brought.why_ended
        return brought
    assert brought.reading["asked"] == []
    assert [one for one in brought.reading["words"] if one["answer"] is None] == []
    assert (brought.state, brought.why_ended) == ("ready", "")
    came = brought.result
    assert (came["bad"], came["left_out"], came["kept"]) == ([], [], [])
    return brought


def bring_in(browser, brought: FileImport):
    browser.post(reverse("reps:bring_in_file", args=[brought.pk]))
    assert do_next_job()
    brought.refresh_from_db()
    assert brought.state == "brought_in"


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
@settings(
    max_examples=5,  # of some forty rows each, which takes seconds
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(plan=random_offices())
def test_what_is_taken_out_comes_in_as_it_stood(ending, plan):
    with time_machine.travel(NOON, tick=False):
        before, files = taken_out(plan, ending)
        office, keeper = set_up(plan)
        try:
            browser = signed_in(keeper)
            for kind, content in files.items():
                brought = looked_at(browser, kind, content, ending)
                if brought.state == "ready":
                    bring_in(browser, brought)
            after = as_it_stands(office)
            for part in before:  # of each what is lost, and what was not there
                lost, new = Counter(before[part]), Counter(after[part])
                assert (lost - new, new - lost) == (Counter(), Counter())
            for kind, content in files.items():
                came = looked_at(browser, kind, content, ending).result
                assert not came or (came["added"], came["changed"]) == (0, 0)
        finally:  # its addresses are free for the next
            people = User.objects.filter(organization=office).exclude(email=None)
            people.update(email=Concat(Value(f"{uuid4()}."), F("email")))
