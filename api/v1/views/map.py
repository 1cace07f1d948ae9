"""The map: what stands in a part of the world, in at most 100 symbols."""

from __future__ import annotations

import datetime as dt
import gzip
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from rest_framework.request import Request

from api.middleware.kept import kept, mark_of
from api.v1.filters.map import FACILITY_FILTERS, MapParameters
from api.v1.operations.map import GET_MAP
from api.v1.serializers.map import feature_collection
from api.v1.views.public import PublicView
from directory.queries.facilities import FacilityFilter, facilities_matching
from directory.queries.listing_filters import ListingFilter, listings_matching
from directory.queries.map_features import MOST, view_of
from directory.queries.map_pyramid import Layer, Pyramid, pyramid_of
from directory.queries.map_spots import facility_spots, listing_spots
from network.serialization import json_bytes

# What a phone on a bad line gets at most, compressed, for far and for close views.
FAR_ZOOM = 5
FAR_BYTES = 1536
CLOSE_BYTES = 5120
# What has a town and what only has a country are never one symbol.
LEAST = 2


class Map(PublicView):
    """Clusters, programs and places in a box at a zoom, as GeoJSON."""

    @GET_MAP
    def get(self, request: Request) -> HttpResponse:
        """The features; fewer and larger clusters where the answer would weigh too much."""
        values = MapParameters.of(request.query_params)
        mark = mark_of(request)
        body = fitting_body(_pyramid(values, mark), values, timezone.localdate())
        return kept(HttpResponse(body, content_type="application/geo+json"), mark)


def fitting_body(pyramid: Pyramid, values: dict[str, Any], today: dt.date) -> bytes:
    """The features as JSON, within the weight that its zoom allows once compressed."""
    zoom, layer = values["zoom"], Layer(values["layer"])
    limit = FAR_BYTES if zoom <= FAR_ZOOM else CLOSE_BYTES
    most = MOST
    while True:
        view = view_of(pyramid, layer, values["bbox"], zoom, today, most)
        document = feature_collection(view, zoom)
        body = json_bytes(document)
        if len(gzip.compress(body, 6)) <= limit or most <= LEAST:
            return body
        most = max(LEAST, min(most, len(view)) * 3 // 4)


def _pyramid(values: dict[str, Any], mark: str) -> Pyramid:
    """The whole map where nothing is filtered, else the points of what was found."""
    layer = Layer(values["layer"])
    if layer == Layer.FACILITIES:
        asked = {name: values[name] for name in FACILITY_FILTERS if name in values}
        if not asked:
            return pyramid_of(layer, mark)
        return Pyramid(facility_spots(facilities_matching(FacilityFilter(**asked))))
    wanted = MapParameters.wanted(values)
    if wanted == ListingFilter():
        return pyramid_of(layer, mark)
    return Pyramid(listing_spots(listings_matching(wanted, timezone.localdate())))
