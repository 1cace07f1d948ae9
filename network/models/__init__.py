"""Tables of the ground floor, one model a file."""

from network.models.api_token import ApiToken
from network.models.approval import Approval
from network.models.audit import AuditEntry
from network.models.coalition_membership import CoalitionMembership
from network.models.counter import Counter
from network.models.export import Export
from network.models.handover import Handover
from network.models.invitation import Invitation
from network.models.job import Job
from network.models.kept_answer import KeptAnswer
from network.models.member_name import MemberName
from network.models.membership import Membership
from network.models.node import Node
from network.models.organization import Organization
from network.models.outgoing_mail import OutgoingMail
from network.models.person import Person
from network.models.recovery_code import RecoveryCode
from network.models.retired_slug import RetiredSlug
from network.models.second_factor import SecondFactor
from network.models.session import Session
from network.models.sign_in_link import SignInLink
from network.models.support_session import SupportSession
from network.models.upload import Upload

__all__ = [
    "ApiToken",
    "Approval",
    "AuditEntry",
    "CoalitionMembership",
    "Counter",
    "Export",
    "Handover",
    "Invitation",
    "Job",
    "KeptAnswer",
    "MemberName",
    "Membership",
    "Node",
    "Organization",
    "OutgoingMail",
    "Person",
    "RecoveryCode",
    "RetiredSlug",
    "SecondFactor",
    "Session",
    "SignInLink",
    "SupportSession",
    "Upload",
]
