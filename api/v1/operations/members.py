"""What the document says of members, invitations and the log."""

from api.v1.filters.audit import AuditParameters
from api.v1.filters.paging import PageParameters
from api.v1.operations.described import answer
from api.v1.operations.me import OWN
from api.v1.operations.tenant import id_parameter, opened
from api.v1.schemas import members
from network.enums import Scope

_MEMBER = id_parameter("id", "The membership.")
_INVITATION = id_parameter("id", "The invitation.")
_SECOND = (
    "Where there are several owners, nobody makes or unmakes one alone: that is 409, and is asked "
    "for at the desk."
)

LIST_MEMBERS = opened(
    "listMembers",
    OWN,
    "List members",
    "Everybody who belongs to the organization, by name and role.",
    scope=Scope.MEMBERS_READ,
    parameters=PageParameters,
    answers=[answer("MemberPage", members.page_of(members.MEMBER))],
    is_list=True,
)
GET_MEMBER = opened(
    "getMember",
    OWN,
    "Get a member",
    "One member, by name and role.",
    scope=Scope.MEMBERS_READ,
    answers=[answer("Member", members.MEMBER)],
    path=[_MEMBER],
)
CHANGE_ROLE = opened(
    "changeRole",
    OWN,
    "Change a role",
    f"Give a member another role, neither from nor to one above your own. {_SECOND}",
    scope=Scope.MEMBERS_WRITE,
    method="PATCH",
    request=("RoleChange", {"role": "editor"}),
    answers=[answer("Member", members.MEMBER)],
    path=[_MEMBER],
    others=(409,),
)
END_MEMBERSHIP = opened(
    "endMembership",
    OWN,
    "End a membership",
    f"From this moment the person reads nothing of the organization. {_SECOND}",
    scope=Scope.MEMBERS_WRITE,
    method="DELETE",
    path=[_MEMBER],
    others=(409,),
)
LIST_INVITATIONS = opened(
    "listInvitations",
    OWN,
    "List open invitations",
    "Invitations that were neither accepted nor revoked. An address is told to its sender only.",
    scope=Scope.MEMBERS_READ,
    parameters=PageParameters,
    answers=[answer("InvitationPage", members.page_of(members.INVITATION))],
    is_list=True,
)
GET_INVITATION = opened(
    "getInvitation",
    OWN,
    "Get an open invitation",
    "One invitation that was neither accepted nor revoked.",
    scope=Scope.MEMBERS_READ,
    answers=[answer("Invitation", members.INVITATION)],
    path=[_INVITATION],
)
INVITE = opened(
    "inviteMember",
    OWN,
    "Invite somebody",
    "Send a link to an address; it works once, for 7 days. An address that has an open invitation "
    "gets a new link, and the old one is dead. So many go out in a day and no more.",
    scope=Scope.MEMBERS_WRITE,
    method="POST",
    status=201,
    request=("NewInvitation", {"email": "noor@example.org", "role": "editor", "language": "fr"}),
    answers=[answer("Invitation", members.INVITATION)],
)
REVOKE_INVITATION = opened(
    "revokeInvitation",
    OWN,
    "Revoke an invitation",
    "Its link is dead from this moment.",
    scope=Scope.MEMBERS_WRITE,
    method="DELETE",
    path=[_INVITATION],
)
LIST_AUDIT = opened(
    "listAudit",
    OWN,
    "Read the log",
    "Who did what and when, newest first. Entries are kept for 365 days.",
    scope=Scope.MEMBERS_READ,
    parameters=AuditParameters,
    answers=[answer("AuditPage", members.page_of(members.ENTRY))],
    is_list=True,
)
