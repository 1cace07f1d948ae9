"""Every public surface: what the URL configuration has, and how each of it is asked.

To add a surface, add a row to `SURFACES` under the name that the failing test says: addresses
that lead to it, with the `places` of `world.py` in braces; questions that it is asked whatever
is withheld; and `takes`, the names of its parameters, read from the form that reads them. A
filter that finds programs is then asked for every canary by itself.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.conf import settings

from api.hsds.filters.lists import (
    OneOrganizationParameters,
    ServiceParameters,
    TermParameters,
)
from api.hsds.filters.lists import OrganizationParameters as HsdsOrganizationParameters
from api.hsds.filters.lists import PageParameters as HsdsPageParameters
from api.hsds.profile import FILES
from api.v1.filters.facilities import FacilityParameters
from api.v1.filters.map import MapParameters
from api.v1.filters.organizations import OrganizationParameters
from api.v1.filters.paging import PageParameters
from api.v1.filters.programs import ProgramParameters
from frontend.forms.access_feed_form import AccessFeedForm
from frontend.forms.embed_form import EmbedForm
from frontend.forms.facility_filter import FacilityFilterForm
from frontend.forms.feed_form import FeedForm
from frontend.forms.map_form import MapForm
from frontend.forms.program_filter import ProgramFilterForm
from frontend.forms.search_form import SearchForm
from frontend.forms.start_form import StartForm
from tests.isolation.canaries import CANARIES, COURT_SUPPORT, TAXONOMY, Question
from tests.isolation.silent_talks import API_TALKS
from tests.isolation.silent_ways import API_WAYS

LANGUAGES = ("ar", "es", "fr")
LONG_AGO = "2020-01-01T00:00:00Z"
NAME = {"q": "zebragate"}
# What finds the program whatever is withheld, and what finds the rows beside it.
OPEN: tuple[Question, ...] = (
    {
        **NAME,
        "country": "MM",
        "status": "active",
        "freshness": "fresh",
        "organization": "{organization}",
    },
    {"language": "my", "service": "letters", "coalition": "gulf-coalition"},
)


@dataclass(frozen=True)
class Surface:
    """How one pattern of the URL configuration is asked.

    `asks` are asked whatever is withheld, `more` where several fields are at once. `always` goes
    with every question. `most` is in how many ways it is asked for each canary,
    the first of `finds`: less where another surface asks the same query. `forms` are parameters
    that change the form of an answer: the first question is asked in each. `words` is what the
    parameter is called in which words are looked for.
    `vocabulary` names the fields whose canaries are words of a vocabulary which this surface
    lists whole, used or not. With `languages` it is asked in the other languages too.
    """

    paths: tuple[str, ...]
    takes: frozenset[str] = frozenset()
    asks: tuple[Question, ...] = ({},)
    more: tuple[Question, ...] = ()
    always: Question | None = None
    words: str = "q"
    most: int = 1
    forms: tuple[Question, ...] = ()
    languages: bool = False
    vocabulary: frozenset[str] = frozenset()

    def about(self, names: Iterable[str]) -> Iterator[Question]:
        """What is asked for these canaries."""
        for name in names:
            canary = CANARIES[name]
            known = (self._named(one) for one in (*canary.finds, *canary.tries))
            asked = [question for question in known if self.takes.issuperset(question)]
            yield from asked[: self.most]
            yield from ({**question, **form} for question in asked[:1] for form in self.forms)

    def _named(self, question: Question) -> Question:
        return {self.words if name == "q" else name: value for name, value in question.items()}


def _form(form: Any) -> frozenset[str]:
    return frozenset(form.base_fields)


def _parameters(parameters: Any) -> frozenset[str]:
    return frozenset(parameters._declared_fields)


WHOLE = tuple({"format": form} for form in ("csv", "geojson", "jsonl"))
PLACES_WHOLE = tuple({"format": form} for form in ("csv", "geojson"))
NEAR_TWIN = {"near": "12.4,98.6"}

SURFACES: dict[str, Surface] = {
    "api:root": Surface(("/api/v1/",)),
    "api:programs": Surface(
        ("/api/v1/programs/",),
        _parameters(ProgramParameters),
        (
            {},
            {"ordering": "-updated_at"},
            {"page_size": "1"},
            {"updated_after": LONG_AGO},
            *WHOLE,
        ),
        (
            {"ordering": "updated_at"},
            {"ordering": "relevance", **NAME},
            {"updated_after": LONG_AGO, "format": "jsonl"},
            {"near": "12.4,98.6", "radius_km": "500"},
            {"claim": "own"},
            {"country": "MM"},
            NAME,
            *OPEN,
        ),
        most=99,
        forms=(*WHOLE, {"updated_after": LONG_AGO}),
    ),
    "api:program": Surface(
        ("/api/v1/programs/{program}/", "/api/v1/programs/{neighbour}/"),
    ),
    "api:map": Surface(
        ("/api/v1/map/",),
        _parameters(MapParameters),
        (
            {},
            {"zoom": "0"},
            {"bbox": "98,12,99,13", "zoom": "8"},
        ),
        ({"zoom": "9"}, {"layer": "facilities"}, {"claim": "own"}, *OPEN),
        always={"bbox": "-180,-85,180,85", "zoom": "3"},
        most=3,
    ),
    "api:facilities": Surface(
        ("/api/v1/facilities/",),
        _parameters(FacilityParameters),
        ({},),
        (
            {"kind": "administrative", "status": "open", "country": "MM"},
            {"ordering": "name"},
            {"near": "Dawei", "radius_km": "500"},
            {"page_size": "1"},
            *PLACES_WHOLE,
        ),
    ),
    "api:facility": Surface(
        (
            "/api/v1/facilities/{facility}/",
            "/api/v1/facilities/{merged}/",
            "/api/v1/facilities/{named_place}/",
        ),
    ),
    "api:facility_access": Surface(("/api/v1/facilities/{facility}/access/",)),
    "api:countries": Surface(
        ("/api/v1/countries/",), _parameters(PageParameters), ({}, {"page_size": "1"})
    ),
    "api:country": Surface(("/api/v1/countries/{country}/",)),
    "api:organizations": Surface(
        ("/api/v1/organizations/",),
        _parameters(OrganizationParameters),
        ({}, {"kind": "program_operator", "country": "GB"}, {"page_size": "1"}),
    ),
    "api:organization": Surface(("/api/v1/organizations/{organization}/",)),
    "api/v1/ Missing": Surface(("/api/v1/nothing/",)),
    "frontend:home": Surface(("/",), languages=True),
    "frontend:programs": Surface(
        ("/programs/",),
        _form(ProgramFilterForm),
        ({},),
        (NEAR_TWIN, *OPEN),
        most=2,
        languages=True,
    ),
    "frontend:program": Surface(
        ("/programs/{program}/", "/programs/{neighbour}/"), languages=True
    ),
    "frontend:search": Surface(
        ("/search/",), _form(SearchForm), ({}, NAME), most=2, languages=True
    ),
    "frontend:suggestions": Surface(
        ("/search/suggestions.json",), _form(SearchForm), ({}, {"q": "zeb"}, {"q": "my"})
    ),
    "frontend:embed_programs": Surface(
        ("/embed/programs/",),
        _form(EmbedForm),
        ({"part": "map"},),
        ({}, {"part": "list", **NEAR_TWIN}, *OPEN),
    ),
    "frontend:map": Surface(
        ("/map/",),
        _form(MapForm),
        ({}, {"at": "12.4,98.6", "zoom": "9"}),
        ({"show": "both"}, *OPEN),
        most=2,
        languages=True,
    ),
    "frontend:tile": Surface(("/map/6/49/29.png",)),
    "frontend:dark_tile": Surface(("/map/dark/6/49/29.png",)),
    "frontend:picture": Surface(("/map/picture/light.png?p={picture}",)),
    "frontend:facilities": Surface(
        ("/facilities/",),
        _form(FacilityFilterForm),
        ({},),
        ({"kind": "administrative", "status": "open", "country": "MM"}, {"near": "Dawei"}),
    ),
    "frontend:facility": Surface(
        ("/facilities/{facility}/", "/facilities/{merged}/", "/facilities/{named_place}/"),
        languages=True,
    ),
    "frontend:start": Surface(
        ("/start/",),
        _form(StartForm),
        ({}, {"country": "MM"}, {"place": "{facility}"}),
        languages=True,
    ),
    "frontend:countries": Surface(("/countries/",)),
    "frontend:country": Surface(("/countries/{country}/",), languages=True),
    "frontend:organization": Surface(("/organizations/{organization}/",), languages=True),
    "frontend:organization_logo": Surface(("/organizations/{organization}/logo/none/",)),
    "contact:form": Surface(("/programs/{program}/contact/",)),
    "contact:sent": Surface(("/programs/{program}/contact/sent/",)),
    "frontend:program_photo": Surface(("/programs/{program}/photo/none/",)),
    "frontend:about": Surface(("/about/",)),
    "frontend:data": Surface(("/about/data/",)),
    "frontend:robots": Surface(("/robots.txt",)),
    "frontend:programs_feed": Surface(
        ("/feeds/programs.atom",),
        frozenset(FeedForm({}).fields),
        ({},),
        (NAME, {"bbox": "98,12,99,13"}, *OPEN),
        languages=True,
    ),
    "frontend:access_feed": Surface(
        ("/feeds/access.atom",),
        frozenset(AccessFeedForm({}).fields),
        ({},),
        ({"country": "MM"}, {"facility": "{facility}"}),
        languages=True,
    ),
    "frontend:sitemap": Surface(("/sitemap.xml",)),
    "frontend:sitemap_part": Surface(
        tuple(
            f"/sitemap-{kind}-1.xml"
            for kind in ("pages", "countries", "facilities", "organizations", "programs")
        )
    ),
    "^(?P<rest>.*[^/])$ with_slash": Surface(("/programs/{program}",)),
}
BRIEF_AND_FULL: tuple[Question, ...] = ({}, {"full": "true"})
SERVICES: tuple[Question, ...] = (
    {"per_page": "1", "page": "2"},
    {"search": "zebragate", "full": "true"},
    {"modified_after": LONG_AGO, "format": "json"},
    {"organization_id": "{organization_id}", "full": "true"},
    {"taxonomy_id": TAXONOMY},
)
SURFACES |= {
    "hsds:base": Surface(("/hsds/",)),
    "hsds:services": Surface(
        ("/hsds/services",),
        _parameters(ServiceParameters),
        BRIEF_AND_FULL,
        SERVICES,
        words="search",
        most=3,
    ),
    "hsds:service": Surface(("/hsds/services/{program_id}",)),
    "hsds:organizations": Surface(
        ("/hsds/organizations",),
        _parameters(HsdsOrganizationParameters),
        BRIEF_AND_FULL,
        (
            {"full_service": "true", "format": "json"},
            {"per_page": "1", "page": "2"},
            {"taxonomy_id": TAXONOMY, "full": "true"},
        ),
        words="search",
    ),
    "hsds:organization": Surface(
        ("/hsds/organizations/{organization_id}",),
        _parameters(OneOrganizationParameters),
        ({}, {"full_service": "true"}),
    ),
    "hsds:service_at_locations": Surface(
        ("/hsds/service_at_locations",),
        _parameters(ServiceParameters),
        BRIEF_AND_FULL,
        SERVICES,
        words="search",
    ),
    "hsds:service_at_location": Surface(("/hsds/service_at_locations/{program_id}",)),
    "hsds:taxonomies": Surface(
        ("/hsds/taxonomies",),
        _parameters(HsdsPageParameters),
        ({}, {"page": "1", "per_page": "1", "format": "json"}),
    ),
    "hsds:taxonomy": Surface((f"/hsds/taxonomies/{TAXONOMY}",)),
    "hsds:taxonomy_terms": Surface(
        ("/hsds/taxonomy_terms",),
        _parameters(TermParameters),
        ({}, {"taxonomy_id": TAXONOMY, "page": "2", "per_page": "5", "format": "json"}),
        vocabulary=frozenset({"services"}),
    ),
    "hsds:taxonomy_term": Surface(
        (f"/hsds/taxonomy_terms/{COURT_SUPPORT}",), vocabulary=frozenset({"services"})
    ),
    "hsds:profile": Surface(("/hsds/profile",)),
    "hsds:profile_file": Surface(tuple(f"/hsds/profile/profile/{name}" for name in FILES)),
    "hsds/ Missing": Surface(("/hsds/nothing",)),
}
# What knows nothing of the directory, and why.
SILENT = {
    "healthz healthz": "says that the process is there",
    "readyz readyz": "says that the database answers",
    "api:schema": "is made from the code alone",
    "confirm:reminder": "tells one group's coordinator what is public of it, behind a link",
    "confirm:stop": "ends one person's mails, behind a link",
    **API_TALKS,
    **API_WAYS,
    "api:own_programs": "tells one group of its working copies, behind a token",
    "api:own_program": "tells one group of a working copy, behind a token",
    "api:own_program_publish": "publishes, behind a token",
    "api:own_program_unpublish": "unpublishes, behind a token",
    "api:own_program_confirm": "dates a listing, behind a token",
    "api:me": "tells one person of their account, behind a token",
    "api:documents": "tells one group of its documents, behind a token",
    "api:document": "hands one over or deletes it, behind a token",
    "api:logo": "sets a logo, behind a token",
    "api:photo": "sets a photo, behind a token",
    "api:exports": "tells one group of its exports, behind a token",
    "api:members": "tells one group who belongs to it, behind a token",
    "api:member": "changes a role, behind a token",
    "api:invitations": "invites into one group, behind a token",
    "api:invitation": "revokes an invitation, behind a token",
    "api:coalitions": "tells one group who it belongs together with, behind a token",
    "api:coalition": "tells one group of one of them, behind a token",
    "api:coalition_accept": "accepts an ask, behind a token",
    "api:coalition_refuse": "refuses one, behind a token",
    "api:coalition_end": "ends a membership, behind a token",
    "api:audit": "tells one group what was done in it, behind a token",
    "api:tokens": "tells one group of its tokens, behind one of them",
    "api:token": "ends a token, behind one",
    "api:access_reports": "tells one group of its reports, behind a token",
    "api:access_report": "tells or takes back one of them",
    "api:own_claims": "tells one group of its claims, behind a token",
    "api:own_claim": "tells or takes back one of them",
    "api:own_rules": "tells one group of the rules that it wrote, behind a token",
    "api:own_rule": "tells, changes or takes back one of them",
    "api:confirm_rule": "confirms one of them",
    "contact:confirm": "tells whoever has the mail to which group it is",
    "frontend:components": "shows specimens",
    "frontend:docs": "is written by hand",
    "frontend:doc": "is written by hand",
    "frontend:favicon": "is a file",
}


def addresses(
    places: dict[str, str], names: Collection[str], languages: Iterable[str] = LANGUAGES
) -> list[str]:
    """Every address that is asked while these fields are withheld, each once.

    For a single field `more` of a surface is left out.
    """
    found: dict[str, None] = {}
    for surface in SURFACES.values():
        more = surface.more if len(names) != 1 else ()
        questions = [*surface.asks, *more, *surface.about(names)]
        for path in surface.paths:
            found |= dict.fromkeys(_address(path, one, surface, places) for one in questions)
            if surface.languages:
                twins = [f"/{code}{path}" for code in languages]
                found |= dict.fromkeys(_address(one, {}, surface, places) for one in twins)
    return list(found)


def _address(path: str, question: Question, surface: Surface, places: dict[str, str]) -> str:
    asked = {**(surface.always or {}), **question}
    query = urlencode({name: value.format(**places) for name, value in asked.items()})
    return path.format(**places) + (f"?{query}" if query else "")


assert {code for code, _name_ in settings.LANGUAGES} == {*LANGUAGES, "en"}
