"""Addresses of a rep's own page."""

from django.urls import path

from plans.views.rep import (
    absences,
    hand_over,
    rep_detail,
    rep_plan,
    send_check_in_now,
)

urlpatterns = [
    path("reps/<int:rep_id>/", rep_detail.rep_detail, name="rep_detail"),
    path("reps/<int:rep_id>/absences/add/", absences.add_absence, name="add_absence"),
    path(
        "absences/<int:absence_id>/remove/",
        absences.remove_absence,
        name="remove_absence",
    ),
    path(
        "reps/<int:rep_id>/check-in/send/",
        send_check_in_now.send_check_in_now,
        name="send_check_in_now",
    ),
    path("reps/<int:rep_id>/hand-over/", hand_over.hand_over, name="hand_over"),
    path("handovers/<int:handover_id>/", hand_over.handover, name="handover"),
    path(
        "handovers/<int:handover_id>/drop/",
        hand_over.drop_handover,
        name="drop_handover",
    ),
    path("reps/<int:rep_id>/plan/", rep_plan.rep_plan, name="rep_plan"),
]
