"""Take us off: removing a listing for good."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from directory.actions.indexing import forget_words, take_words
from directory.actions.removals import remove_listings
from directory.actions.revisions import change_revision
from directory.models import Claimed, Listing, Suppression
from network.actions.audit import record
from network.erasures import Erased, erase
from network.events import ListingSuppressed, publish
from network.permissions import Permission, require
from network.tenancy import Actor

LONGEST_REASON = 200


class NotListedError(Exception):
    """Nothing is or was listed under this slug; the text says what to do."""


@transaction.atomic
def suppress_listing(actor: Actor, *, slug: str, reason: str = "") -> bool:
    """Delete a listing and see to it that no importer, peer or backup brings it back.

    Whether anything changed: doing it again changes nothing. Nothing of the entry is kept but
    its slug, the day and the reason given. The addresses under which a group's program was found
    in sources before go with it. A group's own working copy stays with the group.

    Raises:
        Refused: the actor may not take listings off.
        NotListedError: there is and was no such listing.
        ValueError: the reason is longer than 200 characters.
    """
    require(actor, Permission.LISTING_SUPPRESS)
    if len(reason) > LONGEST_REASON:
        raise ValueError(f"Shorten the reason to {LONGEST_REASON} characters.")
    listing = Listing.objects.select_for_update().filter(slug=slug).first()
    slugs = _slugs_of(listing, slug)
    kind = Suppression.Kind.LISTING
    off = set(Suppression.objects.filter(kind=kind, slug__in=slugs).values_list("slug", flat=True))
    Suppression.objects.bulk_create(
        Suppression(kind=kind, slug=one, reason=reason) for one in sorted(slugs - off)
    )
    for one in sorted(slugs - off):
        erase(Erased.LISTING, one)
    if listing is None:
        if slug in off:
            return False
        record(actor, "listing.suppressed", object_kind="listing")
        publish(ListingSuppressed(slug))
        return True
    # Only the id: the log must not keep the name of a group that asked to be gone.
    record(actor, "listing.suppressed", object_kind="listing", object_id=listing.pk)
    listed = Listing.objects.filter(pk=listing.pk)
    words = take_words(listed)
    remove_listings(listed)
    forget_words(words)
    change_revision()
    publish(ListingSuppressed(slug))
    return True


@transaction.atomic
def keep_off(actor: Actor, *, slugs: Iterable[str]) -> int:
    """See to it that what was taken off before stays off; how many listings were there again.

    For a restored backup, which is older than the wish.

    Raises:
        Refused: the actor may not take listings off.
    """
    require(actor, Permission.LISTING_SUPPRESS)
    kind = Suppression.Kind.LISTING
    off = set(Suppression.objects.filter(kind=kind).values_list("slug", flat=True))
    Suppression.objects.bulk_create(
        Suppression(kind=kind, slug=slug) for slug in sorted(set(slugs) - off)
    )
    listed = Listing.objects.filter(
        slug__in=Suppression.objects.filter(kind=kind).values("slug"),
    )
    words = take_words(listed)
    removed = remove_listings(listed)
    forget_words(words)
    if removed:
        change_revision()
    return removed


def _slugs_of(listing: Listing | None, slug: str) -> set[str]:
    """The slug, and those that its program took over from sources; all are off together.

    Raises:
        NotListedError: nothing is or was listed under the slug.
    """
    program = listing.pk if listing else None
    if listing is None:
        claimed = Claimed.objects.filter(slug=slug).first()
        if (
            claimed is None
            and not Suppression.objects.filter(kind=Suppression.Kind.LISTING, slug=slug).exists()
        ):
            raise NotListedError(
                f"Nothing is listed as {slug!r}. Take the last part of the address of its page."
            )
        # An old address of a program that is shown under another one says nothing about that one.
        if claimed and not Listing.objects.filter(pk=claimed.program_id).exists():
            program = claimed.program_id
    taken = Claimed.objects.filter(program_id=program) if program else Claimed.objects.none()
    return {slug, *taken.values_list("slug", flat=True)}
