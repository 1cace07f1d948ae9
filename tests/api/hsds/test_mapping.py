"""What stands where: names, status, places, organizations, and what is never said."""

import datetime as dt
import json

import pytest
from django.test import Client

from api.hsds.serializers import terms
from api.hsds.serializers.states import STATUSES
from api.hsds.serializers.values import uri
from directory.enums import ProgramStatus, Service
from directory.models import Listing
from network.fields import PartialDate
from network.tenancy import Purpose, acting, system
from tests.api.hsds.directory import all_kinds_of_rows, ask, document_of, read
from tests.factories import make_card, make_country, make_listing

pytestmark = pytest.mark.django_db


def test_one_service_in_full():
    all_kinds_of_rows()
    service = document_of("own")
    assert service["name"] == "زوار الميناء"
    assert service["alternate_name"] == "Port Visitors"
    assert service["names"]["zh-Hant"] == "港口訪客"
    # There is no English description: the language of the name comes first.
    assert service["description"] == "نحن نزور الناس"
    assert service["application_process"] == "Call us"
    assert service["how_to_join"] == {"en": "Write to us"}
    assert service["url"] == "https://example.org/a%20b"
    assert service["email"] == "a@example.org"
    assert service["assured_date"] == "2026-05-01"
    assert "alert" not in service
    assert "source" not in service
    (phone,) = service["phones"]
    assert (phone["number"], phone["description"]) == ("+44 1632 960123", "Tue 14-16")
    assert [(one["code"], one["name"]) for one in service["languages"]] == [
        ("ar", "Arabic"),
        ("zh", "Chinese (Traditional)"),
        ("pt", "Portuguese (Brazil)"),
        ("prs", "prs"),
        ("xx", "xx"),
    ]
    assert [(one["name"], "uri" in one) for one in service["service_areas"]] == [
        ("Harbour House", True),
        ("A place that is only named", False),
    ]
    (place,) = service["service_at_locations"]
    location = place["location"]
    assert (location["latitude"], location["longitude"]) == (45.764, 4.8357)
    assert (location["name"], location["description"]) == ("Lyon", "The town, not an address.")
    (address,) = location["addresses"]
    assert (address["city"], address["state_province"]) == ("Lyon", "Rhône")
    assert (address["address_1"], address["postal_code"], address["country"]) == ("", "", "FR")


def test_services_are_terms_of_our_own_vocabulary_and_new_words_stay_words():
    all_kinds_of_rows()
    visits, phone, newer = document_of("own")["attributes"]
    assert visits["taxonomy_term"]["code"] == "visits"
    assert visits["taxonomy_term"] == read(f"/taxonomy_terms/{visits['taxonomy_term_id']}")
    assert phone["label"] == phone["taxonomy_term"]["name"] == "Telephone calls"
    assert (newer["value"], newer["label"]) == ("word_of_a_newer_node", "word_of_a_newer_node")
    assert "taxonomy_term" not in newer
    assert newer["link_id"] == document_of("own")["id"]
    assert len({one["id"] for one in (visits, phone, newer)}) == 3


def test_every_word_of_the_vocabulary_is_a_term_with_a_meaning():
    found = read("/taxonomy_terms", per_page="100")["contents"]
    assert [one["code"] for one in found] == Service.values
    assert all(one["description"] for one in found)
    assert {one["taxonomy_detail"]["id"] for one in found} == {terms.TAXONOMY_ID}
    assert read("/taxonomy_terms", taxonomy_id=terms.TAXONOMY_ID)["total_items"] == len(found)
    assert read("/taxonomy_terms", taxonomy_id=found[0]["id"])["empty"]


def test_it_speaks_english_whatever_a_client_reads():
    make_listing(status="unknown")
    for path in ("/services?full=true", "/taxonomy_terms", "/organizations"):
        plain = Client().get(f"/hsds{path}")
        arabic = Client(headers={"Accept-Language": "ar"}).get(f"/hsds{path}")
        assert plain.content == arabic.content
        assert "Content-Language" not in arabic


@pytest.mark.parametrize("status", ProgramStatus.values)
def test_each_status_has_a_word_of_hsds_and_a_sentence(status):
    all_kinds_of_rows()
    own, found = document_of(f"own-{status}"), document_of(f"found-{status}")
    assert own["status"] == found["status"] == STATUSES[ProgramStatus(status)]
    assert own["program_status"] == found["program_status"] == status
    assert ("alert" in own) == (status != "active")
    assert "2020-04" in found["alert"]
    assert "source" in found["alert"]


def test_a_suspension_is_temporarily_closed_and_says_by_whom():
    all_kinds_of_rows()
    service = document_of("own-suspended_by_authority")
    assert service["status"] == "temporarily closed"
    assert service["alert"] == "The authority has suspended this program."
    assert document_of("own-closed")["status"] == "defunct"


