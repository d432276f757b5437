"""What people type at each address that takes words or figures, to send it all wrong.

A new form fails the sweep until it stands here, or among those that only press a
button.
"""

from django.test import Client
from django.urls import reverse

from tests.access.matrix import DOORS
from tests.access.walk import addresses, be

WEEK = {"week": "2026-11-09"}

# By address: the fields somebody fills in, and what its form sends along with them.
FIELDS = {
    "plans:edit_plan_field": (["value"], {"was": "A bounce-back quarter."}),
    "plans:set_metric": (["value"], {"was": ""}),
    "plans:add_strategy": (["words", "source", "owner"], {}),
    "plans:edit_strategy": (["s{strategy_id}-words", "s{strategy_id}-owner"], {}),
    "plans:propose_plan": (["reason"], {}),
    "plans:close_plan": (["came_of_it"], {}),
    "plans:add_commitment": (["words", "when"], {}),
    "plans:log_activity": (
        ["count"],
        WEEK | {"kind": "{leading_id}", "key": "0" * 32},
    ),
    "plans:record_check_in": (
        ["moved", "stuck", "learned", "energy"],
        WEEK | {"seen": ""},
    ),
    "plans:answer_check_in": (["words"], {}),
    "plans:log_by_link": (["count-{leading_id}", "note"], {"key": "0" * 32}),
    "plans:hand_over": (
        ["kind", "from_on", "until", "all_to", "came_of_it", "words"],
        {},
    ),
    "plans:name_stand_in": (["person", "starts_on", "ends_on", "words"], {}),
    "plans:add_absence": (["starts_on", "ends_on"], {}),
    "reps:add_deal": (["account", "product", "amount", "expected_close_on"], {}),
    "reps:edit_deal": (["account", "product", "amount", "expected_close_on"], {}),
    "reps:cancel_deal": (["amount", "cancelled_on", "words"], {}),
    "reps:take_back_cancellation": (["words"], {}),
    "reps:move_deal": (["reason", "day"], {"to": "lost", "seen": "1"}),
    "reps:edit_organization": (
        [
            "name",
            "currency",
            "time_zone",
            "working_days",
            "first_day_of_week",
            "holiday_calendar",
            "first_month",
            "check_in_day",
            "check_in_at",
            "quiet_from",
            "quiet_to",
            "days_to_put_right",
            "answer_within_days",
            "starting_average_deal",
            "starting_win_rate",
            "starting_demo_rate",
            "starting_cycle_days",
        ],
        {},
    ),
    "reps:start_first_team": (
        ["name", "whose", "manager_name", "manager_email"],
        {},
    ),
    "reps:add_person": (
        ["name", "email", "team", "segment", "joined_on", "time_zone"],
        {},
    ),
    "reps:edit_person": (
        ["name", "email", "team", "segment", "joined_on", "left_on"],
        {},
    ),
    "reps:edit_rep": (
        ["name", "email", "team", "segment", "joined_on", "left_on"],
        {},
    ),
    "reps:add_team": (["name", "manager", "above"], {}),
    "reps:edit_team": (["name", "manager", "above"], {}),
    "reps:add_quarter": (["name", "starts_on", "ends_on"], {}),
    "reps:edit_quarter": (["name", "starts_on", "ends_on", "why"], {}),
    "reps:reopen_quarter": (["why"], {}),
    "reps:set_quotas": (
        [
            *("rep-{rep_id}-amount", "rep-{rep_id}-ramp", "rep-{rep_id}-starts_on"),
            *("why", "holds_from"),
        ],
        {},
    ),
    "reps:add_stage": (["name", "weight", "usual_days"], {}),
    "reps:edit_stage": (["name", "weight", "usual_days"], {}),
    "reps:add_exit_criterion": (["words"], {}),
    "reps:edit_exit_criterion": (["words"], {}),
    "reps:add_activity_kind": (["name"], {}),
    "reps:edit_activity_kind": (["name"], {}),
    "reps:add_segment": (["name"], {}),
    "reps:edit_segment": (["name"], {}),
    "reps:add_import": (["pasted"], {}),
    "reps:choose_sheet": (["sheet"], {}),
    "reps:match_columns": (["fact_0", "fact_1", "fact_2"], {}),
    "reps:match_words": (["word_0"], {}),
    "account_login": (["login", "password"], {}),
    "account_reset_password": (["email"], {}),
    "account_set_password": (["password1", "password2"], {}),
    "account_change_password": (["oldpassword", "password1", "password2"], {}),
    "account_reauthenticate": (["password"], {}),
}

# A button, or a choice between buttons: nothing is typed that could be refused.
BUTTONS = {
    "plans:remove_strategy",
    "plans:drop_handover",
    "plans:sign_plan",
    "plans:start_plan",
    "plans:share_commitment",
    "plans:remove_commitment",
    "plans:nudge_settings",
    "plans:unsubscribe",
    "plans:snooze",
    "plans:remove_absence",
    "plans:end_stand_in",
    "plans:send_again",
    "plans:send_check_in_now",
    "reps:meet_criterion",
    "reps:unmeet_criterion",
    "reps:start_with_ours",
    "reps:close_checklist",
    "reps:open_checklist",
    "reps:send_invitation",
    "reps:close_quarter",
    "reps:remove_team",
    "reps:move_stage",
    "reps:count_from_stage",
    "reps:remove_stage",
    "reps:retire_exit_criterion",
    "reps:retire_activity_kind",
    "reps:lead_with_activity_kind",
    "reps:start_newcomers_in_segment",
    "reps:remove_segment",
    "reps:choose_facts",
    "reps:bring_in_file",
    "reps:read_file_again",
    "reps:stop_import",
    "reps:take_back_import",
    "send_test_letter",
    "account_logout",
    "account_inactive",
    "account_signup",  # closed
    "account_reset_password_done",
    "account_reset_password_from_key",  # behind a mailed key: in test_refused.py
    "account_reset_password_from_key_done",
}

# Nothing at all; nonsense; more letters than any field takes; what is no text.
WRONG = {
    "nothing": "",
    "nonsense": "lots?",
    "too much": "x" * 3000,
    "too many digits": "9" * 30,
    "less than nothing": "-5",
    "a figure too large": "700",
    "a NUL": "a\0b",
    "another time": "2150-13-99",
}


ADDRESSES = {address.name: address for address in addresses()}
OF_NOBODY = {"account_login", "account_reset_password"}


def answers(world, name, *, htmx=False):
    """What comes of each wrong way to fill in the form, by the way and its page."""
    fields, along = FIELDS[name]
    rows = world.rows | {"leading_id": world.leading_id}
    role = next(one for one in ("rep", "manager", "admin") if one in DOORS[name].to)
    person = world.people[role]
    if name in OF_NOBODY:
        person = None
    elif name.startswith("account_") and name != "account_set_password":
        person.set_password("a long one, of several words")
        person.save()
    client = Client(headers={"HX-Request": "true"} if htmx else {})
    for way, typed in WRONG.items():
        be(person, client)
        sent = along | dict.fromkeys(fields, typed)
        sent = {key.format(**rows): text.format(**rows) for key, text in sent.items()}
        yield way, client.post(_url(name, world), sent)


def _url(name, world):
    if name == "reps:edit_rep":  # which is of those nobody signs in as
        return reverse(name, args=[world.unknown_rep_id])
    return ADDRESSES[name].url(world)
