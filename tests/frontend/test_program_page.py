"""One program: claimed and unclaimed, what is withheld, what is old, what is unknown."""

import datetime as dt

import pytest
from django.utils import timezone

from network.fields import PartialDate
from tests.factories import (
    make_access,
    make_card,
    make_country,
    make_facility,
    make_listing,
)
from tests.frontend.nonsense import SLUGS

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


def page_of(client, listing):
    response = client.get(f"/programs/{listing.slug}/")
    assert response.status_code == 200
    return response.content.decode()


def test_an_unclaimed_entry_says_so_with_source_and_date(client):
    page = page_of(
        client,
        make_listing(
            name="Foyer: visites",
            name_is_label=True,
            as_of=PartialDate(2024, 5),
            source_url="https://source.example/page",
            note="Remark of ours",
            website="https://foyer.example/",
            facilities=["Le Quai"],
        ),
    )
    assert "Nobody from this program wrote this entry." in page
    assert "Source dated May 2024" in page
    assert 'href="https://source.example/page"' in page
    assert "Is this you? Take the entry over" in page
    assert "Take us off" in page
    assert 'href="/docs/people/claim-or-remove/"' in page
    assert "the source gives no name of its own" in page
    assert "Remark of ours" in page
    assert "<bdi>Le Quai</bdi>" in page
    assert "onfirmed" not in page


def test_a_source_without_date_is_undated_and_no_contact_is_said(client):
    page = page_of(client, make_listing(as_of=None))
    assert "the source shows no date" in page
    assert "Source date unknown" in page
    assert "No contact in the source" in page


def test_the_order_is_reach_languages_services_age(client):
    page = page_of(client, make_listing(claim="own", confirmed_on=TODAY, services=["letters"]))
    words = ["Reach them", ">Languages<", ">What they do<", ">How old this is<", ">Visits<"]
    places = [page.index(word) for word in words]
    assert places == sorted(places)


def claimed(**values):
    return make_listing(
        **{
            "claim": "own",
            "name": "Harbour Visitors",
            "name_language": "en",
            "names": {"en": "Harbour Visitors", "ar": "زوار"},
            "confirmed_on": TODAY,
            "contact": {"phone": "+44 (0)1632 960123", "email": "a@example.org"},
            "website": "https://harbour.example",
            "summaries": {"fr": "Nous visitons.", "en": "We visit."},
            "organization": make_card(
                slug="trust",
                name="Harbour Trust",
                verified_since=dt.date(2026, 3, 2),
                coalitions=[{"id": "1", "slug": "avid", "name": "AVID"}],
            ),
            **values,
        }
    )


def test_a_claimed_entry_opens_with_its_contact(client):
    page = page_of(client, claimed())
    assert 'href="tel:+4401632960123"' in page
    assert 'href="mailto:a@example.org"' in page
    assert "Confirmed by the group on" in page
    assert "Nobody from this program" not in page
    assert "We visit." in page
    assert "Nous visitons." not in page
    assert '<span lang="ar" dir="rtl">زوار</span>' in page
    assert 'href="/organizations/trust/"' in page
    assert "verified on this site since 2 March 2026" in page


def test_a_text_in_another_language_is_marked(client):
    page = page_of(client, claimed(summaries={"ar": "نزور"}))
    assert '<div lang="ar" dir="rtl" class="told">' in page


@pytest.mark.parametrize(("days", "folded"), [(365, False), (366, True)])
def test_an_old_contact_is_behind_a_notice(client, days, folded):
    page = page_of(client, claimed(confirmed_on=TODAY - dt.timedelta(days=days)))
    assert ("Show the contact all the same" in page) is folded
    assert "tel:+4401632960123" in page


def test_what_is_withheld_is_said_and_absent(client):
    listing = claimed(
        contact={},
        website="",
        languages=[],
        withheld=["contact", "website", "languages", "facilities", "point"],
        locality="",
        precision="withheld",
    )
    page = page_of(client, listing)
    assert page.count("The group does not show this.") == 4
    assert "Town, Website" in page or "Website, Town" in page
    assert "Withheld by the group" in page
    assert "None in the source" not in page


def test_an_address_that_is_none_is_no_link(client):
    page = page_of(
        client,
        claimed(
            website="javascript:alert(1)",
            contact={"phone": '"><script>', "email": "x' onclick=y@example.org"},
        ),
    )
    assert 'href="javascript' not in page
    assert "<script>" not in page.replace('<script type="module"', "")
    assert " onclick=y" not in page.split("mailto:")[1].split('"')[0]


def test_places_that_are_listed_are_links(client):
    place = make_facility(slug="quay", name="Quay House")
    page = page_of(client, make_listing(facilities=[place, "Unknown house"]))
    assert 'href="/facilities/quay/"' in page
    assert "<bdi>Unknown house</bdi>" in page


def test_others_in_town_and_the_rules_of_the_country(client):
    listing = make_listing(locality="Pforzheim")
    make_listing(name="Next door", locality="Pforzheim")
    make_listing(name="Same name abroad", locality="Pforzheim", country=make_country("GB"))
    make_listing(name="Elsewhere", locality="Hof")
    make_access("EU", visitor_category="family_friend", source_url="https://union.example/")
    make_access("FR", source_url="https://france.example/")
    make_access("GB", source_url="https://britain.example/")
    page = page_of(client, listing)
    assert "Others in Pforzheim" in page
    assert "Next door" in page
    assert "Same name abroad" not in page
    assert "Elsewhere" not in page
    assert "france.example" in page
    assert "britain.example" not in page


def test_programs_without_a_town_are_no_neighbours(client):
    listing = make_listing(locality="")
    make_listing(name="No town either", locality="")
    assert "No town either" not in page_of(client, listing)


@pytest.mark.parametrize("slug", SLUGS)
def test_nonsense_is_nothing_at_this_address(client, slug):
    make_listing()
    assert client.get(f"/programs/{slug}/").status_code == 404


def test_the_slug_of_another_node_is_an_address(client):
    assert page_of(client, make_listing(slug="a--example.org:8443"))


@pytest.mark.parametrize("rows", [1, 3])
def test_four_queries_however_many_rows(client, rows, django_assert_num_queries):
    listing = make_listing(
        slug="one", locality="Hof", facilities=[make_facility() for _number in range(rows)]
    )
    for _number in range(rows):
        make_listing(locality="Hof")
        make_access()
    with django_assert_num_queries(4):
        page_of(client, listing)
