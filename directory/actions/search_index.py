"""Making the index of the search anew, and keeping its vocabulary clean."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice

from django.db import transaction
from django.utils import timezone

from directory.actions.indexing import (
    forget_unused_words,
    index_card,
    index_facilities,
    index_listings,
    learn_missing_words,
    places_of,
)
from directory.models import (
    CardWord,
    Facility,
    FacilityWord,
    Listing,
    ListingWord,
    OrganizationCard,
    WordForm,
)
from directory.queries.search.words import INDEX_VERSION
from network.actions.audit import record
from network.actions.jobs import finish_job
from network.models import Job
from network.permissions import Permission, require
from network.tenancy import Actor, Purpose, acting

JOB = "search_index"
AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """How many rows the index was made anew for."""

    listings: int
    facilities: int
    organizations: int


def rebuild_search(actor: Actor) -> Rebuilt:
    """Make the index of the search anew from the public rows, in one transaction.

    Until it is done the old index answers. It reads a few hundred rows at a time.

    Raises:
        Refused: the actor may not import.
    """
    require(actor, Permission.LISTING_IMPORT)
    started = timezone.now()
    with acting(actor):
        for model in (ListingWord, FacilityWord, CardWord, WordForm):
            model.objects.all().delete()
        rebuilt = Rebuilt(_listings(), _facilities(), _cards())
        record(actor, "search.rebuilt", object_kind="search_index")
        finish_job(JOB, started=started, result={"version": INDEX_VERSION})
    return rebuilt


def keep_search_current(actor: Actor) -> Rebuilt | None:
    """Make the index anew where it was made by another version of the code; else nothing.

    Of several processes that start at once one does it, and the others wait for it.

    Raises:
        Refused: the actor may not import.
    """
    if _is_current():
        return None
    with transaction.atomic():
        Job.objects.get_or_create(name=JOB)
        # Not read before: another process may have done it while this one waited here.
        Job.objects.select_for_update().get(name=JOB)
        return None if _is_current() else rebuild_search(actor)


def purge_search(actor: Actor) -> dict[str, int]:
    """Take words out of the vocabulary that no public row holds, and add any that it lacks.

    Raises:
        ValueError: the actor is not the system acting to purge.
    """
    if actor.purpose is not Purpose.PURGE:
        raise ValueError("only the purge purges")
    with acting(actor):
        return {"words_forgotten": forget_unused_words(), "words_added": learn_missing_words()}


def _is_current() -> bool:
    result = Job.objects.filter(name=JOB).values_list("result", flat=True).first() or {}
    return bool(result.get("version") == INDEX_VERSION)


def _listings() -> int:
    number = 0
    found = Listing.objects.select_related("country").prefetch_related("visits").order_by("pk")
    rows = found.iterator(chunk_size=AT_ONCE)
    while some := list(islice(rows, AT_ONCE)):
        index_listings(some, places_of(some))
        number += len(some)
    return number


def _facilities() -> int:
    number = 0
    rows = Facility.objects.select_related("country").order_by("pk").iterator(AT_ONCE)
    while some := list(islice(rows, AT_ONCE)):
        index_facilities(some)
        number += len(some)
    return number


def _cards() -> int:
    cards = list(OrganizationCard.objects.order_by("pk"))
    for card in cards:
        index_card(card)
    return len(cards)
