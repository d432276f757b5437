"""Addresses of set-up."""

from django.urls import path

from reps.views.set_up import (
    activity_kinds,
    checklist,
    exit_criteria,
    first_team,
    segments,
    set_up,
    stages,
)

urlpatterns = [
    path("set-up/", set_up.set_up, name="set_up"),
    path(
        "set-up/organization/edit/",
        set_up.edit_organization,
        name="edit_organization",
    ),
    path(
        "set-up/first-team/start/",
        first_team.start_first_team,
        name="start_first_team",
    ),
    path(
        "set-up/start-with-ours/<str:what>/",
        checklist.start_with_ours,
        name="start_with_ours",
    ),
    path(
        "set-up/checklist/close/",
        checklist.close_checklist,
        name="close_checklist",
    ),
    path(
        "set-up/checklist/open/",
        checklist.open_checklist,
        name="open_checklist",
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
    path("set-up/segments/", segments.segments, name="segments"),
    path("set-up/segments/add/", segments.add_segment, name="add_segment"),
    path(
        "set-up/segments/<int:segment_id>/edit/",
        segments.edit_segment,
        name="edit_segment",
    ),
    path(
        "set-up/segments/<int:segment_id>/start-newcomers/",
        segments.start_newcomers_in_segment,
        name="start_newcomers_in_segment",
    ),
    path(
        "set-up/segments/<int:segment_id>/remove/",
        segments.remove_segment,
        name="remove_segment",
    ),
]
