"""What waits for somebody at a desk: a list of small parts, each with a question of its own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from directory.actions.reminding.sending import ASKED
from directory.enums import ApplicationState
from directory.queries.applications import application_of
from directory.queries.programs import programs_held_for, shown_name
from directory.queries.reminders import has_public_program
from frontend.desk.approval_words import approval_words
from frontend.desk.page import Desk
from frontend.templatetags.atlas import day
from messaging.queries.inbox import asked_total
from network.enums import OrganizationStatus, Role
from network.permissions import Permission
from network.queries.approvals import approvals_waiting, handover_announced
from network.queries.members import membership_of, names_of
from network.queries.memberships import grace_ends
from network.queries.receivers import bounces_of, number_reached
from network.queries.support import support_of_group


@dataclass(frozen=True, slots=True)
class Waiting:
    """A sentence, where to go, and what is done there. `shape` is that of a status."""

    text: str
    href: str
    label: str
    shape: str = "wait"


Part = Callable[[Desk], list[Waiting]]


def second_step(desk: Desk) -> list[Waiting]:
    """That a role wants a second step at sign-in, and until when it counts without. One query."""
    membership = membership_of(desk.actor)
    end = grace_ends(membership, membership.person)
    if end is None:
        return []
    words = {"role": Role(membership.role).label, "day": day(timezone.localdate(end))}
    if end > timezone.now():
        text = _(
            "Your role %(role)s wants a second step at sign-in. It counts without until %(day)s."
        )
    else:
        text = _("Your role %(role)s counts as that of a member until you set up a second step.")
    return [
        Waiting(
            text % words,
            reverse("account:factors"),
            _("Set up a second step"),
            "part" if end > timezone.now() else "stop",
        )
    ]


def second_owner(desk: Desk) -> list[Waiting]:
    """What another owner asks for. Two queries where something waits, one where nothing does."""
    if desk.role is not Role.OWNER:
        return []
    waiting = list(approvals_waiting(desk.actor))
    names = names_of(desk.actor) if waiting else {}
    return [
        Waiting(
            approval_words(approval, names),
            reverse("desk:approval", args=[desk.organization.slug, approval.pk]),
            _("Look at it"),
        )
        for approval in waiting
        if approval.asked_by.person_id != desk.person.pk
    ]


def handover(desk: Desk) -> list[Waiting]:
    """That the stewards hand the group over. One query."""
    announced = handover_announced(desk.actor)
    if announced is None:
        return []
    words = {"day": day(timezone.localdate(announced.effective_at))}
    return [
        Waiting(
            _("The stewards hand this group over to another owner on %(day)s.") % words,
            reverse("desk:settings", args=[desk.organization.slug]),
            _("Look at it"),
        )
    ]


def support(desk: Desk) -> list[Waiting]:
    """That a steward asks to look, or looks now: every member is told. One query."""
    session = support_of_group(desk.actor)
    if session is None:
        return []
    if session.ends_at is None and not desk.can(Permission.SUPPORT_ALLOW):
        return []
    text = _("A steward asks to look at this desk.")
    if session.ends_at is not None:
        text = _("A steward of this site may read this desk at the moment.")
    address = reverse("desk:support", args=[desk.organization.slug])
    return [Waiting(text, address, _("Look at it"), "part")]


def website(desk: Desk) -> list[Waiting]:
    """That a new website waits for a second coordinator. No query."""
    organization = desk.organization
    if organization.website_changed_at is None or not desk.can(Permission.CARD_PUBLISH):
        return []
    if organization.website_changed_by == desk.person.pk:
        return []
    return [
        Waiting(
            _("A new website waits to be shown: %(website)s")
            % {"website": organization.website or _("none")},
            reverse("desk:settings", args=[organization.slug]),
            _("Look at it"),
        )
    ]


def held_changes(desk: Desk) -> list[Waiting]:
    """Changes of programs that a second coordinator or owner may confirm. Up to three queries."""
    if not desk.can(Permission.PROGRAM_PUBLISH):
        return []
    return [
        Waiting(
            _("A change of %(program)s waits to be public") % {"program": shown_name(row)[1]},
            reverse("desk:program", args=[desk.organization.slug, row.slug]),
            _("Look at it"),
        )
        for row in programs_held_for(desk.actor)
    ]


def own_mail(desk: Desk) -> list[Waiting]:
    """That mails to oneself come back. No query."""
    since = desk.person.mail_bounced_on
    if since is None:
        return []
    return [
        Waiting(
            _("Mail to you comes back since %(day)s.") % {"day": day(since)},
            reverse("account:email"),
            _("Use another address"),
            "stop",
        )
    ]


def application(desk: Desk) -> list[Waiting]:
    """That the group is not verified yet, and where its application stands. One query."""
    applied = desk.organization.status == OrganizationStatus.APPLIED
    if not applied or not desk.can(Permission.APPLICATION_WRITE):
        return []
    found = application_of(desk.actor)
    if found is None:
        return []
    state = ApplicationState(found.state)
    return [
        Waiting(
            _("Your group is not verified yet. Your application: %(state)s")
            % {"state": state.label},
            reverse("desk:application", args=[desk.organization.slug]),
            _("See your application"),
            "part" if state in (ApplicationState.DRAFT, ApplicationState.ASKED) else "wait",
        )
    ]


def mail_of_others(desk: Desk) -> list[Waiting]:
    """That mails to colleagues come back, for who manages members. One query."""
    if not desk.can(Permission.MEMBER_MANAGE):
        return []
    return [
        Waiting(
            bounce_words(name, since),
            reverse("desk:members", args=[desk.organization.slug]),
            _("See the members"),
            "part",
        )
        for person, (name, since) in bounces_of(desk.actor).items()
        if person != desk.person.pk
    ]


def reminders(desk: Desk) -> list[Waiting]:
    """That nobody is asked whether the entries are still true. Up to two queries."""
    if not desk.can(Permission.PROGRAM_PUBLISH) or not has_public_program(desk.actor):
        return []
    if number_reached(desk.actor, ASKED):
        return []
    return [
        Waiting(
            _("Reminders to keep your entries true reach nobody in this group."),
            reverse("desk:reminders", args=[desk.organization.slug]),
            _("Look at it"),
            "part",
        )
    ]


def asked_to_talk(desk: Desk) -> list[Waiting]:
    """That others want to talk with the group, or with the person. One query."""
    is_verified = desk.organization.status == OrganizationStatus.VERIFIED
    number = asked_total(desk.actor) if is_verified and desk.can(Permission.MESSAGE_READ) else 0
    if not number:
        return []
    words = ngettext(
        "%(number)d request to talk waits for an answer.",
        "%(number)d requests to talk wait for an answer.",
        number,
    )
    address = f"{reverse('messages:requests')}?{urlencode({'as': desk.organization.slug})}"
    return [Waiting(words % {"number": number}, address, _("Read and answer"))]


def bounce_words(name: str, since: dt.date) -> str:
    """Since when mails to somebody come back."""
    words = {"name": name or _("Somebody without a name"), "day": day(since)}
    return _("Mail to %(name)s comes back since %(day)s") % words


# Each subject adds its own.
PARTS: list[Part] = [
    application,
    second_step,
    second_owner,
    handover,
    support,
    website,
    held_changes,
    own_mail,
    mail_of_others,
    reminders,
    asked_to_talk,
]


def waiting_at(desk: Desk) -> list[Waiting]:
    """All that waits, in the order of the parts; nothing waits for a steward who looks."""
    if desk.support:
        return []
    return [one for part in PARTS for one in part(desk)]
