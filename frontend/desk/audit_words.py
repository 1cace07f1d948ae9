"""The audit log in sentences."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from network.enums import ApprovalKind, Role
from network.models import AuditEntry
from network.queries.members import holders_of, names_of
from network.tenancy import Actor, Purpose

# Without the person who did it, who stands in a column of their own.
SENTENCES: dict[str, str | Promise] = {
    "access_report.cancelled": _("An entry for the ledger of access was called off"),
    "access_report.released": _("An entry went into the ledger of access"),
    "access_report.written": _("An entry for the ledger of access was written"),
    "application.approved": _("The application was approved"),
    "application.asked": _("The applicant was asked a question"),
    "application.escalated": _("All stewards were told that an application waits"),
    "application.first_approval": _("The application was approved by a first steward"),
    "application.refused": _("The application was refused"),
    "application.answered": _("The stewards were answered about the application"),
    "application.begun": _("An application was begun"),
    "application.edited": _("Answers of the application were changed"),
    "application.proof_confirmed": _("An address at the website of the entry confirmed the claim"),
    "application.proof_sent": _("A mail went to the website of the claimed entry"),
    "application.sent": _("The application was sent to the stewards"),
    "application.withdrawn": _("The application was withdrawn"),
    "approval.asked": _("A second owner was asked to confirm: %(step)s"),
    "approval.cancelled": _("What waited for a second owner was called off: %(step)s"),
    "approval.confirmed": _("A second owner confirmed: %(step)s"),
    "card.published": _("The page of the group was brought up to date"),
    "coalition.accepted": _("It was agreed to belong together with %(group)s"),
    "coalition.asked": _("It was asked to belong together with %(group)s"),
    "coalition.ended": _("The membership with %(group)s ended"),
    "coalition.refused": _("The ask to belong together with %(group)s was declined"),
    "coalition.taken_back": _("The ask to belong together with %(group)s was taken back"),
    "document.added": _("A document was added"),
    "document.deleted": _("A document was deleted"),
    "document.restored": _("A deleted document was brought back"),
    "facility_claim.stated": _("A fact about a place of detention was stated"),
    "facility_claim.withdrawn": _("A fact about a place of detention was withdrawn"),
    "handover.announced": _("It was announced that the group gets a new owner"),
    "handover.cancelled": _("The handover to a new owner was called off"),
    "handover.done": _("The group was handed over to a new owner"),
    "invitation.accepted": _("An invitation was accepted; the role is: %(role)s"),
    "invitation.resent": _("An invitation was sent again, for the role: %(role)s"),
    "invitation.revoked": _("An invitation was revoked, for the role: %(role)s"),
    "invitation.sent": _("An invitation was sent, for the role: %(role)s"),
    "logo.added": _("The logo was changed"),
    "logo.deleted": _("The logo was taken away"),
    "logo.restored": _("A former logo was brought back"),
    "listing.suppressed": _("An entry was taken off for good"),
    "membership.ended": _("%(member)s does not belong to the group any more"),
    "membership.granted": _("%(member)s has the role: %(role)s"),
    "message.reported": _("Messages of another group were reported to the stewards"),
    "message_report.decided": _("A report of messages was decided"),
    "node.edited": _("What this site says of itself was changed"),
    "objection.dismissed": _("An objection to a claim was dismissed"),
    "objection.upheld": _("An objection was upheld and the claim undone"),
    "organization.created": _("The group got its account"),
    "organization.deleted": _("The group was deleted; an owner could undo it for 7 days"),
    "organization.edited": _("What the group says of itself was changed"),
    "organization.exported": _("A copy of everything was made"),
    "organization.kind_changed": _("What kind of group this is was changed"),
    "organization.loaded": _("The group was loaded from an export of another site"),
    "organization.locked": _("The group was locked down"),
    "organization.restored": _("The deletion of the group was undone"),
    "organization.suspended": _("The group was suspended"),
    "organization.unlocked": _("The lock-down was ended"),
    "organization.unsuspended": _("The suspension of the group was lifted"),
    "organization.warned": _("The stewards warned the group about messages of it"),
    "organization.website_shown": _("The new website of the group was shown"),
    "organization.withdrawn": _("Everything of the group was taken out of public sight"),
    "photo.added": _("The photo of a program was changed"),
    "photo.deleted": _("The photo of a program was taken away"),
    "photo.described": _("What a photo shows was put in other words"),
    "photo.restored": _("A former photo of a program was brought back"),
    "program.change_held": _("A change of a program waits to be shown"),
    "program.confirmed": _("A program was confirmed as still right"),
    "program.created": _("A program was written"),
    "program.deleted": _("A program was deleted"),
    "program.edited": _("A program was changed"),
    "program.held_change_cancelled": _("A change of a program that waited was called off"),
    "program.held_change_confirmed": _("A change of a program that waited was confirmed"),
    "program.held_change_released": _("A change of a program was shown after its wait"),
    "program.published": _("A program was published"),
    "program.relay_asked": _("Notes of readers shall go to an address, which was asked"),
    "program.relay_confirmed": _("The address for notes of readers was confirmed"),
    "program.relay_ended": _("Readers cannot write through this site any more"),
    "program.restored": _("A deleted program was brought back"),
    "program.texts_granted": _("Leave to edit the texts of a program: %(coalition)s"),
    "program.texts_revoked": _("End of leave to edit the texts of a program: %(coalition)s"),
    "program.unpublished": _("A program was taken out of public sight"),
    "report.decided": _("A note on an entry was decided"),
    "support.allowed": _("A steward was allowed to look at the desk"),
    "support.asked": _("A steward asked to look at the desk"),
    "support.ended": _("A look at the desk was ended"),
    "support.refused": _("A steward was not allowed to look at the desk"),
    "support.viewed": _("A page of the desk was opened"),
    "token.created": _("A token for a machine was made"),
    "token.revoked": _("A token for a machine was revoked"),
    "visiting_rule.added": _("A rule for visits was added"),
    "visiting_rule.confirmed": _("A rule for visits was confirmed as still right"),
    "visiting_rule.edited": _("A rule for visits was changed"),
    "visiting_rule.withdrawn": _("A rule for visits was withdrawn"),
    "vouch.asked": _("A group was asked to vouch for this one"),
    "vouch.declined": _("The group declined to vouch for another"),
    "vouch.given": _("The group vouched for another"),
    "vouch.withdrawn": _("The group took its vouch for another back"),
}

# The same without what only a single entry knows, for the choice of a filter.
_OF_ALL: dict[str, str | Promise] = {
    "approval.asked": _("A second owner was asked to confirm something"),
    "approval.cancelled": _("What waited for a second owner was called off"),
    "approval.confirmed": _("A second owner confirmed something"),
    "coalition.accepted": _("It was agreed to belong together"),
    "coalition.asked": _("It was asked to belong together"),
    "coalition.ended": _("A membership in a coalition ended"),
    "coalition.refused": _("An ask to belong together was declined"),
    "coalition.taken_back": _("An ask to belong together was taken back"),
    "invitation.accepted": _("An invitation was accepted"),
    "invitation.resent": _("An invitation was sent again"),
    "invitation.revoked": _("An invitation was revoked"),
    "invitation.sent": _("An invitation was sent"),
    "membership.ended": _("Somebody stopped belonging to the group"),
    "membership.granted": _("Somebody was given a role"),
    "program.texts_granted": _("A coalition was allowed to edit the texts of a program"),
    "program.texts_revoked": _("A coalition may not edit the texts of a program any more"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One entry as a person reads it, by their own clock.

    `who` is empty where the name is known no more.
    """

    entry: AuditEntry
    day: dt.date
    time: str
    who: str
    is_system: bool
    sentence: str
    is_steward: bool = False


