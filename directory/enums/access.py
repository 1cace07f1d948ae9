"""Vocabularies of who may visit, in law, in practice and at one place."""

from django.db import models
from django.utils.translation import pgettext_lazy


class VisitorCategory(models.TextChoices):
    """Kinds of visitor."""

    FAMILY_FRIEND = "family_friend", pgettext_lazy("kind of visitor", "Family and friends")
    VOLUNTEER_VISITOR = "volunteer_visitor", pgettext_lazy("kind of visitor", "Volunteer visitors")
    NGO_MONITOR = "ngo_monitor", pgettext_lazy("kind of visitor", "Monitors from organizations")
    NPM_SPT = "npm_spt", pgettext_lazy("kind of visitor", "National and UN prevention bodies")
    LEGAL = "legal", pgettext_lazy("kind of visitor", "Lawyers")
    CONSULAR = "consular", pgettext_lazy("kind of visitor", "Consuls")
    RELIGIOUS = "religious", pgettext_lazy("kind of visitor", "Religious visitors")
    MEDICAL = "medical", pgettext_lazy("kind of visitor", "Doctors")
    MEDIA = "media", pgettext_lazy("kind of visitor", "Journalists")
    PARLIAMENTARIAN = "parliamentarian", pgettext_lazy("kind of visitor", "Members of parliament")
    UNHCR_IO = "unhcr_io", pgettext_lazy("kind of visitor", "UNHCR and other international bodies")
    UNKNOWN = "unknown", pgettext_lazy("kind of visitor", "Visitors of another kind")


class AccessStatus(models.TextChoices):
    """Whether a kind of visitor is let in."""

    OPEN = "open", pgettext_lazy("access to a place", "Open")
    RESTRICTED = "restricted", pgettext_lazy("access to a place", "Restricted")
    BY_PERMISSION_ONLY = (
        "by_permission_only",
        pgettext_lazy("access to a place", "By permission only"),
    )
    SUSPENDED = "suspended", pgettext_lazy("access to a place", "Suspended")
    BARRED = "barred", pgettext_lazy("access to a place", "Barred")
    NEVER_ALLOWED = "never_allowed", pgettext_lazy("access to a place", "Never allowed")
    UNKNOWN = "unknown", pgettext_lazy("access to a place", "Not known")


class StatedReason(models.TextChoices):
    """The reason that the authority gave."""

    PUBLIC_HEALTH = "public_health", pgettext_lazy("reason given by an authority", "Public health")
    SECURITY = "security", pgettext_lazy("reason given by an authority", "Security")
    STAFFING = "staffing", pgettext_lazy("reason given by an authority", "Too few staff")
    POLICY = "policy", pgettext_lazy("reason given by an authority", "Policy")
    PROGRAM_CRITICISM = (
        "program_criticism",
        pgettext_lazy("reason given by an authority", "Criticism by the program"),
    )
    NONE_GIVEN = "none_given", pgettext_lazy("reason given by an authority", "None given")
    OTHER = "other", pgettext_lazy("reason given by an authority", "Another reason")


class RightInLaw(models.TextChoices):
    """Whether the law gives this kind of visitor a right to visit."""

    YES = "yes", pgettext_lazy("right to visit in law", "Yes")
    CONDITIONAL = "conditional", pgettext_lazy("right to visit in law", "With conditions")
    NO = "no", pgettext_lazy("right to visit in law", "No")
    SILENT = "silent", pgettext_lazy("right to visit in law", "The source says nothing")
    UNKNOWN = "unknown", pgettext_lazy("right to visit in law", "Not known")


class Practice(models.TextChoices):
    """What happens to those who ask."""

    GRANTED = "granted", pgettext_lazy("right to visit in practice", "Granted")
    DISCRETIONARY = (
        "discretionary",
        pgettext_lazy("right to visit in practice", "Up to the centre"),
    )
    OFTEN_REFUSED = "often_refused", pgettext_lazy("right to visit in practice", "Often refused")
    REFUSED = "refused", pgettext_lazy("right to visit in practice", "Refused")
    UNKNOWN = "unknown", pgettext_lazy("right to visit in practice", "Not known")


class RightToVisit(models.TextChoices):
    """One reading of one statement about a country as a whole."""

    YES = "yes", pgettext_lazy("right to visit in a country", "Recognised")
    CONDITIONAL = "conditional", pgettext_lazy("right to visit in a country", "In part")
    NO = "no", pgettext_lazy("right to visit in a country", "None")
    UNKNOWN = "unknown", pgettext_lazy("right to visit in a country", "Not known")


class EventScope(models.TextChoices):
    """Whom an entry in the ledger is about."""

    ALL = "all", pgettext_lazy("whom an entry is about", "everybody")
    NAMED_PROGRAM = "named_program", pgettext_lazy("whom an entry is about", "one program")
    NAMED_PERSON = "named_person", pgettext_lazy("whom an entry is about", "one named person")


class Retaliation(models.TextChoices):
    """Whether a source alleges that access was taken in return for speech."""

    NO = "no", pgettext_lazy("retaliation", "No")
    ALLEGED = "alleged", pgettext_lazy("retaliation", "Alleged, not established")


class SourceKind(models.TextChoices):
    """What kind of source an entry rests on."""

    MEDIA = "media", pgettext_lazy("kind of source", "press")
    OFFICIAL_NOTICE = "official_notice", pgettext_lazy("kind of source", "notice of the authority")
    PARTNER = "partner", pgettext_lazy("kind of source", "another organization")
    COURT = "court", pgettext_lazy("kind of source", "court")
    FIRST_HAND = "first_hand", pgettext_lazy("kind of source", "first hand")
    OTHER = "other", pgettext_lazy("kind of source", "other")


class Confidence(models.TextChoices):
    """How many sources agree."""

    SINGLE = "single", pgettext_lazy("how sure", "One source")
    CONFIRMED = "confirmed", pgettext_lazy("how sure", "More than one source")


class Attribution(models.TextChoices):
    """How the author of an entry is named."""

    SOURCE = "source", pgettext_lazy("author of an entry", "The source alone")
    ORGANIZATION = "organization", pgettext_lazy("author of an entry", "An organization")
    COALITION = "coalition", pgettext_lazy("author of an entry", "A coalition")
    VERIFIED_PROGRAM = (
        "verified_program",
        pgettext_lazy("author of an entry", "A verified program"),
    )


class YesNo(models.TextChoices):
    """A fact that a source states or leaves open."""

    YES = "yes", pgettext_lazy("yes or no", "Yes")
    NO = "no", pgettext_lazy("yes or no", "No")
    UNKNOWN = "unknown", pgettext_lazy("yes or no", "Not stated")
