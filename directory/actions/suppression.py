"""Take us off: removing a listing for good."""

from __future__ import annotations

from django.db import transaction

from directory.models import Listing, Suppression
from network.actions.audit import record
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
    its slug, the day and the reason given. A group's own working copy stays with the group.

    Raises:
        Refused: the actor may not take listings off.
        NotListedError: there is and was no such listing.
        ValueError: the reason is longer than 200 characters.
    """
    require(actor, Permission.LISTING_SUPPRESS)
    if len(reason) > LONGEST_REASON:
        raise ValueError(f"Shorten the reason to {LONGEST_REASON} characters.")
    listing = Listing.objects.select_for_update().filter(slug=slug).first()
    is_suppressed = Suppression.objects.filter(kind=Suppression.Kind.LISTING, slug=slug).exists()
    if listing is None:
        if is_suppressed:
            return False
        raise NotListedError(
            f"Nothing is listed as {slug!r}. Take the last part of the address of its page."
        )
    if not is_suppressed:
        Suppression.objects.create(kind=Suppression.Kind.LISTING, slug=slug, reason=reason)
    # Only the id: the log must not keep the name of a group that asked to be gone.
    record(actor, "listing.suppressed", object_kind="listing", object_id=listing.pk)
    listing.delete()
    publish(ListingSuppressed(slug))
    return True
