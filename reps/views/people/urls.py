"""Addresses of people and teams."""

from django.urls import path

from reps.views.people import people, people_file, teams

urlpatterns = [
    path("set-up/people/", people.people, name="people"),
    path("set-up/people/file/", people_file.people_file, name="people_file"),
    path("set-up/people/add/", people.add_person, name="add_person"),
    path("set-up/people/<int:person_id>/edit/", people.edit_person, name="edit_person"),
    path(
        "set-up/people/<int:person_id>/invitation/send/",
        people.send_invitation,
        name="send_invitation",
    ),
    path("set-up/reps/<int:rep_id>/edit/", people.edit_rep, name="edit_rep"),
    path("set-up/teams/", teams.teams, name="teams"),
    path("set-up/teams/add/", teams.add_team, name="add_team"),
    path("set-up/teams/<int:team_id>/edit/", teams.edit_team, name="edit_team"),
    path("set-up/teams/<int:team_id>/remove/", teams.remove_team, name="remove_team"),
]
