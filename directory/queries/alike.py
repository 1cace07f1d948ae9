"""Public entries and groups that an applicant may be already."""

from __future__ import annotations

from difflib import SequenceMatcher
from urllib.parse import urlsplit

from django.db.models import Q

from directory.models import Application, CardWord, Listing, ListingWord, OrganizationCard
from directory.queries.search.finding import best_of
from directory.queries.search.question import asked

NEAR = 0.82
MOST = 8


def alike(application: Application) -> list[Listing | OrganizationCard]:
    """Entries and groups that may be the same, at most 8: with the same website, or near in name.

    Near in name is looked for among those of the same country that share a word with the name, by
    the index of the search: the best 200 entries and the best 200 groups. At most ten queries,
    however many there are.
    """
    group, answers = application.organization, application.answers
    listings = Listing.objects.exclude(slug=application.listing_slug).defer("document")
    cards = OrganizationCard.objects.exclude(pk=group.pk)
    found: list[Listing | OrganizationCard] = []
    if host := _host(str(answers.get("website") or group.website)):
        same = Q(website__icontains=f"//{host}") | Q(website__icontains=f".{host}")
        found += listings.filter(same)[:MOST]
        found += cards.filter(same)[:MOST]
    name = str(answers.get("name") or group.name)
    country = str(answers.get("country") or group.country)
    question = asked(name)
    if question.words:
        named: list[Listing | OrganizationCard] = [
            *best_of(listings.filter(country__iso2=country), ListingWord, question),
            *best_of(cards.filter(country=country), CardWord, question),
        ]
        found += [one for one in named if one not in found and _is_near(name.casefold(), one)]
    return found[:MOST]


def _is_near(name: str, one: Listing | OrganizationCard) -> bool:
    names = {one.name, *one.names.values()}
    return any(SequenceMatcher(None, name, other.casefold()).ratio() >= NEAR for other in names)


def _host(address: str) -> str:
    host = (urlsplit(address).hostname or "").removeprefix("www.")
    return host if "." in host else ""
