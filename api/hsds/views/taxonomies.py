"""Our vocabulary of services as the one taxonomy that this API knows."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from rest_framework.request import Request

from api.hsds.filters.lists import PageParameters, TermParameters
from api.hsds.operations.taxonomies import (
    GET_TAXONOMY,
    GET_TAXONOMY_TERM,
    LIST_TAXONOMIES,
    LIST_TAXONOMY_TERMS,
)
from api.hsds.serializers.pages import page_document
from api.hsds.serializers.terms import (
    TAXONOMY_ID,
    service_of_term,
    taxonomy,
    taxonomy_term,
)
from api.hsds.views.answers import Reading, answer
from api.middleware.kept import mark_of
from api.v1.filters.parameters import Parameters
from directory.enums import Service
from directory.queries.numbered_pages import page_of_list


class Taxonomies(Reading):
    """The one taxonomy, as a page."""

    @LIST_TAXONOMIES
    def get(self, request: Request) -> HttpResponse:
        """The page."""
        values = PageParameters.of(request.query_params)
        page = page_of_list([taxonomy()], values["page"], values["per_page"])
        return answer(page_document(page), mark_of(request))


class OneTaxonomy(Reading):
    """The taxonomy of services."""

    @GET_TAXONOMY
    def get(self, request: Request, pk: UUID) -> HttpResponse:
        """The taxonomy.

        Raises:
            Http404: another id.
        """
        Parameters.of(request.query_params)
        if str(pk) != TAXONOMY_ID:
            raise Http404
        return answer(taxonomy(), mark_of(request))


class TaxonomyTerms(Reading):
    """A page of the words of a taxonomy."""

    @LIST_TAXONOMY_TERMS
    def get(self, request: Request) -> HttpResponse:
        """The page; an empty one for a taxonomy that is none of ours."""
        values = TermParameters.of(request.query_params)
        is_ours = str(values.get("taxonomy_id", TAXONOMY_ID)) == TAXONOMY_ID
        words = list(Service) if is_ours else []
        page = page_of_list(words, values["page"], values["per_page"])
        return answer(page_document(page.each(taxonomy_term)), mark_of(request))


class OneTaxonomyTerm(Reading):
    """One word of the vocabulary."""

    @GET_TAXONOMY_TERM
    def get(self, request: Request, pk: UUID) -> HttpResponse:
        """The term.

        Raises:
            Http404: no word has this id.
        """
        Parameters.of(request.query_params)
        service = service_of_term(pk)
        if service is None:
            raise Http404
        return answer(taxonomy_term(service), mark_of(request))
