"""Addresses of nudges: one's own settings, and what became of each."""

from django.urls import path

from plans.views.nudges import delivery, nudge_settings, send_again

urlpatterns = [
    path("letters/", nudge_settings.nudge_settings, name="nudge_settings"),
    path(
        "letters/stop/<str:person_token>/",
        nudge_settings.unsubscribe,
        name="unsubscribe",
    ),
    path("letters/later/<str:nudge_token>/", nudge_settings.snooze, name="snooze"),
    path("delivery/", delivery.delivery, name="delivery"),
    path("delivery/<int:nudge_id>/letter/", delivery.letter, name="letter"),
    path(
        "delivery/<int:nudge_id>/send-again/", send_again.send_again, name="send_again"
    ),
]
