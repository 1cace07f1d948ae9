"""The map without scripts: a picture with links upon it, the same as a list, and ways on."""

import html
import json
import re

import pytest

from frontend.forms.map_form import MapForm
from frontend.map_words import SAMPLES, WORDS
from frontend.views.map import _look
from tests.factories import make_country, make_facility, make_listing

pytestmark = pytest.mark.django_db


def page(client, query="", path="/map/"):
    answer = client.get(f"{path}{query}")
    assert answer.status_code == 200, answer.content[:500]
    return answer


def areas(answer):
    return re.findall(
        r'<area shape="rect" coords="([\d,]+)" href="([^"]+)" alt="([^"]+)"',
        answer.content.decode(),
    )


def test_an_empty_directory_says_so(client):
    text = page(client).content.decode()
    assert "This node lists none yet" in text
    assert "<area" not in text


def test_everything_on_the_picture_is_a_link_with_words_and_stands_in_the_list(client):
    make_listing(
        slug="wien", name="Schubhaftgruppe", name_language="de", latitude=48.2, longitude=16.4
    )
    for number in range(3):
        make_listing(latitude=45.7 + number / 100, longitude=4.8, locality="Lyon")
    answer = page(client, "?zoom=4&at=47,8")
    words = {alt: href for _coords, href, alt in areas(answer)}
    assert words["\u2068Schubhaftgruppe\u2069"] == "/programs/wien/"
    closer = words["3 programs near \u2068Lyon\u2069"]
    assert re.match(r"/map/\?zoom=[56]&amp;at=45\.71%2C4\.8", closer)
    listed = "".join(re.findall(r'class="listed.*?</ol>', answer.content.decode(), re.DOTALL))
    assert all(alt in listed for alt in words)
    assert 'lang="de"' in listed
    for coords, _href, _alt in areas(answer):
        left, top, right, bottom = map(int, coords.split(","))
        assert right - left >= 24
        assert bottom - top >= 24


def test_several_in_one_town_lead_to_their_list_since_closer_shows_no_more(client):
    for _number in range(2):
        make_listing(latitude=45.76, longitude=4.83, locality="Lyon")
    make_listing(name="Elsewhere", latitude=48.2, longitude=16.4)
    ((_coords, href, alt),) = [
        one for one in areas(page(client, "?zoom=6&at=45.8,4.8")) if "2" in one[2]
    ][:1]
    assert alt == "2 programs in \u2068Lyon\u2069"
    listed = client.get(href.replace("&amp;", "&")).content.decode()
    assert "2 programs." in listed
    assert "Elsewhere" not in listed


def test_what_only_has_a_country_says_so_and_leads_to_its_list(client):
    france = make_country("FR", latitude=46.0, longitude=2.0)
    for _number in range(2):
        make_listing(country=france, precision="country", locality="")
    answer = page(client, "?zoom=4&at=46,2")
    assert ("/programs/?country=FR", "2 programs somewhere in \u2068France\u2069") in {
        (href, alt) for _coords, href, alt in areas(answer)
    }


def test_places_are_a_layer_of_their_own(client):
    make_facility(slug="centre", name="Centre", latitude=45.7, longitude=5.0)
    make_listing(name="Visitors", latitude=48.2, longitude=16.4)
    only = [alt for _c, _h, alt in areas(page(client, "?show=facilities&zoom=4&at=47,8"))]
    assert set(only) == {"\u2068Centre\u2069, place of detention"}
    both = {alt for _c, _h, alt in areas(page(client, "?show=both&zoom=4&at=47,8"))}
    assert both == {"\u2068Centre\u2069, place of detention", "\u2068Visitors\u2069"}


def test_filters_stay_with_every_link_around_the_map(client):
    make_listing(latitude=45.7, longitude=4.8, languages=["ar"])
    text = page(client, "?language=ar&zoom=4&at=47,8").content.decode()
    moves = re.search(r'class="moves".*?</nav>', text, re.DOTALL).group(0)
    links = re.findall(r'href="([^"]+)"', moves)
    assert len(links) == 7
    assert all("language=ar" in link for link in links)
    as_list = re.search(r'id="as-list" href="([^"]+)"', text).group(1)
    assert as_list.startswith("/programs/?language=ar&amp;bbox=")
    assert client.get(as_list.replace("&amp;", "&")).status_code == 200


