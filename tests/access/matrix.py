"""Who may open and who may do what: every address, every verb, every role.

The table is `trust.md`'s "Who sees what", address by address. A new address is not in
it, and the suite fails until somebody has thought about who may use it.
"""

from dataclasses import dataclass

ROLES = (
    "anonymous",
    "rep",
    "peer",
    "manager",
    "other manager",
    "stand-in",
    "stand-in before",
    "leader above",
    "HR partner",
    "admin",
)
VERBS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
READ, WRITE, FORM = ("GET", "HEAD"), ("POST",), ("GET", "HEAD", "POST")

EVERYBODY = frozenset(ROLES[1:])  # of those who are signed in
NOBODY = frozenset()
ADMIN = frozenset({"admin"})
# Who stands in has the manager's column on its days; on the day after, nothing of it.
MANAGER = frozenset({"manager", "stand-in"})
THOSE_WHO_SELL_OR_SEE = MANAGER | {"rep", "leader above"}
THE_TWO = MANAGER | {"rep"}
RUN_A_TEAM = MANAGER | {"other manager", "leader above"}
SELL_OR_RUN_A_TEAM = RUN_A_TEAM | {"rep", "peer"}
MANAGE_A_TEAM = RUN_A_TEAM - {"leader above"}
SELL_OR_MANAGE = SELL_OR_RUN_A_TEAM - {"leader above"}


@dataclass(frozen=True)
class Door:
    """What opens an address: which verbs, and to whom, of its own organization.

    `public` doors open to anybody; `elsewhere` ones belong to another guard, which the
    test of that guard covers (Django's admin asks for an operator). A `region` is no
    page of its own: htmx fetches it as a part of one, or it is a file.
    """

    verbs: tuple[str, ...]
    to: frozenset[str]
    public: bool = False
    elsewhere: bool = False
    region: bool = False

    @property
    def nobody_and_one_who_may(self) -> list[str]:
        """Two who will do for what is decided before anything asks who it is."""
        return [ROLES[0], *(role for role in ROLES if role in self.to)][:2]


def doors(verbs, to, *names, **facts):
    return {name: Door(verbs, to, **facts) for name in names}


