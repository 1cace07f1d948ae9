"""The map: clusters, and single programs or places, as GeoJSON."""

from __future__ import annotations

from typing import Any

from api.v1.schemas.shapes import Schema, array, closed, ref, text, whole


def _feature(properties: str, about: str) -> Schema:
    fields: dict[str, Schema] = {
        "type": {"const": "Feature"},
        "geometry": ref("GeoPoint"),
        "properties": ref(properties),
    }
    return closed(about, fields)


_COUNTRY = text("Two letters of ISO 3166-1.", pattern="^[A-Z]{2}$")

SCHEMAS: dict[str, Schema] = {
    "MapFeatures": closed(
        "What stands in a part of the map: at most 100 symbols.",
        {
            "type": {"const": "FeatureCollection"},
            "features": array(
                {"oneOf": [ref("MapClusterFeature"), ref("MapSingleFeature")]}, maxItems=100
            ),
        },
    ),
    "MapClusterFeature": _feature("MapCluster", "Several programs or places close together."),
    "MapSingleFeature": _feature("MapSingle", "One program or place."),
    "MapCluster": closed(
        "What is known of several.",
        {
            "cluster": {"const": True},
            "count": whole("How many.", minimum=2),
            "bbox": array(
                {"type": "number"},
                "West, south, east and north in degrees: where they all lie.",
                minItems=4,
                maxItems=4,
            ),
            "near": text("The town of most of them, where they have one."),
            "country": {**_COUNTRY, "description": "Their country, where it is one."},
            "precision": {
                "const": "country",
                "description": "They are somewhere in a country, not at this point.",
            },
        },
        optional=("near", "country", "precision"),
    ),
    "MapSingle": closed(
        "What is known of one; what is not known is left out.",
        {
            "slug": text("The last part of its address."),
            "name": text("Its name."),
            "language": text("The language of its name, BCP 47. Programs only."),
            "status": {
                "anyOf": [ref("ProgramStatus"), ref("FacilityStatus")],
                "description": "Of a program or of a place.",
            },
            "freshness": ref("Freshness", "Programs only."),
            "precision": ref("Precision"),
            "country": {**_COUNTRY, "description": "Where only the country is known."},
        },
        optional=("language", "freshness", "country"),
    ),
}

MAP_EXAMPLE: dict[str, Any] = {
    "type": "FeatureCollection",
    "features": [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [6.12, 45.91]},
            "properties": {
                "cluster": True,
                "count": 2,
                "bbox": [6.1, 45.9, 6.14, 45.92],
                "near": "Exampleville",
                "country": "FR",
            },
        },
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [9.5, 47.1]},
            "properties": {
                "slug": "fr-lakeside-visitors",
                "name": "Lakeside Visitors",
                "status": "active",
                "language": "en",
                "freshness": "fresh",
                "precision": "locality",
            },
        },
    ],
}
