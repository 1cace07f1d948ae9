"""Nodes: this deployment's own profile, and the others it knows."""

from django.db import models

from network.enums import NodeState
from network.models.base import Row


class Node(Row):
    """A deployment of this product. Exactly one row, in state `self`, is this one."""

    origin = models.CharField(max_length=255, unique=True)
    name = models.CharField(max_length=120)
    names = models.JSONField(default=dict, blank=True)
    languages = models.JSONField(default=list, blank=True)
    contact = models.CharField(max_length=254, blank=True)
    legal_notice = models.TextField(blank=True)
    rules = models.JSONField(default=dict, blank=True)
    state = models.CharField(max_length=10, choices=NodeState, default=NodeState.PENDING)
    key_fingerprint = models.CharField(max_length=128, blank=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        """One node is this one."""

        constraints = (
            models.UniqueConstraint(
                fields=["state"], condition=models.Q(state="self"), name="node_one_self"
            ),
        )

    def __str__(self) -> str:
        """The name people use."""
        return self.name
