"""About this directory, what it could be made to hand over, and two small files."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from directory.queries.attributions import facility_licences
from frontend.addresses import path_of
from network.queries.schema_report import schema_report
from network.queries.stewarding import node_profile, steward_count

_FAVICON = Path(__file__).resolve().parent.parent / "static/frontend/img/favicon.png"


@dataclass(frozen=True)
class Attribution:
    """Somebody whose work is in these pages: what for, under which licence."""

    what: str | Promise
    who: str | Promise
    url: str
    licence: str | Promise
    licence_url: str


ATTRIBUTIONS = (
    Attribution(
        _("Towns, their names and coordinates"),
        "GeoNames",
        "https://www.geonames.org/",
        "CC BY 4.0",
        "https://creativecommons.org/licenses/by/4.0/",
    ),
    Attribution(
        _("Names of languages, and how dates are written"),
        "Unicode CLDR",
        "https://cldr.unicode.org/",
        "Unicode License v3",
        "https://www.unicode.org/license.txt",
    ),
    Attribution(
        _("Outlines of countries, and their middle points"),
        "Natural Earth",
        "https://www.naturalearthdata.com/",
        _("public domain"),
        "https://www.naturalearthdata.com/about/terms-of-use/",
    ),
    Attribution(
        _("The map that moves"),
        "Leaflet",
        "https://leafletjs.com/",
        "BSD-2-Clause",
        "https://opensource.org/license/bsd-2-clause",
    ),
    Attribution(
        _("Facts from lists of places of detention"),
        _("Wikipedia contributors"),
        "https://en.wikipedia.org/wiki/Wikipedia:Copyrights",
        "CC BY-SA 4.0",
        "https://creativecommons.org/licenses/by-sa/4.0/",
    ),
)


def about(request: HttpRequest) -> HttpResponse:
    """What this directory is, who keeps it, and what is not protected. Two queries."""
    node = node_profile()
    language = get_language() or settings.LANGUAGE_CODE
    context = {
        "section": "about",
        "node": node,
        "node_says": node.names.get(language) or node.name if node else "",
        "node_rules": node.rules.get(language, "") if node else "",
        "stewards": steward_count(),
    }
    return render(request, "frontend/pages/about.html", context)


def data(request: HttpRequest) -> HttpResponse:
    """Every table of this version with its class, retention, hosts, sources. One query."""
    context = {
        "section": "data",
        "tables": schema_report(),
        "attributions": ATTRIBUTIONS,
        "licences": facility_licences(),
    }
    return render(request, "frontend/pages/data.html", context)


def robots(request: HttpRequest) -> HttpResponse:
    """Everything here is public and may be indexed; where all the addresses stand."""
    sitemap = settings.PUBLIC_ORIGIN + path_of("sitemap")
    text = f"User-agent: *\nAllow: /\n\nSitemap: {sitemap}\n"
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


def favicon(request: HttpRequest) -> HttpResponse:
    """The picture for browsers that ask for it without being told where it is."""
    return HttpResponse(_favicon(), content_type="image/png")


@cache
def _favicon() -> bytes:
    """The bytes of the picture, read once."""
    return _FAVICON.read_bytes()
