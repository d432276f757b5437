"""The response: the home page, and what manager and rep do about a miss."""

from django.urls import path

from plans.views import home, team_board

app_name = "plans"

urlpatterns = [
    path("", home.home, name="home"),
    path("team/", team_board.team_board, name="team_board"),
]
