"""Vocabularies of the ground floor."""

from django.db import models
from django.utils.translation import pgettext_lazy


class Role(models.TextChoices):
    """What a person may do in an organization; `network.permissions` says what each carries."""

    MEMBER = "member", pgettext_lazy("role in a group", "Member")
    EDITOR = "editor", pgettext_lazy("role in a group", "Editor")
    ORGANIZER = "organizer", pgettext_lazy("role in a group", "Organizer")
    COORDINATOR = "coordinator", pgettext_lazy("role in a group", "Coordinator")
    OWNER = "owner", pgettext_lazy("role in a group", "Owner")

    @property
    def rank(self) -> int:
        """How high it stands. An editor is no step of the ladder, no higher than an organizer."""
        return {"member": 0, "editor": 1, "organizer": 1, "coordinator": 2, "owner": 3}[self.value]


class Scope(models.TextChoices):
    """What a token may be used for; `read` lets it look, `write` lets it change."""

    DIRECTORY_READ = "directory:read", pgettext_lazy("scope of a token", "Read programs")
    DIRECTORY_WRITE = "directory:write", pgettext_lazy("scope of a token", "Change programs")
    MESSAGES_READ = "messages:read", pgettext_lazy("scope of a token", "Read messages")
    MESSAGES_WRITE = "messages:write", pgettext_lazy("scope of a token", "Write messages")
    MEMBERS_READ = (
        "members:read",
        pgettext_lazy("scope of a token", "See who belongs"),
    )
    MEMBERS_WRITE = "members:write", pgettext_lazy("scope of a token", "Manage members")


class OrganizationKind(models.TextChoices):
    """What an organization is to the network."""

    PROGRAM_OPERATOR = "program_operator", pgettext_lazy("kind of group", "Runs visiting programs")
    COALITION = "coalition", pgettext_lazy("kind of group", "Coalition of groups")
    SUPPORTER = "supporter", pgettext_lazy("kind of group", "Supporter")


class CoalitionSide(models.TextChoices):
    """Which of the two a coalition membership stands between."""

    COALITION = "coalition", pgettext_lazy("side of a coalition membership", "The coalition")
    ORGANIZATION = "organization", pgettext_lazy("side of a coalition membership", "The group")


class OrganizationStatus(models.TextChoices):
    """Where an organization stands with this node."""

    APPLIED = "applied", pgettext_lazy("standing of a group", "Applied")
    VERIFIED = "verified", pgettext_lazy("standing of a group", "Verified")
    SUSPENDED = "suspended", pgettext_lazy("standing of a group", "Suspended")
    LEFT = "left", pgettext_lazy("standing of a group", "Left")


class NodeState(models.TextChoices):
    """How this node stands with another; `self` is this node's own row."""

    SELF = "self", pgettext_lazy("state of a node", "This node")
    PENDING = "pending", pgettext_lazy("state of a node", "Not reached yet")
    ACTIVE = "active", pgettext_lazy("state of a node", "Trusted")
    PAUSED = "paused", pgettext_lazy("state of a node", "Paused")
    BLOCKED = "blocked", pgettext_lazy("state of a node", "Blocked")


class LinkKind(models.TextChoices):
    """What a link of one use is for."""

    SIGN_IN = "sign_in", pgettext_lazy("kind of link", "Sign in")
    RESET = "reset", pgettext_lazy("kind of link", "Choose a new password")
    EMAIL = "email", pgettext_lazy("kind of link", "Confirm a new address")


class MailKind(models.TextChoices):
    """Whether a mail is written, or a wish that is looked into when it is sent."""

    READY = "ready", pgettext_lazy("kind of mail", "Written")
    RESET = "reset", pgettext_lazy("kind of mail", "A link for a new password")


class ApprovalKind(models.TextChoices):
    """What a second owner confirms, where an organization has two or more."""

    EXPORT = "export", pgettext_lazy("what a second owner confirms", "Export of everything")
    DELETION = "deletion", pgettext_lazy("what a second owner confirms", "Deletion of the group")
    OWNER_ROLE = (
        "owner_role",
        pgettext_lazy("what a second owner confirms", "Giving or taking the role of owner"),
    )
    UNLOCK = "unlock", pgettext_lazy("what a second owner confirms", "End of the lock-down")


class FactorKind(models.TextChoices):
    """What a second factor is."""

    TOTP = "totp", pgettext_lazy("kind of second factor", "Code app")
    PASSKEY = "passkey", pgettext_lazy("kind of second factor", "Passkey")


class UploadKind(models.TextChoices):
    """What a file that was sent is for."""

    LOGO = "logo", pgettext_lazy("kind of file", "Logo")
    PHOTO = "photo", pgettext_lazy("kind of file", "Photo")
    DOCUMENT = "document", pgettext_lazy("kind of file", "Document")
