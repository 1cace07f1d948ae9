"""Vocabularies of programs and their listings."""

from django.db import models
from django.utils.translation import pgettext_lazy


class ProgramStatus(models.TextChoices):
    """Whether a program is at work."""

    FORMING = "forming", pgettext_lazy("status of a program", "Forming")
    ACTIVE = "active", pgettext_lazy("status of a program", "Active")
    PAUSED = "paused", pgettext_lazy("status of a program", "Paused")
    SUSPENDED_BY_AUTHORITY = (
        "suspended_by_authority",
        pgettext_lazy("status of a program", "Suspended by the authority"),
    )
    CLOSED = "closed", pgettext_lazy("status of a program", "Closed")
    UNKNOWN = "unknown", pgettext_lazy("status of a program", "Status unknown")


class Precision(models.TextChoices):
    """How exactly a point says where something is."""

    EXACT = "exact", pgettext_lazy("precision of a place", "The place itself")
    GRID = "grid", pgettext_lazy("precision of a place", "Within about ten kilometres")
    LOCALITY = "locality", pgettext_lazy("precision of a place", "The town, not an address")
    REGION = "region", pgettext_lazy("precision of a place", "The region")
    COUNTRY = "country", pgettext_lazy("precision of a place", "The country only")
    WITHHELD = "withheld", pgettext_lazy("precision of a place", "Withheld by the group")


class Freshness(models.TextChoices):
    """How long ago somebody confirmed an entry, or its source was dated."""

    FRESH = "fresh", pgettext_lazy("age of an entry", "Up to 90 days old")
    AGEING = "ageing", pgettext_lazy("age of an entry", "91 to 180 days old")
    STALE = "stale", pgettext_lazy("age of an entry", "Older than 180 days")
    UNKNOWN = "unknown", pgettext_lazy("age of an entry", "Date unknown")


class Claim(models.TextChoices):
    """Who wrote an entry."""

    OWN = "own", pgettext_lazy("who wrote an entry", "Written by the group")
    UNCLAIMED = "unclaimed", pgettext_lazy("who wrote an entry", "Found in a source")
    REMOTE = "remote", pgettext_lazy("who wrote an entry", "Sent by another node")


class Service(models.TextChoices):
    """What a program does."""

    VISITS = "visits", pgettext_lazy("what a program does", "Visits")
    BEFRIENDING = "befriending", pgettext_lazy("what a program does", "Befriending")
    PHONE = "phone", pgettext_lazy("what a program does", "Telephone calls")
    LETTERS = "letters", pgettext_lazy("what a program does", "Letters")
    LEGAL_REFERRAL = "legal_referral", pgettext_lazy("what a program does", "Finding a lawyer")
    LEGAL_AID = "legal_aid", pgettext_lazy("what a program does", "Legal help")
    CASEWORK = "casework", pgettext_lazy("what a program does", "Casework")
    INTERPRETATION = "interpretation", pgettext_lazy("what a program does", "Interpreting")
    PASTORAL = "pastoral", pgettext_lazy("what a program does", "Pastoral care")
    PSYCHOSOCIAL = (
        "psychosocial",
        pgettext_lazy("what a program does", "Counselling and psychological support"),
    )
    PRACTICAL_SUPPORT = "practical_support", pgettext_lazy("what a program does", "Practical help")
    POST_RELEASE = "post_release", pgettext_lazy("what a program does", "Help after release")
    HOUSING = "housing", pgettext_lazy("what a program does", "Housing")
    ACCOMPANIMENT = (
        "accompaniment",
        pgettext_lazy("what a program does", "Going along to appointments"),
    )
    TRANSPORT = "transport", pgettext_lazy("what a program does", "Transport")
    FAMILY_CONTACT = (
        "family_contact",
        pgettext_lazy("what a program does", "Contact with families"),
    )
    COURT_SUPPORT = "court_support", pgettext_lazy("what a program does", "Support in court")
    HOTLINE = "hotline", pgettext_lazy("what a program does", "Hotline")
    TRAINING = "training", pgettext_lazy("what a program does", "Training")
    MONITORING = "monitoring", pgettext_lazy("what a program does", "Monitoring")
    ADVOCACY = "advocacy", pgettext_lazy("what a program does", "Advocacy")
    RESEARCH = "research", pgettext_lazy("what a program does", "Research")
    NETWORK_SUPPORT = (
        "network_support",
        pgettext_lazy("what a program does", "Support for other groups"),
    )
    INFORMATION = "information", pgettext_lazy("what a program does", "Information")
    OTHER = "other", pgettext_lazy("what a program does", "Other")
