"""Addresses of quarters and their quotas."""

from django.urls import path

from reps.views.quarters import quarters, quota_file, quotas

urlpatterns = [
    path("quotas/file/", quota_file.quota_file, name="quota_file"),
    path("set-up/quarters/", quarters.quarters, name="quarters"),
    path("set-up/quarters/add/", quarters.add_quarter, name="add_quarter"),
    path(
        "set-up/quarters/<int:quarter_id>/edit/",
        quarters.edit_quarter,
        name="edit_quarter",
    ),
    path(
        "set-up/quarters/<int:quarter_id>/reopen/",
        quarters.reopen_quarter,
        name="reopen_quarter",
    ),
    path(
        "set-up/quarters/<int:quarter_id>/close/",
        quarters.close_quarter,
        name="close_quarter",
    ),
    path("set-up/quarters/<int:quarter_id>/quotas/", quotas.quotas, name="quotas"),
    path(
        "set-up/quarters/<int:quarter_id>/quotas/set/",
        quotas.set_quotas,
        name="set_quotas",
    ),
]
