"""The pages of files that people bring, as they look."""

import pytest
from django.urls import reverse

from tests.browser.conftest import DESK, PHONE
from tests.factories.imports import FileImportFactory, column, reading
from tests.factories.reps import OrganizationFactory, TeamFactory, UserFactory

pytestmark = pytest.mark.django_db(transaction=True)

WAYS = [["dmy", "03/04/2026", "2026-04-03"], ["mdy", "03/04/2026", "2026-03-04"]]
BESIDE_ITS_WORDS = """button => {
  const words = document.createRange();
  words.selectNodeContents(button.firstChild);
  const [inner, outer] = [words, button].map(one => one.getBoundingClientRect());
  return [inner.left - outer.left, outer.right - inner.right];
}"""


@pytest.fixture
def ada():
    """An admin who runs a team."""
    ada = UserFactory(organization=OrganizationFactory(), is_admin=True)
    TeamFactory(organization=ada.organization, manager=ada)
    return ada


def test_what_is_asked_of_a_column_stands_below_its_name_and_its_values(page_at, ada):
    told = reading(
        column("Owner", "owner", ["Theo Lindqvist"]),
        column("Created", "opened_on", ["03/04/2026"], days=WAYS),
        asked=[{"asks": "days", "about": "Created", "fits": [], "rows": 0}],
    )
    brought = FileImportFactory(
        organization=ada.organization,
        by=ada,
        state="asks",
        columns_agreed=False,
        reading=told,
    )
    page = page_at(user=ada)
    page.goto(brought.get_absolute_url())
    tops = [
        there.bounding_box()["y"]
        for there in (
            page.get_by_text("Created", exact=True),
            page.get_by_label("Created"),
            page.get_by_text("03/04/2026", exact=True),
            page.get_by_text("How is it written?"),
            page.get_by_label("03/04/2026 is 3 April 2026"),
        )
    ]
    assert tops == sorted(tops)


@pytest.mark.parametrize("width", [DESK, PHONE])
def test_what_only_a_screen_reader_says_takes_no_room_in_a_button(page_at, ada, width):
    page = page_at(width, user=ada)
    for path, there in [
        (reverse("reps:imports"), ".import-kind .button"),
        (reverse("reps:people"), ".downloads a"),
    ]:
        page.goto(path)
        page.locator("summary").evaluate_all("all => all.forEach(one => one.click())")
        left, right = page.locator(there).first.evaluate(BESIDE_ITS_WORDS)
        assert left == pytest.approx(right, abs=1)
