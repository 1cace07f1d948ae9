"""A consumer that knows only HSDS finds everything exactly once."""

import json
from collections import Counter

import pytest
from django.test import Client

from directory.models import Listing, OrganizationCard
from network.tenancy import Purpose, acting, system
from tests.api.hsds.directory import all_kinds_of_rows
from tests.factories import make_country

pytestmark = pytest.mark.django_db


class Consumer:
    """Reads lists page by page as the specification says, and follows ids."""

    def __init__(self, base, per_page):
        self.base = base
        self.per_page = per_page
        assert self.get("/")["version"].startswith("3.1")

    def get(self, path, **parameters):
        answer = Client().get(self.base + path, parameters)
        assert answer.status_code == 200
        return json.loads(answer.content)

    def all_of(self, path):
        number, found = 1, []
        while True:
            page = self.get(path, page=number, per_page=self.per_page)
            assert page["page_number"] == number
            assert page["first_page"] == (number == 1)
            found += page["contents"]
            if page["last_page"]:
                assert (number, len(found)) == (page["total_pages"], page["total_items"])
                return found
            assert page["size"] == self.per_page
            number += 1


@pytest.mark.parametrize("per_page", [1, 7, 100])
def test_it_lists_and_follows_everything_once(per_page):
    all_kinds_of_rows()
    consumer = Consumer("/hsds", per_page)
    services = consumer.all_of("/services")
    counted = Counter(one["id"] for one in services)
    assert counted == Counter(str(pk) for pk in Listing.objects.values_list("pk", flat=True))
    organizations = Counter(one["id"] for one in consumer.all_of("/organizations"))
    cards = OrganizationCard.objects.count()
    unclaimed = Listing.objects.filter(organization__isnull=True).count()
    assert len(organizations) == sum(organizations.values()) == cards + unclaimed
    places = Counter(one["service"]["id"] for one in consumer.all_of("/service_at_locations"))
    assert places == counted
    offered = Counter()
    for pk in organizations:
        offered.update(one["id"] for one in consumer.get(f"/organizations/{pk}")["services"])
    assert offered == counted


def test_it_goes_from_each_service_to_its_organization_and_place_and_back():
    all_kinds_of_rows()
    consumer = Consumer("/hsds", 100)
    for listed in consumer.all_of("/services"):
        service = consumer.get(f"/services/{listed['id']}")
        # What the list said is all in the document.
        organization = listed.pop("organization")
        assert listed.items() <= service.items()
        assert organization.items() <= service["organization"].items()
        whole = consumer.get(f"/organizations/{service['organization']['id']}")
        assert organization.items() <= whole.items()
        assert service["id"] in {one["id"] for one in whole["services"]}
        (place,) = service["service_at_locations"]
        there = consumer.get(f"/service_at_locations/{place['id']}")
        assert there["service"]["id"] == service["id"] == there["service_id"]
        assert there["location"] == place["location"]
        assert there["location_id"] == place["location"]["id"]


def test_a_page_beyond_the_end_is_an_empty_last_page():
    all_kinds_of_rows()
    consumer = Consumer("/hsds", 7)
    for path in ("/services", "/organizations", "/service_at_locations", "/taxonomy_terms"):
        total = consumer.get(path, per_page=7)["total_pages"]
        for number in (total + 1, 1_000_000):
            page = consumer.get(path, per_page=7, page=number)
            assert (page["empty"], page["last_page"], page["first_page"]) == (True, True, False)
            assert (page["contents"], page["page_number"]) == ([], number)
            assert page["total_pages"] == total


def test_a_page_is_never_longer_than_a_hundred_and_says_how_many_there_are():
    all_kinds_of_rows()
    country = make_country()
    with acting(system(Purpose.OPERATOR)):
        for number in range(120):
            Listing.objects.create(
                slug=f"more-{number}", name="More", claim="unclaimed", country=country
            )
    total = Listing.objects.count()
    page = Consumer("/hsds", 100).get("/services", per_page=5000)
    assert (page["size"], page["total_items"], page["total_pages"]) == (
        100,
        total,
        -(-total // 100),
    )
    assert Consumer("/hsds", 100).get("/services")["size"] == 50
