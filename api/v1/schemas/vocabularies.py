"""The vocabularies: which words a field may hold, and what each means."""

from __future__ import annotations

import inspect

from django.db.models import TextChoices
from django.utils import translation

from api.v1.schemas.shapes import Schema
from directory import enums
from messaging.enums import ConversationKind, EventKind, EventState, SeenState
from network.enums import OrganizationKind, Role, Scope

VOCABULARIES: tuple[type[TextChoices], ...] = (
    enums.AccessStatus,
    enums.Attribution,
    enums.Claim,
    enums.Confidence,
    ConversationKind,
    EventKind,
    enums.EventScope,
    EventState,
    enums.FacilityKind,
    enums.FacilitySetting,
    enums.FacilityStatus,
    enums.Freshness,
    enums.OperatorKind,
    OrganizationKind,
    enums.Practice,
    enums.Precision,
    enums.ProgramStatus,
    enums.Retaliation,
    enums.RightInLaw,
    enums.RightToVisit,
    Role,
    Scope,
    SeenState,
    enums.Service,
    enums.SourceKind,
    enums.StatedReason,
    enums.VisitorCategory,
    enums.YesNo,
)
NAMES = {tuple(one.values): one.__name__ for one in VOCABULARIES}


def vocabulary_schemas() -> dict[str, Schema]:
    """Each vocabulary by its name, with the English words for each of its values."""
    with translation.override("en"):
        return {one.__name__: _vocabulary(one) for one in VOCABULARIES}


def _vocabulary(one: type[TextChoices]) -> Schema:
    lines = [f"- `{value}`: {label}" for value, label in one.choices]
    about = inspect.getdoc(one) or ""
    return {
        "type": "string",
        "enum": list(one.values),
        "description": "\n".join([about, "", *lines]),
    }
