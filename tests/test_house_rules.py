"""The house's own rules, as tests: what a reviewer would otherwise have to remember."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db.models import UniqueConstraint
from django.urls import get_resolver
from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

from reps.models import Organization, User
from reps.models.same_organization import SameOrganization

ROOT = Path(__file__).resolve().parent.parent
APPS = ["reps", "plans"]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
PAGES = [path for path in TEMPLATES if "mail" not in path.parts]
REGIONS = [path for app in APPS for path in (ROOT / "templates" / app).glob("_*.html")]
CODE = [
    path
    for folder in ("recovery", "reps", "plans")
    for path in (ROOT / folder).rglob("*.py")
    if "migrations" not in path.parts
]
BELOW_THE_DOORS = [
    path
    for path in CODE
    if {"models", "domain", "forms", "templatetags"} & set(path.parts)
]
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
    assert lint_imports() == EXIT_STATUS_SUCCESS


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


def test_every_url_name_has_a_test_file_of_that_name():
    missing = [
        f"{app}:{name}"
        for app, (_, resolver) in get_resolver().namespace_dict.items()
        if app in APPS
        for name in resolver.reverse_dict
        if isinstance(name, str)
        and not (ROOT / "tests" / app / "views" / f"test_{name}.py").exists()
    ]
    assert missing == []


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
