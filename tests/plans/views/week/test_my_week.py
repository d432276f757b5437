"""My week: each activity against its target or the usual week, and who changed what."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse

from reps.models.who_and_why import say_who_and_why
from tests.factories.check_ins import CheckInFactory
from tests.factories.imports import FileImportFactory
from tests.factories.plans import PlanFactory
from tests.factories.reps import (
    MONDAY,
    NOON,
    AbsenceFactory,
    ActivityKindFactory,
    RepFactory,
    log,
)
from tests.pages import one_line, page_for, words

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("thursday_of_week_6", "quarter"),
]


@pytest.fixture
def calls(rep):
    return ActivityKindFactory(
        organization=rep.organization, name="Prospecting calls", is_leading=False
    )


def agreed(rep, weekly):
    """A plan both have signed, with so many a week of these activities."""
    plan = PlanFactory(rep=rep)
    content = {
        "objective": plan.objective,
        "goal_low": "1",
        "goal_high": "2",
        "strategies": ["Prospect first"],
        "metrics": {
            str(kind.pk): {"name": kind.name, "weekly": count}
            for kind, count in weekly.items()
        },
    }
    proposal = plan.propose(content, by=rep.user, side="rep", at=NOON)
    plan.sign(proposal.number, by=rep.team.manager, side="manager", at=NOON)
    return plan


def page(client, rep, query="", *, user=None, status=200):
    client.force_login(user or rep.user)
    response = client.get(reverse("plans:my_week", args=[rep.pk]) + query)
    assert response.status_code == status
    return one_line(response.text)


def words_of_main(html):
    return words(html[html.index("<main") : html.index("</main>")])


def headings(html):
    return re.findall(r'<h3 id="activity-name-\d+">([^<]+)<', html)


def test_it_measures_the_week_against_the_plan(client, rep, demos, calls):
    agreed(rep, {demos: 3})
    log(rep, demos, 2)
    log(rep, calls, 50)
    html = page(client, rep)
    shown = words_of_main(html)
    assert "Your week 6 9–15 November. Thursday." in shown
    assert "2 of 3, 1 to go" in shown
    assert shown.index("What you control") < shown.index("Also counted")
    assert headings(html) == ["Demos held", "Prospecting calls"]
    # Four of five working days have gone: 2.4 of 3.
    assert "2.4 by today, at an even pace." in html


def test_a_target_that_is_met_says_so(client, rep, demos):
    agreed(rep, {demos: 3})
    log(rep, demos, 3)
    html = page(client, rep)
    assert "3 of 3 Done" in words_of_main(html)
    assert "to go" not in html
    assert 'class="g-done"' in html


def test_a_draft_asks_nothing_of_the_week(client, rep, demos):
    PlanFactory(rep=rep)
    assert "Also counted" not in page(client, rep)


def test_what_only_one_has_signed_asks_nothing_yet(client, rep, demos):
    plan = agreed(rep, {demos: 3})
    content = plan.in_force().content
    content["metrics"][str(demos.pk)]["weekly"] = 5
    plan.propose(content, by=rep.user, side="rep", reason="More of it", at=NOON)
    assert "<b>0</b> of 3" in page(client, rep)


def test_the_plan_of_another_quarter_asks_nothing_of_this_week(client, rep, demos):
    plan = agreed(rep, {demos: 3})
    plan.quarter.starts_on, plan.quarter.ends_on = date(2026, 7, 6), date(2026, 10, 4)
    say_who_and_why(why="It was the one before.")
    plan.quarter.save()
    assert "to go" not in page(client, rep)
    assert "<b>0</b> of 3" in page(client, rep, "?week=2026-09-28")


def test_a_closed_plan_asks_until_the_week_it_was_closed_in(client, rep, demos):
    plan = agreed(rep, {demos: 3})
    plan.close(on=date(2026, 11, 4), came_of_it="Back on pace")
    assert "<b>0</b> of 3" not in page(client, rep)
    assert "<b>0</b> of 3" in page(client, rep, "?week=2026-11-02")


def test_without_a_plan_the_line_is_the_usual_week(client, rep, calls, demos):
    for weeks_ago, count in enumerate([2, 3, 1, 3, 5]):
        log(rep, demos, count, weeks_ago=weeks_ago)
    html = page(client, rep)
    assert "2 · usually 3" in words_of_main(html)
    assert "A usual Thursday" in html
    assert headings(html)[0] == "Demos held"  # it leads
    assert "no finished week to compare with yet" in html  # the calls


def test_a_retired_activity_is_not_logged_any_more(client, rep, demos, calls):
    calls.is_retired = True
    calls.save()
    assert headings(page(client, rep)) == ["Demos held"]


def test_a_week_away_expects_nothing(client, rep, demos):
    AbsenceFactory(rep=rep)
    agreed(rep, {demos: 3})
    html = page(client, rep)
    assert "A week away: nothing is expected of it." in html
    assert "to go" not in html
    assert "of 3" not in html


def test_the_minus_is_disabled_at_nothing(client, rep, demos):
    minus = re.compile(rf'id="fewer-{demos.pk}"[^>]* disabled')
    assert minus.search(page(client, rep))
    log(rep, demos, 1)
    assert not minus.search(page(client, rep))


def test_every_rendering_has_keys_of_its_own(client, rep, demos):
    keys = re.compile(r'name="key" value="([^"]+)"')
    shown = keys.findall(page(client, rep)) + keys.findall(page(client, rep))
    assert len(set(shown)) == 4


def test_enter_in_the_number_does_not_press_the_minus(client, rep, demos):
    """Enter presses the first button of the number's own form, which has only Set."""
    html = page(client, rep)
    number = re.search(rf'<input form="set-count-{demos.pk}" name="count"', html)
    form = html[html.index(f'<form id="set-count-{demos.pk}"') :]
    form = form[: form.index("</form>")]
    assert number
    assert re.findall(r"<button[^>]*>", form) == [
        '<button class="button button-small">'
    ]


