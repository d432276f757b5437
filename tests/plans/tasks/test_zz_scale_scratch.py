import time, tracemalloc, resource
import pytest, time_machine
from datetime import datetime, UTC
from django.db import connection
from plans.models import Nudge
from plans.tasks import decide_nudges
from reps.models import *
from tests.factories.reps import *
pytestmark = pytest.mark.django_db(transaction=True)
N=100_000
def test_scale():
    org=OrganizationFactory(holiday_calendar="US", time_zone="UTC")
    team=TeamFactory(organization=org)
    zones=["","Europe/Berlin","Europe/London","Europe/Paris","Africa/Lagos"]
    User.objects.bulk_create([User(organization=org,name=f"P{i}",email=f"q{i}@example.org",password="!",time_zone=zones[i%5]) for i in range(N)],batch_size=5000)
    us=list(User.objects.filter(email__startswith="q").values_list("pk",flat=True))
    Rep.objects.bulk_create([Rep(organization=org,team=team,user_id=u,name="R") for u in us],batch_size=5000)
    with connection.cursor() as c: c.execute("ANALYZE")
    at=datetime(2026,11,13,15,tzinfo=UTC)
    for n in range(3):
        if n==2:
            Nudge.objects.update(state="sent")
            at=datetime(2026,11,17,15,tzinfo=UTC)
        r0=resource.getrusage(resource.RUSAGE_SELF)
        t=time.monotonic()
        with time_machine.travel(at,tick=True): decide_nudges()
        r1=resource.getrusage(resource.RUSAGE_SELF)
        print("RUN",n,round(time.monotonic()-t,2),"s cpu",round(r1.ru_utime-r0.ru_utime,2),"maxrss",r1.ru_maxrss//1024, Nudge.objects.count())
    with connection.cursor() as c:
        c.execute("ANALYZE plans_nudge")
    t=time.monotonic(); x=Nudge.objects.claim(50); print("CLAIM", len(x), time.monotonic()-t)
    t=time.monotonic(); x=Nudge.objects.claim(50); print("CLAIM", len(x), time.monotonic()-t)
    print(Nudge.objects.claimable().order_by("due_at")[:50].explain(analyze=True))
