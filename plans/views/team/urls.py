"""Addresses of the team board."""

from django.urls import path

from plans.views.team import team_board

urlpatterns = [
    path("team/", team_board.team_board, name="team_board"),
]
