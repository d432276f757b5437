"""redis-py is loaded where there is a Redis, and nowhere else."""

import os
import subprocess
import sys

import pytest

from tests.recovery.server_process import PLAIN, ROOT

WHOLE_APP = """
import sys, django
django.setup()
from importlib import import_module
from django.conf import settings
from recovery.embedded import serve, clock
from recovery.redis_client import redis_errors
import_module(settings.ROOT_URLCONF)
errors = redis_errors()
print("redis" in sys.modules, len(errors))
"""


@pytest.mark.parametrize(
    ("url", "said"), [("", "False 0"), ("redis://127.0.0.1:1/0", "True 1")]
)
def test_without_redis_the_one_process_does_not_carry_it(tmp_path, url, said):
    own = {"DJANGO_SETTINGS_MODULE": "recovery.settings", "DATA_DIR": str(tmp_path)}
    ended = subprocess.run(
        [sys.executable, "-c", WHOLE_APP],
        cwd=ROOT,
        env=os.environ | PLAIN | own | {"REDIS_URL": url, "SECRET_KEY": "for a test"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert ended.stdout.strip() == said
