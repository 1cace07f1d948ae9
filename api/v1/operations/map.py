"""What the document says of the map."""

from api.v1.filters.map import MapParameters
from api.v1.operations.described import GEOJSON, answer, described
from api.v1.schemas.map import MAP_EXAMPLE

GET_MAP = described(
    "getMap",
    "Map",
    "Get a part of the map",
    "What stands in a box at a zoom, in at most 100 symbols: clusters of what is close together, "
    "and single programs or places. An answer weighs at most 1.5 KiB compressed to zoom 5, and "
    "5 KiB from there.",
    parameters=MapParameters,
    answers=[answer("MapFeatures", MAP_EXAMPLE, GEOJSON)],
)
