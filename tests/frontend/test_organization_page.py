"""The card of an organization, and of a coalition."""

import datetime as dt

import pytest

from tests.factories import make_card, make_country, make_facility, make_listing
from tests.frontend.nonsense import SLUGS

pytestmark = pytest.mark.django_db


def page_of(client, slug):
    response = client.get(f"/organizations/{slug}/")
    assert response.status_code == 200
    return response.content.decode()


def test_a_card_with_its_programs(client):
    make_country("FR")
    card = make_card(
        slug="trust",
        name="Harbour Trust",
        names={"en": "Harbour Trust", "fr": "Fonds du port"},
        website="https://trust.example",
        verified_since=dt.date(2026, 3, 2),
        coalitions=[{"id": "1", "slug": "avid", "name": "AVID"}],
    )
    make_listing(name="Harbour Visitors", organization=card, claim="own")
    make_listing(name="Of nobody")
    make_listing(name="Of a member", coalitions=["trust"])
    page = page_of(client, "trust")
    assert "Harbour Visitors" in page
    assert "Of nobody" not in page
    assert "Of a member" not in page
    assert "since 2 March 2026" in page
    assert 'href="/organizations/avid/"' in page
    assert '<span lang="fr" dir="ltr">Fonds du port</span>' in page


def test_a_coalition_rolls_up_the_programs_of_its_members(client):
    make_card(slug="avid", name="AVID", kind="coalition")
    make_listing(name="Of a member", coalitions=["avid"])
    make_listing(name="Of another", coalitions=["other"])
    page = page_of(client, "avid")
    assert "Of a member" in page
    assert "Of another" not in page


def test_a_card_without_programs_or_known_country(client):
    make_card(slug="alone", country="QQ")
    assert "It has published no program" in page_of(client, "alone")


def test_an_organization_without_a_card_is_not_there(client, cast):
    assert cast.applicant.slug
    assert client.get(f"/organizations/{cast.applicant.slug}/").status_code == 404


@pytest.mark.parametrize("slug", SLUGS)
def test_nonsense_is_nothing_at_this_address(client, slug):
    make_card()
    assert client.get(f"/organizations/{slug}/").status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_four_queries_however_many_rows(client, rows, django_assert_num_queries):
    make_country("FR")
    card = make_card(slug="trust", kind="coalition")
    for _number in range(rows):
        make_listing(organization=card, facilities=[make_facility(), "Quayside"])
        make_listing(organization=make_card(), coalitions=["trust"])
    with django_assert_num_queries(4):
        page_of(client, "trust")
