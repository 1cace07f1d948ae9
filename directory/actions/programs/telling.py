"""Telling a group that a change of a public entry waits: the one place from which mails go."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import gettext as _

from directory.models import HeldChange
from directory.queries.holding import RELAY
from directory.queries.programs import shown_name
from network.actions.letters import Letter, isolated
from network.actions.notices import tell_members
from network.enums import Role
from network.events import ProgramChangeHeld, publish
from network.tenancy import Actor


def tell_of_held_change(actor: Actor, held: HeldChange) -> None:
    """Write to all coordinators and owners of the group, in the transaction that lets it wait.

    The letter does not repeat the values: what waits is seen at the desk.
    """
    tell_members(
        actor,
        organization_id=held.organization_id,
        roles=(Role.COORDINATOR, Role.OWNER),
        compose=lambda: held_letter(held),
    )
    publish(ProgramChangeHeld(held.organization_id, held.program_id, held.pk))


def held_letter(held: HeldChange) -> Letter:
    """What waits, without its values: those are seen at the desk."""
    program = held.program
    words = isolated({"program": shown_name(program)[1] or program.slug})
    about_relay = _("The address to which notes for %(program)s go was confirmed.")
    about_entry = _("Somebody published a new contact, website or place of %(program)s.")
    return Letter(
        subject=_("%(program)s: a change waits to be public") % words,
        paragraphs=(
            (about_relay if RELAY in held.values else about_entry) % words,
            _(
                "Readers see it in 24 hours, or as soon as another coordinator or owner "
                "confirms it. If it is wrong, call it off at your desk."
            ),
        ),
        link=(
            f"{settings.PUBLIC_ORIGIN}/desk/{program.organization.slug}/programs/{program.slug}/"
        ),
        label=_("Look at it"),
    )