def test_every_way_on_leads_to_a_map(client):
    make_listing(latitude=-17.7, longitude=178.0)
    seen, waiting = (
        set(),
        ["/map/?zoom=1&at=20,11", "/map/?zoom=3&at=-17,179", "/map/?zoom=6&at=84,179"],
    )
    while waiting and len(seen) < 20:
        address = waiting.pop(0)
        seen.add(address)
        text = page(client, path=address).content.decode()
        moves = re.search(r'class="moves".*?</nav>', text, re.DOTALL).group(0)
        waiting += [
            link
            for link in (one.replace("&amp;", "&") for one in re.findall(r'href="([^"]+)"', moves))
            if link not in seen
        ]
    assert len(seen) == 20


def test_the_map_opens_where_the_matches_are(client):
    make_listing(latitude=-17.7, longitude=178.0, status="closed")
    make_listing(latitude=-13.8, longitude=-171.8, status="closed")
    form = MapForm({"status": "closed"}, [], _no_words())
    assert form.is_valid()
    from frontend.views.map import _layers

    look = _look(form, _layers(form))
    assert -20 < look.latitude < -10
    assert abs(look.longitude) > 170
    assert len(areas(page(client, "?status=closed"))) >= 2


def _no_words():
    from directory.queries.listings import ListingWords

    return ListingWords((), ())


FOREIGN = {
    "zoom": ["0", "13", "-1", "1.5", "x", "1e3", "9" * 50, "nan", "\u0663x"],
    "at": ["1", "1,2,3", "91,0", "0,181", "nan,0", "inf,inf", "a,b", "1;2", ",", "1" * 60],
    "show": ["everything", "programs,facilities", "BOTH"],
    "country": ["XXX", "1", "??"],
    "status": ["nonsense"],
    "near": ["91,0", "0,181", "1,2,3", "x" * 200],
}


@pytest.mark.parametrize(
    ("name", "value"), [(n, v) for n, values in FOREIGN.items() for v in values]
)
def test_foreign_values_are_refused_with_what_to_write(client, name, value):
    answer = client.get("/map/", {name: value})
    assert answer.status_code == 400
    assert 'class="errsum"' in answer.content.decode()


def test_an_empty_parameter_asks_nothing_and_an_unknown_one_is_passed_over(client):
    make_listing(latitude=45.7, longitude=4.8)
    assert page(client, "?zoom=&at=&show=&near=&utm=x").status_code == 200


@pytest.mark.parametrize("rows", [1, 3])
def test_the_number_of_queries_does_not_grow(client, rows, django_assert_num_queries):
    for number in range(rows):
        make_listing(latitude=-30 + number * 40, longitude=number * 20)
        make_facility(latitude=-20 + number * 40, longitude=number * 20)
    with django_assert_num_queries(12):
        page(client, "?show=both")


@pytest.mark.parametrize("path", ["/ar/map/", "/es/map/", "/fr/map/"])
def test_the_moving_map_has_its_words_in_the_language_of_the_page(client, path):
    make_listing(latitude=45.7, longitude=4.8, locality="Lyon")
    text = page(client, path=path).content.decode()
    data = json.loads(
        re.search(r'data-map="([^"]+)"', text)
        .group(1)
        .replace("&quot;", '"')
        .replace("&#x27;", "'")
    )
    assert data["pages"]["programs"] == f"{path[:3]}/programs/"
    assert set(data["words"]["programs"]["near"]) == set(SAMPLES)
    assert "programs near" not in json.dumps(data["words"])
    assert data["features"] == "/api/v1/map/"


def test_every_sentence_carries_its_values():
    for sentences in WORDS.values():
        for form, words in sentences.items():
            for number in SAMPLES.values():
                said = words(number)
                assert ("{place}" in said) == (form in ("near", "in"))
                assert ("{country}" in said) == (form == "somewhere")


