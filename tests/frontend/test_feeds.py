"""The feed of programs: what changed last, with the filters of the list, as valid Atom."""

import datetime as dt
import re
from xml.etree import ElementTree as ET

import pytest
from django.test import override_settings

from directory.actions.publishing import publish_program, unpublish_program
from directory.actions.suppression import suppress_listing
from directory.enums.withholding import WITHHOLDABLE
from directory.models import Country, Listing
from network.fields import PartialDate
from network.tenancy import Purpose, acting, system
from tests.directory.test_publishing import make_program
from tests.factories import make_card, make_country, make_facility, make_listing
from tests.frontend.asgi import ask
from tests.frontend.nonsense import VALUES
from tests.frontend.withheld import WORDS, publish_canaries, without_moments
from tests.frontend.xml_answers import parsed

pytestmark = pytest.mark.django_db
FEED = "/feeds/programs.atom"
ATOM = "{http://www.w3.org/2005/Atom}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
HOSTILE = "</title><x>&amp; ]]> <script>alert(1)</script> \u2028 \x0b\ufffe \" '"
KNOWN = [
    "q",
    "country",
    "language",
    "service",
    "facility",
    "organization",
    "coalition",
    "status",
    "freshness",
    "bbox",
]


def feed_at(client, path=FEED, **headers):
    response = client.get(path, headers=headers)
    assert response.status_code == 200, path
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    return parsed(response.content)


def entries(feed):
    return feed.findall(f"{ATOM}entry")


def text_of(node, name):
    found = node.findall(f"{ATOM}{name}")
    assert len(found) == 1, name
    return found[0].text


def slugs(feed):
    links = [one.find(f"{ATOM}link").get("href") for one in entries(feed)]
    return [re.search("/programs/([^/]+)/$", link)[1] for link in links]


def changed_at(listing, moment):
    with acting(system(Purpose.OPERATOR)):
        Listing.objects.filter(pk=listing.pk).update(updated_at=moment)


def day(number):
    return dt.datetime(2026, 1, 1, tzinfo=dt.UTC) + dt.timedelta(days=number)


def test_an_entry_is_a_program_with_its_language_date_and_source(client):
    listing = make_listing(
        slug="harbour",
        name="زوار الميناء",
        name_language="ar",
        summaries={"fr": "Nous <b>rendons</b> visite & écoutons."},
        locality="Quaytown",
        services=["visits", "letters"],
        status="active",
        as_of=PartialDate(2024, 8),
    )
    changed_at(listing, day(3))
    feed = feed_at(client)
    (entry,) = entries(feed)
    title = entry.find(f"{ATOM}title")
    assert (title.text, title.get(LANG)) == ("زوار الميناء", "ar")
    assert text_of(entry, "id") == f"urn:uuid:{listing.pk}"
    assert text_of(entry, "updated") == "2026-01-04T00:00:00+00:00"
    assert entry.find(f"{ATOM}published") is None
    # Nobody of the program wrote this: the feed itself is its author.
    assert entry.find(f"{ATOM}author") is None
    link = entry.find(f"{ATOM}link")
    assert link.get("rel") == "alternate"
    assert link.get("href") == "http://localhost:8000/en/programs/harbour/"
    assert client.get(link.get("href").removeprefix("http://localhost:8000")).status_code == 200
    summary = entry.find(f"{ATOM}summary")
    assert summary.get("type") == "html"
    words = "Nous &lt;b&gt;rendons&lt;/b&gt; visite &amp; écoutons."
    assert f'<p lang="fr" dir="ltr">{words}</p>' in summary.text
    for words in ("Quaytown, France", "Active, says the source", "Source dated August 2024"):
        assert f'<p lang="en" dir="ltr">{words}</p>' in summary.text
    tags = [
        (one.get("scheme").split("#")[1], one.get("term"), one.get("label"))
        for one in entry.findall(f"{ATOM}category")
    ]
    assert tags == [
        ("service", "visits", "Visits"),
        ("service", "letters", "Letters"),
        ("country", "FR", "France"),
    ]


def test_the_feed_says_what_it_is_and_where(client):
    changed_at(make_listing(), day(1))
    changed_at(make_listing(), day(5))
    feed = feed_at(client, "/fr/feeds/programs.atom?service=visits&country=fr&utm=x")
    address = "http://localhost:8000/fr/feeds/programs.atom?country=FR&service=visits"
    assert feed.get(LANG) == "fr"
    assert text_of(feed, "id") == address
    links = {one.get("rel"): one.get("href") for one in feed.findall(f"{ATOM}link")}
    assert links["self"] == address
    assert links["alternate"] == address.replace("feeds/programs.atom", "programs/")
    assert text_of(feed, "updated") == "2026-01-06T00:00:00+00:00"
    assert text_of(feed, "title").startswith("Programmes")
    assert "France" in text_of(feed, "subtitle")
    assert feed.find(f"{ATOM}author/{ATOM}name").text
    with override_settings(NODE_NAME="Quay node"):
        named = feed_at(client)
    assert named.find(f"{ATOM}author/{ATOM}name").text == "Quay node"


