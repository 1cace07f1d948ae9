"""Help for beginners: what becomes of a request."""

from django.db import models
from django.utils.translation import pgettext_lazy


class MentorState(models.TextChoices):
    """How far a request for help is. Both groups see it."""

    ASKED = "asked", pgettext_lazy("state of a request for help", "Asked")
    ACCEPTED = "accepted", pgettext_lazy("state of a request for help", "Accepted")
    DECLINED = "declined", pgettext_lazy("state of a request for help", "Declined")
    WITHDRAWN = "withdrawn", pgettext_lazy("state of a request for help", "Withdrawn")
    ENDED = "ended", pgettext_lazy("state of a request for help", "Ended")
