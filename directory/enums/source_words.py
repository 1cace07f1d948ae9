"""From the words of sources to the vocabularies.

A word that stands here or is itself a value of the vocabulary is mapped; any other becomes the
vocabulary's `unknown` or `other`. The source's own word is kept beside the value in any case,
where the table has a column for it.
"""

from __future__ import annotations

from functools import cache
from typing import TypeVar

from django.db.models import TextChoices

from directory.enums.access import RightToVisit, StatedReason, VisitorCategory
from directory.enums.facility import FacilityKind, FacilitySetting, OperatorKind
from directory.enums.program import Precision, ProgramStatus, Service

_Choice = TypeVar("_Choice", bound=TextChoices)

PROGRAM_STATUS: dict[str, ProgramStatus] = {
    "ended": ProgramStatus.CLOSED,
    "suspended": ProgramStatus.SUSPENDED_BY_AUTHORITY,
}
PRECISION: dict[str, Precision] = {
    "address": Precision.EXACT,
    "approximate": Precision.REGION,
    "city": Precision.LOCALITY,
    "town": Precision.LOCALITY,
}
OPERATOR_IS_PRIVATE: dict[str, OperatorKind] = {
    "no": OperatorKind.STATE,
    "yes": OperatorKind.PRIVATE,
}
RIGHT_TO_VISIT: dict[str, RightToVisit] = {
    "none": RightToVisit.NO,
    "partial": RightToVisit.CONDITIONAL,
    "recognised": RightToVisit.YES,
}
STATED_REASON: dict[str, StatedReason] = {"unknown": StatedReason.NONE_GIVEN}
VISITOR_CATEGORY: dict[str, VisitorCategory] = {
    "clergy": VisitorCategory.RELIGIOUS,
    "family": VisitorCategory.FAMILY_FRIEND,
    "journalist": VisitorCategory.MEDIA,
    "lawyer": VisitorCategory.LEGAL,
    "ngo": VisitorCategory.NGO_MONITOR,
    "unhcr": VisitorCategory.UNHCR_IO,
    "volunteer": VisitorCategory.VOLUNTEER_VISITOR,
}
_ADMIN = FacilityKind.ADMINISTRATIVE
_CENTRE = FacilitySetting.DEDICATED_CENTRE
_PENAL = (FacilityKind.CRIMINAL, FacilitySetting.PRISON_JAIL)
_JAIL = (FacilityKind.UNKNOWN, FacilitySetting.PRISON_JAIL)

# The kind of a source says whose law holds, what kind of building it is, or both. "Prison or
# jail" is the building alone: some serve immigration detention only. Contract words of the
# United States: an IGSA is the immigration authority's own agreement for beds in a local jail,
# which says nothing about the law under which the jail holds people; beds of the Marshals Service
# and federal prisons are those of criminal justice.
FACILITY_KIND: dict[str, tuple[FacilityKind, FacilitySetting]] = {
    "airport_or_transit": (_ADMIN, FacilitySetting.AIRPORT_PORT_BORDER),
    "contract_detention_facility": (_ADMIN, _CENTRE),
    "dedicated_igsa": (_ADMIN, _CENTRE),
    "family": (_ADMIN, FacilitySetting.FAMILY_UNIT),
    "federal_prison": _PENAL,
    "hotel": (FacilityKind.AD_HOC, FacilitySetting.HOTEL),
    "immigration_detention_centre": (_ADMIN, _CENTRE),
    "local_jail_igsa": _JAIL,
    "migrant_operations_center": (_ADMIN, FacilitySetting.OFFSHORE),
    "other": (FacilityKind.UNKNOWN, FacilitySetting.OTHER),
    "police_or_border_post": (FacilityKind.UNKNOWN, FacilitySetting.POLICE),
    "prison_or_jail": _JAIL,
    "service_processing_center": (_ADMIN, _CENTRE),
    "staging": (_ADMIN, FacilitySetting.STAGING),
    "us_marshals_contract": _PENAL,
    "us_marshals_iga": _PENAL,
}

SERVICE: dict[str, Service] = {
    "advice": Service.INFORMATION,
    "advice_drop_in": Service.INFORMATION,
    "awareness": Service.ADVOCACY,
    "bond": Service.PRACTICAL_SUPPORT,
    "books": Service.PRACTICAL_SUPPORT,
    "commissary": Service.PRACTICAL_SUPPORT,
    "complaints": Service.CASEWORK,
    "conversation": Service.BEFRIENDING,
    "counselling": Service.PSYCHOSOCIAL,
    "court_accompaniment": Service.COURT_SUPPORT,
    "dialogue_with_authorities": Service.ADVOCACY,
    "documents": Service.CASEWORK,
    "family_visits": Service.FAMILY_CONTACT,
    "food": Service.PRACTICAL_SUPPORT,
    "guide": Service.INFORMATION,
    "hospitality": Service.HOUSING,
    "leadership_building": Service.TRAINING,
    "legal_help": Service.LEGAL_AID,
    "listening": Service.BEFRIENDING,
    "litigation": Service.LEGAL_AID,
    "material_help": Service.PRACTICAL_SUPPORT,
    "parole_support": Service.CASEWORK,
    "pastoral_care": Service.PASTORAL,
    "phone_credit": Service.PRACTICAL_SUPPORT,
    "phone_fund": Service.PRACTICAL_SUPPORT,
    "phone_support": Service.PHONE,
    "psychosocial_support": Service.PSYCHOSOCIAL,
    "reception_on_release": Service.POST_RELEASE,
    "referral": Service.INFORMATION,
    "signposting": Service.INFORMATION,
    "social_services": Service.CASEWORK,
    "social_support": Service.PSYCHOSOCIAL,
    "social_work": Service.CASEWORK,
    "supplies": Service.PRACTICAL_SUPPORT,
    "translation": Service.INTERPRETATION,
    "vigils": Service.ADVOCACY,
    "welcome_center": Service.POST_RELEASE,
}


def mapped(word: str, known: dict[str, _Choice], otherwise: _Choice) -> _Choice:
    """The value of a vocabulary for a source's word; `otherwise` where it has none.

    Case, spaces and hyphens of the source do not matter. An empty word is `otherwise` too.
    """
    key = key_of(word)
    if key in known:
        return known[key]
    vocabulary = type(otherwise)
    return vocabulary(key) if key in values_of(vocabulary) else otherwise


@cache
def values_of(vocabulary: type[TextChoices]) -> frozenset[str]:
    """The values of a vocabulary."""
    return frozenset(vocabulary.values)


def facility_kind(word: str) -> tuple[FacilityKind, FacilitySetting]:
    """Kind and setting for a source's word for a place; both unknown for a word without a map.

    A value of either vocabulary is taken for itself, the other side staying unknown.
    """
    key = key_of(word)
    if key in FACILITY_KIND:
        return FACILITY_KIND[key]
    return mapped(word, {}, FacilityKind.UNKNOWN), mapped(word, {}, FacilitySetting.UNKNOWN)


def is_service(word: str) -> bool:
    """Whether a source's word for a service has a value."""
    key = key_of(word)
    return key in SERVICE or key in values_of(Service)


def services_of(words: list[str]) -> list[str]:
    """The services for a source's words, each once, in the source's order."""
    found = (mapped(word, SERVICE, Service.OTHER).value for word in words)
    return list(dict.fromkeys(found))


def key_of(word: str) -> str:
    """A word as the mappings write it."""
    return "_".join(word.casefold().replace("-", " ").replace("_", " ").split())
