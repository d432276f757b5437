"""The tests' own settings, in place before Django reads any: see `addopts`."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

folder = tempfile.mkdtemp(prefix="second-wind-tests-")
# Registered first, so called last: the database in it has ended by then.
atexit.register(shutil.rmtree, folder, ignore_errors=True)
Path(folder, "static").mkdir()  # WhiteNoise warns where there is none

os.environ |= {
    "DATA_DIR": folder,
    "DATABASE_OWNER_URL": os.environ.get("TEST_DATABASE_OWNER_URL", ""),
    "DATABASE_URL": os.environ.get("TEST_DATABASE_URL", ""),
    "DEBUG": "1",  # static files under their own names; pytest-django turns DEBUG off
    "EMAIL_URL": "",
    "REDIS_URL": "",
    # Each process compiles all of the app, for 0.3 seconds, if it may keep nothing.
    "PYTHONDONTWRITEBYTECODE": "",
    "SECRET_KEY": "for tests only",
    "SITE_URL": "http://testserver",
    "DJANGO_ALLOW_ASYNC_UNSAFE": "true",  # playwright runs a loop in the tests' thread
}
