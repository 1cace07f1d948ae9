"""Addresses of the directory's pages."""

from __future__ import annotations

from django.urls import path, re_path, register_converter

from frontend.views import (
    countries,
    embed,
    facilities,
    feeds,
    home,
    organizations,
    pictures,
    programs,
    search,
    shown_pictures,
    start,
)
from frontend.views import map as map_page


class PageName:
    """The last part of an address: a slug, with the host of its node behind two hyphens."""

    regex = r"[A-Za-z0-9_][A-Za-z0-9_.:-]{0,159}"

    def to_python(self, value: str) -> str:
        """The slug as it is."""
        return value

    def to_url(self, value: str) -> str:
        """The slug as it is."""
        return value


class CountryCode:
    """Two letters."""

    regex = r"[A-Za-z]{2}"

    def to_python(self, value: str) -> str:
        """The letters as they are."""
        return value

    def to_url(self, value: str) -> str:
        """In capitals."""
        return value.upper()


register_converter(PageName, "pagename")
register_converter(CountryCode, "countrycode")

urlpatterns = [
    path("", home.home, name="home"),
    path("start/", start.start, name="start"),
    path("programs/", programs.programs, name="programs"),
    path("programs/<pagename:slug>/", programs.program, name="program"),
    path(
        "programs/<pagename:slug>/photo/<pagename:name>/",
        shown_pictures.photo,
        name="program_photo",
    ),
    path("search/", search.search, name="search"),
    path("search/suggestions.json", search.suggested, name="suggestions"),
    path("feeds/access.atom", feeds.access, name="access_feed"),
    path("feeds/programs.atom", feeds.programs, name="programs_feed"),
    path("embed/programs/", embed.programs, name="embed_programs"),
    path("map/", map_page.world_map, name="map"),
    path("map/<int:z>/<int:x>/<int:y>.png", pictures.tile, name="tile"),
    path(
        "map/dark/<int:z>/<int:x>/<int:y>.png", pictures.tile, {"theme": "dark"}, name="dark_tile"
    ),
    re_path(r"^map/picture/(?P<theme>light|dark)\.png$", pictures.picture, name="picture"),
    path("facilities/", facilities.facilities, name="facilities"),
    path("facilities/<pagename:slug>/", facilities.facility, name="facility"),
    path("countries/", countries.countries, name="countries"),
    path("countries/<countrycode:iso2>/", countries.country, name="country"),
    path("organizations/<pagename:slug>/", organizations.organization, name="organization"),
    path(
        "organizations/<pagename:slug>/logo/<pagename:name>/",
        shown_pictures.logo,
        name="organization_logo",
    ),
]
