"""Every public page in every language, for whoever indexes them.

Parts are made of a bounded number of rows each and asked for one by one. Django's own sitemaps
load every row of the site for any part as soon as there are languages, and name hosts from the
request; so they are not used.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from django.conf import settings
from django.utils.html import escape

from directory.queries.sitemap import Kind, names_of, number_of
from frontend.addresses import path_of, twin
from frontend.documents import documents

PAGES = "pages"
# The name of the address of each kind of row.
_NAMES = {
    Kind.COUNTRIES: "country",
    Kind.FACILITIES: "facility",
    Kind.ORGANIZATIONS: "organization",
    Kind.PROGRAMS: "program",
}
_STATIC = ("home", "programs", "facilities", "map", "countries", "about", "data", "docs")
# Addresses in a part, alternates counted too: at most 300 bytes each, so 4 MB. A file may have
# 50 MB and 50,000 pages.
ADDRESSES = 12_000
_HEAD = '<?xml version="1.0" encoding="utf-8"?>\n'
_NS = "http://www.sitemaps.org/schemas/sitemap/0.9"
_XHTML = "http://www.w3.org/1999/xhtml"


def part_size() -> int:
    """How many rows a part holds: each has a page in every language, which names all others."""
    languages = len(settings.LANGUAGES)
    return max(1, ADDRESSES // (languages * (languages + 2)))


def index() -> str:
    """The document that names all parts. One query for each kind of row."""
    size = part_size()
    names = [(PAGES, 1)]
    for kind in Kind:
        parts = -(-number_of(kind) // size)
        names += [(kind.value, number) for number in range(1, parts + 1)]
    addresses = (settings.PUBLIC_ORIGIN + path_of("sitemap_part", *map(str, n)) for n in names)
    rows = "".join(f"<sitemap><loc>{escape(address)}</loc></sitemap>\n" for address in addresses)
    return f'{_HEAD}<sitemapindex xmlns="{_NS}">\n{rows}</sitemapindex>\n'


def part(kind: str, number: int) -> str | None:
    """One part; None where there is none of this kind and number. At most one query."""
    rows = list(_paths(kind, number))
    if not rows:
        return None
    pages = "".join(page for path, changed in rows for page in _pages(path, changed))
    return f'{_HEAD}<urlset xmlns="{_NS}" xmlns:xhtml="{_XHTML}">\n{pages}</urlset>\n'


def _paths(kind: str, number: int) -> Iterable[tuple[str, dt.datetime | None]]:
    """The paths without a language in one part, and when each page changed."""
    if kind == PAGES:
        return _standing_paths() if number == 1 else ()
    if kind not in list(Kind):
        return ()
    size = part_size()
    found = names_of(Kind(kind), (number - 1) * size, size)
    return ((path_of(_NAMES[Kind(kind)], name), changed) for name, changed in found)


def _standing_paths() -> Iterator[tuple[str, None]]:
    """The pages that stand in no table."""
    yield from ((path_of(name), None) for name in _STATIC)
    yield from ((path_of("doc", key), None) for key in documents())


def _pages(path: str, changed: dt.datetime | None) -> Iterator[str]:
    """A page in each language; each names all of them, and the one that asks the browser."""
    origin = settings.PUBLIC_ORIGIN
    codes = [code for code, _name in settings.LANGUAGES]
    addresses = {code: escape(origin + twin(code, path)) for code in codes}
    alternates = "".join(
        f'<xhtml:link rel="alternate" hreflang="{code}" href="{address}"/>\n'
        for code, address in (*addresses.items(), ("x-default", escape(origin + path)))
    )
    lastmod = f"<lastmod>{changed.isoformat(timespec='seconds')}</lastmod>\n" if changed else ""
    for address in addresses.values():
        yield f"<url><loc>{address}</loc>\n{lastmod}{alternates}</url>\n"
