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


class OrganizationKind(models.TextChoices):
    """What an organization is to the network."""

    PROGRAM_OPERATOR = "program_operator", pgettext_lazy("kind of group", "Runs visiting programs")
    COALITION = "coalition", pgettext_lazy("kind of group", "Coalition of groups")
    SUPPORTER = "supporter", pgettext_lazy("kind of group", "Supporter")


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
