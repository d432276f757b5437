"""The facts: reps, and what an admin keeps."""

from django.urls import path

from reps.views import (
    absences,
    activity_kinds,
    board,
    deal_moves,
    deals,
    exit_criteria,
    people,
    quarters,
    quotas,
    rep_detail,
    set_up,
    stages,
    teams,
    ticks,
)

app_name = "reps"

urlpatterns = [
    path("reps/<int:rep_id>/", rep_detail.rep_detail, name="rep_detail"),
    path("reps/<int:rep_id>/absences/add/", absences.add_absence, name="add_absence"),
    path(
        "absences/<int:absence_id>/remove/",
        absences.remove_absence,
        name="remove_absence",
    ),
    path("board/", board.board, name="board"),
    path("board/lanes/<int:stage_id>/", board.board_lane, name="board_lane"),
    path("deals/add/", deals.add_deal, name="add_deal"),
    path("deals/<int:deal_id>/", deals.deal_detail, name="deal_detail"),
    path("deals/<int:deal_id>/edit/", deals.edit_deal, name="edit_deal"),
    path("deals/<int:deal_id>/move/", deal_moves.move_deal, name="move_deal"),
    path("deals/<int:deal_id>/move/menu/", deal_moves.move_menu, name="move_menu"),
    path(
        "deals/<int:deal_id>/criteria/<int:criterion_id>/meet/",
        ticks.meet_criterion,
        name="meet_criterion",
    ),
    path(
        "deals/<int:deal_id>/criteria/<int:criterion_id>/unmeet/",
        ticks.unmeet_criterion,
        name="unmeet_criterion",
    ),
    path("set-up/", set_up.set_up, name="set_up"),
    path(
        "set-up/organization/edit/",
        set_up.edit_organization,
        name="edit_organization",
    ),
    path("set-up/people/", people.people, name="people"),
    path("set-up/people/add/", people.add_person, name="add_person"),
    path("set-up/people/<int:person_id>/edit/", people.edit_person, name="edit_person"),
    path(
        "set-up/people/<int:person_id>/invitation/send/",
        people.send_invitation,
        name="send_invitation",
    ),
    path("set-up/reps/<int:rep_id>/edit/", people.edit_rep, name="edit_rep"),
    path("set-up/teams/", teams.teams, name="teams"),
    path("set-up/teams/add/", teams.add_team, name="add_team"),
    path("set-up/teams/<int:team_id>/edit/", teams.edit_team, name="edit_team"),
    path("set-up/teams/<int:team_id>/remove/", teams.remove_team, name="remove_team"),
    path("set-up/quarters/", quarters.quarters, name="quarters"),
    path("set-up/quarters/add/", quarters.add_quarter, name="add_quarter"),
    path(
        "set-up/quarters/<int:quarter_id>/edit/",
        quarters.edit_quarter,
        name="edit_quarter",
    ),
    path("set-up/quarters/<int:quarter_id>/quotas/", quotas.quotas, name="quotas"),
    path(
        "set-up/quarters/<int:quarter_id>/quotas/set/",
        quotas.set_quotas,
        name="set_quotas",
    ),
    path("set-up/stages/", stages.stages, name="stages"),
    path("set-up/stages/add/", stages.add_stage, name="add_stage"),
    path("set-up/stages/<int:stage_id>/edit/", stages.edit_stage, name="edit_stage"),
    path("set-up/stages/<int:stage_id>/move/", stages.move_stage, name="move_stage"),
    path(
        "set-up/stages/<int:stage_id>/count-from/",
        stages.count_from_stage,
        name="count_from_stage",
    ),
    path(
        "set-up/stages/<int:stage_id>/remove/",
        stages.remove_stage,
        name="remove_stage",
    ),
    path(
        "set-up/stages/<int:stage_id>/criteria/add/",
        exit_criteria.add_exit_criterion,
        name="add_exit_criterion",
    ),
    path(
        "set-up/criteria/<int:criterion_id>/edit/",
        exit_criteria.edit_exit_criterion,
        name="edit_exit_criterion",
    ),
    path(
        "set-up/criteria/<int:criterion_id>/retire/",
        exit_criteria.retire_exit_criterion,
        name="retire_exit_criterion",
    ),
    path("set-up/activities/", activity_kinds.activity_kinds, name="activity_kinds"),
    path(
        "set-up/activities/add/",
        activity_kinds.add_activity_kind,
        name="add_activity_kind",
    ),
    path(
        "set-up/activities/<int:kind_id>/edit/",
        activity_kinds.edit_activity_kind,
        name="edit_activity_kind",
    ),
    path(
        "set-up/activities/<int:kind_id>/retire/",
        activity_kinds.retire_activity_kind,
        name="retire_activity_kind",
    ),
    path(
        "set-up/activities/<int:kind_id>/lead-with/",
        activity_kinds.lead_with_activity_kind,
        name="lead_with_activity_kind",
    ),
]
