"""Countries as the API tells them."""

from __future__ import annotations

from typing import Any

from api.v1.serializers.access import law_document
from directory.models import Country
from directory.queries.countries import AccessRules
from directory.queries.program_documents import source_of

_AS_THEY_ARE = ("iso2", "iso3", "names", "region", "subregion", "languages")
_COUNTED = ("programs", "places", "events")


def country_document(country: Country) -> dict[str, Any]:
    """One country of `countries_with_counts`: its names, what is known of it, one reading.

    `right_to_visit` is one reading of the statement beside it, and never to be shown without.
    """
    said = {name: getattr(country, name) for name in (*_AS_THEY_ARE, *_COUNTED)}
    source = {"source_url": country.right_source_url, "as_of": country.right_as_of}
    said["right_to_visit"] = {
        "reading": country.right_to_visit,
        "statement": country.right_statement,
        "text_language": country.text_language,
        "source": source_of(source),
    }
    said["updated_at"] = country.updated_at
    return said


def rules_document(rules: AccessRules) -> dict[str, Any]:
    """Who may visit in a country, in law and in practice.

    `own` are its own rules, `union` those of the European Union that hold in it; `excepted` names
    the acts of the Union that do not bind it.
    """
    return {
        "own": [law_document(one) for one in rules.own],
        "union": [law_document(one) for one in rules.union],
        "excepted": list(rules.excepted),
    }