def test_what_only_a_source_says_comes_with_the_age_of_the_source():
    all_kinds_of_rows()
    found = document_of("named-2")
    assert found["alert"] == (
        "A source dated 2011 says that this program is at work. Nobody has confirmed it here."
    )
    assert found["source"]["as_of"] == "2011"
    assert "assured_date" not in found
    undated = document_of("nameless")
    assert undated["alert"].startswith("A source without a date says")
    assert "as_of" not in undated["source"]


@pytest.mark.parametrize("precision", ["country", "withheld"])
def test_a_place_that_is_a_country_or_withheld_has_no_point(precision):
    make_country("GB")
    listing = make_listing(
        slug="x",
        country=make_country("GB"),
        precision=precision,
        latitude=51.5,
        longitude=-0.1,
        locality="Secret" if precision == "withheld" else "",
        admin1="Hidden" if precision == "withheld" else "",
    )
    for document in (
        document_of("x"),
        document_of("x", "service_at_locations"),
        read("/service_at_locations")["contents"][0],
        read("/service_at_locations", full="true")["contents"][0],
    ):
        text = json.dumps(document)
        for word in ("latitude", "longitude", "51.5", "Secret", "Hidden"):
            assert word not in text
        assert "United Kingdom" in text
    (address,) = document_of("x", "service_at_locations")["location"]["addresses"]
    assert (address["city"], address["country"]) == ("", "GB")
    assert read(f"/services/{listing.pk}")["service_at_locations"][0]["location"]["precision"] == (
        precision
    )


def test_a_point_at_zero_is_a_point():
    all_kinds_of_rows()
    location = document_of("bad-values", "service_at_locations")["location"]
    assert (location["latitude"], location["longitude"]) == (0.0, 0.0)


def test_values_that_hsds_does_not_understand_are_left_out():
    all_kinds_of_rows()
    service = document_of("bad-values")
    assert not {"url", "email", "phones"} & set(service)
    assert service["names"] == {"fr": "Encore"}
    assert [one["code"] for one in service["languages"]] == ["fr"]
    assert [one["value"] for one in service["attributes"]] == ["visits"]


def test_two_sources_that_name_the_same_organization_name_two():
    all_kinds_of_rows()
    first, second = document_of("named-1"), document_of("named-2")
    assert first["organization"]["name"] == second["organization"]["name"] == "Caritas"
    assert first["organization"]["id"] == first["id"] != second["organization"]["id"]
    organization = read(f"/organizations/{first['id']}")
    assert organization["description"] == (
        "Named in a source as the organization behind this program. It has not registered here."
    )
    assert organization["registered"] == "no"
    assert not {"website", "uri", "email", "additional_websites"} & set(organization)
    assert [one["id"] for one in organization["services"]] == [first["id"]]


def test_a_name_in_a_source_is_never_shown_as_the_organization_that_registered():
    card = make_card(name="Caritas")
    listing = make_listing(organization_name="Caritas")
    assert read(f"/services/{listing.pk}")["organization"]["id"] == str(listing.pk)
    assert read(f"/organizations/{card.pk}")["services"] == []
    assert read("/services", organization_id=str(card.pk))["empty"]


def test_who_has_registered_says_where_and_since_when():
    all_kinds_of_rows()
    here = document_of("own")["organization"]
    assert here["registered"] == "here"
    assert here["description"] == (
        "An organization that runs visiting programs. Registered here, verified since 2026-01-02."
    )
    assert here["website"] == "https://xn--mnchen-3ya.example/%C3%BCber%20uns"
    assert (here["name"], here["alternate_name"]) == ("Amis du port", "Friends of the Port")
    far = document_of("bad-values")["organization"]
    assert (far["registered"], far["uri"]) == (
        "another_node",
        "https://other.example/organizations/x",
    )
    nobody = document_of("no-card")["organization"]
    assert nobody["description"].startswith("Named by another node")
    nameless = document_of("nameless")["organization"]
    assert nameless["name"] == "Visitors without a name"
    assert nameless["description"].startswith("Nothing says which organization")


def test_the_services_of_an_organization_are_brief_or_in_full():
    all_kinds_of_rows()
    pk = document_of("own")["organization"]["id"]
    brief = read(f"/organizations/{pk}")["services"]
    full = read(f"/organizations/{pk}", full_service="true")["services"]
    assert [one["id"] for one in brief] == [one["id"] for one in full]
    assert len(brief) == 1 + len(ProgramStatus)
    assert not any("languages" in one for one in brief)
    assert all("languages" in one for one in full)


