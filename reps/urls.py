"""The facts: the whiteboard, and what an admin sets up."""

from reps.views.board.urls import urlpatterns as board
from reps.views.imports.urls import urlpatterns as imports
from reps.views.people.urls import urlpatterns as people
from reps.views.quarters.urls import urlpatterns as quarters
from reps.views.set_up.urls import urlpatterns as set_up

app_name = "reps"

urlpatterns = [*board, *set_up, *people, *quarters, *imports]
