"""Addresses of imports."""

from django.urls import path

from reps.views.imports import (
    add_import,
    import_detail,
    import_files,
    import_jobs,
    imports,
    matching,
)

urlpatterns = [
    path("imports/", imports.imports, name="imports"),
    path("imports/add/<slug:kind>/", add_import.add_import, name="add_import"),
    path("imports/<int:import_id>/", import_detail.import_detail, name="import_detail"),
    path(
        "imports/<int:import_id>/sheet/choose/",
        matching.choose_sheet,
        name="choose_sheet",
    ),
    path(
        "imports/<int:import_id>/columns/match/",
        matching.match_columns,
        name="match_columns",
    ),
    path(
        "imports/<int:import_id>/words/match/",
        matching.match_words,
        name="match_words",
    ),
    path(
        "imports/<int:import_id>/facts/choose/",
        matching.choose_facts,
        name="choose_facts",
    ),
    path(
        "imports/<int:import_id>/bring-in/",
        import_jobs.bring_in_file,
        name="bring_in_file",
    ),
    path(
        "imports/<int:import_id>/read-again/",
        import_jobs.read_file_again,
        name="read_file_again",
    ),
    path("imports/<int:import_id>/stop/", import_jobs.stop_import, name="stop_import"),
    path(
        "imports/<int:import_id>/take-back/",
        import_jobs.take_back_import,
        name="take_back_import",
    ),
    path("imports/<int:import_id>/file/", import_files.import_file, name="import_file"),
    path("imports/<int:import_id>/bad-rows/", import_files.bad_rows, name="bad_rows"),
]