DOORS = {
    **doors(READ, EVERYBODY, "plans:home"),
    **doors(READ, RUN_A_TEAM, "plans:team_board"),
    **doors(
        READ,
        THOSE_WHO_SELL_OR_SEE,
        "plans:rep_detail",
        "plans:rep_plan",
        "plans:plan_detail",
    ),
    # Whoever runs their team says who goes on; the rep is told by them.
    **doors(FORM, frozenset({"manager", "leader above"}), "plans:hand_over"),
    **doors(READ, frozenset({"manager", "leader above"}), "plans:handover"),
    **doors(WRITE, frozenset({"manager", "leader above"}), "plans:drop_handover"),
    **doors(READ, RUN_A_TEAM, "plans:plans"),
    **doors(
        WRITE,
        THE_TWO,
        "plans:start_plan",
        "plans:edit_plan_field",
        "plans:add_strategy",
        "plans:edit_strategy",
        "plans:remove_strategy",
        "plans:set_metric",
        "plans:propose_plan",
        "plans:close_plan",
    ),
    # Only whose turn it is may sign: the rep's, in the world of these tests.
    **doors(WRITE, frozenset({"rep"}), "plans:sign_plan"),
    # What is one's own is nobody else's: not the manager's either.
    **doors(
        WRITE,
        frozenset({"rep"}),
        "plans:add_commitment",
        "plans:share_commitment",
        "plans:remove_commitment",
    ),
    # A draft is the two's own; the leader above prints it once both have signed.
    **doors(READ, THE_TWO, "plans:desk_copy"),
    # The week is the two's to log; whoever runs the team above sees it.
    **doors(READ, THOSE_WHO_SELL_OR_SEE, "plans:my_week"),
    **doors(WRITE, THE_TWO, "plans:log_activity", "plans:record_check_in"),
    # Words are the two's; a leader above learns that there are some, and when.
    **doors(WRITE, MANAGER, "plans:answer_check_in"),
    **doors(READ, RUN_A_TEAM, "plans:check_ins"),
    **doors(FORM, EVERYBODY, "plans:nudge_settings"),
    # Behind a mailed link the signature is the guard (tests/plans/test_links.py).
    **doors(READ, EVERYBODY, "plans:week_by_link", public=True),
    **doors(WRITE, EVERYBODY, "plans:log_by_link", public=True),
    **doors(FORM, EVERYBODY, "plans:unsubscribe", "plans:snooze", public=True),
    **doors(WRITE, THE_TWO, "plans:add_absence", "plans:remove_absence"),
    # The log of letters: the own team's, the own; all of them for the admin.
    **doors(READ, SELL_OR_MANAGE | {"admin"}, "plans:delivery"),
    **doors(READ, frozenset({"rep", "admin"}), "plans:letter", region=True),
    **doors(WRITE, ADMIN, "plans:send_again"),
    **doors(WRITE, MANAGER, "plans:send_check_in_now"),
    # Who stands in is the manager's own to say, or an admin's: not the stand-in's.
    **doors(READ, frozenset({"manager", "admin"}), "plans:stand_ins"),
    **doors(
        WRITE,
        frozenset({"manager", "admin"}),
        "plans:name_stand_in",
        "plans:end_stand_in",
    ),
    **doors(READ, SELL_OR_RUN_A_TEAM, "reps:board", "reps:deal_list", "reps:find_deal"),
    **doors(
        READ,
        SELL_OR_RUN_A_TEAM,
        "reps:deal_file",
        "reps:move_file",
        "plans:activity_file",
        "plans:check_in_file",
        "plans:plan_file",
        region=True,
    ),
    **doors(READ, SELL_OR_RUN_A_TEAM | {"admin"}, "reps:quota_file", region=True),
    **doors(READ, ADMIN, "reps:people_file", region=True),
    **doors(READ, SELL_OR_RUN_A_TEAM, "reps:board_lane", region=True),
    **doors(WRITE, SELL_OR_MANAGE, "reps:add_deal"),
    **doors(READ, THOSE_WHO_SELL_OR_SEE, "reps:deal_detail"),
    **doors(READ, THE_TWO, "reps:move_menu", region=True),
    **doors(
        WRITE,
        THE_TWO,
        "reps:edit_deal",
        "reps:cancel_deal",
        "reps:take_back_cancellation",
        "reps:move_deal",
        "reps:meet_criterion",
        "reps:unmeet_criterion",
    ),
    **doors(
        READ,
        ADMIN,
        "reps:set_up",
        "reps:people",
        "reps:teams",
        "reps:quarters",
        "reps:quotas",
        "reps:stages",
        "reps:activity_kinds",
        "reps:segments",
    ),
    **doors(
        WRITE,
        ADMIN,
        "reps:edit_organization",
        "reps:start_first_team",
        "reps:start_with_ours",
        "reps:close_checklist",
        "reps:open_checklist",
        "reps:add_person",
        "reps:edit_person",
        "reps:edit_rep",
        "reps:send_invitation",
        "reps:add_team",
        "reps:edit_team",
        "reps:remove_team",
        "reps:add_quarter",
        "reps:edit_quarter",
        "reps:reopen_quarter",
        "reps:close_quarter",
        "reps:set_quotas",
        "reps:add_stage",
        "reps:edit_stage",
        "reps:move_stage",
        "reps:count_from_stage",
        "reps:remove_stage",
        "reps:add_exit_criterion",
        "reps:edit_exit_criterion",
        "reps:retire_exit_criterion",
        "reps:add_activity_kind",
        "reps:edit_activity_kind",
        "reps:retire_activity_kind",
        "reps:lead_with_activity_kind",
        "reps:add_segment",
        "reps:edit_segment",
        "reps:start_newcomers_in_segment",
        "reps:remove_segment",
    ),
    # Files: an admin's, and a manager's of deals and activity. What is brought is seen
    # by whoever brought it and by an admin, who may take it back.
    **doors(READ, MANAGE_A_TEAM | ADMIN, "reps:imports"),
    **doors(FORM, MANAGE_A_TEAM | ADMIN, "reps:add_import"),
    **doors(READ, frozenset({"manager", "admin"}), "reps:import_detail"),
    **doors(
        READ,
        frozenset({"manager", "admin"}),
        "reps:import_file",
        "reps:bad_rows",
        region=True,
    ),
    **doors(
        WRITE,
        frozenset({"manager"}),
        "reps:choose_sheet",
        "reps:match_columns",
        "reps:match_words",
        "reps:choose_facts",
        "reps:bring_in_file",
        "reps:read_file_again",
        "reps:stop_import",
    ),
    **doors(WRITE, frozenset({"manager", "admin"}), "reps:take_back_import"),
    **doors(WRITE, ADMIN, "reps:send_invitations"),
    **doors(READ, EVERYBODY, "health", public=True),
    # A token is the guard; without one it is not there (tests/recovery/metrics/).
    **doors(READ, EVERYBODY, "metrics", public=True),
    # What it runs on is the admin's to see, and a test letter goes to nobody else.
    **doors(READ, ADMIN, "how_it_runs"),
    **doors(WRITE, ADMIN, "send_test_letter"),
    **doors(
        FORM,
        EVERYBODY,
        "account_login",
        "account_logout",
        "account_inactive",
        "account_signup",
        "account_reset_password",
        "account_reset_password_done",
        "account_reset_password_from_key",
        "account_reset_password_from_key_done",
        public=True,
    ),
    **doors(
        FORM,
        EVERYBODY,
        "account_change_password",
        "account_set_password",
        "account_reauthenticate",
        elsewhere=True,
    ),
}
