"""The response: the home page, and what manager and rep do about a miss."""

from django.urls import path

from plans.views import (
    home,
    plan_agreeing,
    plan_detail,
    plan_writing,
    team_board,
)

app_name = "plans"

urlpatterns = [
    path("", home.home, name="home"),
    path("team/", team_board.team_board, name="team_board"),
    path("plans/", plan_detail.plans, name="plans"),
    path("reps/<int:rep_id>/plan/", plan_detail.rep_plan, name="rep_plan"),
    path("reps/<int:rep_id>/plans/start/", plan_agreeing.start_plan, name="start_plan"),
    path("plans/<int:plan_id>/", plan_detail.plan_detail, name="plan_detail"),
    path("plans/<int:plan_id>/desk-copy/", plan_detail.desk_copy, name="desk_copy"),
    path(
        "plans/<int:plan_id>/fields/<slug:name>/edit/",
        plan_writing.edit_plan_field,
        name="edit_plan_field",
    ),
    path(
        "plans/<int:plan_id>/strategies/add/",
        plan_writing.add_strategy,
        name="add_strategy",
    ),
    path(
        "strategies/<int:strategy_id>/edit/",
        plan_writing.edit_strategy,
        name="edit_strategy",
    ),
    path(
        "strategies/<int:strategy_id>/remove/",
        plan_writing.remove_strategy,
        name="remove_strategy",
    ),
    path(
        "plans/<int:plan_id>/metrics/<int:kind_id>/set/",
        plan_writing.set_metric,
        name="set_metric",
    ),
    path(
        "plans/<int:plan_id>/commitments/add/",
        plan_writing.add_commitment,
        name="add_commitment",
    ),
    path(
        "commitments/<int:commitment_id>/share/",
        plan_writing.share_commitment,
        name="share_commitment",
    ),
    path(
        "commitments/<int:commitment_id>/remove/",
        plan_writing.remove_commitment,
        name="remove_commitment",
    ),
    path(
        "plans/<int:plan_id>/propose/", plan_agreeing.propose_plan, name="propose_plan"
    ),
    path("plans/<int:plan_id>/sign/", plan_agreeing.sign_plan, name="sign_plan"),
    path("plans/<int:plan_id>/close/", plan_agreeing.close_plan, name="close_plan"),
]
