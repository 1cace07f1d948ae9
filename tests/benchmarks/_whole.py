"""Listings as whole as real ones: texts in several languages, places visited, words to filter by.

What `_many` copies from the sample gets these, where a proof reads whole rows. The words of the
search are left out: nothing that is measured with these rows asks for them.
"""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

FIRST = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
LANGUAGES = ("en", "fr", "es", "ar", "de")
# One in so many rows has each.
LONG, SHORT, CONTACT = 10, 2, 3
_SENTENCES = {
    "en": "Volunteers visit people in detention every week and listen. ",
    "fr": "Des bénévoles rendent visite chaque semaine aux personnes retenues. ",
    "es": "Personas voluntarias visitan cada semana a quienes están detenidos. ",
    "ar": "يزور متطوعون المحتجزين كل أسبوع ويستمعون إليهم. ",
    "de": "Freiwillige besuchen jede Woche Menschen in der Abschiebehaft. ",
}


def write_whole(chance: random.Random, listing: Any, row: int) -> None:
    """Give a listing texts, and a date of change that no other has, a microsecond apart."""
    spoken = chance.sample(LANGUAGES, chance.randint(2, 3))
    if row % SHORT == 0:
        listing.summaries = {code: _SENTENCES[code] * 2 for code in spoken}
    if row % LONG == 0:
        listing.descriptions = {code: _SENTENCES[code] * chance.randint(5, 30) for code in spoken}
        listing.how_to_join = {code: _SENTENCES[code] * 3 for code in spoken}
    if row % CONTACT == 0:
        listing.contact = {"email": f"visits-{row}@example.org", "phone": "+44 20 7946 0000"}
        listing.website = f"https://visits-{row}.example/"
    listing.updated_at = FIRST + dt.timedelta(microseconds=row)


def add_facilities(number: int) -> None:
    """That many places of detention more, like those of the sample, under names of their own."""
    from directory.models import Facility

    sample = list(Facility.objects.filter(merged_into=None).order_by("slug"))
    fields = [field.attname for field in Facility._meta.concrete_fields if field.name != "id"]
    rows = []
    for row in range(number):
        like = sample[row % len(sample)]
        values = {name: getattr(like, name) for name in fields}
        rows.append(Facility(**{**values, "slug": f"place-{row}", "name": f"{like.name} {row}"}))
    Facility.objects.bulk_create(rows, batch_size=1000)


def add_children(chance: random.Random, listings: list[Any]) -> None:
    """The one to three places that each listing visits, the words it is filtered by, its document.

    In the transaction that writes the listings.
    """
    from directory.actions.documents import AT_ONCE, write_documents
    from directory.models import Facility, Listing, ListingFacility, ListingTag

    # A listing names no place twice, and places of the same name there are.
    by_name = dict(Facility.objects.order_by("pk").values_list("name", "pk"))
    places = sorted(by_name.items(), key=lambda place: place[0])
    ListingFacility.objects.bulk_create(
        ListingFacility(listing_id=one.pk, facility_id=place, name=name, position=position)
        for one in listings
        for position, (name, place) in enumerate(chance.sample(places, chance.randint(1, 3)))
    )
    ListingTag.objects.bulk_create(
        ListingTag(listing_id=one.pk, kind=kind, value=value)
        for one in listings
        for kind, values in (("language", one.languages), ("service", one.services))
        for value in dict.fromkeys(values)
    )
    for first in range(0, len(listings), AT_ONCE):
        keys = [one.pk for one in listings[first : first + AT_ONCE]]
        write_documents(Listing.objects.filter(pk__in=keys))