def test_each_picture_has_its_own_list_and_its_own_words(client):
    for number in range(8):
        make_listing(name=f"Group {number}", latitude=40 + number * 3, longitude=number * 6)
    text = page(client, "?zoom=4&at=48,10").content.decode()
    for name in ("wide", "narrow"):
        drawn = re.search(rf'<map name="{name}">(.*?)</map>', text, re.DOTALL).group(1)
        listed = re.search(rf'class="listed {name}">(.*?)</div>', text, re.DOTALL).group(1)
        assert [*re.findall(r'alt="([^"]+)"', drawn)] == [
            *re.findall(r"<a [^>]*>([^<]+)</a>", listed)
        ]


def test_a_new_search_looks_where_it_asks_and_not_where_the_old_one_did(client):
    make_listing(latitude=35.7, longitude=139.7, country=make_country("JP"))
    text = page(client, "?zoom=5&at=48,10").content.decode()
    form = re.search(r"<form action=\"/map/\".*?</form>", text, re.DOTALL).group(0)
    assert 'name="at"' not in form
    assert 'name="zoom"' not in form
    assert areas(page(client, "?country=JP"))


def test_filters_of_programs_are_not_said_of_places(client):
    make_facility(name="Centre", latitude=45.7, longitude=5.0)
    answer = page(client, "?show=facilities&status=active&zoom=4&at=46,5")
    text = answer.content.decode()
    assert "Said of programs only, not of places of detention: Status." in text
    address = re.search(r'id="as-list" href="([^"]+)"', text).group(1).replace("&amp;", "&")
    assert "status" not in address
    assert client.get(address).status_code == 200
    data = json.loads(html.unescape(re.search(r'data-map="([^"]+)"', text).group(1)))
    assert data["filters"] == {"facilities": {}}


def test_words_hold_for_places_where_only_places_are_shown(client):
    make_facility(name="Quay House", latitude=45.7, longitude=5.0)
    make_facility(name="Other", latitude=48.7, longitude=5.0)
    text = page(client, "?show=facilities&q=quay").content.decode()
    assert "1 place of detention" in text
    data = json.loads(html.unescape(re.search(r'data-map="([^"]+)"', text).group(1)))
    assert data["filters"] == {"facilities": {"q": "quay"}}


def test_an_unknown_place_is_said_on_the_map_too(client):
    make_listing(latitude=45.7, longitude=4.8)
    text = page(client, "?near=Nowhereville").content.decode()
    assert "We know of no place called “Nowhereville”" in text


def test_of_several_countries_nothing_is_joined_that_has_no_town(client):
    for iso2, latitude in (("FR", 46.0), ("GB", 50.0)):
        land = make_country(iso2, latitude=latitude, longitude=2.0)
        for _number in range(2):
            make_listing(country=land, precision="country", locality="")
    found = {alt: href for _coords, href, alt in areas(page(client))}
    assert found == {
        "2 programs somewhere in \u2068France\u2069": "/programs/?country=FR",
        "2 programs somewhere in \u2068the United Kingdom\u2069": "/programs/?country=GB",
    }


def test_the_list_of_the_whole_world_is_the_whole_list(client):
    france = make_country("FR", latitude=46.0, longitude=2.0)
    make_listing(country=france, precision="country", locality="")
    make_listing(latitude=45.7, longitude=4.8)
    world = page(client).content.decode()
    assert 'id="as-list" href="/programs/?"' in world
    closer = page(client, "?zoom=5&at=46,3").content.decode()
    assert "1 here names no town and is not in a list" in closer


def test_closer_than_it_can_draw_the_way_back_leads_on(client):
    make_listing(latitude=48.85, longitude=2.35)
    text = page(client, "?zoom=12&at=48.85,2.35").content.decode()
    assert "zoom=5" in re.search(r'class="moves".*?</nav>', text, re.DOTALL).group(0)


def test_a_country_without_entries_is_shown_all_the_same(client):
    make_country("JP")
    answer = page(client, "?country=JP")
    west = float(re.search(r"at=([\d.-]+)%2C([\d.-]+)", answer.content.decode()).group(2))
    assert 120 < west < 150
