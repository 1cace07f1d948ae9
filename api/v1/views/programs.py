"""Programs: the list in every form, and one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from rest_framework.request import Request

from api.answers import json_answer
from api.middleware.kept import mark_of
from api.streams import streamed
from api.v1.filters.near import centre_of
from api.v1.filters.paging import cursor_in, page_size
from api.v1.filters.parameters import Parameters
from api.v1.filters.programs import STREAMED, ProgramParameters
from api.v1.operations.programs import GET_PROGRAM, LIST_PROGRAMS
from api.v1.serializers.exports import geojson_parts, jsonl_parts
from api.v1.serializers.program_cells import csv_parts
from api.v1.serializers.programs import gone_document, program_document, program_json
from api.v1.views.public import PublicView, page_answer
from directory.models import Listing
from directory.queries.changes import CHANGES, all_changes_after, changes_after
from directory.queries.cursor import page_in_order
from directory.queries.listing_filters import listings_matching
from directory.queries.listings import KIND
from directory.queries.near import listings_near
from directory.queries.orders import by_change, by_name
from directory.queries.program_rows import (
    COLUMNS,
    ProgramRow,
    complete,
    program_rows,
    rows_by_id,
    slices,
)
from directory.queries.ranked import RANKED_PROGRAMS, ranked_ids
from directory.queries.search import by_relevance

SLICE = 250
ORDERS = {
    "name": by_name(KIND),
    "updated_at": CHANGES,
    "-updated_at": by_change(KIND, newest_first=True),
}
Values = dict[str, Any]
_FORMS: dict[str, tuple[Callable[[Iterator[list[Any]]], Iterator[bytes]], str]] = {
    "csv": (csv_parts, "text/csv; charset=utf-8; header=present"),
    "geojson": (geojson_parts, "application/geo+json"),
    "jsonl": (jsonl_parts, "application/jsonl"),
}


class Programs(PublicView):
    """The programs that fit, page by page, or all of them in one piece."""

    @LIST_PROGRAMS
    def get(self, request: Request) -> HttpResponseBase:
        """A page as JSON; CSV, GeoJSON and lines of JSON are streamed whole."""
        values = ProgramParameters.of(request.query_params)
        mark, today = mark_of(request), timezone.localdate()
        found = listings_matching(ProgramParameters.wanted(values), today)
        if values["format"] in STREAMED:
            parts, content_type = _FORMS[values["format"]]
            return streamed(
                request._request,  # noqa: SLF001 - the framework's own way to what it wraps
                parts(_whole(values, found, today)),
                mark=mark,
                content_type=content_type,
                filename=f"programs.{values['format']}",
            )
        return _page(request, values, found, mark, today)


class OneProgram(PublicView):
    """One program."""

    @GET_PROGRAM
    def get(self, request: Request, slug: str) -> HttpResponse:
        """The program that is listed under a slug.

        Raises:
            Http404: nothing is listed under it.
        """
        Parameters.of(request.query_params)
        mark = mark_of(request)
        rows = complete(list(program_rows(Listing.objects.filter(slug=slug))))
        if not rows:
            raise Http404
        return json_answer(program_json(rows[0], timezone.localdate()), mark)


def _page(
    request: Request, values: Values, found: QuerySet[Listing], mark: str, today: dt.date
) -> HttpResponse:
    """A page of what fits, in the order that was asked for."""
    ordering = values.get("ordering", "relevance" if "q" in values else "name")
    if "near" in values:
        return _nearest(request, values, found, mark, today)
    if "updated_after" in values:
        return _changes(request, values, found, mark, today)
    if ordering == "relevance":
        best = by_relevance(found, values["q"]).values_list("pk", flat=True)
        cursor = cursor_in(values, RANKED_PROGRAMS)
        part = ranked_ids(list(best), cursor, RANKED_PROGRAMS, page_size(values))
        rows, pages = rows_by_id(part.rows), (part.previous, part.next)
    else:
        order = ORDERS[ordering]
        listed = program_rows(found, *set(order.columns) - set(COLUMNS))
        page = page_in_order(listed, order, cursor_in(values, order), page_size(values))
        rows, pages = complete(page.rows), (page.previous, page.next)
    return page_answer(request, _documents(rows, today), pages, mark)


def _nearest(
    request: Request, values: Values, found: QuerySet[Listing], mark: str, today: dt.date
) -> HttpResponse:
    """The nearest programs, each with its distance, and the place that `near` was taken for."""
    centre = centre_of(values)
    near = {one.pk: one for one in listings_near(found, centre.point, values.get("radius_km"))}
    cursor = cursor_in(values, RANKED_PROGRAMS)
    part = ranked_ids(list(near), cursor, RANKED_PROGRAMS, page_size(values))
    documents = [
        program_json(row, today, distance_km=near[row["id"]].km) for row in rows_by_id(part.rows)
    ]
    return page_answer(
        request, documents, (part.previous, part.next), mark, near=centre.document()
    )


def _changes(
    request: Request, values: Values, found: QuerySet[Listing], mark: str, today: dt.date
) -> HttpResponse:
    """What has changed after a moment: programs as they are now, and what to drop."""
    cursor = cursor_in(values, CHANGES)
    part = changes_after(found, values["updated_after"], cursor, page_size(values))
    documents = _documents(part.rows, today)
    gone = list(map(gone_document, part.gone))
    return page_answer(request, documents, (part.previous, part.next), mark, removed=gone)


def _whole(values: Values, found: QuerySet[Listing], today: dt.date) -> Iterator[list[Any]]:
    """All that fits, slice by slice; what has changed with what to drop at the end of a slice."""
    said = program_json if values["format"] == "jsonl" else program_document
    if "near" in values:
        centre = centre_of(values)
        near = listings_near(found, centre.point, values.get("radius_km"))
        return iter([[said(row, today) for row in rows_by_id([one.pk for one in near])]])
    if "updated_after" in values:
        parts = all_changes_after(found, values["updated_after"], SLICE)
        return (
            [*(said(row, today) for row in part.rows), *map(gone_document, part.gone)]
            for part in parts
        )
    return ([said(row, today) for row in rows] for rows in slices(found, SLICE))


def _documents(rows: list[ProgramRow], today: dt.date) -> list[Any]:
    return [program_json(row, today) for row in rows]
