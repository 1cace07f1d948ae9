"""The feed of visits at a place or in a country: what was said last, as valid Atom."""

import datetime as dt

import pytest
from django.utils import timezone

from directory.actions.stating import (
    add_visiting_rule,
    release_reports,
    report_access_event,
)
from directory.models import AccessReport, VisitingRule
from network.tenancy import Purpose, acting, system
from tests.directory.stating import EVENT, RULE
from tests.factories import make_access, make_country, make_event, make_facility, make_rule
from tests.frontend.asgi import ask
from tests.frontend.nonsense import VALUES
from tests.frontend.test_feeds import ATOM, HOSTILE, LANG, entries, feed_at, text_of

pytestmark = pytest.mark.django_db
FEED = "/feeds/access.atom"
HERE = f"{FEED}?facility=harbour-centre"


@pytest.fixture
def place():
    return make_facility(slug="harbour-centre", name="Harbour Centre")


def titles(feed):
    return [text_of(entry, "title") for entry in entries(feed)]


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("country=ZZ", "Country: Write the two letters of a country"),
        ("facility=nowhere", "Nothing in this directory is called “nowhere”"),
        ("facility=harbour-centre&country=FR", "Ask for a place or for a country, not for both."),
    ],
)
def test_nonsense_is_refused_in_plain_words(client, place, query, words):
    response = client.get(f"{FEED}?{query}")
    assert response.status_code == 400
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response["Cache-Control"] == "no-store"
    assert words in response.content.decode()


@pytest.mark.parametrize("name", ["facility", "country"])
def test_no_value_of_a_parameter_breaks_the_feed(client, place, name):
    for value in VALUES:
        assert client.get(f"{FEED}?{name}={value}").status_code in (200, 400), value


def test_before_its_day_a_report_is_in_no_feed_and_then_with_the_day_alone(cast, client, place):
    later = (timezone.now() + dt.timedelta(days=2)).isoformat()
    with acting(cast.actor("amara")) as amara:
        report_access_event(amara, values={**EVENT, "publish_at": later})
        add_visiting_rule(amara, facility=place, values=RULE)
    before = client.get(HERE).content
    assert b"turned all volunteers away" not in before
    with acting(system(Purpose.RELEASE)):
        AccessReport.objects.update(publish_at=timezone.now() - dt.timedelta(minutes=1))
    assert client.get(HERE).content == before
    release_reports(system(Purpose.RELEASE))
    feed = feed_at(client, HERE)
    assert sorted(titles(feed)) == [
        "Harbour Centre: New rules for a visit",
        "Harbour Centre: Suspended",
    ]
    for entry in entries(feed):
        assert text_of(entry, "updated").endswith("T00:00:00+00:00")
    whole = client.get(HERE).content.decode()
    assert whole.count("Harbour Visitors") == whole.count("Written by Harbour Visitors") * 2


def test_an_entry_says_where_whom_since_when_and_who_says_it(client, place):
    event = make_event(
        facility=place,
        statement="Aucun visiteur <b>ne passe</b>.",
        text_language="fr",
        source_url="https://news.example/1",
    )
    feed = feed_at(client, HERE)
    (entry,) = entries(feed)
    assert text_of(entry, "title") == "Harbour Centre: Suspended"
    assert entry.find(f"{ATOM}title").get(LANG) == "en"
    assert text_of(entry, "id") == f"urn:uuid:{event.pk}"
    href = entry.find(f"{ATOM}link").get("href")
    assert href == "http://localhost:8000/en/facilities/harbour-centre/"
    summary = text_of(entry, "summary")
    assert '<p lang="fr" dir="ltr">Aucun visiteur &lt;b&gt;ne passe&lt;/b&gt;.</p>' in summary
    for words in ("Volunteer visitors", "From March 2024", "https://news.example/1"):
        assert words in summary
    tags = [(one.get("term"), one.get("label")) for one in entry.findall(f"{ATOM}category")]
    assert tags == [("volunteer_visitor", "Volunteer visitors"), ("FR", "France")]


def test_the_feed_says_what_it_is_and_where(client, place):
    feed = feed_at(client, "/fr/feeds/access.atom?facility=harbour-centre&utm=x")
    address = "http://localhost:8000/fr/feeds/access.atom?facility=harbour-centre"
    assert feed.get(LANG) == "fr"
    assert text_of(feed, "id") == address
    links = {one.get("rel"): one.get("href") for one in feed.findall(f"{ATOM}link")}
    assert links["self"] == address
    assert links["alternate"] == "http://localhost:8000/fr/facilities/harbour-centre/"
    assert "Harbour Centre" in text_of(feed, "title")
    assert text_of(feed, "updated") == "1970-01-01T00:00:00+00:00"


