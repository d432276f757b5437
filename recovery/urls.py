"""Every address of the site: two includes, sign-in, the operator's admin, health."""

from allauth.account import urls as sign_in
from django.conf import settings
from django.contrib import admin
from django.urls import include, path

from recovery.demo_sign_in import demo_sign_in
from recovery.health import health
from recovery.how_it_runs import how_it_runs, send_test_letter
from recovery.metrics.metrics import metrics

# Addresses are an admin's to change, so allauth's pages for them have no door here.
LEFT_OUT = {
    "account_confirm_email",
    "account_confirm_login_code",
    "account_email",
    "account_email_verification_sent",
}
SIGN_IN = [route for route in sign_in.urlpatterns if route.name not in LEFT_OUT]

handler500 = "recovery.logs.requests.server_error"

urlpatterns = [
    path("", include("plans.urls")),
    path("", include("reps.urls")),
    path("sign-in/", include(SIGN_IN)),
    path("operator/", admin.site.urls),
    path("health/", health, name="health"),
    path("metrics", metrics, name="metrics"),
    path("set-up/how-it-runs/", how_it_runs, name="how_it_runs"),
    path(
        "set-up/how-it-runs/send-test-letter/",
        send_test_letter,
        name="send_test_letter",
    ),
]

if settings.DEMO:
    urlpatterns += [
        path("demo/sign-in/<slug:person>/", demo_sign_in, name="demo_sign_in"),
    ]
