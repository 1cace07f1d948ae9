"""Applications as the API tells them to their own group."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from directory.models import Application, ApplicationNote
from directory.queries.application_answers import missing_answers


def application_document(
    application: Application, notes: Iterable[ApplicationNote]
) -> dict[str, Any]:
    """One application with its talk."""
    return {
        "id": application.pk,
        "kind": application.kind,
        "state": application.state,
        "answers": application.answers,
        "missing": missing_answers(application),
        "listing": application.listing_slug or None,
        "submitted_at": application.submitted_at,
        "decided_at": application.decided_at,
        "reason": application.reason,
        "notes": [
            {"author": one.author, "body": one.body, "created_at": one.created_at} for one in notes
        ],
        "version": application.version,
    }
