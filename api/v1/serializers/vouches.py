"""Vouches and proofs by mail as the API tells them to each side."""

from __future__ import annotations

from typing import Any

from directory.enums import ApplicationState
from directory.models import DomainProof, OrganizationCard, Vouch
from directory.queries.application_answers import shown_to_vouchers
from directory.queries.vouches import Independence


def application_vouch(
    vouch: Vouch, card: OrganizationCard | None, judged: Independence | None
) -> dict[str, Any]:
    """One vouch as the group that applies reads it."""
    return {
        "id": vouch.pk,
        "organization": card and {"id": card.pk, "slug": card.slug, "name": card.name},
        "state": vouch.state,
        "message": vouch.message,
        "statement": vouch.statement,
        "counts": judged and judged.counts,
        "reasons": list(judged.reasons) if judged else [],
        "created_at": vouch.created_at,
        "given_at": vouch.given_at,
    }


def asked_vouch(vouch: Vouch) -> dict[str, Any]:
    """One request to vouch, with its application, as the group that is asked reads it."""
    application = vouch.application
    answers = shown_to_vouchers(application)
    return {
        "id": vouch.pk,
        "state": vouch.state,
        "kind": application.kind,
        "name": str(answers.get("name", "")),
        "answers": answers,
        "message": vouch.message,
        "statement": vouch.statement,
        "is_open": ApplicationState(application.state).is_open,
        "created_at": vouch.created_at,
        "given_at": vouch.given_at,
    }


def proof_document(proof: DomainProof) -> dict[str, Any]:
    """One mail of proof; never its link."""
    return {
        "id": proof.pk,
        "email": proof.email,
        "domain": proof.domain,
        "created_at": proof.created_at,
        "expires_at": proof.expires_at,
        "confirmed_at": proof.confirmed_at,
    }
