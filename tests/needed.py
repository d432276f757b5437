"""Programs that tests drive and no wheel brings: Chromium, Redis."""

import os
import shutil

import pytest


def program(name: str, *other_names: str, package: str) -> str:
    """Where it is. Without it the test is skipped, and says so; CI fails instead."""
    for one in (name, *other_names):
        if found := shutil.which(one):
            return found
    missing = f"{name} is not installed (on Debian: apt-get install {package})"
    if os.environ.get("CI"):
        pytest.fail(f"CI runs every test, and {missing}", pytrace=False)
    return pytest.skip(missing)
