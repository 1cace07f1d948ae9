"""Vocabularies of places of detention."""

from django.db import models
from django.utils.translation import pgettext_lazy


class FacilityKind(models.TextChoices):
    """Under which kind of law people are held."""

    ADMINISTRATIVE = "administrative", pgettext_lazy("kind of detention", "Immigration detention")
    CRIMINAL = "criminal", pgettext_lazy("kind of detention", "Prison or jail")
    AD_HOC = "ad_hoc", pgettext_lazy("kind of detention", "Improvised")
    MILITARY = "military", pgettext_lazy("kind of detention", "Military")
    UNKNOWN = "unknown", pgettext_lazy("kind of detention", "Kind unknown")


class FacilitySetting(models.TextChoices):
    """What kind of building or place it is."""

    DEDICATED_CENTRE = "dedicated_centre", pgettext_lazy("kind of place", "Detention centre")
    PRISON_JAIL = "prison_jail", pgettext_lazy("kind of place", "Prison or jail")
    POLICE = "police", pgettext_lazy("kind of place", "Police station")
    AIRPORT_PORT_BORDER = (
        "airport_port_border",
        pgettext_lazy("kind of place", "Airport, port or border"),
    )
    HOTEL = "hotel", pgettext_lazy("kind of place", "Hotel")
    HOSPITAL = "hospital", pgettext_lazy("kind of place", "Hospital")
    MILITARY_BASE = "military_base", pgettext_lazy("kind of place", "Military base")
    SHIP = "ship", pgettext_lazy("kind of place", "Ship")
    FAMILY_UNIT = "family_unit", pgettext_lazy("kind of place", "Family unit")
    JUVENILE = "juvenile", pgettext_lazy("kind of place", "For children and young people")
    OFFSHORE = "offshore", pgettext_lazy("kind of place", "Offshore")
    STAGING = "staging", pgettext_lazy("kind of place", "Staging facility")
    OTHER = "other", pgettext_lazy("kind of place", "Other place")
    UNKNOWN = "unknown", pgettext_lazy("kind of place", "Kind of place unknown")


class FacilityStatus(models.TextChoices):
    """Whether people are held there."""

    PLANNED = "planned", pgettext_lazy("status of a place", "Planned")
    OPEN = "open", pgettext_lazy("status of a place", "Open")
    PAUSED = "paused", pgettext_lazy("status of a place", "Paused")
    TEMPORARILY_CLOSED = (
        "temporarily_closed",
        pgettext_lazy("status of a place", "Closed for a time"),
    )
    CLOSED = "closed", pgettext_lazy("status of a place", "Closed")
    UNKNOWN = "unknown", pgettext_lazy("status of a place", "Status unknown")


class OperatorKind(models.TextChoices):
    """Who runs it."""

    STATE = "state", pgettext_lazy("kind of operator", "The state")
    PRIVATE = "private", pgettext_lazy("kind of operator", "A private company")
    NGO = "ngo", pgettext_lazy("kind of operator", "A non-profit organization")
    MIXED = "mixed", pgettext_lazy("kind of operator", "State and company together")
    UNKNOWN = "unknown", pgettext_lazy("kind of operator", "Not known")
