"""The locks: pinned, hashed, in step with pyproject.toml, silent about registries."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
LOCKS = sorted((ROOT / "requirements").glob("*.txt"))
PIN = re.compile(r"[a-z0-9-]+==\S+( ; [^\\]+)? \\")
HASH = re.compile(r"    --hash=sha256:[0-9a-f]{64}( \\)?")


def pins(name: str) -> set[str]:
    lines = (ROOT / "requirements" / f"{name}.txt").read_text().splitlines()
    return {line.removesuffix(" \\") for line in lines if not line.startswith(" ")}


def names(requirements) -> set[str]:
    """Names as the locks spell them, without extras, versions and markers."""
    found = (re.match(r"[A-Za-z0-9._-]+", one)[0] for one in requirements)
    return {re.sub(r"[._-]+", "-", name).lower() for name in found}


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_a_lock_holds_pins_and_hashes_and_nothing_else(lock):
    """So it names no registry: whoever installs uses their own."""
    lines = lock.read_text().splitlines()
    fits = [PIN.fullmatch(line) or HASH.fullmatch(line) for line in lines]
    assert fits
    assert all(fits)


def test_dev_holds_all_of_app():
    """So `make demo` has nothing to do after `make test`."""
    assert pins("app") <= pins("dev")


def test_every_dependency_is_locked():
    """`make lock` was run after the last change of pyproject.toml."""
    app = names(PROJECT["project"]["dependencies"])
    dev = names(PROJECT["dependency-groups"]["dev"])
    assert app - names(pins("app")) == set()
    assert dev - names(pins("dev")) == set()
