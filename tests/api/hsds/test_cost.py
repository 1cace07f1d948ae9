"""What an answer asks of the database does not grow with what is in it."""

import pytest

from directory.queries.numbered_pages import NumberedPage, page_of_list
from tests.api.hsds.directory import ask
from tests.factories import make_card, make_facility, make_listing

pytestmark = pytest.mark.django_db

# The mark of the directory, the number of rows, the ids of a page, its rows, places visited.
LISTS = [
    ("/services", {}, 4),
    ("/services", {"full": "true"}, 5),
    ("/service_at_locations", {}, 4),
    ("/service_at_locations", {"full": "true"}, 5),
    # Numbers, ids and rows of both kinds of organization; what they offer, and where.
    ("/organizations", {}, 7),
    ("/organizations", {"full": "true"}, 10),
    ("/organizations", {"full_service": "true"}, 10),
    ("/services", {"search": "visitors"}, 6),
    ("/taxonomy_terms", {}, 1),
    ("/", {}, 1),
    ("/profile", {}, 1),
]


def fill():
    card = make_card()
    place = make_facility()
    make_listing(claim="own", organization=card, facilities=[place, "Named"])
    make_listing(facilities=[place, "Named"], languages=["ar", "fr"], services=["visits", "phone"])


@pytest.mark.parametrize(("path", "parameters", "number"), LISTS)
def test_a_list_asks_as_much_for_one_row_as_for_three(
    path, parameters, number, django_assert_num_queries
):
    for _round in (1, 2, 3):
        fill()
        if _round == 2:
            continue
        with django_assert_num_queries(number):
            assert ask(path, **parameters).status_code == 200


@pytest.mark.parametrize(("kind", "number"), [("services", 3), ("service_at_locations", 3)])
def test_one_document_asks_little(kind, number, django_assert_num_queries):
    listing = make_listing(facilities=[make_facility(), make_facility(), "Named"])
    with django_assert_num_queries(number):
        assert ask(f"/{kind}/{listing.pk}").status_code == 200


def test_one_organization_asks_little(django_assert_num_queries):
    card = make_card()
    for _number in range(3):
        listing = make_listing(claim="own", organization=card, facilities=[make_facility()])
    with django_assert_num_queries(4):
        assert ask(f"/organizations/{card.pk}", full_service="true").status_code == 200
    named = make_listing(facilities=[make_facility()])
    with django_assert_num_queries(4):
        assert ask(f"/organizations/{named.pk}").status_code == 200
    assert listing.pk != named.pk


def test_a_page_beyond_the_end_asks_for_no_row(django_assert_num_queries):
    fill()
    with django_assert_num_queries(2):
        assert ask("/services", page="1000").status_code == 200


@pytest.mark.parametrize(
    ("total", "per_page", "pages"), [(0, 7, 0), (1, 7, 1), (7, 7, 1), (8, 7, 2), (14, 7, 2)]
)
def test_the_number_of_pages(total, per_page, pages):
    page = page_of_list(range(total), 1, per_page)
    assert (page.pages, page.is_last) == (pages, pages <= 1)
    assert NumberedPage([], total, pages + 1, per_page).is_last
