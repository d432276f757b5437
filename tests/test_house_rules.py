"""The house's own rules, as tests: what a reviewer would otherwise have to remember."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db.models import UniqueConstraint
from django.urls import get_resolver

from reps.models import Organization, User
from reps.models.same_organization import SameOrganization

ROOT = Path(__file__).resolve().parent.parent
APPS = ["reps", "plans"]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
PAGES = [path for path in TEMPLATES if "mail" not in path.parts]
REGIONS = [path for app in APPS for path in (ROOT / "templates" / app).rglob("_*.html")]
CODE = [
    path
    for folder in ("recovery", "reps", "plans")
    for path in (ROOT / folder).rglob("*.py")
    if "migrations" not in path.parts
]
BELOW_THE_DOORS = [
    path
    for path in CODE
    if {"models", "domain", "forms", "templatetags"} & set(path.relative_to(ROOT).parts)
]
# A room is a page as a person names it; its folder has the same name in every layer.
ROOMS = {
    "plans": {"team", "rep", "plan", "week", "nudges"},
    "reps": {"board", "people", "quarters", "set_up", "imports"},
}
# What stands beside the rooms of a layer: one or two files of a room, which need no
# folder, and what several rooms share.
BESIDE_THE_ROOMS = {
    "plans/views": {"group_words": "", "home": "", "link_pages": ""},
    "plans/forms": {
        "absence": "rep",
        "hand_over": "rep",
        "plan_field": "plan",
        "plan_rows": "plan",
        "stand_in": "team",
    },
    "templates/plans": {
        "home": "",
        "link_is_over": "",
        "link_page": "",
        "_pages": "",
        "_plan_chip": "",
    },
    "tests/plans/views": {"conftest": "", "test_home": ""},
    "reps/views": {
        "checklist": "",
        "list_file": "",
        "number_in": "",
        "rep_filter": "",
        "send_link": "",
        "set_up_rows": "",
        "whom_to_ask": "",
    },
    "reps/forms": {
        "quarter": "quarters",
        "quota": "quarters",
        "edit_conflict": "",
        "figures": "",
        "reason": "",
        "set_up_form": "",
        "time_zones": "",
    },
    "templates/reps": {
        "_downloads": "",
        "_checklist": "",
        "_nobody_sells": "",
        "_set_it_up": "",
        "_start_with_ours": "",
        "_pips": "",
        "set_up_page": "",
        "_set_up_form": "",
        "_set_up_nav": "",
        "_sure": "",
        "too_long_a_list": "",
    },
    "tests/reps/views": {
        "conftest": "",
        "test_checklist": "",
        "test_list_file": "",
        "test_same_name": "",
        "test_two_admins": "",
        "test_whom_to_ask": "",
    },
    "static/css/pages": {
        "check-in": "week",
        "delivery": "nudges",
        "desk-copy": "plan",
        "hand-over": "rep",
        "imports": "imports",
        "link-page": "",
        "plan": "plan",
        "rep": "rep",
        "set-up": "",
        "sign-in": "",
        "team": "team",
        "week": "week",
    },
}
ENOUGH_FOR_A_FOLDER = 3
INCLUDED = r'{% include "([^"]+)"'
DRAWERS = {"utils", "helpers", "common", "services", "signals"}
DJANGOS_OWN = {User.groups.through, User.user_permissions.through}
TABLES = {
    table
    for app in APPS
    for table in apps.get_app_config(app).get_models(include_auto_created=True)
} - {Organization, *DJANGOS_OWN}


def short(path):
    return str(path.relative_to(ROOT))


def test_imports_only_point_down():
    # In a process of its own: it sets up logging, and would switch off every logger of
    # ours for the tests that come after.
    command = [Path(sys.executable).with_name("lint-imports")]
    found = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert found.returncode == 0, found.stdout


def is_kept(path):
    return not path.name.startswith((".", "__"))


@pytest.mark.parametrize("layer", BESIDE_THE_ROOMS)
def test_every_file_lands_in_a_room(layer):
    beside = BESIDE_THE_ROOMS[layer]
    here = [path for path in (ROOT / layer).iterdir() if is_kept(path)]
    folders = {path.name for path in here if path.is_dir()}
    files = {path.stem for path in here if path.is_file()}
    rooms = set().union(*(ROOMS[app] for app in APPS if app in layer or "css" in layer))

    assert folders <= rooms
    assert files == set(beside)
    assert not folders & set(beside.values()), "a room has a folder or files, not both"


@pytest.mark.parametrize(
    "layer", [one for one in BESIDE_THE_ROOMS if "tests" not in one]
)
def test_a_folder_holds_more_than_two_files(layer):
    small = [
        short(room)
        for room in (ROOT / layer).iterdir()
        if room.is_dir() and is_kept(room)
        if sum(is_kept(path) for path in room.iterdir()) < ENOUGH_FOR_A_FOLDER
    ]
    assert small == []


def test_no_room_is_left_out_of_the_contract():
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())
    contracts = contracts["tool"]["importlinter"]["contracts"]
    (independent,) = (one for one in contracts if one["type"] == "independence")
    assert set(independent["modules"]) == {
        f"{app}.views.{room}" for app in APPS for room in ROOMS[app]
    }


def test_every_room_says_what_it_is():
    assert all(
        (ROOT / app / "views" / room / "__init__.py").read_text().startswith('"""')
        for app in APPS
        for room in ROOMS[app]
    )


