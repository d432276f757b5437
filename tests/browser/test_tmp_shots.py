import pytest
from datetime import timedelta
from django.utils import timezone
from recovery import demo_quarter
from reps.models import Rep, User
from reps.domain.quarter import monday_of
from plans.links import week_token, person_token, nudge_token
from plans.models import CheckIn, Energy, Nudge
from django.test import override_settings
OUT="/tmp/sw/mailhelper/"
def test_shots(page_at, axe, transactional_db):
    now = timezone.now()
    demo_quarter.fill(at=now)
    theo = Rep.objects.get(user__email=demo_quarter.THEO)
    erin = User.objects.get(email=demo_quarter.ERIN)
    monday = monday_of(theo.local_date(now))
    c = CheckIn.objects.record(rep=theo, week=monday, by=theo.user, at=now - timedelta(hours=3), moved="Quill & Co is in Contract; legal has our paper.\nHarlan Foods booked the second demo.", stuck="Larkspur’s budget meeting moved twice. I only hear from their ops lead.", learned="Ask who signs before the demo, not after.")
    Energy.objects.note(4, rep=theo, week=monday)
    for i, rep in enumerate(Rep.objects.filter(team=theo.team, user__isnull=False).exclude(pk=theo.pk)[:4]):
        x = CheckIn.objects.record(rep=rep, week=monday - timedelta(weeks=1+i%2), by=rep.user, at=now - timedelta(days=3+4*i), moved="Two demos held." if i != 1 else "")
        if i: x.answer("Good. Keep Tuesday mornings free of meetings.", by=erin, at=now)
    n = Nudge.objects.create(organization=theo.organization, person=theo.user, kind="check_in", week=monday, due_at=now, state="sent")
    leader = User.objects.get(email=demo_quarter.LEADER)
    def shoot(tag, path, user, before=None):
        for width in (390, 1440):
            for scheme in ("light","dark"):
                page = page_at(width, scheme, user=user)
                page.goto(path)
                if before: before(page)
                assert axe(page) == [], (tag, width, scheme)
                assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0, tag
                page.screenshot(path=f"{OUT}{tag}-{width}-{scheme}.png", full_page=True)
    shoot("mail", f"/w/{week_token(theo, monday)}/", None)
    shoot("mail-saved", f"/w/{week_token(theo, monday)}/?saved", None)
    shoot("stop", f"/letters/stop/{person_token(theo.user)}/", None)
    shoot("later", f"/letters/later/{nudge_token(n)}/", None)
    shoot("team", "/team/", erin)
    shoot("week-manager", f"/reps/{theo.pk}/week/", erin)
    shoot("checkins", "/check-ins/", erin)
    shoot("checkins-leader", "/check-ins/", leader)
    c.answer("I will ring their CFO on Monday.\nTake Maya along to Harlan.", by=erin, at=now)
    shoot("week-rep", f"/reps/{theo.pk}/week/", theo.user)
    shoot("week-leader", f"/reps/{theo.pk}/week/", leader)
    shoot("settings", "/letters/", theo.user)
