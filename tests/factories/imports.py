"""Files that people brought, as a worker left them."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import factory

from reps.domain.crm_export import DealRow
from reps.domain.ours_and_theirs import Choices
from reps.domain.transitions import Outcome
from reps.imports.place_deals import place_deals
from reps.models import FileImport, FilePiece, ImportProgress
from tests.factories.reps import NOON, OrganizationFactory, UserFactory

A_DEAL = DealRow(
    number="A1",
    seller="Ines",
    account="Bluefin Boats",
    product="Rain Gauge",
    stage="Stage 1",
    outcome=Outcome.OPEN,
    amount=Decimal(480),
    amount_is_estimate=False,
    opened_on=date(2026, 10, 6),
    closed_on=None,
)
COLUMNS = [
    ("Deal owner", "owner", ["Theo Lindqvist", "Mira Bay"]),
    ("Deal Stage", "stage", ["Closed Won", "Demo"]),
    ("Deal Name", "title", ["Pilot", "Rollout"]),
]


def column(header, fact="", examples=(), numbers=(), days=()):
    """One column of a reading."""
    return {
        "header": header,
        "fact": fact,
        "sure": "known",
        "examples": list(examples),
        "filled": 2,
        "numbers": list(numbers),
        "days": list(days),
    }


def reading(*columns, asked=(), words=(), kind="deals"):
    """What a worker found in a file of two rows."""
    columns = columns or [column(*one) for one in COLUMNS]
    return {
        "kind": kind,
        "headers": "f" * 64,
        "system": "HubSpot",
        "encodings": [["utf-8", ""]],
        "delimiters": [","],
        "header_row": 1,
        "rows": 2,
        "columns": list(columns),
        "asked": list(asked),
        "words": list(words),
        "feet": [],
    }


def word(asks, theirs, *fits, answer=None, rows=1):
    """One of their words, and what of ours it may be."""
    return {
        "asks": asks,
        "theirs": theirs,
        "rows": rows,
        "fits": list(fits),
        "is_settled": answer is not None,
        "said": None,
        "answer": answer,
    }


def result(**facts):
    """What came of two rows, one of them bad."""
    told = {
        "columns": ["Account"],
        "shown": [{"row": 2, "verdict": "new", "cells": ["Larkspur"]}],
        "added": 1,
        "changed": 0,
        "same": 0,
        "left_out_count": 0,
        "left_out": [],
        "kept_count": 0,
        "kept": [],
        "twins": [],
        "absent_count": 0,
        "absent": [],
        "said": [],
        "made": {},
        "bad_count": 1,
        "bad": ["row 3, Amount: won without an amount"],
    }
    return told | facts


class FileImportFactory(factory.django.DjangoModelFactory):
    """A file of deals, ready to bring in; `content` is its bytes."""

    class Meta:
        model = FileImport
        skip_postgeneration_save = True

    organization = factory.SubFactory(OrganizationFactory)
    by = factory.SubFactory(
        UserFactory, organization=factory.SelfAttribute("..organization")
    )
    kind = FileImport.Kind.DEALS
    file_name = "deals.csv"
    size = 3
    sha256 = "a" * 64
    uploaded_at = NOON
    state = FileImport.State.READY
    columns_agreed = True
    reading = factory.LazyFunction(reading)
    result = factory.LazyFunction(result)

    @factory.post_generation
    def content(obj, create, extracted, **kwargs):
        ImportProgress.objects.create(organization=obj.organization, file_import=obj)
        for part in FilePiece.Part:
            FilePiece.objects.create(
                organization=obj.organization,
                file_import=obj,
                part=part,
                number=1,
                content=extracted or b"a,b",
            )


class BroughtInFactory(FileImportFactory):
    """One that is in, since noon, by an admin."""

    by = factory.SubFactory(
        UserFactory, organization=factory.SelfAttribute("..organization"), is_admin=True
    )
    state = FileImport.State.BROUGHT_IN
    brought_in_at = NOON
    taken_back_by = factory.SelfAttribute("by")  # whoever asks for it


def bring_deals(owner, *rows: dict, at=NOON, same_as=None, **facts) -> FileImport:
    """A file of deals of this rep, brought in: a dict of what is different for each."""
    if same_as:
        facts["answers"] = {"same_as": same_as}
    brought = BroughtInFactory(
        organization=owner.organization, brought_in_at=at, **facts
    )
    place_deals(
        owner.organization,
        [replace(A_DEAL, **row) for row in rows],
        owners={A_DEAL.seller: owner.pk},
        at=at,
        choices=Choices(same_as=same_as or {}),
        file_import=brought.pk,
    )
    return brought
