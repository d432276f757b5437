"""What the ids of each system look like."""

import pytest

from reps.domain.files.systems import System, has_own_shape, has_shape


@pytest.mark.parametrize(
    ("system", "value"),
    [
        (System.SALESFORCE, "0065g00000AbCdE"),
        (System.SALESFORCE, "00T5g00000AbCdEAAX"),
        (System.HUBSPOT, "9876543210"),
        (System.PIPEDRIVE, "17"),
        (System.ZOHO, "zcrm_4150868000001234567"),
        (System.DYNAMICS, "{D3B9F0C2-6F0E-4C59-9F0B-3C1F7A1F2B11}"),
        (System.CLOSE, "oppo_TvXLJOHzkwJCOP8aGJzkZo7y5GGzhDl0"),
        (System.ESPO, "5f8c1e2a3b4c5d6e7"),
        (System.CRM_EXPORT, "1C1I7A6R"),
    ],
)
def test_an_id_has_its_systems_shape(system, value):
    assert has_shape(system, [value, f" {value} "])
    assert not has_shape(system, [value, "Acme"])
    assert not has_shape(system, [])


def test_only_some_can_be_told_from_all_others():
    assert has_own_shape(System.ZOHO)
    assert not has_own_shape(System.HUBSPOT)
    assert not has_own_shape(System.TWENTY)


def test_a_name_fits_the_column_that_keeps_it():
    assert max(len(system) for system in System) <= 40
