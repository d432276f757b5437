"""Addresses of a rep's week."""

from django.urls import path

from plans.views.week import (
    activity_file,
    check_in_file,
    check_ins,
    my_week,
    week_by_link,
)

urlpatterns = [
    path("reps/<int:rep_id>/week/", my_week.my_week, name="my_week"),
    path("reps/<int:rep_id>/week/log/", my_week.log_activity, name="log_activity"),
    path(
        "reps/<int:rep_id>/week/check-in/",
        check_ins.record_check_in,
        name="record_check_in",
    ),
    path("activity/file/", activity_file.activity_file, name="activity_file"),
    path("check-ins/file/", check_in_file.check_in_file, name="check_in_file"),
    path("check-ins/", check_ins.check_ins, name="check_ins"),
    path(
        "check-ins/<int:check_in_id>/answer/",
        check_ins.answer_check_in,
        name="answer_check_in",
    ),
    path("w/<str:week_token>/", week_by_link.week_by_link, name="week_by_link"),
    path("w/<str:week_token>/log/", week_by_link.log_by_link, name="log_by_link"),
]
