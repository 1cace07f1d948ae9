"""What a group has stated about places of detention, for its own desk."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from directory.models import (
    AccessEvent,
    AccessReport,
    Facility,
    FacilityClaim,
    ProgramFacility,
    VisitingRule,
)
from directory.queries.orders import Order, by_name, moment
from network.models import Organization
from network.tenancy import Actor

REPORTS = Order("reports", ("created_at", "id"), moment, UUID, is_descending=True)
CLAIMS = Order("claims", ("created_at", "id"), moment, UUID, is_descending=True)
RULES = Order("rules", ("updated_at", "id"), moment, UUID, is_descending=True)
PLACES = by_name("desk places")

WAITING, RELEASED, CANCELLED, SUPERSEDED = "waiting", "released", "cancelled", "superseded"


def reports_of(actor: Actor) -> QuerySet[AccessReport]:
    """The reports of the organization acted for, with place and country. One query.

    `is_corrected` says whether a public entry supersedes that of the report, `is_being_corrected`
    whether a correction waits for its day.
    """
    after = AccessEvent.objects.filter(supersedes=OuterRef("released_event"))
    waiting = AccessReport.objects.filter(
        supersedes=OuterRef("released_event"), released_at=None, cancelled_at=None
    )
    rows = AccessReport.objects.filter(organization=actor.organization_id)
    return rows.annotate(
        is_corrected=Exists(after), is_being_corrected=Exists(waiting)
    ).select_related("facility", "country")


def state_of(report: Any) -> str:
    """`waiting`, `released`, `cancelled` or `superseded`, of a row of `reports_of`."""
    if report.cancelled_at is not None:
        return CANCELLED
    if report.released_at is None:
        return WAITING
    return SUPERSEDED if report.is_corrected else RELEASED


def claims_of(actor: Actor) -> QuerySet[FacilityClaim]:
    """The present claims of the organization acted for, with their places. One query."""
    rows = FacilityClaim.objects.filter(author__in=_slug_of(actor), withdrawn_at=None)
    return rows.select_related("facility__country")


def rules_of(actor: Actor) -> QuerySet[VisitingRule]:
    """The visiting rules that the organization acted for wrote, with their places. One query."""
    rows = VisitingRule.objects.filter(author__in=_slug_of(actor))
    return rows.select_related("facility__country", "country")


def own_places(actor: Actor) -> QuerySet[Facility]:
    """The places that its programs visit, and of which it has stated anything. One query.

    `is_visited` tells the former from the latter; a duplicate stands under what it was merged
    into.
    """
    visits = ProgramFacility.objects.filter(
        organization=actor.organization_id, program__deleted_at=None
    )
    here = Q(facility=OuterRef("pk")) | Q(facility__merged_into=OuterRef("pk"))
    signed = {"author__in": _slug_of(actor)}
    claims = FacilityClaim.objects.filter(here, withdrawn_at=None, **signed)
    rules = VisitingRule.objects.filter(here, **signed)
    reports = AccessReport.objects.filter(
        here, organization=actor.organization_id, cancelled_at=None
    )
    places = Facility.objects.filter(merged_into=None).select_related("country")
    return places.annotate(is_visited=Exists(visits.filter(here))).filter(
        Q(is_visited=True) | Exists(claims) | Exists(rules) | Exists(reports)
    )


def _slug_of(actor: Actor) -> Any:
    """The organization's slug, to be used within another question."""
    if actor.organization_id is None:
        return Organization.objects.none().values("slug")
    return Organization.objects.filter(pk=actor.organization_id).values("slug")
