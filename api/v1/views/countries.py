"""Countries: the list, and one with who may visit there."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from rest_framework.request import Request

from api.answers import json_answer
from api.middleware.kept import mark_of
from api.v1.filters.paging import PageParameters, cursor_in, page_size
from api.v1.filters.parameters import Parameters
from api.v1.operations.countries import GET_COUNTRY, LIST_COUNTRIES
from api.v1.serializers.access import event_document
from api.v1.serializers.countries import country_document, rules_document
from api.v1.views.public import PublicView, page_answer
from directory.models import Country
from directory.queries.access_ledger import entries_in
from directory.queries.countries import (
    access_rules,
    countries_with_counts,
    country_with_counts,
)
from directory.queries.cursor import page_in_order
from directory.queries.orders import Order

BY_CODE = Order("countries", ("iso2", "iso2"))


class Countries(PublicView):
    """All countries and territories of ISO 3166 by their codes."""

    @LIST_COUNTRIES
    def get(self, request: Request) -> HttpResponse:
        """A page of countries."""
        values = PageParameters.of(request.query_params)
        mark = mark_of(request)
        cursor = cursor_in(values, BY_CODE)
        page = page_in_order(countries_with_counts(), BY_CODE, cursor, page_size(values))
        documents = [country_document(country) for country in page.rows]
        return page_answer(request, documents, (page.previous, page.next), mark)


class OneCountry(PublicView):
    """One country with the rules of who may visit, and its part of the ledger."""

    @GET_COUNTRY
    def get(self, request: Request, iso2: str) -> HttpResponse:
        """The country of a code, in capitals or small letters.

        Raises:
            Http404: no country has this code.
        """
        Parameters.of(request.query_params)
        mark = mark_of(request)
        try:
            country = country_with_counts(iso2.upper())
        except Country.DoesNotExist:
            raise Http404 from None
        document = country_document(country)
        document["access"] = rules_document(access_rules(country))
        document["events"] = [event_document(event) for event in entries_in(country)]
        return json_answer(document, mark)
