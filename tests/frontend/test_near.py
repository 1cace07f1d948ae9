"""Near a place: nearest first, in any script, and clear words where the place is not known."""

import pytest

from directory.models import GazetteerName, GazetteerPlace
from directory.queries.place_key import place_key
from tests.factories import make_country, make_facility, make_listing

pytestmark = pytest.mark.django_db

TOWNS = (
    (2996944, "Lyon", "FR", "84", 45.74846, 4.84671, 472317, ("Lyon", "ليون", "リヨン", "Лион")),
    (2988507, "Paris", "FR", "11", 48.85341, 2.3488, 2138551, ("Paris", "باريس")),
    (4717560, "Paris", "US", "TX", 33.66094, -95.55551, 24839, ("Paris",)),
)


@pytest.fixture(autouse=True)
def _towns():
    for iso2 in ("FR", "US"):
        make_country(iso2)
    for number, name, country, admin1, latitude, longitude, people, names in TOWNS:
        GazetteerPlace.objects.create(
            geoname_id=number,
            name=name,
            country=country,
            admin1=admin1,
            latitude=latitude,
            longitude=longitude,
            population=people,
        )
        for one in {place_key(one) for one in names}:
            GazetteerName.objects.create(place_id=number, folded=one)


def listing(slug, latitude, longitude, **values):
    return make_listing(slug=slug, name=slug, latitude=latitude, longitude=longitude, **values)


@pytest.mark.parametrize(
    "words", ["Lyon", "lyon", "ليون", "リヨン", "Лион", "45.75,4.85", " Lyon "]
)
def test_the_nearest_comes_first_whatever_the_script(client, words):
    listing("in-paris", 48.85, 2.35)
    listing("in-lyon", 45.76, 4.83)
    listing("in-geneva", 46.2, 6.14)
    make_listing(slug="nowhere", name="nowhere", precision="country")
    answer = client.get("/programs/", {"near": words})
    assert answer.status_code == 200
    rows = answer.context["listed"].page.rows
    assert [row.slug for row in rows] == ["in-lyon", "in-geneva", "in-paris"]
    text = answer.content.decode()
    assert "km away" in text
    assert "The nearest:" in text
    assert "nowhere" not in text


def test_filters_hold_and_distances_are_said_in_the_language(client):
    listing("in-lyon", 45.76, 4.83, status="closed")
    listing("in-geneva", 46.2, 6.14)
    answer = client.get("/programs/", {"near": "Lyon", "status": "active"})
    assert [row.slug for row in answer.context["listed"].page.rows] == ["in-geneva"]


def test_another_meaning_is_one_link_away(client):
    listing("in-paris", 48.85, 2.35)
    listing("in-texas", 33.7, -95.5)
    answer = client.get("/programs/", {"near": "Paris"})
    assert answer.context["listed"].page.rows[0].slug == "in-paris"
    assert "Not the place you meant?" in answer.content.decode()
    ((words, query),) = answer.context["form"].other_meanings
    assert "Texas" in words
    other = client.get(f"/programs/?{query}")
    assert other.context["listed"].page.rows[0].slug == "in-texas"
    narrowed = client.get("/programs/", {"near": "Paris, Texas"})
    assert narrowed.context["listed"].page.rows[0].slug == "in-texas"
    by_country = client.get("/programs/", {"near": "Paris", "country": "US"})
    assert "Texas" in by_country.context["form"].heading


@pytest.mark.parametrize("path", ["/programs/", "/facilities/"])
def test_an_unknown_place_says_what_to_write_instead(client, path):
    listing("in-lyon", 45.76, 4.83)
    answer = client.get(path, {"near": "Nowhereville"})
    assert answer.status_code == 200
    text = answer.content.decode()
    assert "We know of no place called “Nowhereville”" in text
    assert "Write a larger town nearby" in text
    assert "in-lyon" not in text


def test_a_centre_is_a_place_too(client):
    make_facility(name="Quay House", latitude=46.2, longitude=6.14)
    listing("in-geneva", 46.2, 6.15)
    listing("in-paris", 48.85, 2.35)
    answer = client.get("/programs/", {"near": "Quay House"})
    assert answer.context["listed"].page.rows[0].slug == "in-geneva"


def test_places_of_detention_near(client):
    make_facility(slug="far", latitude=48.85, longitude=2.35)
    make_facility(slug="close", latitude=45.7, longitude=4.9)
    answer = client.get("/facilities/", {"near": "Lyon"})
    assert [row.slug for row in answer.context["listed"].page.rows] == ["close", "far"]
    assert "Places of detention near" in answer.content.decode()


def test_pages_of_a_ranked_list(client):
    for number in range(120):
        listing(f"row-{number:03}", 45.75 + number / 50, 4.85)
    seen = []
    address = "/programs/?near=Lyon"
    for _page in range(3):
        answer = client.get(address)
        assert answer.status_code == 200
        listed = answer.context["listed"]
        seen += [row.slug for row in listed.page.rows]
        address = f"/programs/?near=Lyon&cursor={listed.page.next}"
    assert seen == [f"row-{number:03}" for number in range(120)]
    assert not listed.page.next
    back = client.get(f"/programs/?near=Lyon&cursor={listed.page.previous}")
    assert back.context["listed"].page.rows[0].slug == "row-050"


def test_a_page_of_one_order_opens_no_page_of_the_other(client):
    for number in range(60):
        listing(f"row-{number:03}", 45.75 + number / 50, 4.85)
    ranked = client.get("/programs/?near=Lyon").context["listed"].page.next
    plain = client.get("/programs/").context["listed"].page.next
    assert client.get(f"/programs/?cursor={ranked}").status_code == 400
    assert client.get(f"/programs/?near=Lyon&cursor={plain}").status_code == 400


@pytest.mark.parametrize(
    "value",
    ["91,0", "0,181", "-91,0", "nan,0", "inf,0", "1,2,3", "x" * 101, "a\u202eb", "a\nb"],
)
@pytest.mark.parametrize("path", ["/programs/", "/facilities/", "/map/", "/embed/programs/"])
def test_foreign_values_are_refused(client, path, value):
    assert client.get(path, {"near": value}).status_code == 400


@pytest.mark.parametrize(
    "value", ["%", "_", "'", '"', ";--", "🦜", "1", "+44 20", "1e9,0", "ß", "..", "\\"]
)
def test_odd_words_are_only_words(client, value):
    listing("in-lyon", 45.76, 4.83)
    answer = client.get("/programs/", {"near": value})
    assert answer.status_code == 200
    assert answer.context["listed"].total == 0


@pytest.mark.parametrize("rows", [1, 3])
def test_the_number_of_queries_does_not_grow(client, rows, django_assert_max_num_queries):
    for number in range(rows):
        listing(f"row-{number}", 45.7 + number, 4.8)
    client.get("/programs/", {"near": "Lyon"})
    with django_assert_max_num_queries(16):
        client.get("/programs/", {"near": "Lyon"})
