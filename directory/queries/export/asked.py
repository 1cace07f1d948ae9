"""The rows of an export that tell what a group asked of others, and others of it.

They hold what its pages show it. How to reach another group stays with that group.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from django.db.models import Q

from directory.models import Application, MentorOffer, MentorRequest, Vouch
from directory.queries.export.parts import in_parts
from directory.queries.mentors import cards_of
from network.models import Organization
from network.tenancy import Actor, Purpose, acting, system

Row = dict[str, Any]
OFFER = ("is_open", "languages", "text")
_EMAIL = "person_email"


def application_rows(organization: Organization, *, with_emails: bool) -> Iterator[Row]:
    """Its applications, with the talk about each and how each ended; never which steward decided.

    The address of whoever applied is in them only `with_emails`, as those of members are.
    """
    rows = Application.objects.filter(organization=organization).order_by("created_at", "id")
    for row in rows.prefetch_related("notes", "proofs"):
        hidden = () if with_emails else (_EMAIL,)
        answers = {key: value for key, value in row.answers.items() if key not in hidden}
        yield {"id": row.pk, **_application(row), "answers": answers}


def vouch_rows(organization: Organization) -> Iterator[Row]:
    """Vouches that it was asked for, and those that it asked for: of these not the statements."""
    asked_of = Vouch.objects.filter(organization=organization).select_related("application")
    for vouch in in_parts(asked_of.order_by("created_at", "id")):
        name = str(vouch.application.answers.get("name", ""))
        yield {
            **_vouch(vouch, "asked_of_us", {"id": vouch.applicant_id, "name": name}),
            "statement": vouch.statement,
            "given_at": vouch.given_at,
            "ended_at": vouch.ended_at,
        }
    asked_for = Vouch.objects.beyond_scope().filter(applicant=organization)
    found = list(asked_for.order_by("created_at", "id"))
    names = _names(one.organization_id for one in found)
    for vouch in found:
        group = {"id": vouch.organization_id, "name": names.get(vouch.organization_id, "")}
        yield _vouch(vouch, "asked_by_us", group)


def mentoring_rows(organization: Organization) -> Iterator[Row]:
    """Its offer of help, what it asked of mentors, and what beginners asked of it."""
    for offer in MentorOffer.objects.filter(organization=organization):
        told = {name: getattr(offer, name) for name in OFFER}
        yield {"id": offer.pk, "created_at": offer.created_at, "kind": "offer", **told}
    side = Q(organization=organization) | Q(mentor=organization)
    rows = MentorRequest.objects.beyond_scope().filter(side).select_related("facility")
    found = list(rows.order_by("created_at", "id"))
    names = _names(other for one in found for other in (one.organization_id, one.mentor_id))
    for one in found:
        yield _request(one, organization, names)


def applications_of_person(actor: Actor) -> list[Row]:
    """What the actor applied for, in whatever group, for the copy of their own account.

    Whoever has left that group still has their own words; the talk about them is the group's.
    """
    with acting(system(Purpose.OPERATOR, via=actor.via), is_reading=True):
        rows = Application.objects.beyond_scope().filter(person_id=actor.someone)
        found = list(rows.select_related("organization").order_by("created_at", "id"))
    return [
        {
            "organization": one.organization.slug,
            "kind": one.kind,
            "state": one.state,
            "answers": one.answers,
            "created_at": one.created_at.isoformat(),
            "submitted_at": one.submitted_at.isoformat() if one.submitted_at else None,
            "decided_at": one.decided_at.isoformat() if one.decided_at else None,
        }
        for one in found
    ]


def _application(row: Application) -> Row:
    names = ("created_at", "kind", "state", "language", "listing_slug", "submitted_at")
    told = (*names, "decided_at", "reason", "public_reason")
    return {
        **{name: getattr(row, name) for name in told},
        "notes": [
            {"author": one.author, "created_at": one.created_at, "body": one.body}
            for one in row.notes.all()
        ],
        "proofs": [
            {"domain": one.domain, "confirmed_at": one.confirmed_at} for one in row.proofs.all()
        ],
    }


def _vouch(vouch: Vouch, side: str, group: Row) -> Row:
    return {
        "id": vouch.pk,
        "created_at": vouch.created_at,
        "kind": side,
        "group": group,
        "state": vouch.state,
        "message": vouch.message,
    }


def _request(one: MentorRequest, organization: Organization, names: dict[UUID, str]) -> Row:
    is_own = one.organization_id == organization.pk
    other = one.mentor_id if is_own else one.organization_id
    return {
        "id": one.pk,
        "created_at": one.created_at,
        "kind": "asked_by_us" if is_own else "asked_of_us",
        "group": {"id": other, "name": names.get(other, "")},
        "facility_slug": one.facility.slug if one.facility else None,
        "state": one.state,
        "text": one.text,
        "contact": one.contact if is_own else one.mentor_contact,
        "answer": one.answer,
        "answered_at": one.answered_at,
        "ended_at": one.ended_at,
    }


def _names(organizations: Iterable[UUID]) -> dict[UUID, str]:
    """The public names of groups; one that is public no more has none."""
    return {key: card.name for key, card in cards_of(set(organizations)).items()}