def test_a_group_is_the_author_of_what_it_wrote_and_of_nothing_else(client):
    card = make_card(name="Harbour Trust")
    make_listing(claim="own", organization=card)
    make_listing(claim="unclaimed", organization=card)
    authors = [one.findtext(f"{ATOM}author/{ATOM}name") for one in entries(feed_at(client))]
    assert sorted(authors, key=str) == ["Harbour Trust", None]


def test_the_newest_fifty_come_first(client):
    for number in range(53):
        changed_at(make_listing(slug=f"p-{number:02}"), day(number))
    assert slugs(feed_at(client)) == [f"p-{number:02}" for number in range(52, 2, -1)]


def test_an_empty_feed_is_valid_and_does_not_change(client):
    first = client.get(FEED)
    feed = parsed(first.content)
    assert entries(feed) == []
    assert text_of(feed, "updated") == "1970-01-01T00:00:00+00:00"
    assert client.get(FEED).content == first.content


@pytest.mark.parametrize("language", ["en", "ar", "es", "fr"])
def test_every_language_has_a_feed_of_its_own(client, language):
    listing = make_listing(summaries={"en": "Summary"}, as_of=PartialDate(2024, 8, 2))
    feed = feed_at(client, f"/{language}{FEED}")
    assert feed.get(LANG) == language
    assert text_of(entries(feed)[0], "id") == f"urn:uuid:{listing.pk}"
    negotiated = feed_at(client, FEED, **{"Accept-Language": language})
    assert ET.tostring(negotiated) == ET.tostring(feed)
    response = client.get(FEED)
    assert "Accept-Language" in response["Vary"]
    assert response["Content-Language"] == "en"


def test_the_filters_are_those_of_the_list(client):
    make_card(slug="trust", name="Trust")
    place = make_facility(slug="quay", name="Quay House")
    make_listing(
        slug="one",
        name="Harbour",
        country=make_country("GB"),
        languages=["ar"],
        services=["letters"],
        organization=make_card(slug="ours"),
        coalitions=["avid"],
        facilities=[place],
        status="paused",
        claim="own",
        confirmed_on=dt.date(2020, 1, 1),
        latitude=51.5,
        longitude=-0.1,
    )
    make_listing(slug="two", name="Other", latitude=45.7, longitude=4.8)
    for query in (
        "country=gb",
        "language=ar",
        "service=letters",
        "organization=ours",
        "coalition=avid",
        "facility=quay",
        "status=paused",
        "freshness=stale",
        "q=harbour",
        "bbox=-1,51,1,52",
    ):
        assert slugs(feed_at(client, f"{FEED}?{query}")) == ["one"], query
    assert slugs(feed_at(client, f"{FEED}?organization=trust")) == []
    for ignored in ("utm_source=x", "near=nowhere", "cursor=x", "country=", "page=9"):
        assert len(slugs(feed_at(client, f"{FEED}?{ignored}"))) == 2, ignored


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("country=ZZ", "Country: Write the two letters of a country"),
        ("language=qqq", "Language spoken: Write the code of a language"),
        ("service=juggling", "for example “visits”"),
        ("status=ended", "for example “active”"),
        ("organization=nowhere", "Nothing in this directory is called “nowhere”"),
        ("coalition=nowhere", "Nothing in this directory is called “nowhere”"),
        ("bbox=1,2", "Write west, south, east and north"),
    ],
)
def test_nonsense_is_refused_in_plain_words(client, query, words):
    make_listing()
    response = client.get(f"{FEED}?{query}")
    assert response.status_code == 400
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response["Cache-Control"] == "no-store"
    assert words in response.content.decode()


@pytest.mark.parametrize("name", KNOWN)
def test_no_value_of_any_parameter_breaks_the_feed(client, name):
    make_listing(coalitions=["avid"])
    for value in VALUES:
        response = client.get(f"{FEED}?{name}={value}")
        assert response.status_code in (200, 400), (name, value)
        if response.status_code == 200:
            parsed(response.content)


def test_no_text_of_a_row_breaks_the_feed(client):
    names = {"en": HOSTILE}
    make_listing(
        claim="own",
        name=HOSTILE,
        names=names,
        locality=HOSTILE,
        summaries={'fr"><x': HOSTILE},
        services=[HOSTILE],
        organization=make_card(name=HOSTILE, names=names),
        country=make_country("GB", names=names),
    )
    (entry,) = entries(feed_at(client))
    plain = HOSTILE.replace("\x0b", "").replace("\ufffe", "")
    assert text_of(entry, "title") == plain
    assert entry.findtext(f"{ATOM}author/{ATOM}name") == plain
    assert entry.findall(f"{ATOM}category")[0].get("term") == plain
    assert "<script" not in text_of(entry, "summary")
    assert len(entries(feed_at(client, f"{FEED}?q=%EF%BF%BE%3C"))) == 0