def test_it_tells_who_changed_what_the_latest_first(client, rep, demos):
    manager = rep.team.manager
    manager.name = "Erin Park"
    manager.time_zone = "America/New_York"
    manager.save()
    log(rep, demos, 3)
    log(rep, demos, -1, logged_by=manager)
    shown = words_of_main(page(client, rep))
    assert "-1 Erin Park Thu 12 Nov, 12:00 +3 you Thu 12 Nov, 12:00" in shown.replace(
        "\N{MINUS SIGN}", "-"
    )
    theirs = words_of_main(page(client, rep, user=manager))
    assert "+3 Theo Lindqvist Thu 12 Nov, 07:00" in theirs


def test_what_a_file_brought_says_which(client, rep, demos):
    file = FileImportFactory(organization=rep.organization, file_name="demos.csv")
    log(rep, demos, 3, logged_by=rep.team.manager, file_import=file)
    shown = words_of_main(page(client, rep))
    assert f"+3 {rep.team.manager.name}, from demos.csv" in shown


def test_it_shows_twenty_changes_and_how_many_came_before(client, rep, demos):
    for _tap in range(22):
        log(rep, demos, 1)
    html = page(client, rep)
    assert html.count("<b>+1</b>") == 20
    assert "and 2 before" in html


def test_the_manager_reads_the_name_and_may_log(client, rep, demos):
    html = page(client, rep, user=rep.team.manager)
    assert "<h1>Theo Lindqvist, week 6</h1>" in html
    assert "One more: Demos held" in html
    assert "Your" not in words_of_main(html)


def test_a_leader_above_sees_it_without_buttons(client, rep, demos, leader):
    log(rep, demos, 2)
    html = page(client, rep, user=leader)
    assert "2 · no finished week" in words_of_main(html)
    assert "One more" not in html
    assert "/week/log/" not in html
    assert 'id="save-bar"' not in html


def test_nobody_else_finds_it(client, rep, outsider):
    page(client, rep, user=outsider, status=404)


def test_a_past_week_can_be_opened_and_put_right(client, rep, demos):
    log(rep, demos, 2, weeks_ago=1)
    html = page(client, rep, "?week=2026-11-02")
    shown = words_of_main(html)
    assert "Your week 5 2–8 November. This week is over. You can still put" in shown
    assert 'name="week" value="2026-11-02"' in html
    assert re.search(r'rel="prev" href="\?week=2026-10-26">Week 4<', html)
    assert re.search(r'rel="next" href="\?week=2026-11-09">Week 6<', html)
    assert "by today" not in html


def test_the_week_before_the_quarter_is_another_quarters(client, rep, demos):
    html = page(client, rep, "?week=2026-10-05")
    assert "Your week 1" in html
    assert re.search(r'rel="prev" href="\?week=2026-09-28">The week before<', html)
    assert "28 September – 4 October" in page(client, rep, "?week=2026-09-28")


def test_there_is_no_week_after_this_one(client, rep, demos):
    assert 'rel="next"' not in page(client, rep)
    page(client, rep, "?week=2026-11-16", status=404)


def test_any_day_of_a_week_will_do(client, rep, demos):
    assert "Your week 5" in page(client, rep, "?week=2026-11-05")


