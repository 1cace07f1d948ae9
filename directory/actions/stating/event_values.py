"""What a group may report to the ledger of access, read and checked."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext_lazy as _

from directory.actions.stating.said import LONGEST_STATEMENT, Said
from directory.enums import (
    AccessStatus,
    Attribution,
    Confidence,
    EventScope,
    Retaliation,
    SourceKind,
    StatedReason,
    VisitorCategory,
)
from directory.models import Country, Facility
from network.fields import PartialDate

LONGEST_DELAY = dt.timedelta(days=30)
# A form that is sent a moment after the time it names still means now.
PATIENCE = dt.timedelta(minutes=10)
LONGEST_NAME = 200
FIELDS = (
    "facility",
    "country",
    "facility_name",
    "visitor_category",
    "status",
    "effective_from",
    "effective_to",
    "scope",
    "stated_reason",
    "retaliation",
    "source_kind",
    "source_url",
    "confidence",
    "statement",
    "text_language",
    "attributed_as",
    "coalition",
    "publish_at",
)


@dataclass(frozen=True, slots=True)
class Reported:
    """A report that was found good; `values` are columns of the entry without its place.

    `coalition` is the slug of the one that signs it, where that was said.
    """

    facility: Facility | None
    country: Country
    values: dict[str, Any]
    attributed_as: Attribution
    coalition: str
    publish_at: dt.datetime


def read_event(said: Said) -> Reported:
    """The report that a form or a request says.

    Raises:
        ValidationError: with what to write instead, by field.
    """
    place, country, named = _where(said)
    begin, end = _when(said)
    values = {
        **named,
        **_what(said),
        **_source(said),
        "effective_from": _text(begin),
        "effective_to": _text(end),
    }
    attributed = _signature(said)
    coalition = said.text("coalition", LONGEST_NAME)
    publish_at = _publish_at(said)
    if said.errors or country is None:
        raise ValidationError(said.errors)
    if values["nationwide"]:
        names = country.names
        values["facility_name"] = names.get(values["text_language"]) or names.get("en", "")
    return Reported(place, country, values, attributed, coalition, publish_at)


def _where(said: Said) -> tuple[Facility | None, Country | None, dict[str, Any]]:
    """A place that is listed, one that is not, or a country and all places in it."""
    name = said.text("facility_name", LONGEST_NAME)
    country = _country(said)
    if said.has("facility"):
        place = _facility(said)
        if place is None:
            return None, None, {}
        if country is not None and country.pk != place.country_id:
            words = _("This place is in another country. Leave the country out.")
            said.refuse("country", words, "country")
        return place, place.country, {"facility_name": place.name, "nationwide": False}
    if country is None and "country" not in said.errors:
        words = _("Choose a place of detention, or a country where all of its places are meant.")
        said.refuse("facility", words, "required")
    if country is None or name:
        return None, country, {"facility_name": name, "nationwide": False}
    return None, country, {"facility_name": country.iso2, "nationwide": True}


def _facility(said: Said) -> Facility | None:
    slug = said.text("facility", 100)
    rows = Facility.objects.select_related("country", "merged_into__country")
    place = rows.filter(slug=slug).first() if slug else None
    if place is None and slug:
        words = _("There is no place of this name. Take the last part of its page's address.")
        said.refuse("facility", words, "missing")
    return place.merged_into or place if place else None


def _country(said: Said) -> Country | None:
    code = said.text("country", 2).upper()
    if not code:
        return None
    country = Country.objects.filter(iso2=code).first()
    if country is None:
        said.refuse("country", _("Write a country by its code of two letters."), "country")
    return country


def _when(said: Said) -> tuple[PartialDate | None, PartialDate | None]:
    begin = said.date(
        "effective_from", past=True, required=_("Write since when: a year is enough.")
    )
    end = said.date("effective_to")
    # A year ends after each of its days: compared as far as both are known.
    if begin and end and str(end) < str(begin)[: len(str(end))]:
        words = _("This ends before it begins. Write an end after %(begin)s, or none.")
        said.refuse("effective_to", words, "order", begin=str(begin))
    return begin, end


def _what(said: Said) -> dict[str, Any]:
    who, what = _("Choose who is let in or kept out."), _("Choose what holds now.")
    found = {
        "visitor_category": said.choice("visitor_category", VisitorCategory, required=who),
        "status": said.choice("status", AccessStatus, required=what),
        "scope": said.choice("scope", EventScope, EventScope.ALL.value),
        "stated_reason": said.choice("stated_reason", StatedReason, StatedReason.NONE_GIVEN.value),
        "retaliation": said.choice("retaliation", Retaliation, Retaliation.NO.value),
        "confidence": said.choice("confidence", Confidence, Confidence.SINGLE.value),
    }
    for name, words in (("visitor_category", who), ("status", what)):
        if found[name] == "unknown":
            said.refuse(name, words, "required")
    return found


def _source(said: Said) -> dict[str, Any]:
    needs = _("Say in one sentence what happened. Never write the name of a person held.")
    found = {
        "source_kind": said.choice(
            "source_kind", SourceKind, required=_("Choose how your group knows this.")
        ),
        "source_url": said.address("source_url"),
        "statement": said.text("statement", LONGEST_STATEMENT, required=needs, lines=True),
        "text_language": said.language(
            "text_language", required=_("Say in which language this is written.")
        ),
    }
    kind = found["source_kind"]
    if kind and kind != SourceKind.FIRST_HAND and not said.has("source_url"):
        words = _("Write the web address of the source, or choose that you know it first hand.")
        said.refuse("source_url", words, "required")
    return found


def _signature(said: Said) -> Attribution:
    """How the entry names its author; the least where nothing is said."""
    signed = Attribution(
        said.choice("attributed_as", Attribution, Attribution.VERIFIED_PROGRAM.value)
    )
    if signed is Attribution.SOURCE:
        words = _("Choose whether your group or only a verified program is named.")
        said.refuse("attributed_as", words, "choice")
    return signed


def _publish_at(said: Said) -> dt.datetime:
    """The moment from which it is public; now where nothing is said."""
    now, value = timezone.now(), said.raw.get("publish_at")
    if not value:
        return now
    moment = value if isinstance(value, dt.datetime) else _moment(value)
    if moment is None:
        words = _("Write a day such as 2026-12-01, or a moment such as 2026-12-01T09:00:00Z.")
        said.refuse("publish_at", words, "date")
        return now
    if not now - PATIENCE <= moment <= now + LONGEST_DELAY:
        words = _("Choose a day from today to %(last)s: 30 days at most.")
        last = (now + LONGEST_DELAY).date().isoformat()
        said.refuse("publish_at", words, "delay", last=last)
    return max(now, moment)


def _moment(value: object) -> dt.datetime | None:
    """The moment that a text says; a day is its beginning, UTC, and today is now."""
    text = value.strip() if isinstance(value, str) else ""
    try:
        moment, day = parse_datetime(text), parse_date(text)
    except ValueError:
        return None
    if day is not None:
        if day == timezone.now().date():
            return timezone.now()
        return dt.datetime(day.year, day.month, day.day, tzinfo=dt.UTC)
    if moment is None:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)


def _text(date: PartialDate | None) -> str | None:
    return None if date is None else str(date)
