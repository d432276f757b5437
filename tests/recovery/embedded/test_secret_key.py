"""The embedded mode's own key: made once, the owner's alone."""

from concurrent.futures import ThreadPoolExecutor

from recovery.embedded.secret_key import kept_secret_key


def test_it_is_the_same_the_next_time(tmp_path):
    assert kept_secret_key(tmp_path / "new") == kept_secret_key(tmp_path / "new")


def test_every_folder_has_its_own(tmp_path):
    assert kept_secret_key(tmp_path / "one") != kept_secret_key(tmp_path / "two")


def test_only_the_owner_can_read_it(tmp_path):
    kept_secret_key(tmp_path)
    assert (tmp_path / "secret_key").stat().st_mode & 0o077 == 0


def test_two_first_starts_at_once_end_with_one_key(tmp_path):
    with ThreadPoolExecutor(8) as starts:
        keys = set(starts.map(lambda _: kept_secret_key(tmp_path), range(8)))
    assert len(keys) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["secret_key"]