def test_other_sites_may_read_the_feed_and_nothing_else():
    make_listing()
    first = ask(FEED)
    for target in (FEED, f"/ar{FEED}", f"{FEED}?country=FR", f"{FEED}?country=nowhere"):
        for method in ("GET", "HEAD"):
            headers = ask(target, method=method).headers
            assert headers["Access-Control-Allow-Origin"] == "*", (target, method)
            assert headers["Cross-Origin-Resource-Policy"] == "cross-origin"
            assert "Access-Control-Allow-Credentials" not in headers
            assert "Set-Cookie" not in headers
    unchanged = ask(FEED, headers={"If-None-Match": first.headers["Etag"]})
    assert unchanged.status == 304
    assert unchanged.headers["Access-Control-Allow-Origin"] == "*"
    assert unchanged.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    posted = ask(FEED, method="POST")
    assert posted.status == 405
    others = ["/", "/programs/", "/feeds/", f"{FEED}/", "/feeds/other.atom", "/sitemap.xml"]
    for answer in (posted, *map(ask, others)):
        assert "Access-Control-Allow-Origin" not in answer.headers
        assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"


def test_the_feed_is_kept_and_tagged_like_a_page(client):
    listing = make_listing()
    first = client.get(FEED)
    assert first["Cache-Control"] == "public, max-age=30"
    assert client.get(FEED).content == first.content
    again = client.get(FEED, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    changed_at(listing, day(1))
    assert client.get(FEED, headers={"If-None-Match": first["ETag"]}).status_code == 200


@pytest.mark.parametrize("rows", [1, 3])
def test_one_query_however_many_entries(client, rows, django_assert_num_queries):
    for code in ("FR", "GB", "US")[:rows]:
        land = make_country(code)
        make_listing(country=land, organization=make_card(), claim="own", services=["letters"])
    with django_assert_num_queries(1):
        assert len(entries(feed_at(client))) == rows


def head_links(client, path):
    page = client.get(path).content.decode().partition("</head>")[0]
    links = re.findall(r'<link rel="alternate" type="([^"]+)"([^>]*) href="([^"]+)">', page)
    return {kind: (title, href.replace("&amp;", "&")) for kind, title, href in links}


def test_a_list_links_to_the_feed_and_to_the_rows_of_the_same_filters(client):
    make_listing(country=make_country("GB"))
    links = head_links(client, "/ar/programs/?country=gb&service=visits&status=")
    title, href = links["application/atom+xml"]
    assert href == "/ar/feeds/programs.atom?country=GB&service=visits"
    assert "title=" in title
    assert slugs(feed_at(client, href)) == [Listing.objects.get().slug]
    assert links["application/json"][1] == "/api/v1/programs/?country=GB&service=visits"
    plain = head_links(client, "/programs/")
    assert plain["application/atom+xml"][1] == "/en/feeds/programs.atom"
    assert plain["application/json"][1] == "/api/v1/programs/"
    assert head_links(client, "/es/")["application/atom+xml"][1] == "/es/feeds/programs.atom"


def test_a_list_by_distance_has_no_feed(client):
    make_listing()
    links = head_links(client, "/programs/?near=45.7,4.8&country=FR")
    assert set(links) == {"application/json"}
    assert links["application/json"][1] == "/api/v1/programs/?country=FR&near=45.7%2C4.8"


def test_a_refused_list_links_to_nothing(client):
    page = client.get("/programs/?status=nonsense").content.decode()
    assert "application/atom+xml" not in page
    assert "application/json" not in page


def test_a_program_links_to_itself_in_the_api(client):
    make_listing(slug="harbour--other.example")
    links = head_links(client, "/fr/programs/harbour--other.example/")
    assert links == {"application/json": ("", "/api/v1/programs/harbour--other.example/")}


def published(cast, actor, **values):
    program = make_program(cast.a, **values)
    publish_program(actor, program=program)
    return program


def test_what_is_taken_away_is_gone_from_the_feed(client, cast):
    Country.objects.create(iso2="GB", names={"en": "United Kingdom"})
    with acting(cast.actor("amara")) as amara:
        kept, gone = (published(cast, amara, slug=slug) for slug in ("kept", "gone"))
        make_program(cast.a, slug="draft")
    make_listing(slug="off")
    assert set(slugs(feed_at(client))) == {"kept", "gone", "off"}
    with acting(cast.actor("amara")) as amara:
        unpublish_program(amara, program=gone)
    with acting(system(Purpose.OPERATOR)) as operator:
        suppress_listing(operator, slug="off")
    assert slugs(feed_at(client)) == [kept.slug]


@pytest.mark.parametrize("field", sorted(WITHHOLDABLE))
def test_what_is_withheld_leaves_no_trace(client, cast, field):
    publish_canaries(cast, [])
    opened = client.get(FEED).content.decode()
    assert (WORDS[field][0] in opened) == (field in ("point", "services", "summaries"))
    publish_canaries(cast, [field])
    paths = [f"/{code}{FEED}" for code in ("en", "ar", "es", "fr")]
    texts = [client.get(path).content.decode() for path in (*paths, "/sitemap-programs-1.xml")]
    assert all("/programs/harbour/" in text for text in texts)
    texts = [without_moments(text) for text in texts]
    assert not [word for word in WORDS[field] for text in texts if word in text]