def lines_of(actor: Actor, entries: Iterable[AuditEntry], zone: ZoneInfo) -> list[Line]:
    """Entries of the actor's organization in the present language. Two queries more."""
    found = list(entries)
    names = names_of(actor)
    memberships = [
        entry.object_id
        for entry in found
        if entry.object_kind == "membership" and entry.object_id is not None
    ]
    holders = holders_of(actor, memberships)
    return [_line(entry, names, holders, zone) for entry in found]


def title_of(verb: str) -> str:
    """What a verb says of all its entries; the verb itself where nobody wrote words for it."""
    return str(_OF_ALL.get(verb) or SENTENCES.get(verb) or verb)


def _line(
    entry: AuditEntry, names: dict[UUID, str], holders: dict[UUID, UUID], zone: ZoneInfo
) -> Line:
    sentence = str(SENTENCES.get(entry.verb, entry.verb))
    if "%(" in sentence:
        sentence %= _words(entry, names, holders)
    at = entry.created_at.astimezone(zone)
    return Line(
        entry=entry,
        day=at.date(),
        time=f"{at:%H:%M}",
        who=names.get(entry.person_id, "") if entry.person_id else "",
        is_system=entry.person_id is None,
        sentence=sentence,
        is_steward=entry.purpose == Purpose.STEWARD,
    )


def _words(entry: AuditEntry, names: dict[UUID, str], holders: dict[UUID, UUID]) -> dict[str, str]:
    role, step = entry.details.get("role", ""), entry.details.get("kind", "")
    holder = holders.get(entry.object_id) if entry.object_id else None
    return {
        "group": str(entry.details.get("group") or gettext("not known")),
        "coalition": str(entry.details.get("coalition") or gettext("not known")),
        "role": str(Role(role).label) if role in Role.values else gettext("not known"),
        "step": str(ApprovalKind(step).label)
        if step in ApprovalKind.values
        else gettext("not known"),
        "member": names.get(holder, "") or gettext("Somebody") if holder else gettext("Somebody"),
    }


def _step(kind: str) -> str:
    return str(ApprovalKind(kind).label) if kind in ApprovalKind.values else gettext("not known")
