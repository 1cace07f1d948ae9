"""Vocabularies of the messenger."""

from django.db import models
from django.utils.translation import pgettext_lazy


class ConversationKind(models.TextChoices):
    """Who takes part, and how they come in."""

    DIRECT = "direct", pgettext_lazy("kind of conversation", "Two people")
    GROUP = "group", pgettext_lazy("kind of conversation", "People invited one by one")
    CHANNEL = "channel", pgettext_lazy("kind of conversation", "Groups")
    MENTORING = "mentoring", pgettext_lazy("kind of conversation", "Help to begin")

    @property
    def is_of_organizations(self) -> bool:
        """Whether all organizers of its groups take part, by their role."""
        return self in (ConversationKind.CHANNEL, ConversationKind.MENTORING)

    @property
    def is_of_people(self) -> bool:
        """Whether people were invited one by one."""
        return not self.is_of_organizations


class ConversationState(models.TextChoices):
    """Whether anybody but who opened it has agreed to talk."""

    REQUESTED = "requested", pgettext_lazy("state of a conversation", "Asked")
    OPEN = "open", pgettext_lazy("state of a conversation", "Open")


class SeenState(models.TextChoices):
    """How a conversation stands for one person who looks at it."""

    OPEN = "open", pgettext_lazy("state of a conversation", "Open")
    REQUESTED = "requested", pgettext_lazy("state of a conversation", "Asked")
    REFUSED = "refused", pgettext_lazy("state of a conversation", "Refused")
    LEFT = "left", pgettext_lazy("state of a conversation", "Left")


class Crypto(models.TextChoices):
    """How what is said is sealed. Sealing between devices is kept free for later."""

    NONE = "none", pgettext_lazy("how a conversation is sealed", "Readable to its nodes")
    MLS = "mls", pgettext_lazy("how a conversation is sealed", "Between devices")


class PartyState(models.TextChoices):
    """Whether a group has agreed to take part."""

    ASKED = "asked", pgettext_lazy("state of a group in a conversation", "Asked")
    JOINED = "joined", pgettext_lazy("state of a group in a conversation", "Takes part")


class ParticipantState(models.TextChoices):
    """Whether a person has agreed to take part."""

    INVITED = "invited", pgettext_lazy("state of a participant", "Invited")
    ACTIVE = "active", pgettext_lazy("state of a participant", "Takes part")


class Ending(models.TextChoices):
    """Why a range that a person may read has ended.

    Who left by themselves is not brought back by a role. `answered`: another row goes on from
    when a group accepted, or took a block back; this one keeps what it could read before.
    `blocked`: the group hears nothing of the other any more, of which no event tells.
    """

    ANSWERED = "answered", pgettext_lazy("why somebody takes part no more", "Has accepted")
    LEFT = "left", pgettext_lazy("why somebody takes part no more", "Left")
    REFUSED = "refused", pgettext_lazy("why somebody takes part no more", "Refused")
    REMOVED = "removed", pgettext_lazy("why somebody takes part no more", "Taken out")
    STANDING = "standing", pgettext_lazy("why somebody takes part no more", "Role has ended")
    PARTY = "party", pgettext_lazy("why somebody takes part no more", "The group has left")
    BLOCKED = "blocked", pgettext_lazy("why somebody takes part no more", "The other is blocked")


class EventState(models.TextChoices):
    """Whether an event has its place in the order."""

    QUEUED = "queued", pgettext_lazy("state of a message", "Waiting")
    COMMITTED = "committed", pgettext_lazy("state of a message", "Sent")


class EventKind(models.TextChoices):
    """What an event says. `network` and API use the same words."""

    MESSAGE = "message", pgettext_lazy("kind of event", "Message")
    TOPIC = "topic", pgettext_lazy("kind of event", "Topic")
    EDIT = "edit", pgettext_lazy("kind of event", "Changed message")
    DELETION = "deletion", pgettext_lazy("kind of event", "Deleted message")
    TRANSLATION = "translation", pgettext_lazy("kind of event", "Translation")
    OPENED = "opened", pgettext_lazy("kind of event", "Opened")
    RENAMED = "renamed", pgettext_lazy("kind of event", "Renamed")
    PARTY_ASKED = "party_asked", pgettext_lazy("kind of event", "Group asked")
    PARTY_JOINED = "party_joined", pgettext_lazy("kind of event", "Group joined")
    PARTY_LEFT = "party_left", pgettext_lazy("kind of event", "Group left")
    PARTY_RENAMED = "party_renamed", pgettext_lazy("kind of event", "Group renamed")
    PARTICIPANT_JOINED = "participant_joined", pgettext_lazy("kind of event", "Person joined")
    PARTICIPANT_LEFT = "participant_left", pgettext_lazy("kind of event", "Person left")
    HANDLE_NAMED = "handle_named", pgettext_lazy("kind of event", "Name shown")
    RETENTION_SET = "retention_set", pgettext_lazy("kind of event", "Time of keeping changed")
    EXPIRED = "expired", pgettext_lazy("kind of event", "Older messages deleted")

    @property
    def is_said(self) -> bool:
        """Whether somebody said it: what counts as unread and can be answered."""
        return self in SAID


SAID = (EventKind.MESSAGE, EventKind.TOPIC)


class RequestState(models.TextChoices):
    """What a group answered to a first contact. Who asked never sees a no."""

    ASKED = "asked", pgettext_lazy("state of a first contact", "Asked")
    ACCEPTED = "accepted", pgettext_lazy("state of a first contact", "Accepted")
    REFUSED = "refused", pgettext_lazy("state of a first contact", "Refused")
    BLOCKED = "blocked", pgettext_lazy("state of a first contact", "Blocked")


class ReportKind(models.TextChoices):
    """Why somebody tells the stewards of a message."""

    THREAT = "threat", pgettext_lazy("why a message is reported", "A threat, or hatred")
    DETAINED = (
        "detained",
        pgettext_lazy("why a message is reported", "Somebody in detention can be recognised"),
    )
    SPAM = (
        "spam",
        pgettext_lazy("why a message is reported", "Advertising, or off the point"),
    )
    IMPERSONATION = (
        "impersonation",
        pgettext_lazy("why a message is reported", "They are not who they say"),
    )
    OTHER = "other", pgettext_lazy("why a message is reported", "Something else")


class ReportState(models.TextChoices):
    """What became of a report. Who reported reads this and nothing more."""

    WAITING = "waiting", pgettext_lazy("state of a reported message", "With the stewards")
    DISMISSED = "dismissed", pgettext_lazy("state of a reported message", "Left as it is")
    WARNED = "warned", pgettext_lazy("state of a reported message", "The group was warned")
    SUSPENDED = "suspended", pgettext_lazy("state of a reported message", "The group is suspended")
    LAPSED = "lapsed", pgettext_lazy("state of a reported message", "Nobody decided in time")


# What a steward can decide.
REPORT_DECISIONS = (ReportState.DISMISSED, ReportState.WARNED, ReportState.SUSPENDED)


class DigestRhythm(models.TextChoices):
    """How often somebody is told by mail what waits for them, all in one."""

    OFF = "off", pgettext_lazy("how often mails come", "Never")
    DAILY = "daily", pgettext_lazy("how often mails come", "Once a day")
    WEEKLY = "weekly", pgettext_lazy("how often mails come", "Once a week, on Monday")


RETENTION_DAYS = (7, 30, 90, 365)