@pytest.mark.parametrize("table", sorted(TABLES, key=str), ids=str)
def test_every_row_keeps_to_its_organization(table):
    rules = table._meta.constraints
    parents = {
        field.name
        for field in table._meta.fields
        if field.related_model and field.related_model is not Organization
    }
    uniques = [
        rule for rule in rules if isinstance(rule, UniqueConstraint) and rule.fields
    ]

    assert table._meta.get_field("organization").related_model is Organization
    assert parents == {
        rule.field for rule in rules if isinstance(rule, SameOrganization)
    }
    assert all("organization" in rule.fields for rule in uniques)


def test_every_url_name_has_a_test_file_in_its_room():
    views = [
        (app, pattern.name, pattern.callback.__module__)
        for app, (_, resolver) in get_resolver().namespace_dict.items()
        if app in APPS
        for pattern in resolver.url_patterns
    ]
    files = [
        ROOT / "tests" / Path(*module.split(".")[:-1]) / f"test_{name}.py"
        for _app, name, module in views
    ]
    assert [short(path) for path in files if not path.exists()] == []


@pytest.mark.parametrize("path", REGIONS, ids=short)
def test_a_region_that_swaps_carries_its_own_name(path):
    html = path.read_text()
    region = path.stem.removeprefix("_").replace("_", "-")
    named = re.search(rf'id="{region}(-{{{{ *\w+\.pk *}}}})?"', html)
    assert "hx-" not in html or named


@pytest.mark.parametrize("path", PAGES, ids=short)
def test_no_template_carries_style_or_script(path):
    html = path.read_text()
    assert not re.search(r"\sstyle=|\son[a-z]+=|<style|<script>|javascript:", html)


@pytest.mark.parametrize("path", PAGES, ids=short)
def test_every_form_that_posts_carries_the_token(path):
    html = path.read_text()
    forms = re.findall(r"<form[^>]*method=\"post\".*?</form>", html, re.DOTALL)
    assert all("csrf_token" in form for form in forms)


def posts(template: str) -> bool:
    """Whether this template, or one that it includes, has a form with a token."""
    html = (ROOT / "templates" / template).read_text()
    return "csrf_token" in html or any(map(posts, re.findall(INCLUDED, html)))


@pytest.mark.parametrize("path", PAGES, ids=short)
def test_what_posts_is_included_with_the_token(path):
    """`only` leaves it out, and then nobody's form is taken."""
    alone = re.findall(INCLUDED + r"[^%]* only %}", path.read_text())
    assert [template for template in alone if posts(template)] == []


@pytest.mark.parametrize("path", BELOW_THE_DOORS, ids=short)
def test_nothing_below_a_view_looks_at_the_clock(path):
    clock = r"timezone\.now\(|date\.today\(|datetime\.now\(|localdate\("
    assert not re.search(clock, path.read_text())


def test_there_are_no_drawers():
    assert [short(path) for path in CODE if path.stem in DRAWERS] == []


def test_no_import_hides_in_a_function():
    hidden = [
        f"{short(path)}: {line.strip()}"
        for path in CODE
        for line in path.read_text().splitlines()
        if re.match(r"\s+(from \S+ )?import ", line)
    ]
    assert hidden == []


@pytest.mark.django_db
def test_every_change_of_a_model_has_its_migration():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
