"""What an applicant may be already: shown to who decides, however much there is."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from directory.queries.alike import alike
from network.tenancy import acting
from tests.directory.applied import ANSWERS, apply, dov
from tests.factories import make_card, make_country, make_listing
from tests.network.members import OPERATOR

pytestmark = pytest.mark.django_db


def found(cast, name="Harbour House Visitors", **answers):
    application = apply(cast, answers={**ANSWERS, "name": name, **answers})
    with acting(dov(cast)):
        with CaptureQueriesContext(connection) as queries:
            slugs = [one.slug for one in alike(application)]
    with acting(OPERATOR):
        application.delete()
    return slugs, len(queries)


def entry(slug, name, country="GB", **values):
    return make_listing(slug=slug, name=name, country=make_country(country), **values)


@pytest.mark.parametrize(
    "name",
    [
        "Harbour House Visitors",
        "Visitors of Harbour House",
        "Harbor House Visitors",
        "HARBOUR HOUSE VISITOR",
        "Hárbour-House Visitors",
    ],
)
def test_a_name_is_near_in_another_spelling(cast, name):
    entry("gb-harbour", "Harbour House Visitors")
    make_card(slug="harbour-group", name="Harbour House Visitors", country="GB")
    slugs, _queries = found(cast, name)
    assert set(slugs) == ({"gb-harbour", "harbour-group"} if name[:4] != "Visi" else set())


def test_of_another_country_or_name_or_the_group_itself_there_is_nothing(cast):
    entry("fr-harbour", "Harbour House Visitors", "FR")
    entry("gb-other", "Visitors of the Northern Hills")
    make_card(
        pk=cast.applicant.pk, slug=cast.applicant.slug, name="Harbour House Visitors", country="GB"
    )
    assert found(cast)[0] == []


def test_another_language_of_the_name_and_the_website_count(cast):
    entry(
        "gb-quai",
        "Visiteurs du quai",
        names={"fr": "Visiteurs du quai", "en": "Harbour House Visitors"},
    )
    entry("gb-site", "Something else", website="https://www.harbour.example/visit")
    slugs, _queries = found(cast, website="https://harbour.example/")
    assert slugs == ["gb-site", "gb-quai"]


@pytest.mark.parametrize("name", ["", "...", "x", "\u0645\u0631\u0641\u0623"])
def test_a_name_without_words_finds_nothing(cast, name):
    entry("gb-harbour", "Harbour House Visitors")
    assert found(cast, name or "...")[0] == []


def test_it_reads_as_much_of_a_large_country_as_of_a_small_one(cast):
    """The one that is meant comes through, and the rows read do not grow with the country."""
    entry("gb-harbour", "Harbour House Visitors")
    few = found(cast)
    for number in range(230):
        entry(f"gb-many-{number}", f"Visitors Number {number}")
    many = found(cast)
    assert few == many
    assert few[0] == ["gb-harbour"]
    assert few[1] <= 10
