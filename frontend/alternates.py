"""The same as a page shows, in other forms: what its head links to."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from directory.models import Listing
from directory.queries.visiting_state import Subject
from frontend.addresses import path_of, twin
from frontend.feeds import feed_title
from frontend.following.links import query_of
from frontend.forms.access_feed_form import heading_of
from frontend.forms.filter_form import FilterForm
from frontend.forms.program_filter import ProgramFilterForm

ATOM, JSON = "application/atom+xml", "application/json"
CSV, GEOJSON = "text/csv", "application/geo+json"
API = "/api/v1/programs/"
PLACES = "/api/v1/facilities/"


@dataclass(frozen=True, slots=True)
class Alternate:
    """A link of the head: media type, title for people, path."""

    type: str
    title: str
    href: str


def of_home() -> list[Alternate]:
    """The feed of all programs."""
    return [_feed(_("Programs"))]


def of_list(form: ProgramFilterForm) -> list[Alternate]:
    """The feed and the rows of the API that fit the same filters, for a valid form.

    A list by distance has no feed: what is near is no filter.
    """
    rows = Alternate(JSON, "", _with(API, form.query()))
    return [rows] if form.place else [_feed(form.heading, form.query()), rows]


def taken_along(form: FilterForm, api: str) -> list[Alternate]:
    """All that fits the filters of a valid form as files and for software, from this list."""
    query = form.query()
    table, points = (_with(api, _and(query, f"format={name}")) for name in ("csv", "geojson"))
    return [
        Alternate(CSV, _("Table (CSV)"), table),
        Alternate(GEOJSON, _("Map data (GeoJSON)"), points),
        Alternate(JSON, _("For software (JSON)"), _with(api, query)),
    ]


def of_program(listing: Listing) -> list[Alternate]:
    """The same program in the API."""
    return [Alternate(JSON, "", f"{API}{listing.slug}/")]


def of_subject(subject: Subject) -> list[Alternate]:
    """The feed of what changes about visits at a place or in a country."""
    return [access_feed(subject)]


def access_feed(subject: Subject) -> Alternate:
    """The same feed alone, in the language of the page."""
    path = twin(get_language() or settings.LANGUAGE_CODE, path_of("access_feed"))
    return Alternate(ATOM, feed_title(heading_of(subject)), _with(path, query_of(subject)))


def _feed(heading: str, query: str = "") -> Alternate:
    """The feed in the language of the page: readers of feeds ask for none of their own."""
    path = twin(get_language() or settings.LANGUAGE_CODE, path_of("programs_feed"))
    return Alternate(ATOM, feed_title(heading), _with(path, query))


def _and(query: str, more: str) -> str:
    return f"{query}&{more}" if query else more


def _with(path: str, query: str) -> str:
    return f"{path}?{query}" if query else path
