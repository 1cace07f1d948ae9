"""The list of all public pages: whole, true, and small in every part."""

import datetime as dt

import pytest
from django.conf import settings

from directory.actions.publishing import publish_program, unpublish_program
from directory.actions.suppression import suppress_listing
from directory.models import Country, Listing
from frontend import documents, sitemaps
from network.tenancy import Purpose, acting, system
from tests.directory.test_publishing import make_program
from tests.factories import make_card, make_country, make_facility, make_listing
from tests.frontend.asgi import ask
from tests.frontend.xml_answers import parsed

pytestmark = pytest.mark.django_db
NS = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
LINK = "{http://www.w3.org/1999/xhtml}link"
ORIGIN = "http://localhost:8000"
CODES = ["en", "ar", "es", "fr"]


def parts(client):
    response = client.get("/sitemap.xml")
    assert response.status_code == 200
    assert response["Content-Type"] == "application/xml; charset=utf-8"
    root = parsed(response.content)
    assert root.tag == f"{NS}sitemapindex"
    return [one.findtext(f"{NS}loc").removeprefix(ORIGIN) for one in root]


def urls(client, path):
    response = client.get(path)
    assert response.status_code == 200, path
    assert response["Content-Type"] == "application/xml; charset=utf-8"
    root = parsed(response.content)
    assert root.tag == f"{NS}urlset"
    return list(root)


def located(client, path):
    return [one.findtext(f"{NS}loc").removeprefix(ORIGIN) for one in urls(client, path)]


def everything(client):
    return [address for path in parts(client) for address in located(client, path)]


def test_every_kind_of_page_is_in_it_in_every_language(client):
    make_country("FR")
    make_listing(slug="harbour--other.example:8443")
    make_facility(slug="quay")
    make_card(slug="trust")
    assert parts(client) == [
        "/sitemap-pages-1.xml",
        "/sitemap-countries-1.xml",
        "/sitemap-facilities-1.xml",
        "/sitemap-organizations-1.xml",
        "/sitemap-programs-1.xml",
    ]
    found = everything(client)
    assert len(found) == len(set(found))
    for code in CODES:
        for page in (
            "",
            "programs/",
            "programs/harbour--other.example:8443/",
            "facilities/quay/",
            "countries/FR/",
            "organizations/trust/",
            "about/data/",
            "docs/people/what-we-keep/",
        ):
            assert f"/{code}/{page}" in found
    assert len(found) == 4 * (8 + len(documents.documents()) + 4)


def test_every_address_is_a_page_that_may_be_indexed(client):
    make_listing()
    make_facility()
    make_card()
    for address in everything(client):
        if not address.startswith(("/en/", "/ar/")) or "/docs/decisions/" in address:
            continue
        response = client.get(address)
        assert response.status_code == 200, address
        page = response.content.decode()
        assert f'<link rel="canonical" href="{ORIGIN}{address}">' in page
        assert 'content="noindex"' not in page


def test_a_page_names_its_twins_and_the_address_without_a_language(client):
    make_listing(slug="harbour")
    found = urls(client, "/sitemap-programs-1.xml")
    assert len(found) == 4
    expected = {code: f"{ORIGIN}/{code}/programs/harbour/" for code in CODES}
    expected["x-default"] = f"{ORIGIN}/programs/harbour/"
    for one in found:
        links = one.findall(LINK)
        assert {link.get("hreflang"): link.get("href") for link in links} == expected
        assert {link.get("rel") for link in links} == {"alternate"}


def test_only_a_program_says_when_it_changed(client):
    listing = make_listing()
    make_facility()
    moment = dt.datetime(2026, 3, 2, 10, 20, 30, tzinfo=dt.UTC)
    with acting(system(Purpose.OPERATOR)):
        Listing.objects.filter(pk=listing.pk).update(updated_at=moment)
    (first, *_others) = urls(client, "/sitemap-programs-1.xml")
    assert first.findtext(f"{NS}lastmod") == "2026-03-02T10:20:30+00:00"
    for path in ("facilities", "countries", "pages"):
        assert urls(client, f"/sitemap-{path}-1.xml")[0].find(f"{NS}lastmod") is None


