"""Filters of the pages of a desk."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_datetime
from django import template
from django.utils.translation import get_language

from frontend.desk.program_words import WITHHOLD

register = template.Library()


@register.filter
def moment(value: dt.datetime | None, zone: str = "UTC") -> str:
    """A day and a time in somebody's time zone and the page's language, with the zone's name."""
    if value is None:
        return ""
    language = (get_language() or "en").replace("-", "_")
    text: str = format_datetime(
        value, "d MMMM y, HH:mm zzz", tzinfo=ZoneInfo(zone), locale=language
    )
    return text


@register.filter
def withheld_names(names: Iterable[str]) -> list[str]:
    """What a group keeps back, in words."""
    return [str(WITHHOLD[name]) for name in names if name in WITHHOLD]


@register.filter
def territory_name(iso2: str) -> str:
    """The name of a country in the page's language by its code, the code where there is none."""
    locale = Locale.parse((get_language() or "en").replace("-", "_"))
    return str(locale.territories.get(iso2, iso2))
