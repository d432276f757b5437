"""The quarters that people name over a grid's columns."""

import pytest

from reps.domain.files.quarter_names import NamedQuarter, named_quarter


@pytest.mark.parametrize(
    "header",
    [
        "Q1 2026",
        "2026 Q1",
        "q1-26",
        "Q1/2026",
        "2026-Q1",
        "2026Q1",
        "1Q26",
        "1Q 2026",
        "FY26 Q1",
        "Q1 FY2026",
        "Quota Q1 2026",
        "Q1 2026 target",
        "1st quarter 2026",
        "Quarter 1, 2026",
        "1. Quartal 2026",
        "T1 2026",
        "1er trimestre 2026",
        "1º trimestre de 2026",
        "Trimestre 1 2026",
        "2026年第1四半期",
        "2026年度 第1四半期",
    ],
)
def test_a_quarter_with_its_year(header):
    assert named_quarter(header) == NamedQuarter(2026, 1)


@pytest.mark.parametrize(
    ("header", "is_fiscal"),
    [
        ("Q1 2026", False),
        ("FY26 Q1", True),
        ("Q1 FY2026", True),
        ("Fiscal Q1 2026", True),
        ("Geschäftsjahr 2026 Q1", True),
        ("Q1 2025/26", True),
        ("2025-2026 Q1", True),
    ],
)
def test_a_fiscal_year_may_say_that_it_is_one(header, is_fiscal):
    found = named_quarter(header)
    assert (found, found.is_fiscal) == (NamedQuarter(2026, 1), is_fiscal)


def test_a_quarter_without_its_year():
    assert named_quarter("Q4") == NamedQuarter(None, 4)


@pytest.mark.parametrize(
    "header",
    [
        "Rep",
        "Total",
        "2026",
        "Q5 2026",
        "Q1 2026 actual",
        "Q1-Q2 2026",
        "Q1 2025/27",
        "FY26",
        "Team 1",
    ],
)
def test_what_is_no_quarter_or_more_than_one(header):
    assert named_quarter(header) is None
