"""What HSDS refuses: what is not there, what makes no sense, and every way to write."""

import json

import pytest
from django.test import Client

from frontend.middleware.clean_input import is_damaged
from tests.api.hsds.directory import ABSENT, BASE, ask, read
from tests.factories import make_card, make_listing

pytestmark = pytest.mark.django_db
LISTS = ["/services", "/organizations", "/service_at_locations", "/taxonomies", "/taxonomy_terms"]
NONSENSE = ["x", "-1", "0", "1.5", "1e3", "nan", "null", "[]", "0x3", "1" * 400, "\u202e1", "1,2"]


def is_problem(answer, status):
    problem = json.loads(answer.content)
    assert answer.status_code == status == problem["status"]
    assert answer["Content-Type"] == "application/problem+json"
    assert not answer.cookies
    return problem


@pytest.mark.parametrize("kind", LISTS)
@pytest.mark.parametrize(
    "pk", [ABSENT, ABSENT.upper(), "x", "0", "a" * 400, "%00", "..%2Fx", "x/y", "٣", f"{ABSENT}0"]
)
@pytest.mark.parametrize("end", ["", "/"])
def test_what_is_not_there_is_404_the_same_for_all(kind, pk, end):
    answer = Client().get(f"{BASE}{kind}/{pk}{end}")
    if "%00" in pk:
        assert answer.status_code == 404
    else:
        assert answer.content == ask("/nothing").content
        is_problem(answer, 404)


def test_an_organization_that_has_registered_is_not_found_by_the_id_of_its_program():
    card = make_card()
    listing = make_listing(claim="own", organization=card, organization_name="Named")
    read(f"/organizations/{card.pk}")
    is_problem(ask(f"/organizations/{listing.pk}"), 404)
    is_problem(ask(f"/services/{card.pk}"), 404)
    is_problem(ask(f"/service_at_locations/{card.pk}"), 404)


@pytest.mark.parametrize(
    "name", ["", "x.json", "phone.json", "../__init__.py", "address.json.bak"]
)
def test_the_profile_has_no_other_files(name):
    is_problem(ask(f"/profile/profile/{name}"), 404)


@pytest.mark.parametrize(
    ("kinds", "name", "values"),
    [
        (LISTS, "page", [*NONSENSE, "1000001"]),
        (LISTS, "per_page", NONSENSE),
        (LISTS, "format", ["ndjson", "csv", "JSON", "json,csv"]),
        (LISTS, "minimal", ["true"]),
        (LISTS, "unheard_of", ["1"]),
        (LISTS[:3], "full", ["yes", "1", "True", "x"]),
        (LISTS[:3], "search", ["x" * 201, "a\u202eb", "a\nb"]),
        (LISTS[:3], "taxonomy_id", ["x", "1", f"{ABSENT}0", "visits"]),
        (LISTS[:3], "taxonomy_term_id", ["x", "visits", "{}"]),
        ([LISTS[0], LISTS[2]], "organization_id", ["x", "1"]),
        (
            [LISTS[0], LISTS[2]],
            "modified_after",
            ["x", "2026", "2026-13-01", "yesterday", "1", "2026-02-30T00:00:00Z"],
        ),
        ([LISTS[0], LISTS[2]], "full_service", ["true"]),
        ([LISTS[2]], "postcode", ["SW1"]),
        ([LISTS[2]], "proximity", ["10"]),
        (["/organizations"], "full_service", ["x"]),
    ],
)
def test_nonsense_is_refused_by_name_with_what_to_write_instead(kinds, name, values):
    for kind in kinds:
        for value in values:
            answer = ask(kind, **{name: value})
            assert answer.status_code == 400, (kind, value)
            if not is_damaged(value):
                problem = is_problem(answer, 400)
                assert list(problem["errors"]) == [name]
                assert all(problem["errors"][name])


@pytest.mark.parametrize("moment", ["0001-01-01T00:00:00Z", "9999-12-31T23:59:59-14:00"])
def test_a_moment_at_the_end_of_time_is_no_error_of_the_server(moment):
    make_listing()
    assert ask("/services", modified_after=moment).status_code in (200, 400)


@pytest.mark.parametrize("kind", LISTS)
def test_a_parameter_given_twice_is_refused(kind):
    problem = is_problem(Client().get(f"{BASE}{kind}?page=1&page=2"), 400)
    assert problem["errors"] == {"page": ["Give this parameter once."]}


def test_one_document_takes_no_parameters_of_lists():
    listing = make_listing()
    for path in ("services", "service_at_locations", "organizations"):
        problem = is_problem(ask(f"/{path}/{listing.pk}", page="1"), 400)
        assert problem["errors"] == {"page": ["There is no such parameter here."]}
    is_problem(ask("/", page="1"), 400)
    is_problem(ask("/profile", page="1"), 400)


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
@pytest.mark.parametrize("path", ["/", *LISTS, "/profile"])
def test_it_is_only_read(method, path):
    answer = getattr(Client(), method)(f"{BASE}{path}")
    is_problem(answer, 405)


@pytest.mark.parametrize("path", ["/", *LISTS, "/profile", "/profile/profile/service.json"])
def test_it_answers_in_one_form_whatever_is_accepted_and_sets_no_cookie(path):
    client = Client(headers={"Accept": "text/html", "Cookie": "sessionid=x"})
    answer = client.get(f"{BASE}{path}")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/json")
    assert not answer.cookies
    assert "Cookie" not in answer.get("Vary", "")
    assert client.head(f"{BASE}{path}").status_code == 200
