"""The groups on which grants to organizations hang."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.models import Group


def group_name(organization_id: UUID) -> str:
    """The name of an organization's group: how it is found without reading the organization."""
    return f"organization {organization_id}"


def group_of(organization_id: UUID) -> Group:
    """The group that holds the grants made to an organization.

    Raises:
        Group.DoesNotExist: there is no such organization on this node.
    """
    return Group.objects.get(name=group_name(organization_id))


def organization_of(group: Group) -> UUID:
    """The id of the organization whose group it is."""
    return UUID(group.name.rpartition(" ")[2])
