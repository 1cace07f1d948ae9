"""Vocabularies of the directory: the values that the API speaks, with their words for people.

A word of a source that is not among them is kept as `source_value` and mapped to `unknown` (or
`other`), never refused; `directory.enums.source_words` holds the mappings.
"""

from directory.enums.access import (
    AccessStatus,
    Attribution,
    Confidence,
    EventScope,
    Practice,
    Retaliation,
    RightInLaw,
    RightToVisit,
    SourceKind,
    StatedReason,
    VisitorCategory,
    YesNo,
)
from directory.enums.facility import (
    FacilityKind,
    FacilitySetting,
    FacilityStatus,
    OperatorKind,
)
from directory.enums.mentoring import MentorState
from directory.enums.program import Claim, Freshness, Precision, ProgramStatus, Service
from directory.enums.reports import ReportDecision, ReportKind, ReportSubject
from directory.enums.ways_in import (
    ApplicationKind,
    ApplicationState,
    IndependenceReason,
    NoteAuthor,
    ObjectionState,
    VouchState,
)

__all__ = [
    "AccessStatus",
    "ApplicationKind",
    "ApplicationState",
    "Attribution",
    "Claim",
    "Confidence",
    "EventScope",
    "FacilityKind",
    "FacilitySetting",
    "FacilityStatus",
    "Freshness",
    "IndependenceReason",
    "MentorState",
    "NoteAuthor",
    "ObjectionState",
    "OperatorKind",
    "Practice",
    "Precision",
    "ProgramStatus",
    "ReportDecision",
    "ReportKind",
    "ReportSubject",
    "Retaliation",
    "RightInLaw",
    "RightToVisit",
    "Service",
    "SourceKind",
    "StatedReason",
    "VisitorCategory",
    "VouchState",
    "YesNo",
]