@pytest.mark.parametrize("week", ["", "soon", "2026-13-01", "0001-01-01", "9999-12-31"])
def test_a_week_that_is_none_is_not_found(client, rep, week):
    page(client, rep, f"?week={week}", status=404)


def test_weeks_before_they_joined_are_not_theirs(client, rep, demos):
    rep.joined_on = date(2026, 11, 5)
    rep.save()
    assert 'rel="prev"' not in page(client, rep, "?week=2026-11-02")
    page(client, rep, "?week=2026-10-26", status=404)


def test_weeks_after_they_left_are_not_theirs(client, rep, demos):
    rep.left_on = date(2026, 11, 4)
    rep.save()
    html = page(client, rep, user=rep.team.manager)
    assert "Theo Lindqvist, week 5" in html
    assert 'rel="next"' not in html
    page(client, rep, "?week=2026-11-09", user=rep.team.manager, status=404)


def test_whoever_joins_later_is_told_when_it_begins(client, rep, demos):
    rep.joined_on = date(2026, 11, 23)
    rep.save()
    assert "the first week is the one of 23 November 2026" in page(client, rep)


def test_the_week_is_the_reps_own_and_not_the_readers(client, rep, demos):
    rep.user.time_zone = "Pacific/Kiritimati"  # Monday there, Sunday in London
    rep.user.save()
    with time_machine.travel(datetime(2026, 11, 15, 12, tzinfo=UTC), tick=False):
        html = page(client, rep, user=rep.team.manager)
    assert "week 7" in html
    assert "Monday." in words_of_main(html)


def test_a_rep_who_never_signs_in_has_a_week_too(client, rep, demos):
    other = RepFactory(team=rep.team, user=None)
    assert "One more" in page(client, other, user=rep.team.manager)


def test_between_quarters_the_week_has_no_number(client, demos):
    other = RepFactory()
    ActivityKindFactory(organization=other.organization)
    assert "<h1>Your week</h1>" in page(client, other)


def test_without_activities_it_says_who_chooses_them(client, rep):
    assert "No activities are counted here yet" in page(client, rep)


def test_it_says_when_it_was_last_saved(client, rep, demos):
    assert "Every tap is saved at once." in page(client, rep)
    log(rep, demos, 1)
    assert "Last saved Thu 12 Nov, 12:00" in page(client, rep)


def test_the_answer_to_the_last_week_is_on_top_of_this_one(client, rep, demos):
    check_in = CheckInFactory(rep=rep, week=MONDAY - timedelta(weeks=1))
    manager = rep.team.manager
    check_in.answer("Take Maya along.", by=manager, at=NOON)
    own = page(client, rep)
    assert own.index("Answered: your week 5") < own.index("Take Maya along.")
    assert own.index("Take Maya along.") < own.index("What you control this week")
    assert "Take Maya along." not in page(client, rep, user=manager)


def test_the_bar_saves_the_words_without_scripts_too(client, rep, demos):
    html = page(client, rep)
    bar = html[html.index('class="savebar"') :]
    assert re.search(r'<button[^>]* form="check-in-form">Save my week<', bar)
    assert html.count("Save my week") == 1
    assert 'id="check-in-form" data-unsaved=""' in html
    assert "Save my week" not in page(client, rep, user=rep.team.manager)


@pytest.mark.parametrize("entries", [1, 12])
def test_it_costs_the_same_however_much_was_logged(
    client, rep, demos, calls, entries, django_assert_num_queries
):
    agreed(rep, {demos: 3})
    for weeks_ago in range(entries):
        for kind in (demos, calls):
            log(rep, kind, 2, weeks_ago=weeks_ago)
            log(rep, kind, 1)
    client.force_login(rep.user)

    # Session, user, rep, activities, taps, the week's quarter, the check-in, the energy
    # and who reads it; the masthead.
    with django_assert_num_queries(10):
        client.get(reverse("plans:my_week", args=[rep.pk]))


def test_the_rep_reads_who_reads_their_words(client, rep, noor):
    url = reverse("plans:my_week", args=[rep.pk])
    shown = page_for(client, rep.user, url)
    assert "Erin Castellano and Noor Haddad read these" in shown


def test_where_the_manager_cannot_it_is_the_one_above(client, rep, leader):
    url = reverse("plans:my_week", args=[rep.pk])
    assert "Erin Castellano reads these" in page_for(client, rep.user, url)
    rep.team.manager.is_active = False
    rep.team.manager.save()
    assert "Lena Ortiz reads these" in page_for(client, rep.user, url)
