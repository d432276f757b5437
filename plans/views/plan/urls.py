"""Addresses of the plan, and the list of plans."""

from django.urls import path

from plans.views.plan import (
    agreement,
    commitments,
    desk_copy,
    plan_detail,
    plan_edits,
    plan_file,
    plan_list,
)

urlpatterns = [
    path("plans/", plan_list.plans, name="plans"),
    path("plans/file/", plan_file.plan_file, name="plan_file"),
    path("reps/<int:rep_id>/plans/start/", agreement.start_plan, name="start_plan"),
    path("plans/<int:plan_id>/", plan_detail.plan_detail, name="plan_detail"),
    path("plans/<int:plan_id>/desk-copy/", desk_copy.desk_copy, name="desk_copy"),
    path(
        "plans/<int:plan_id>/fields/<slug:name>/edit/",
        plan_edits.edit_plan_field,
        name="edit_plan_field",
    ),
    path(
        "plans/<int:plan_id>/strategies/add/",
        plan_edits.add_strategy,
        name="add_strategy",
    ),
    path(
        "strategies/<int:strategy_id>/edit/",
        plan_edits.edit_strategy,
        name="edit_strategy",
    ),
    path(
        "strategies/<int:strategy_id>/remove/",
        plan_edits.remove_strategy,
        name="remove_strategy",
    ),
    path(
        "plans/<int:plan_id>/metrics/<int:kind_id>/set/",
        plan_edits.set_metric,
        name="set_metric",
    ),
    path(
        "plans/<int:plan_id>/commitments/add/",
        commitments.add_commitment,
        name="add_commitment",
    ),
    path(
        "commitments/<int:commitment_id>/share/",
        commitments.share_commitment,
        name="share_commitment",
    ),
    path(
        "commitments/<int:commitment_id>/remove/",
        commitments.remove_commitment,
        name="remove_commitment",
    ),
    path("plans/<int:plan_id>/propose/", agreement.propose_plan, name="propose_plan"),
    path("plans/<int:plan_id>/sign/", agreement.sign_plan, name="sign_plan"),
    path("plans/<int:plan_id>/close/", agreement.close_plan, name="close_plan"),
]
