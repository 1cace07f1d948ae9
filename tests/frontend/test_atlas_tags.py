"""Tags and filters: shapes, dates, sources and names, always escaped."""

from __future__ import annotations

import datetime as dt

import pytest
from django.template import Context, Template
from django.utils.translation import override

from directory import enums
from directory.models import Country
from frontend.templatetags import atlas
from network.fields import PartialDate

VOCABULARIES = [
    enums.AccessStatus,
    enums.ProgramStatus,
    enums.FacilityStatus,
    enums.RightInLaw,
    enums.Practice,
    enums.RightToVisit,
    enums.Freshness,
]
HOSTILE = '"><script>alert(1)</script>'


def test_every_word_but_unknown_has_a_shape():
    for vocabulary in VOCABULARIES:
        for value in vocabulary:
            expected = value in ("unknown", "silent")
            assert (atlas.shape(value) == "none") == expected, value
            assert atlas.shape(str(value)) == atlas.shape(value)


@pytest.mark.parametrize(
    ("value", "shape"),
    [
        ("open", "ok"),
        ("by_permission_only", "part"),
        ("suspended_by_authority", "stop"),
        ("closed", "stop"),
        ("forming", "wait"),
        ("unknown", "none"),
        ("a word from tomorrow", "none"),
        (None, "none"),
    ],
)
def test_shapes(value: object, shape: str):
    assert atlas.shape(value) == shape


def test_a_status_is_a_shape_and_an_escaped_word():
    assert atlas.status("stop", "Suspended") == '<span class="st stop">Suspended</span>'
    assert "<script>" not in atlas.status(HOSTILE, HOSTILE)
    assert 'class="st none"' in atlas.status(HOSTILE, "x")
    html = atlas.status("open", enums.AccessStatus.OPEN.label)
    assert html == '<span class="st ok">Open</span>'


@pytest.mark.parametrize(
    ("value", "language", "text"),
    [
        (PartialDate(2013), "en", "2013"),
        (PartialDate(2013, 7), "en", "July 2013"),
        (PartialDate(2013, 7, 24), "en", "24 July 2013"),
        (dt.date(2013, 7, 24), "en", "24 July 2013"),
        (dt.datetime(2013, 7, 24, 12, tzinfo=dt.UTC), "en", "24 July 2013"),
        (PartialDate(2013, 7), "fr", "juillet 2013"),
        (PartialDate(2013, 7, 24), "ar", "24 يوليو 2013"),
        (PartialDate(2013, 7, 24), "ja", "2013年7月24日"),
        (None, "en", ""),
        ("", "en", ""),
    ],
)
def test_dates_show_what_is_known_and_no_more(value, language: str, text: str):
    with override(language):
        assert atlas.day(value) == text


def test_a_source_names_host_date_and_day_of_reading():
    html = atlas.source(
        "https://www.example.org/a?b=1&c=2", PartialDate(2013, 7), dt.date(2026, 11, 20)
    )
    assert html == (
        '<span class="source">Source: <a href="https://www.example.org/a?b=1&amp;c=2" '
        'rel="noreferrer"><bdi dir="ltr">example.org</bdi></a>, dated July 2013, '
        "read 20 November 2026</span>"
    )


def test_a_source_without_a_date_says_so():
    assert '<span class="undated">date unknown</span>' in atlas.source("https://example.org/")
    assert "No source given" in atlas.source("")
    assert "press" in atlas.source("https://example.org/", None, None, "press")


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "//example.org/",
        "ftp://example.org/",
        HOSTILE,
        "https://",
        "http://[broken",
        "example.org",
    ],
)
def test_only_web_addresses_become_links(url: str):
    html = atlas.source(url, PartialDate(2020)) + atlas.web_link(url) + atlas.web_link(url, "name")
    assert "<a" not in html
    assert "<script>" not in html
    assert not atlas.is_web(url)


def test_a_hostile_web_address_is_escaped():
    html = atlas.source(f"https://example.org/{HOSTILE}", PartialDate(2020), None, HOSTILE)
    assert "<script>" not in html
    assert 'href="https://example.org/&quot;&gt;' in html


@pytest.mark.parametrize(
    ("code", "language", "name"),
    [
        ("ar", "en", "Arabic"),
        ("ar", "ar", "العربية"),
        ("pt-BR", "en", "Portuguese (Brazil)"),
        ("ti", "en", "Tigrinya"),
        ("xx-nonsense", "en", "xx-nonsense"),
        ("", "en", ""),
        (None, "en", ""),
    ],
)
def test_languages_are_named_in_the_language_of_the_page(code, language: str, name: str):
    with override(language):
        assert atlas.language_name(code) == name


def test_countries_are_named_as_well_as_can_be():
    country = Country(iso2="GB", names={"en": "United Kingdom", "ar": "المملكة المتحدة"})
    with override("ar"):
        assert atlas.country_name(country) == "المملكة المتحدة"
    with override("fr"):
        assert atlas.country_name(country) == "United Kingdom"
    assert atlas.country_name(Country(iso2="XK", names={})) == "XK"
    assert atlas.country_name(None) == ""


def test_an_icon_stands_beside_a_word_and_turns_where_it_points():
    template = Template("{% load atlas %}{% icon name %}")
    html = template.render(Context({"name": "leave"}))
    assert 'class="i turns"' in html
    assert 'aria-hidden="true"' in html
    assert "sprite.svg#leave" in html
    assert 'class="i"' in template.render(Context({"name": "search"}))
    with pytest.raises(ValueError, match="no icon"):
        atlas.icon("heart")


def test_filters_in_a_template_stay_escaped():
    template = Template("{% load atlas %}{{ x|host }}{{ x|shape }}{{ x|language_name }}")
    assert "<script>" not in template.render(Context({"x": HOSTILE}))
