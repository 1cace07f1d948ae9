"""Words for the fields of a program, and for what stands in them, as the desk shows them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from directory.enums import Precision, ProgramStatus
from directory.models import Country
from directory.queries.points import Point
from frontend.templatetags.atlas import country_name, language_name
from frontend.templatetags.gazetteer import (
    capacity_words,
    joined,
    language_names,
    service_names,
)

FIELDS: dict[str, Any] = {
    "names": pgettext_lazy("field of a program", "Name"),
    "summaries": pgettext_lazy("field of a program", "In one sentence"),
    "descriptions": pgettext_lazy("field of a program", "About the program"),
    "how_to_join": gettext_lazy("How to join"),
    "how_to_be_visited": gettext_lazy("How to be visited"),
    "status": pgettext_lazy("field of a program", "Status"),
    "languages": pgettext_lazy("field of a program", "Languages you speak"),
    "services": pgettext_lazy("field of a program", "What you do"),
    "facilities": pgettext_lazy("field of a program", "Places you visit"),
    "website": gettext_lazy("Website"),
    "contact": gettext_lazy("Contact"),
    "capacity": pgettext_lazy("field of a program", "Whom you take on"),
    "withheld": pgettext_lazy("field of a program", "What you keep back"),
    "place": pgettext_lazy("field of a program", "Place"),
    "point": pgettext_lazy("field of a program", "Point on the map"),
    "country": gettext_lazy("Country"),
    "region": gettext_lazy("Region"),
    "admin1": gettext_lazy("Region"),
    "locality": gettext_lazy("Town"),
    "precision": pgettext_lazy("field of a program", "How exactly"),
    "latitude": pgettext_lazy("field of a program", "Point on the map"),
    "has_relay": pgettext_lazy("field of a program", "Notes through this site"),
}
CONTACT: dict[str, Any] = {
    "phone": gettext_lazy("Telephone"),
    "email": gettext_lazy("E-mail address"),
    "hours": pgettext_lazy("field of a program", "When somebody answers"),
    "note": pgettext_lazy("field of a program", "A remark"),
}
WITHHOLD: dict[str, Any] = {
    **{name: FIELDS[name] for name in ("summaries", "descriptions", "how_to_join")},
    **{name: FIELDS[name] for name in ("how_to_be_visited", "languages", "services")},
    **{name: FIELDS[name] for name in ("facilities", "website", "contact", "capacity")},
    "point": pgettext_lazy("field of a program", "Town and point on the map"),
}
BY_LANGUAGE = ("names", "summaries", "descriptions", "how_to_join", "how_to_be_visited")
_NOT_SHOWN = ("longitude", "precision")


def field_words(field: str, key: str = "") -> str:
    """The name of a field, with the language of a text or the part of a contact."""
    name = str(FIELDS.get(field, field))
    if field in BY_LANGUAGE and key:
        return pgettext("field and language", "{field}, {language}").format(
            field=name, language=language_name(key)
        )
    if field == "contact" and key:
        return str(CONTACT.get(key, key))
    return name


def value_words(field: str, key: str, value: Any) -> str:
    """What stands in a field, in words; empty where nothing does."""
    if value in (None, "", [], {}):
        return ""
    if field == "capacity" and key:
        return capacity_words({key: value})
    show = _SHOWN.get(field)
    return show(value) if show else str(value)


def waiting_words(waiting: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What waits to be public, each with its name; a point is one thing."""
    found = [(field_words("contact", key), text) for key, text in _contact(waiting).items()]
    for name, value in waiting.items():
        if name == "latitude" and value is not None:
            text = point_words({"lat": value, "lon": waiting["longitude"]})
            found.append((field_words("point"), text))
        elif name not in ("contact", "latitude", *_NOT_SHOWN):
            found.append((field_words(name), value_words(name, "", value)))
    return found


def point_words(point: Mapping[str, float]) -> str:
    """A point as somebody writes it."""
    return f"{point['lat']}, {point['lon']}"


def parsed_words(point: Point) -> dict[str, float]:
    """A point that was read, as the values of a program have it."""
    return {"lat": point.latitude, "lon": point.longitude}


def _contact(waiting: Mapping[str, Any]) -> dict[str, str]:
    return dict(waiting.get("contact", {}))


def _places(places: list[dict[str, Any]]) -> str:
    return joined([place["name"] for place in places])


def _country(code: str) -> str:
    return country_name(Country.objects.filter(iso2=code).first()) or code


def _withheld(names: list[str]) -> str:
    return joined([str(WITHHOLD.get(name, name)) for name in names])


def _place(value: Mapping[str, Any]) -> str:
    parts = [value["locality"], value["region"], _country(value["country"])]
    if value["point"]:
        parts.append(point_words(value["point"]))
    return joined([part for part in parts if part])


_SHOWN: dict[str, Any] = {
    "status": lambda value: str(dict(ProgramStatus.choices).get(value, value)),
    "precision": lambda value: str(dict(Precision.choices).get(value, value)),
    "languages": language_names,
    "services": service_names,
    "facilities": _places,
    "capacity": capacity_words,
    "withheld": _withheld,
    "country": _country,
    "point": point_words,
    "place": _place,
}
