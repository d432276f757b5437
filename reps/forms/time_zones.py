"""The time zones a person can choose, by region."""

from itertools import groupby
from zoneinfo import available_timezones

from django import forms
from django.utils.translation import gettext_lazy as _

REGIONS = (
    "Africa",
    "America",
    "Antarctica",
    "Asia",
    "Atlantic",
    "Australia",
    "Europe",
    "Indian",
    "Pacific",
)
ZONES = sorted(
    zone for zone in available_timezones() if zone.partition("/")[0] in REGIONS
)


def time_zone_choices(chosen: str = "", *, empty=None) -> list:
    """UTC, then each region's zones; one chosen earlier stays, whatever its name."""
    by_region = [
        (region, [(zone, _said(zone)) for zone in zones])
        for region, zones in groupby(ZONES, key=lambda zone: zone.partition("/")[0])
    ]
    others = [("UTC", "UTC")]
    if chosen and chosen != "UTC" and chosen not in ZONES:
        others.append((chosen, chosen))
    return [*([("", empty)] if empty else []), *others, *by_region]


def _said(zone: str) -> str:
    """Such as "Argentina, Buenos Aires" below America."""
    return zone.partition("/")[2].replace("_", " ").replace("/", ", ")


class TimeZoneField(forms.ChoiceField):
    """Chosen from a list, so that nobody has to know how a zone is spelled."""

    default_error_messages = {"invalid_choice": _("Choose a time zone from the list.")}

    def __init__(self, *, max_length=None, empty_value="", **kwargs):
        super().__init__(**kwargs)

    def offer(self, chosen: str, *, empty=None):
        self.choices = time_zone_choices(chosen, empty=empty)
