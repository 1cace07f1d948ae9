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
@pytest.mark.parametrize(("kind", "queries"), [("program_operator", 4), ("coalition", 11)])
def test_as_many_queries_however_many_rows(client, rows, kind, queries, django_assert_num_queries):
    make_country("FR")
    card = make_card(slug="trust", kind=kind)
    for _number in range(rows):
        make_listing(organization=card, facilities=[make_facility(), "Quayside"])
        make_listing(organization=_member(card), coalitions=["trust"])
    with django_assert_num_queries(queries):
        page_of(client, "trust")


def _member(card, **values):
    belongs = [{"id": str(card.pk), "slug": card.slug, "name": card.name}]
    return make_card(coalitions=belongs, **values)


def test_a_coalition_counts_groups_programs_places_and_countries(client):
    make_country("FR")
    make_country("GB")
    card = make_card(slug="avid", name="AVID", kind="coalition")
    other = make_card(slug="other", name=f'Trap "id": "{card.pk}"', kind="coalition")
    shared = make_facility(slug="shared", name="Shared House")
    for number in range(14):
        member = _member(card, slug=f"m{number:02}", name=f"Member {number:02}")
        places = [shared, make_facility(slug=f"p{number:02}", name=f"Place {number:02}")]
        make_listing(organization=member, coalitions=["avid"], facilities=places)
    make_listing(organization=_member(other, name="Of the trap"), coalitions=["other"])
    page = page_of(client, "avid")
    for words in ("14 groups", "14 programs", "15 places of detention", "1 country"):
        assert words in page
    assert "Of the trap" not in page
    assert 'href="/programs/?coalition=avid"' in page
    assert 'href="/map/?coalition=avid"' in page
    assert "Member 11" in page
    assert "Member 12" not in page
    assert "All 14 groups" in page
    whole = client.get("/organizations/avid/?all=organizations").content.decode()
    assert "Member 13" in whole
    assert "All 14 groups" not in whole
    assert "Place 13" in client.get("/organizations/avid/?all=facilities").content.decode()


def test_a_coalition_without_groups_says_so(client):
    make_card(slug="avid", name="AVID", kind="coalition")
    assert "No group belongs to it here yet" in page_of(client, "avid")


@pytest.mark.parametrize("value", ["x", "programs", "organizations%20", "%C3%A9"])
def test_nonsense_in_a_parameter_is_refused(client, value):
    make_card(slug="avid", kind="coalition")
    assert client.get(f"/organizations/avid/?all={value}").status_code == 400
    assert client.get("/organizations/avid/?all=").status_code == 200
