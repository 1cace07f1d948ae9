"""Towns for tests, written out, with others of the same name beside them."""

from __future__ import annotations

import itertools
from collections.abc import Iterable

from directory.actions.gazetteer import Town, load_gazetteer
from directory.enums import Claim
from directory.models import Listing
from network.tenancy import Purpose, acting, system
from tests.factories import make_country

ACTOR = system(Purpose.IMPORT)
_numbers = itertools.count(1)


def town(number, name, country, point, population, *others, admin1="", zone=""):
    latitude, longitude = point
    return Town(
        geoname_id=number,
        name=name,
        others=others,
        country=country,
        admin1=admin1,
        latitude=latitude,
        longitude=longitude,
        population=population,
        zone=zone,
    )


LYON = town(
    1,
    "Lyon",
    "FR",
    (45.75, 4.85),
    522_000,
    "LYS",
    "Lyons",
    "Лион",
    "ליון",
    "リヨン",
    "ليون",
    "لیون",
)
TOWNS = (
    LYON,
    town(2, "Paris", "FR", (48.85, 2.35), 2_100_000, "Parigi", "باريس", zone="Europe/Paris"),
    town(3, "Paris", "US", (33.66, -95.56), 25_000, admin1="TX"),
    town(4, "Birmingham", "GB", (52.48, -1.9), 1_140_000, admin1="ENG"),
    town(5, "Birmingham", "US", (33.52, -86.8), 212_000, admin1="AL"),
    town(6, "San José", "CR", (9.93, -84.08), 335_000),
    town(7, "San Jose", "US", (37.34, -121.89), 1_000_000, admin1="CA"),
    town(8, "Tunis", "TN", (36.82, 10.17), 693_000, "تونس", "توونس", "twns", zone="Africa/Tunis"),
    town(9, "Toronto", "CA", (43.7, -79.4), 2_700_000, "York", admin1="08"),
    town(10, "York", "GB", (53.96, -1.08), 153_000, admin1="ENG"),
    town(11, "Rome", "IT", (41.89, 12.51), 2_300_000, "Roma"),
    town(12, "Roma", "RO", (47.85, 26.6), 16_000),
    town(
        13,
        "London",
        "GB",
        (51.51, -0.13),
        8_900_000,
        "Londres",
        admin1="ENG",
        zone="Europe/London",
    ),
    town(14, "London", "CA", (42.98, -81.23), 346_000, admin1="08"),
    town(15, "Villeurbanne", "FR", (45.77, 4.88), 131_000),
    town(16, "St. Louis", "US", (38.63, -90.2), 315_000, admin1="MO"),
    town(17, "Lebanon", "US", (36.2, -86.29), 30_000, admin1="TN"),
    town(18, "L'Aquila", "IT", (42.35, 13.4), 69_000),
    town(19, "Portland", "US", (45.52, -122.68), 630_000, admin1="OR"),
    town(20, "Portland", "US", (43.66, -70.26), 66_000, admin1="ME"),
    town(21, "Port of Spain", "TT", (10.67, -61.52), 49_000),
    town(22, "Suva", "FJ", (-18.14, 178.44), 77_000),
    town(23, "100% Town", "FR", (44.0, 3.0), 15_000),
)
NAMES = {
    "FR": {"en": "France", "es": "Francia", "ar": "فرنسا"},
    "US": {"en": "United States", "fr": "États-Unis"},
    "GB": {"en": "United Kingdom", "ar": "المملكة المتحدة"},
    "CR": {"en": "Costa Rica"},
    "TN": {"en": "Tunisia", "fr": "Tunisie", "ar": "تونس"},
    "LB": {"en": "Lebanon", "fr": "Liban"},
    "CA": {"en": "Canada"},
    "ES": {"en": "Spain"},
}
CENTRES = {"TN": (34.1, 9.6), "LB": (33.9, 35.9), "FR": (46.5, 2.5), "US": (39.8, -98.6)}


def load_towns(towns: Iterable[Town] = TOWNS):
    return load_gazetteer(ACTOR, towns=towns)


def load_countries():
    for iso2, names in NAMES.items():
        latitude, longitude = CENTRES.get(iso2, (None, None))
        make_country(iso2, names=names, latitude=latitude, longitude=longitude)


def add_listings(*points, **values):
    """Listings at these points, in one statement; each with a slug of its own."""
    country = make_country()
    rows = [
        Listing(
            slug=f"at-{next(_numbers):06}",
            name="Visitors",
            claim=Claim.UNCLAIMED,
            country=country,
            latitude=latitude,
            longitude=longitude,
            **{"precision": "locality", **values},
        )
        for latitude, longitude in points
    ]
    with acting(system(Purpose.OPERATOR)):
        return Listing.objects.bulk_create(rows)