@pytest.mark.parametrize("code", CODES)
def test_it_is_the_same_for_every_reader(client, code):
    make_listing()
    for path in ("/sitemap.xml", "/sitemap-programs-1.xml"):
        plain = client.get(path)
        other = client.get(path, headers={"Accept-Language": code})
        assert other.content == plain.content
        assert "Accept-Language" not in other.get("Vary", "")
        assert client.get(f"/{code}{path}").status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "/sitemap-programs-2.xml",
        "/sitemap-programs-0.xml",
        "/sitemap-programs-01.xml",
        "/sitemap-programs-99999.xml",
        "/sitemap-programs-999999.xml",
        "/sitemap-programs--1.xml",
        "/sitemap-programs-.xml",
        "/sitemap-programs-%D9%A1.xml",
        "/sitemap-programs.xml",
        "/sitemap-organizations-1.xml",
        "/sitemap-pages-2.xml",
        "/sitemap-people-1.xml",
        "/sitemap-PROGRAMS-1.xml",
        "/sitemap-.xml",
        "/sitemap.xml/",
    ],
)
def test_a_part_that_does_not_exist_is_nothing(path):
    make_listing()
    answer = ask(path)
    assert answer.status == 404
    assert answer.headers["Content-Type"].startswith("text/html")


def test_robots_name_it_by_the_origin_of_the_node(client, settings):
    assert f"Sitemap: {ORIGIN}/sitemap.xml" in client.get("/robots.txt").content.decode()
    settings.PUBLIC_ORIGIN = "https://visits.example"
    text = client.get("/robots.txt", headers={"Host": "localhost"}).content.decode()
    assert text == "User-agent: *\nAllow: /\n\nSitemap: https://visits.example/sitemap.xml\n"
    assert b"https://visits.example/sitemap-pages-1.xml" in client.get("/sitemap.xml").content


def test_what_is_not_public_is_not_in_it(client, cast):
    Country.objects.create(iso2="GB", names={"en": "United Kingdom"})
    with acting(cast.actor("amara")) as amara:
        for slug in ("kept", "gone"):
            publish_program(amara, program=make_program(cast.a, slug=slug))
        gone = make_program(cast.a, slug="later")
        publish_program(amara, program=gone)
        unpublish_program(amara, program=gone)
        make_program(cast.a, slug="draft")
    with acting(system(Purpose.OPERATOR)) as operator:
        suppress_listing(operator, slug="gone")
    place = make_facility(slug="quay")
    make_facility(slug="quay-again", merged_into=place)
    found = everything(client)
    assert "/en/programs/kept/" in found
    assert "/en/facilities/quay/" in found
    assert f"/en/organizations/{cast.a.slug}/" in found
    text = " ".join(found)
    for name in ("gone", "later", "draft", "quay-again", cast.applicant.slug, cast.b.slug):
        assert f"/{name}/" not in text, name


@pytest.mark.parametrize("rows", [1, 3])
def test_the_number_of_queries_does_not_grow(client, rows, django_assert_num_queries):
    for number in range(rows):
        make_listing(country=make_country(("FR", "GB", "US")[number]))
        make_facility()
        make_card()
    with django_assert_num_queries(4):
        assert len(parts(client)) == 5
    for kind in ("countries", "facilities", "organizations", "programs"):
        with django_assert_num_queries(1):
            assert len(urls(client, f"/sitemap-{kind}-1.xml")) == 4 * rows
    with django_assert_num_queries(0):
        client.get("/sitemap-pages-1.xml")


def test_parts_hold_every_row_once(client, monkeypatch):
    monkeypatch.setattr(sitemaps, "ADDRESSES", 48)
    assert sitemaps.part_size() == 2
    for number in range(5):
        make_listing(slug=f"p-{number}")
    programs = [path for path in parts(client) if "programs" in path]
    assert programs == [f"/sitemap-programs-{number}.xml" for number in (1, 2, 3)]
    found = [address for path in programs for address in located(client, path)]
    assert [len(located(client, path)) for path in programs] == [8, 8, 4]
    expected = {f"/{code}/programs/p-{number}/" for code in CODES for number in range(5)}
    assert sorted(found) == sorted(expected)
    assert client.get("/sitemap-programs-4.xml").status_code == 404


@pytest.mark.parametrize("languages", [1, 4, 20])
def test_no_part_is_large_however_long_the_names(client, monkeypatch, languages):
    several = [(f"x{number:02}", "X") for number in range(languages)]
    monkeypatch.setattr(settings, "LANGUAGES", several)
    size = sitemaps.part_size()
    country = make_country()
    with acting(system(Purpose.OPERATOR)):
        Listing.objects.bulk_create(
            Listing(slug=f"{number:05}-".ljust(160, "x"), name="X", country=country)
            for number in range(size + 1)
        )
    text = sitemaps.part("programs", 1)
    assert text is not None
    assert text.count("<url>") == size * languages <= 50_000
    assert len(text) < 5_000_000
    assert sitemaps.part("programs", 2).count("<url>") == languages
