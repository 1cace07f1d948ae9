"""Places of detention: the list, one, and who may visit there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404, HttpResponse, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from rest_framework.request import Request

from api.answers import json_answer
from api.middleware.kept import mark_of
from api.streams import streamed
from api.v1.filters.facilities import FacilityParameters
from api.v1.filters.near import centre_of
from api.v1.filters.paging import cursor_in, page_size
from api.v1.filters.parameters import Parameters
from api.v1.operations.facilities import GET_FACILITY, GET_FACILITY_ACCESS, LIST_FACILITIES
from api.v1.serializers.access import event_document, rule_document, standing_document
from api.v1.serializers.exports import geojson_parts
from api.v1.serializers.facilities import (
    claim_document,
    csv_parts,
    facility_document,
    named,
)
from api.v1.views.public import PublicView, page_answer
from directory.models import Facility
from directory.queries.access_ledger import entries_of, standings
from directory.queries.cursor import page_in_order
from directory.queries.facilities import (
    KIND,
    claims_about,
    facilities_matching,
    facility_by_slug,
    listings_visiting,
)
from directory.queries.facility_rows import (
    facility_rows,
    facility_rows_by_id,
    facility_slices,
)
from directory.queries.near import facilities_near
from directory.queries.orders import by_name
from directory.queries.ranked import RANKED_FACILITIES, ranked_ids
from directory.queries.search import facilities_by_relevance
from directory.queries.visiting_rules import rules_of

SLICE = 500
BY_NAME = by_name(KIND)
_FORMS = {
    "csv": (csv_parts, "text/csv; charset=utf-8; header=present"),
    "geojson": (geojson_parts, "application/geo+json"),
}
Values = dict[str, Any]


class Facilities(PublicView):
    """The places that fit, page by page, or all of them in one piece."""

    @LIST_FACILITIES
    def get(self, request: Request) -> HttpResponseBase:
        """A page as JSON; CSV and GeoJSON are streamed whole."""
        values = FacilityParameters.of(request.query_params)
        mark = mark_of(request)
        found = facilities_matching(FacilityParameters.wanted(values))
        if values["format"] == "json":
            return _page(request, values, found, mark)
        parts, content_type = _FORMS[values["format"]]
        return streamed(
            request._request,  # noqa: SLF001 - the framework's own way to what it wraps
            parts(_whole(values, found)),
            mark=mark,
            content_type=content_type,
            filename=f"facilities.{values['format']}",
        )


class OneFacility(PublicView):
    """One place with what each source says of it, and the programs that visit it."""

    @GET_FACILITY
    def get(self, request: Request, slug: str) -> HttpResponseBase:
        """The place of a slug; a duplicate leads to what it was merged into.

        Raises:
            Http404: no place has this slug.
        """
        Parameters.of(request.query_params)
        mark = mark_of(request)
        place = _place(slug)
        if place.merged_into:
            return _moved("api:facility", place.merged_into.slug)
        row = facility_rows(Facility.objects.filter(pk=place.pk)).get()
        document = facility_document(row)
        document["claims"] = [claim_document(claim) for claim in claims_about(place)]
        document["programs"] = [named(listing) for listing in listings_visiting(place)]
        return json_answer(document, mark)


class FacilityAccess(PublicView):
    """Who may visit one place."""

    @GET_FACILITY_ACCESS
    def get(self, request: Request, slug: str) -> HttpResponseBase:
        """What holds now by kind of visitor, the ledger behind it, and the rules for a visit.

        Raises:
            Http404: no place has this slug.
        """
        Parameters.of(request.query_params)
        mark = mark_of(request)
        place = _place(slug)
        if place.merged_into:
            return _moved("api:facility_access", place.merged_into.slug)
        events = entries_of(place)
        document = {
            "facility": {"id": place.pk, "slug": place.slug, "name": place.name},
            "standings": [
                standing_document(one) for one in standings(events, timezone.localdate())
            ],
            "events": [event_document(event) for event in events],
            "rules": [rule_document(rule) for rule in rules_of(place)],
        }
        return json_answer(document, mark)


def _place(slug: str) -> Facility:
    try:
        return facility_by_slug(slug)
    except Facility.DoesNotExist:
        raise Http404 from None


def _moved(name: str, slug: str) -> HttpResponse:
    return HttpResponsePermanentRedirect(
        settings.PUBLIC_ORIGIN + reverse(name, kwargs={"slug": slug})
    )


def _page(request: Request, values: Values, found: QuerySet[Facility], mark: str) -> HttpResponse:
    """A page of what fits, in the order that was asked for."""
    if "near" in values:
        centre = centre_of(values)
        near = facilities_near(found, centre.point, values.get("radius_km"))
        distances = {one.pk: one.km for one in near}
        documents, pages = _ranked(values, list(distances))
        for document in documents:
            document["distance_km"] = distances[document["id"]]
        return page_answer(request, documents, pages, mark, near=centre.document())
    if values.get("ordering", "relevance" if "q" in values else "name") == "relevance":
        best = facilities_by_relevance(found, values["q"]).values_list("pk", flat=True)
        documents, pages = _ranked(values, list(best))
        return page_answer(request, documents, pages, mark)
    cursor = cursor_in(values, BY_NAME)
    page = page_in_order(facility_rows(found), BY_NAME, cursor, page_size(values))
    documents = [facility_document(row) for row in page.rows]
    return page_answer(request, documents, (page.previous, page.next), mark)


def _ranked(values: Values, ids: list[Any]) -> tuple[list[dict[str, Any]], tuple[str, str]]:
    """A page of these places, and the cursors beside it."""
    cursor = cursor_in(values, RANKED_FACILITIES)
    part = ranked_ids(ids, cursor, RANKED_FACILITIES, page_size(values))
    documents = [facility_document(row) for row in facility_rows_by_id(part.rows)]
    return documents, (part.previous, part.next)


def _whole(values: Values, found: QuerySet[Facility]) -> Iterator[list[dict[str, Any]]]:
    """All that fits, slice by slice."""
    if "near" in values:
        centre = centre_of(values)
        near = facilities_near(found, centre.point, values.get("radius_km"))
        rows = facility_rows_by_id([one.pk for one in near])
        return iter([[facility_document(row) for row in rows]])
    return ([facility_document(row) for row in rows] for rows in facility_slices(found, SLICE))
