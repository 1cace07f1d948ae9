"""Claims of a group about places of detention."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from directory.actions.revisions import change_revision
from directory.actions.stating.authors import be_known, speaking_organization
from directory.actions.stating.claim_values import Claimed, checked_claim
from directory.actions.stating.errors import StaleError
from directory.actions.stating.places import locked_place, show_place
from directory.models import Facility, FacilityClaim
from network.actions.audit import record
from network.permissions import Permission, Refused
from network.tenancy import Actor

_SAME = ("values", "source_url", "as_of", "text_language")


@transaction.atomic
def state_facility(
    actor: Actor,
    *,
    facility: Facility,
    values: Mapping[str, Any],
    seen: UUID | None,
    has_looked: bool = False,
) -> FacilityClaim:
    """The organization's present claim about a place, in place of the one before.

    `values` are the fields of `claim_values.FIELDS`, as a form or a request has them. `seen` is
    the present claim that the editor began from, None where there was none. The place shows what
    the display rule picks from all claims; those of others stay. The same again changes nothing.
    `has_looked` says that nobody in detention can be recognised by a text.

    Raises:
        Refused: the actor may not state anything for the organization.
        StaleError: a colleague stated or withdrew something meanwhile.
        ValidationError: the organization is not verified, the place is a duplicate, or a value
            is refused, by field; `identifies` where `has_looked` must answer.
    """
    organization = speaking_organization(actor)
    claimed = checked_claim(values, has_looked=has_looked)
    place = locked_place(facility)
    present = _present(place, organization.slug)
    if present is not None and _says(present, claimed):
        return present
    if (present.pk if present else None) != seen:
        raise StaleError(present)
    if present is not None:
        _withdraw(present)
    be_known(actor, organization)
    claim = FacilityClaim.objects.create(
        facility=place,
        author=organization.slug,
        values=claimed.values,
        source_url=claimed.source_url,
        as_of=claimed.as_of,
        text_language=claimed.text_language,
    )
    show_place(place, {*claimed.values, *(present.values if present else ())})
    _record(actor, "facility_claim.stated", claim)
    change_revision()
    return claim


@transaction.atomic
def withdraw_claim(actor: Actor, *, claim: FacilityClaim) -> None:
    """Take one's own claim back; the place shows what the others say. Twice changes nothing.

    The claim stays in the table, marked, and is public no more.

    Raises:
        Refused: the claim is another's, or the actor may not state anything.
        ValidationError: the organization is not verified.
    """
    organization = speaking_organization(actor)
    if claim.author != organization.slug:
        raise Refused(Permission.LEDGER_WRITE)
    place = Facility.objects.select_for_update().get(pk=claim.facility_id)
    present = FacilityClaim.objects.filter(pk=claim.pk, withdrawn_at=None).first()
    if present is None:
        return
    _withdraw(present)
    show_place(place, set(present.values))
    _record(actor, "facility_claim.withdrawn", present)
    change_revision()


def _present(place: Facility, author: str) -> FacilityClaim | None:
    return FacilityClaim.objects.filter(facility=place, author=author, withdrawn_at=None).first()


def _says(claim: FacilityClaim, claimed: Claimed) -> bool:
    return all(getattr(claim, name) == getattr(claimed, name) for name in _SAME)


def _withdraw(claim: FacilityClaim) -> None:
    FacilityClaim.objects.filter(pk=claim.pk).update(withdrawn_at=timezone.now())


def _record(actor: Actor, verb: str, claim: FacilityClaim) -> None:
    record(
        actor,
        verb,
        object_kind="facility_claim",
        object_id=claim.pk,
        facility=str(claim.facility_id),
        fields=sorted(claim.values),
    )
