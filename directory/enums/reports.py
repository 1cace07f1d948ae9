"""Reports from the public, and what the stewards make of them."""

from django.db import models
from django.utils.translation import pgettext_lazy


class ReportKind(models.TextChoices):
    """What somebody says about an entry."""

    WRONG = "wrong", pgettext_lazy("report on an entry", "Something in it is wrong")
    CLOSED = "closed", pgettext_lazy("report on an entry", "It does not exist any more")
    DANGEROUS = "dangerous", pgettext_lazy("report on an entry", "It is dangerous for people")
    TAKE_OFF = "take_off", pgettext_lazy("report on an entry", "This is us: take us off")
    OTHER = "other", pgettext_lazy("report on an entry", "Something else")


class ReportDecision(models.TextChoices):
    """What became of a report; empty while it waits."""

    NOTHING = "nothing", pgettext_lazy("decision on a report", "Left as it is")
    FORWARDED = "forwarded", pgettext_lazy("decision on a report", "Sent on to the group")
    TAKEN_OFF = "taken_off", pgettext_lazy("decision on a report", "Taken off for good")


class ReportSubject(models.TextChoices):
    """What kind of entry a report is about."""

    PROGRAM = "program", pgettext_lazy("what a report is about", "Program")
    FACILITY = "facility", pgettext_lazy("what a report is about", "Place of detention")
