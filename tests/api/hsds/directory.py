"""A directory with every kind of row, and a client that asks HSDS of it."""

from __future__ import annotations

import json

from django.test import Client

from directory.enums import Precision, ProgramStatus
from directory.models import Listing
from network.fields import PartialDate
from network.models import Node
from network.tenancy import Purpose, acting, system
from tests.factories import make_card, make_country, make_facility, make_listing

BASE = "/hsds"
ABSENT = "7c9e6679-7425-40de-944b-e07fc1f90ae7"


def ask(path, **parameters):
    """The answer to a client for whom nothing is kept from before."""
    return Client().get(f"{BASE}{path}", parameters)


def read(path, **parameters):
    """The document at an address."""
    answer = ask(path, **parameters)
    assert answer.status_code == 200, answer.content
    assert answer["Content-Type"] == "application/json"
    return json.loads(answer.content)


def all_kinds_of_rows():
    """Listings of every claim, status and precision, in several scripts, with much and nothing."""
    japan = make_country("JP")
    with acting(system(Purpose.OPERATOR)):
        node = Node.objects.create(origin="https://other.example", name="Other")
    here = make_card(
        slug="harbour",
        name="Amis du port",
        names={"fr": "Amis du port", "en": "Friends of the Port", "ar": "أصدقاء الميناء"},
        website="https://münchen.example/über uns".replace(" ", "%20"),
        verified_since="2026-01-02",
    )
    coalition = make_card(kind="coalition", names={}, website="javascript:alert(1)")
    far = make_card(
        origin=node, origin_url="https://other.example/organizations/x", slug="x--other"
    )
    place = make_facility(slug="house", name="Harbour House")
    make_listing(
        slug="own",
        claim="own",
        organization=here,
        organization_name=here.name,
        name="زوار الميناء",
        name_language="ar",
        names={"ar": "زوار الميناء", "en": "Port Visitors", "zh-Hant": "港口訪客"},
        summaries={"ar": "نزور", "en": "We visit"},
        descriptions={"fr": "Nous visitons", "ar": "نحن نزور الناس"},
        how_to_join={"en": "Write to us"},
        how_to_be_visited={"en": "Call us", "ar": "اتصل بنا"},
        languages=["ar", "zh-Hant", "pt-BR", "prs", "xx"],
        services=["visits", "phone", "word_of_a_newer_node"],
        facilities=[place, "A place that is only named"],
        website="https://example.org/a b".replace(" ", "%20"),
        contact={"email": "a@example.org", "phone": "+44 1632 960123", "hours": "Tue 14-16"},
        latitude=45.764,
        longitude=4.8357,
        locality="Lyon",
        admin1="Rhône",
        confirmed_on="2026-05-01",
    )
    make_listing(
        slug="bad-values",
        claim="remote",
        organization=far,
        origin=node,
        origin_url="https://other.example/programs/bad-values",
        website="ftp://example.org/",
        contact={"email": "nobody", "phone": 7, "hours": ["x"]},
        latitude=0.0,
        longitude=0.0,
    )
    make_listing(slug="no-card", claim="remote", organization_name="Elsewhere", country=japan)
    make_listing(slug="named-1", organization_name="Caritas", as_of=PartialDate(2015, 12, 3))
    make_listing(slug="named-2", organization_name="Caritas", as_of=PartialDate(2011))
    make_listing(slug="nameless", name="Visitors without a name", contact=[1])
    make_listing(
        slug="empty",
        services=[],
        languages=[],
        locality="",
        precision="country",
        country=japan,
        source_url="",
    )
    make_listing(
        slug="withheld-place",
        claim="own",
        organization=coalition,
        precision="withheld",
        locality="",
        withheld=["point", "contact"],
    )
    # What another node may send, past our own checks.
    with acting(system(Purpose.OPERATOR)):
        Listing.objects.filter(slug="bad-values").update(
            names={"en": None, "fr": "Encore"},
            languages=[None, "fr", "fr"],
            services=["visits", {"x": 1}],
            withheld="x",
        )
    for status in ProgramStatus.values:
        make_listing(slug=f"found-{status}", status=status, as_of=PartialDate(2020, 4))
        make_listing(slug=f"own-{status}", claim="own", organization=here, status=status)
    for precision in Precision.values:
        make_listing(slug=f"at-{precision}", precision=precision, latitude=10.5, longitude=20.25)


def document_of(slug, kind="services"):
    """The document of the listing with this slug."""
    return read(f"/{kind}/{Listing.objects.get(slug=slug).pk}")
