"""Addresses of the team board."""

from django.urls import path

from plans.views.team import stand_ins, team_board

urlpatterns = [
    path("team/", team_board.team_board, name="team_board"),
    path("people/<int:manager_id>/stand-ins/", stand_ins.stand_ins, name="stand_ins"),
    path(
        "people/<int:manager_id>/stand-ins/name/",
        stand_ins.name_stand_in,
        name="name_stand_in",
    ),
    path(
        "stand-ins/<int:stand_in_id>/end/",
        stand_ins.end_stand_in,
        name="end_stand_in",
    ),
]