def test_moments_are_in_milliseconds_and_lead_back_to_what_they_were_read_from():
    first = make_listing(name="First")
    make_listing(name="Second")
    seen = read("/services")["contents"]
    moments = {one["id"]: one["last_modified"] for one in seen}
    with acting(system(Purpose.OPERATOR)):
        first.name, first.updated_at = "First again", dt.datetime.now(dt.UTC)
        first.save()
    newer = read("/services", modified_after=max(moments.values()))["contents"]
    assert str(first.pk) in {one["id"] for one in newer}
    with acting(system(Purpose.OPERATOR)):
        for micro in (123_000, 123_999):
            exact = dt.datetime(2099, 5, 1, 10, 0, 0, micro, dt.UTC)
            Listing.objects.filter(pk=first.pk).update(updated_at=exact)
            latest = read(f"/services/{first.pk}")["last_modified"]
            assert latest == "2099-05-01T10:00:00.123Z"
            found = read("/services", modified_after=latest)["contents"]
            assert [one["id"] for one in found] == [str(first.pk)]
    assert read("/services", modified_after="2100-01-01T00:00:00Z")["empty"]


def test_filters_are_met_together():
    card = make_card(name="Harbour")
    both = make_listing(
        name="Amal", claim="own", organization=card, services=["phone", "visits"], languages=["ar"]
    )
    make_listing(name="Amal", services=["phone"])
    make_listing(name="Other", claim="own", organization=card, services=["phone"])
    unsaid = make_listing(name="Amal", services=[])
    phone, visits = (terms.TERM_IDS[word] for word in (Service.PHONE, Service.VISITS))
    for path in ("/services", "/service_at_locations"):

        def ids(path=path, **parameters):
            return {one["id"] for one in read(path, **parameters)["contents"]}

        assert ids(search="amal", taxonomy_term_id=phone, organization_id=str(card.pk)) == {
            str(both.pk)
        }
        assert len(ids(taxonomy_term_id=phone)) == 3
        assert ids(taxonomy_term_id=visits) == {str(both.pk)}
        assert len(ids(taxonomy_id=terms.TAXONOMY_ID)) == 3
        assert ids(taxonomy_id=phone) == ids(taxonomy_term_id=str(card.pk)) == set()
        assert ids(taxonomy_id=str(card.pk), taxonomy_term_id=phone) == set()
        assert ids(organization_id=str(unsaid.pk)) == {str(unsaid.pk)}
        assert ids(organization_id=str(both.pk)) == set()
        assert ids(search="") == ids()


def test_organizations_are_found_by_their_words_and_by_what_they_offer():
    card = make_card(name="Harbour Friends")
    make_listing(name="X", claim="own", organization=card, services=["phone"])
    make_card(name="Idle")
    named = make_listing(name="Y", organization_name="Harbour Church", services=["visits"])

    def ids(**parameters):
        return [one["id"] for one in read("/organizations", **parameters)["contents"]]

    assert set(ids(search="harbour")) == {str(card.pk), str(named.pk)}
    assert ids(search="friends") == [str(card.pk)]
    assert ids(taxonomy_term_id=terms.TERM_IDS[Service.PHONE]) == [str(card.pk)]
    assert ids(taxonomy_term_id=terms.TERM_IDS[Service.VISITS]) == [str(named.pk)]
    assert ids(taxonomy_id=terms.TAXONOMY_ID) == [str(card.pk), str(named.pk)]
    assert len(ids()) == 3


@pytest.mark.parametrize(
    ("written", "given"),
    [
        ("https://example.org", "https://example.org"),
        ("https://Example.org:8443/A?b=ü#ö", "https://example.org:8443/A?b=%C3%BC#%C3%B6"),
        ("https://example.org/100%/%41", "https://example.org/100%25/%41"),
        ("https://example.org/[x]|{y}", "https://example.org/%5Bx%5D%7C%7By%7D"),
        ("https://example.org/a#b#c", "https://example.org/a#b%23c"),
        ("https://例え.example/", "https://xn--r8jz45g.example/"),
        ("https://" + "ü" * 70 + ".example/", ""),
        ("http://127.0.0.1/", ""),
        ("javascript:alert(1)", ""),
        ("//example.org/", ""),
        ("https://a:b@example.org/", ""),
        ("https://example.org/a b", ""),
        ("", ""),
        (None, ""),
        (["https://example.org"], ""),
    ],
)
def test_addresses_are_written_as_a_uri_wants_them(written, given):
    assert uri(written) == given


def test_partial_dates_stay_partial():
    for text in ("2011", "2011-04", "2011-04-26"):
        listing = make_listing(as_of=PartialDate.parse(text))
        assert read(f"/services/{listing.pk}")["source"]["as_of"] == text


def test_an_id_is_found_however_its_address_ends():
    listing = make_listing()
    for kind in ("services", "organizations", "service_at_locations"):
        for path in (f"/{kind}", f"/{kind}/{listing.pk}"):
            assert ask(path).content == ask(f"{path}/").content
    assert Client().get("/hsds", follow=True).content == ask("/").content
