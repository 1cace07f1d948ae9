"""What a reader may mean, and a question that finds something in place of one that does not."""

from __future__ import annotations

import pytest

from directory.models import Listing
from directory.queries.search import close_words, listings_with, suggestions

CTIC = "jp-ctic-ru-guan-mian-hui-sapo-to"
GATWICK = "gb-gatwick-detainees-welfare-group"
NARITA = "jp-cheng-tian-kong-gang-shou-rong-chang-narita"


@pytest.mark.parametrize(
    ("words", "language", "expected"),
    [
        ("gat", "en", ("program", "Gatwick Detainees Welfare Group", "en", GATWICK, "GB")),
        ("franc", "es", ("country", "Francia", "es", "FR", "FR")),
        ("franc", "fr", ("country", "France", "fr", "FR", "FR")),
        ("japon", "ar", ("country", "اليابان", "ar", "JP", "JP")),
        ("japan", "cy", ("country", "Japan", "en", "JP", "JP")),
        ("brus", "en", ("place", "Brussels", "", "", "BE")),
        ("lantern tru", "es", ("organization", "Fundación Farol", "es", "lantern-trust", "FR")),
        ("farol", "en", ("organization", "Lantern Trust", "", "lantern-trust", "FR")),
        ("成田", "en", ("facility", "成田空港 収容場", "", NARITA, "JP")),
        ("入管面会", "en", None),
    ],
)
def test_suggestions(world, words, language, expected):
    found = suggestions(words, language)
    assert 1 <= len(found) <= 8
    if expected is None:
        assert [one.slug for one in found] == [CTIC]
        assert found[0].name_language == "en"
        assert found[0].detail == "Tokyo"
        return
    shown = [(one.kind, one.name, one.name_language, one.slug, one.country) for one in found]
    assert expected in shown


def test_suggestions_are_few_and_none_for_nothing(world, django_assert_max_num_queries):
    assert suggestions("", "en") == []
    assert suggestions("%", "en") == []
    assert suggestions("gatwick", "en", limit=0) == []
    assert len(suggestions("detention", "en", limit=3)) == 3
    with django_assert_max_num_queries(13):
        kinds = {one.kind for one in suggestions("france", "fr", limit=8)}
    assert {"country", "program", "facility"} <= kinds
    assert not [one for one in suggestions("planted", "en") if one.slug == "planted-double"]


@pytest.mark.parametrize(
    ("words", "better"),
    [
        ("gattwickk", "gatwick"),
        ("Gattwickk detainees", "gatwick detainees"),
        ("detntin visitrs", "detention visits"),
        ("gatwick", ""),
        ("gatwik", ""),
        ("qqqqqqq", ""),
        ("gattwickk qqqqqqq", ""),
        ("", ""),
        ("%", ""),
        ("面面面", ""),
        ("12345678", ""),
    ],
)
def test_close_words(world, words, better, django_assert_max_num_queries):
    with django_assert_max_num_queries(18):
        assert close_words(words) == better
    if better:
        assert not Listing.objects.filter(listings_with(words)).exists()
        assert Listing.objects.filter(listings_with(better)).exists()
