"""Whom somebody may invite: colleagues with messages, and people of other groups they met."""

from __future__ import annotations

from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString

from frontend.templatetags.messenger import handle_words
from frontend.views.messages.page import Seat
from messaging.models import Handle
from messaging.queries.met import handles_met
from messaging.queries.standing import ROLES
from network.queries.members import members_of

MET_SHOWN = 100


def colleagues_to_invite(seat: Seat) -> list[tuple[str, Any]]:
    """Person and name of each colleague who has messages, without oneself. One query."""
    rows = members_of(seat.actor).filter(role__in=ROLES).exclude(person_id=seat.desk.person.pk)
    return [(str(one.person_id), one.name) for one in rows]  # type: ignore[attr-defined]  # annotated


def people_met(seat: Seat) -> list[tuple[str, Any]]:
    """Conversation and handle of people of other groups, and who they are there. One query."""
    return [
        (f"{one.conversation_id} {one.pk}", met_words(one))
        for one in handles_met(seat.actor)[:MET_SHOWN]
    ]


def met_words(handle: Handle) -> SafeString:
    """Who somebody is, and in which conversation one met them."""
    name = handle_words(handle.number, handle.party.name, handle.shown_name)
    topic = handle.conversation.topic
    if not topic:
        return name
    return format_html(
        '{} <span class="quiet">\u2013 <bdi dir="auto">{}</bdi></span>', name, topic
    )
