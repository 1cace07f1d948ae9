"""Tables of the ground floor, one model a file."""

from network.models.audit import AuditEntry
from network.models.invitation import Invitation
from network.models.job import Job
from network.models.membership import Membership
from network.models.node import Node
from network.models.organization import Organization
from network.models.person import Person

__all__ = ["AuditEntry", "Invitation", "Job", "Membership", "Node", "Organization", "Person"]
