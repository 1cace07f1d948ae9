"""The parts that documents of linked data are put together from."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from django.utils.translation import get_language

from directory.enums import Precision
from directory.models import Country, Facility, Listing
from frontend.addresses import address_of
from frontend.plates import has_point
from frontend.templatetags.atlas import country_name, is_web
from frontend.texts import Text

Node = dict[str, Any]

CONTEXT = "https://schema.org"
# As far as a point on the grid of 0.1 degree is said to be off.
GRID_METRES = 10_000
_SAYS_NOTHING: tuple[object, ...] = (None, "", [], {})


def node(kind: str, pk: UUID | None = None, **properties: Any) -> Node:
    """A node of a type with those of its properties that say something.

    `pk` makes it the same thing in every language and on every node that has the row.
    """
    said = {name: value for name, value in properties.items() if value not in _SAYS_NOTHING}
    identity = {"@id": pk.urn} if pk else {}
    return {"@type": kind, **identity, **said}


def document(main: Node) -> Node:
    """A whole document about one thing."""
    return {"@context": CONTEXT, **main}


def in_language(text: Text | None) -> Node | str | None:
    """A text with its language; the text alone where that is not known."""
    if text is None:
        return None
    if not text.lang:
        return text.value
    return {"@language": text.lang, "@value": text.value}


def moment(value: dt.datetime | None) -> str:
    """A moment as it is written; nothing for none."""
    return value.isoformat() if value else ""


def web_addresses(*urls: str) -> list[str]:
    """Those of the addresses that lead to a page of the web, each once."""
    return list(dict.fromkeys(url for url in urls if is_web(url)))


def page_about(row: Listing | Facility | None = None, **properties: Any) -> Node:
    """The page on which a document stands: its language, and the source of what it repeats.

    A source is dated as exactly as it dates itself, by the time of which it speaks.
    """
    source = None
    if row is not None and is_web(row.source_url):
        dated = str(row.as_of) if row.as_of else ""
        source = node("CreativeWork", url=row.source_url, temporalCoverage=dated)
    return node("WebPage", inLanguage=get_language(), isBasedOn=source, **properties)


def land(country: Country) -> Node:
    """A country by its name in the reader's language."""
    return node(
        "Country",
        country.pk,
        name=country_name(country),
        identifier=country.iso2,
        url=address_of("country", country.iso2),
    )


def postal_address(row: Listing | Facility) -> Node:
    """Town, region and country, as far as the row names them; never a street."""
    return node(
        "PostalAddress",
        addressLocality=row.locality,
        addressRegion=row.admin1,
        addressCountry=row.country.iso2,
    )


def point(row: Listing | Facility) -> Node | None:
    """Where a row stands on the map of its page, no more exactly than it is known.

    A point of the grid is the middle of a circle. Of a region no point is given: the mark on the
    map means "somewhere around here".
    """
    if not has_point(row) or row.precision == Precision.REGION:
        return None
    spot = node("GeoCoordinates", latitude=row.latitude, longitude=row.longitude)
    if row.precision == Precision.GRID:
        return node("GeoCircle", geoMidpoint=spot, geoRadius=GRID_METRES)
    return spot
