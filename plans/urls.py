"""The response: the home page, and what manager and rep do about a miss."""

from django.urls import path

from plans.views.home import home
from plans.views.nudges.urls import urlpatterns as nudges
from plans.views.plan.urls import urlpatterns as plan
from plans.views.rep.urls import urlpatterns as rep
from plans.views.team.urls import urlpatterns as team
from plans.views.week.urls import urlpatterns as week

app_name = "plans"

urlpatterns = [path("", home, name="home"), *team, *rep, *plan, *week, *nudges]
