"""Where a static file is, asked by every page for two dozen of them."""

import pytest

from recovery.static_addresses import KnownAddresses


@pytest.fixture
def storage(tmp_path, settings):
    settings.DEBUG = False
    storage = KnownAddresses(location=tmp_path, base_url="/static/")
    storage.hashed_files = {"css/page.css": "css/page.1234.css"}
    return storage


def test_it_is_the_one_with_the_hash_looked_up_once(storage):
    assert storage.url("css/page.css") == "/static/css/page.1234.css"
    storage.hashed_files = {}
    assert storage.url("css/page.css") == "/static/css/page.1234.css"


def test_a_file_there_is_not_is_an_error_each_time(storage):
    for _ in range(2):
        with pytest.raises(ValueError, match="Missing staticfiles manifest entry"):
            storage.url("css/none.css")
