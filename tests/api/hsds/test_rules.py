"""The checker refuses what is no HSDS; a checker that lets all through would prove nothing."""

import copy

import pytest

from tests.api.hsds.rules import complaints, merged, page_complaints, strangers

ID = "7c9e6679-7425-40de-944b-e07fc1f90ae7"
GOOD = {
    "service": {
        "id": ID,
        "name": "Visits",
        "status": "active",
        "url": "https://example.org/a?b=c#d",
        "email": "a@example.org",
        "last_modified": "2026-05-01T10:00:00.123Z",
        "organization": {"id": ID, "name": "Group", "description": "A group"},
        "phones": [{"id": ID, "number": "1"}],
        "languages": [{"id": ID, "code": "ar"}],
        "attributes": [
            {"id": ID, "taxonomy_term": {"id": ID, "name": "Visits", "description": "Visits"}}
        ],
        "service_at_locations": [
            {
                "id": ID,
                "location": {
                    "id": ID,
                    "location_type": "physical",
                    "latitude": 1.5,
                    "addresses": [
                        {
                            "id": ID,
                            "address_1": "",
                            "city": "Lyon",
                            "state_province": "",
                            "postal_code": "",
                            "country": "FR",
                            "address_type": "physical",
                        }
                    ],
                },
            }
        ],
    }
}
REMOVED = object()
BREAKS = [
    (("id",), REMOVED),
    (("id",), "7"),
    (("id",), ID.upper()),
    (("name",), REMOVED),
    (("name",), None),
    (("status",), "unknown"),
    (("status",), REMOVED),
    (("url",), "example.org"),
    (("url",), "https://example.org/ü"),
    (("url",), "https://example.org/a b"),
    (("url",), "https://example.org/100%"),
    (("url",), ""),
    (("email",), "nobody"),
    (("last_modified",), "2026-05-01"),
    (("last_modified",), "2026-13-01T10:00:00.123Z"),
    (("last_modified",), "2026-05-01T10:00:00Z"),
    (("organization", "description"), REMOVED),
    (("organization",), []),
    (("phones", 0, "number"), 7),
    (("phones",), {}),
    (("languages", 0, "id"), REMOVED),
    (("attributes", 0, "taxonomy_term", "description"), REMOVED),
    (("service_at_locations", 0, "location", "location_type"), "somewhere"),
    (("service_at_locations", 0, "location", "latitude"), "1.5"),
    (("service_at_locations", 0, "location", "latitude"), None),
    (("service_at_locations", 0, "location", "addresses", 0, "postal_code"), REMOVED),
]


def broken(path, value):
    document = copy.deepcopy(GOOD["service"])
    *way, last = path
    at = document
    for step in way:
        at = at[step]
    if value is REMOVED:
        del at[last]
    else:
        at[last] = value
    return document


def test_a_good_document_is_let_through():
    assert complaints("service", GOOD["service"]) == []


@pytest.mark.parametrize(("path", "value"), BREAKS)
def test_each_broken_document_is_refused(path, value):
    assert len(complaints("service", broken(path, value))) >= 1


def test_a_page_is_refused_for_its_numbers_and_for_each_thing_on_it():
    page = {
        "total_items": 1,
        "total_pages": 1,
        "page_number": 1,
        "size": 1,
        "first_page": True,
        "last_page": True,
        "empty": False,
        "contents": [GOOD["service"]],
    }
    assert page_complaints("service", page) == []
    for name in page:
        assert page_complaints("service", {k: v for k, v in page.items() if k != name})
    assert page_complaints("service", {**page, "size": 2})
    assert page_complaints("service", {**page, "empty": True})
    assert page_complaints("service", {**page, "total_items": "1"})
    assert page_complaints("service", {**page, "contents": [broken(("name",), REMOVED)]})


def test_what_nobody_names_is_found():
    odd = {**GOOD["service"], "phones": [{"id": ID, "number": "1", "colour": "red"}], "x": 1}
    assert strangers("service", odd, {}) == ["service.x", "phone.colour"]


def test_a_merge_patch_changes_adds_and_takes_away():
    target = {"a": {"b": 1, "c": 2}, "d": [1]}
    assert merged(target, {"a": {"b": None, "e": {"f": 3}}, "d": [2]}) == {
        "a": {"c": 2, "e": {"f": 3}},
        "d": [2],
    }
