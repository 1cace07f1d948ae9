"""Ways in: how a group comes to this node, and what becomes of it."""

from django.db import models
from django.utils.translation import pgettext_lazy


class ApplicationKind(models.TextChoices):
    """What an application asks for."""

    REGISTER = "register", pgettext_lazy("kind of application", "Register a program")
    CLAIM = "claim", pgettext_lazy("kind of application", "Take over an entry")
    START = "start", pgettext_lazy("kind of application", "Start visiting")


class ApplicationState(models.TextChoices):
    """How far an application is. Seen by the applicant at every step."""

    DRAFT = "draft", pgettext_lazy("state of an application", "Not sent yet")
    WAITING = "waiting", pgettext_lazy("state of an application", "With the stewards")
    ASKED = "asked", pgettext_lazy("state of an application", "A question to you")
    APPROVED = "approved", pgettext_lazy("state of an application", "Approved")
    REFUSED = "refused", pgettext_lazy("state of an application", "Refused")
    WITHDRAWN = "withdrawn", pgettext_lazy("state of an application", "Withdrawn")

    @property
    def is_open(self) -> bool:
        """Whether it can still be approved."""
        return self.value in ("draft", "waiting", "asked")


class NoteAuthor(models.TextChoices):
    """Which side wrote a line of the conversation about an application."""

    APPLICANT = "applicant", pgettext_lazy("who wrote", "The group")
    STEWARD = "steward", pgettext_lazy("who wrote", "A steward")


class VouchState(models.TextChoices):
    """What a group that was asked to vouch has answered."""

    ASKED = "asked", pgettext_lazy("state of a vouch", "Asked")
    GIVEN = "given", pgettext_lazy("state of a vouch", "Given")
    DECLINED = "declined", pgettext_lazy("state of a vouch", "Declined")
    WITHDRAWN = "withdrawn", pgettext_lazy("state of a vouch", "Withdrawn")


class ObjectionState(models.TextChoices):
    """What the stewards made of an objection to a claim."""

    OPEN = "open", pgettext_lazy("state of an objection", "Open")
    UPHELD = "upheld", pgettext_lazy("state of an objection", "Upheld")
    DISMISSED = "dismissed", pgettext_lazy("state of an objection", "Dismissed")


class IndependenceReason(models.TextChoices):
    """Why a vouch that was given does not count. None of them names a person."""

    NOT_VERIFIED = (
        "not_verified",
        pgettext_lazy("why a vouch does not count", "The group is not verified any more"),
    )
    YOUNG = (
        "young",
        pgettext_lazy("why a vouch does not count", "The group is verified for less than 30 days"),
    )
    MEMBER_OF_APPLICANT = (
        "member_of_applicant",
        pgettext_lazy("why a vouch does not count", "It shares a member with the group that asks"),
    )
    MEMBER_OF_OTHER = (
        "member_of_other",
        pgettext_lazy("why a vouch does not count", "It shares a member with another voucher"),
    )
    COALITION = (
        "coalition",
        pgettext_lazy("why a vouch does not count", "It is in a coalition with one of the others"),
    )
    MUTUAL = (
        "mutual",
        pgettext_lazy("why a vouch does not count", "They vouched for each other within 90 days"),
    )
