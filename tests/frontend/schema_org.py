"""A small part of the vocabulary of schema.org: types, their parents, properties and ranges."""

from __future__ import annotations

from typing import Any

# Type: parent, and properties of the type itself.
TYPES: dict[str, tuple[str, set[str]]] = {
    "Thing": (
        "",
        {
            "additionalType",
            "alternateName",
            "description",
            "disambiguatingDescription",
            "identifier",
            "image",
            "mainEntityOfPage",
            "name",
            "potentialAction",
            "sameAs",
            "subjectOf",
            "url",
        },
    ),
    "Action": ("Thing", {"agent", "object", "result", "target"}),
    # `query-input` says which words of the template are the property `query`.
    "SearchAction": ("Action", {"query", "query-input"}),
    "EntryPoint": ("Thing", {"contentType", "encodingType", "httpMethod", "urlTemplate"}),
    "CreativeWork": (
        "Thing",
        {
            "about",
            "author",
            "dateCreated",
            "dateModified",
            "datePublished",
            "inLanguage",
            "isBasedOn",
            "isPartOf",
            "mainEntity",
            "publisher",
            "temporalCoverage",
        },
    ),
    "WebPage": ("CreativeWork", {"breadcrumb", "lastReviewed", "reviewedBy"}),
    "WebSite": ("CreativeWork", {"issn"}),
    "Organization": (
        "Thing",
        {
            "address",
            "areaServed",
            "email",
            "foundingDate",
            "knowsLanguage",
            "location",
            "logo",
            "makesOffer",
            "member",
            "memberOf",
            "telephone",
        },
    ),
    "NGO": ("Organization", set()),
    "Place": (
        "Thing",
        {
            "address",
            "containedInPlace",
            "containsPlace",
            "geo",
            "openingHoursSpecification",
            "specialOpeningHoursSpecification",
            "telephone",
        },
    ),
    "AdministrativeArea": ("Place", set()),
    "Country": ("AdministrativeArea", set()),
    "CivicStructure": ("Place", {"openingHours"}),
    "GovernmentBuilding": ("CivicStructure", set()),
    "Service": (
        "Thing",
        {
            "areaServed",
            "audience",
            "availableChannel",
            "category",
            "hoursAvailable",
            "provider",
            "serviceOutput",
            "serviceType",
            "termsOfService",
        },
    ),
    "ServiceChannel": (
        "Thing",
        {
            "availableLanguage",
            "processingTime",
            "providesService",
            "serviceLocation",
            "servicePhone",
            "servicePostalAddress",
            "serviceUrl",
        },
    ),
    "ContactPoint": (
        "Thing",
        {"areaServed", "availableLanguage", "email", "hoursAvailable", "telephone"},
    ),
    "PostalAddress": (
        "ContactPoint",
        {"addressCountry", "addressLocality", "addressRegion", "postalCode", "streetAddress"},
    ),
    "GeoCoordinates": ("Thing", {"addressCountry", "elevation", "latitude", "longitude"}),
    "GeoShape": ("Thing", {"box", "circle", "line", "polygon"}),
    "GeoCircle": ("GeoShape", {"geoMidpoint", "geoRadius"}),
    "OpeningHoursSpecification": (
        "Thing",
        {"closes", "dayOfWeek", "opens", "validFrom", "validThrough"},
    ),
}
# What a property may point at; a property that is not named here holds text, numbers, addresses.
RANGES = {
    "address": {"PostalAddress"},
    "areaServed": {"Place"},
    "availableChannel": {"ServiceChannel"},
    "containedInPlace": {"Place"},
    "geo": {"GeoCoordinates", "GeoShape"},
    "geoMidpoint": {"GeoCoordinates"},
    "hoursAvailable": {"OpeningHoursSpecification"},
    "isBasedOn": {"CreativeWork"},
    "mainEntityOfPage": {"CreativeWork"},
    "memberOf": {"Organization"},
    "potentialAction": {"Action"},
    "provider": {"Organization"},
    "publisher": {"Organization"},
    "serviceLocation": {"Place"},
    "specialOpeningHoursSpecification": {"OpeningHoursSpecification"},
    "target": {"EntryPoint"},
}
EMPTY: tuple[Any, ...] = (None, "", [], {}, "None", "unknown")


def is_a(kind: str, wanted: set[str]) -> bool:
    """Whether a type or one of its parents is wanted."""
    while kind:
        if kind in wanted:
            return True
        kind = TYPES[kind][0]
    return False


def properties_of(kind: str) -> set[str]:
    """What schema.org defines for a type and its parents."""
    parent, own = TYPES[kind]
    return own | (properties_of(parent) if parent else set())


def nodes(data: Any) -> list[dict[str, Any]]:
    """Every node of a document, texts with a language aside."""
    if isinstance(data, list):
        return [one for part in data for one in nodes(part)]
    if not isinstance(data, dict) or "@value" in data:
        return []
    return [data, *(one for part in data.values() for one in nodes(part))]


def faults(data: Any) -> list[str]:
    """What schema.org does not know, and what says nothing."""
    found = []
    for one in nodes(data):
        kind = one["@type"]
        for name in one.keys() - {"@context", "@id", "@type"}:
            value = one[name]
            if name not in properties_of(kind):
                found.append(f"{kind} has no {name}")
            for part in value if isinstance(value, list) else [value]:
                found += [f"{kind}.{name} {fault}" for fault in _faults_of(name, part)]
            if value in EMPTY:
                found.append(f"{kind}.{name} is empty")
    return found


def _faults_of(name: str, value: Any) -> list[str]:
    """What is wrong with one value of a property."""
    if value in EMPTY:
        return ["is empty"]
    if not isinstance(value, dict):
        return ["holds no node"] if name in RANGES else []
    if "@value" in value:
        whole = set(value) == {"@value", "@language"} and all(value.values())
        return [] if whole else ["is no text with a language"]
    return [] if is_a(value["@type"], RANGES.get(name, set())) else [f"is no {value['@type']}"]
