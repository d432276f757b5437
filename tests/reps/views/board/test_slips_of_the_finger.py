"""An amount or a deal that is more likely a slip is asked about once, and then kept."""

from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from plans.models import Plan
from reps.models import Deal, Organization, Quota
from tests.factories.plans import PlanFactory
from tests.factories.reps import (
    NOON,
    DealFactory,
    QuotaFactory,
    RepFactory,
    StageFactory,
)
from tests.forms import form_in
from tests.pages import one_line

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("thursday_of_week_6", "stages"),
]
TOO_MUCH = Decimal("1000000000000.01")


def add(client, rep, *, user=None, **typed):
    client.force_login(user or rep.user)
    facts = {"account": "Bay Clinics", "amount": "20,000", "key": uuid4()}
    return client.post(reverse("reps:add_deal"), facts | typed)


def added(rep):
    return Deal.objects.filter(owner=rep).count()


# An amount


def test_forty_times_the_largest_deal_is_asked_about_once(client, rep):
    DealFactory(owner=rep, amount=23_000)
    asked = add(client, rep, amount="920,000")

    assert asked.status_code == 422
    words = "40 times the largest deal so far, $23,000. Is that right?"
    assert words in one_line(asked.text)
    assert 'value="920,000"' in asked.text
    assert added(rep) == 1

    sent = form_in(asked, reverse("reps:add_deal")) | {"is_so_large": "on"}
    assert client.post(reverse("reps:add_deal"), sent).status_code == 302
    assert added(rep) == 2


@pytest.mark.parametrize("amount", ["460,000", "1"])
def test_up_to_twenty_times_nobody_asks(client, rep, amount):
    DealFactory(owner=rep, amount=23_000)
    assert add(client, rep, amount=amount).status_code == 302


def test_a_first_deal_has_nothing_to_be_compared_with(client, rep):
    DealFactory(owner=RepFactory(team=rep.team), amount=10)
    assert add(client, rep, amount="900,000").status_code == 302


def test_one_that_is_changed_is_asked_about_and_one_that_stays_is_not(client, rep):
    DealFactory(owner=rep, amount=1_000)
    deal = DealFactory(owner=rep, amount=30_000, account="Bay Clinics")
    client.force_login(rep.user)
    url = reverse("reps:edit_deal", args=[deal.pk])
    held = form_in(client.get(deal.get_absolute_url() + "?edit=1"), url)

    assert client.post(url, held | {"account": "Bay"}).status_code == 302
    held["initial-account"] = "Bay"
    asked = client.post(url, held | {"amount": "40,000"})
    assert "40 times the largest deal so far, $1,000" in asked.text
    again = {"amount": "40,000", "is_so_large": "on"}
    assert client.post(url, held | again).status_code == 302
    deal.refresh_from_db()
    assert deal.amount == 40_000


@pytest.mark.parametrize("typed", ["9,999,999,999,999", "1,000,000,000,000.01"])
def test_more_than_anybody_sells_is_refused_at_the_field(client, rep, typed):
    refused = add(client, rep, amount=typed)
    assert refused.status_code == 422
    assert "This is more than anybody can sell. Use fewer digits." in refused.text
    assert f'value="{typed}"' in refused.text
    assert added(rep) == 0


BOUNDS = {
    "a deal": (Deal, "amount", DealFactory),
    "a quota": (Quota, "amount", QuotaFactory),
    "an average to start from": (Organization, "starting_average_deal", StageFactory),
    "a plan's goal": (Plan, "goal_high", PlanFactory),
    "a plan's low goal": (Plan, "goal_low", PlanFactory),
    "a plan's average deal": (Plan, "average_deal", PlanFactory),
}


@pytest.mark.parametrize("what", BOUNDS)
def test_whoever_writes_it_it_is_not_kept(what):
    model, field, make = BOUNDS[what]
    make()
    with pytest.raises(IntegrityError, match=r"above 10\^12"), transaction.atomic():
        model.objects.update(**{field: TOO_MUCH})


# A deal that is there already


@pytest.fixture
def there(rep):
    return DealFactory(owner=rep, account="Bay  clinics", amount=19_000)


def test_a_second_one_of_nearly_the_same_amount_is_pointed_out_with_a_link(
    client, rep, there
):
    asked = add(client, rep)
    assert asked.status_code == 422
    shown = one_line(asked.text)
    link = f'<a href="{there.get_absolute_url()}">Bay clinics</a>'
    words = f"There is an open one already: {link}, $19,000, of {rep.name}."
    assert words in shown
    assert added(rep) == 1

    sent = form_in(asked, reverse("reps:add_deal")) | {"is_another": "on"}
    assert client.post(reverse("reps:add_deal"), sent).status_code == 302
    assert added(rep) == 2


@pytest.mark.parametrize(
    "typed", [{"amount": "30,000"}, {"account": "Bay Dental"}], ids=["sum", "account"]
)
def test_another_amount_or_account_is_another_deal(client, rep, there, typed):
    assert add(client, rep, **typed).status_code == 302


def test_one_that_is_closed_is_no_obstacle(client, rep, there):
    said = {"by": rep.user, "reason": "No budget.", "on": there.opened_on}
    there.move_to(there.stage, "lost", **said, at=NOON)
    assert add(client, rep).status_code == 302


def test_one_that_the_reader_may_not_see_is_not_told(client, rep):
    DealFactory(
        organization=rep.organization,
        owner=RepFactory(organization=rep.organization),
        account="Bay Clinics",
        amount=20_000,
    )
    assert add(client, rep).status_code == 302