def test_a_place_a_country_and_all(client, place):
    abroad = make_facility(name="Elsewhere", country=make_country("GB"))
    twin = make_facility(slug="twin", merged_into=place)
    make_event(facility=place, statement="Here.")
    make_event(facility_name="All centres", statement="Whole country.")
    make_event(facility=abroad)
    make_rule(facility=twin, facility_name="Twin")
    make_access("FR")
    make_access("EU")
    for query, number in (
        ("?facility=harbour-centre", 3),
        ("?facility=twin", 3),
        ("?country=fr", 5),
        ("?country=GB", 1),
        ("", 6),
        ("?country=", 6),
        ("?unknown=x", 6),
    ):
        assert len(entries(feed_at(client, FEED + query))) == number, query
    links = {entry.find(f"{ATOM}link").get("href") for entry in entries(feed_at(client))}
    for link in links:
        assert client.get(link.removeprefix("http://localhost:8000")).status_code == 200


def test_what_a_later_entry_replaces_is_left_out(client, place):
    first = make_event(facility=place, status="open")
    make_event(facility=place, status="barred", supersedes=first)
    (entry,) = entries(feed_at(client, HERE))
    assert text_of(entry, "title") == "Harbour Centre: Barred"
    assert "Replaces an earlier entry" in text_of(entry, "summary")


def test_the_newest_fifty_come_first(client, place):
    start = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    for number in range(53):
        day = start + dt.timedelta(days=number)
        make_event(facility=place, created_at=day, statement=f"Said {number}.")
    rule = make_rule(facility=place)
    with acting(system(Purpose.OPERATOR)):
        VisitingRule.objects.filter(pk=rule.pk).update(updated_at=start + dt.timedelta(days=90))
    found = entries(feed_at(client, HERE))
    assert len(found) == 50
    assert text_of(found[0], "id") == rule.pk.urn
    assert "Said 52." in text_of(found[1], "summary")


def test_no_text_of_a_row_breaks_the_feed(client):
    place = make_facility(slug="harbour-centre", name=HOSTILE)
    make_event(facility=place, statement=HOSTILE, source_url="javascript:alert(1)")
    make_rule(facility=place, days_hours=HOSTILE)
    make_access("FR", statement=HOSTILE)
    feed = feed_at(client, HERE)
    assert len(entries(feed)) == 2
    for entry in (*entries(feed), *entries(feed_at(client, f"{FEED}?country=FR"))):
        assert "<script" not in text_of(entry, "summary")
        assert "javascript:" not in text_of(entry, "summary")


def test_the_feed_is_kept_and_tagged_like_a_page(client, place):
    first = client.get(HERE)
    assert first["Cache-Control"] == "public, max-age=30"
    assert not first.cookies
    again = client.get(HERE, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    make_event(facility=place)
    assert client.get(HERE, headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_other_sites_may_read_it(place):
    for target in (HERE, f"/ar{HERE}", f"{FEED}?country=nowhere"):
        headers = ask(target).headers
        assert headers["Access-Control-Allow-Origin"] == "*"
        assert "Set-Cookie" not in headers


@pytest.mark.parametrize("rows", [1, 3])
def test_as_many_queries_however_many_entries(client, place, rows, django_assert_num_queries):
    for _each in range(rows):
        make_event(facility=place)
        make_rule(facility=place)
        make_access("FR")
    with django_assert_num_queries(4):
        assert len(entries(feed_at(client, HERE))) == 2 * rows
    with django_assert_num_queries(4):
        assert len(entries(feed_at(client, f"{FEED}?country=FR"))) == 3 * rows


@pytest.mark.parametrize("language", ["en", "ar", "es", "fr"])
def test_the_page_names_its_feed(client, place, language):
    text = client.get(f"/{language}/facilities/harbour-centre/").content.decode()
    href = f"/{language}/feeds/access.atom?facility=harbour-centre"
    assert f'href="{href}"' in text
    assert 'rel="alternate" type="application/atom+xml"' in text
    assert len(entries(feed_at(client, href))) == 0
