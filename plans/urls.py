"""The response: the home page, and what manager and rep do about a miss."""

from django.urls import path

from plans.views import (
    check_ins,
    commitments,
    delivery,
    desk_copy,
    from_mail,
    home,
    letters,
    my_week,
    plan_agreeing,
    plan_detail,
    plan_writing,
    sending,
    team_board,
)

app_name = "plans"

urlpatterns = [
    path("", home.home, name="home"),
    path("team/", team_board.team_board, name="team_board"),
    path("reps/<int:rep_id>/week/", my_week.my_week, name="my_week"),
    path("reps/<int:rep_id>/week/log/", my_week.log_activity, name="log_activity"),
    path(
        "reps/<int:rep_id>/week/check-in/",
        check_ins.record_check_in,
        name="record_check_in",
    ),
    path("check-ins/", check_ins.check_ins, name="check_ins"),
    path(
        "check-ins/<int:check_in_id>/answer/",
        check_ins.answer_check_in,
        name="answer_check_in",
    ),
    path("w/<str:week_token>/", from_mail.week_from_mail, name="week_from_mail"),
    path("w/<str:week_token>/log/", from_mail.log_from_mail, name="log_from_mail"),
    path("letters/", letters.nudge_settings, name="nudge_settings"),
    path("letters/stop/<str:person_token>/", letters.unsubscribe, name="unsubscribe"),
    path("letters/later/<str:nudge_token>/", letters.snooze, name="snooze"),
    path("delivery/", delivery.delivery, name="delivery"),
    path("delivery/<int:nudge_id>/letter/", delivery.letter, name="letter"),
    path("delivery/<int:nudge_id>/send-again/", sending.send_again, name="send_again"),
    path(
        "reps/<int:rep_id>/check-in/send/",
        sending.send_check_in_now,
        name="send_check_in_now",
    ),
    path("plans/", plan_detail.plans, name="plans"),
    path("reps/<int:rep_id>/plan/", plan_detail.rep_plan, name="rep_plan"),
    path("reps/<int:rep_id>/plans/start/", plan_agreeing.start_plan, name="start_plan"),
    path("plans/<int:plan_id>/", plan_detail.plan_detail, name="plan_detail"),
    path("plans/<int:plan_id>/desk-copy/", desk_copy.desk_copy, name="desk_copy"),
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
    path(
        "plans/<int:plan_id>/propose/", plan_agreeing.propose_plan, name="propose_plan"
    ),
    path("plans/<int:plan_id>/sign/", plan_agreeing.sign_plan, name="sign_plan"),
    path("plans/<int:plan_id>/close/", plan_agreeing.close_plan, name="close_plan"),
]
