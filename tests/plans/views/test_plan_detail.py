import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.factories.plans import *
from tests.factories.reps import *
pytestmark = pytest.mark.django_db
def test_count(client):
    with time_machine.travel(NOON, tick=False):
        plan = PlanFactory()
        MetricFactory(plan=plan, organization=plan.organization)
        StrategyFactory(plan=plan, organization=plan.organization)
        QuotaFactory(rep=plan.rep, organization=plan.organization, quarter=plan.quarter)
        client.force_login(plan.rep.team.manager)
        with CaptureQueriesContext(connection, ) as ctx:
            assert client.get(plan.get_absolute_url()).status_code == 200
        for i, q in enumerate(ctx.captured_queries, 1): print(i, q["sql"][:60], "…FROM", q["sql"].split("FROM",1)[-1][:150])
        with CaptureQueriesContext(connection, ) as ctx:
            assert client.post(f"/plans/{plan.pk}/fields/win_rate/edit/", {"value": "40%", "was": "30%", "measured": "30%"}, headers={"HX-Request": "true"}).status_code == 200
        for i, q in enumerate(ctx.captured_queries, 1): print(i, q["sql"][:60], "…FROM", q["sql"].split("FROM",1)[-1][:150])
