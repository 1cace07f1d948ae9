"""One conversation's settings: who takes part, and what can be changed about it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from frontend.desk.signed_in import SeeOther
from frontend.forms.account.forms import PlainForm
from frontend.forms.messages.settings import (
    AddGroupForm,
    NameForm,
    RetentionForm,
    TopicNameForm,
)
from frontend.forms.messages.writing import InviteForm, handle_pairs
from frontend.views.account.answers import UNPROCESSABLE, by_field
from frontend.views.errors import bad_request
from frontend.views.messages.inbox import of
from frontend.views.messages.page import Seat, messages_page
from frontend.views.messages.people import colleagues_to_invite, people_met
from messaging.actions.leaving import invite, leave_conversation, remove_participant, show_name
from messaging.actions.parties import add_party, end_party, rename_conversation, set_retention
from messaging.actions.reading import mute
from messaging.enums import ConversationKind, SeenState
from messaging.queries.handles import handles_of, people_behind
from messaging.queries.inbox import InboxRow, conversation_for
from messaging.queries.readers import readers_of
from network.permissions import Permission
from network.queries.members import names_of

Do = Callable[[Seat, UUID, dict[str, Any]], object]


@require_http_methods(["GET", "HEAD", "POST"])
@messages_page(Permission.MESSAGE_READ)
def settings(request: HttpRequest, seat: Seat, conversation_id: UUID) -> HttpResponse:
    """The page, and each of its buttons by `act`."""
    row = conversation_for(seat.actor, conversation_id)
    if request.method != "POST":
        return _page(request, seat, row, {})
    act = request.POST.get("act", "")
    if act in BUTTONS:
        return _press(request, seat, row, act)
    if act not in FORMS:
        return bad_request(request)
    form = _forms(seat, row, request.POST, act)[act]
    if form.is_valid():
        try:
            FORMS[act](seat, conversation_id, form.cleaned_data)
        except ValidationError as error:
            form.take_errors(by_field(error))
        else:
            messages.success(request, _("Saved."))
            return SeeOther(seat.path("settings", conversation_id))
    return _page(request, seat, row, {act: form}, UNPROCESSABLE)


def _press(request: HttpRequest, seat: Seat, row: InboxRow, act: str) -> HttpResponse:
    """Do what a button without fields says."""
    try:
        words = BUTTONS[act](seat, row.id, request.POST)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return SeeOther(seat.path("settings", row.id))
    messages.success(request, words)
    if act in ("leave", "leave_group"):
        return SeeOther(seat.path("inbox"))
    return SeeOther(seat.path("settings", row.id))


def _page(
    request: HttpRequest,
    seat: Seat,
    row: InboxRow,
    tried: dict[str, PlainForm],
    status: int = 200,
) -> HttpResponse:
    is_in = row.state == SeenState.OPEN
    people = people_behind(seat.actor, row.id)
    names = names_of(seat.actor) if people else {}
    handles = [
        (
            one,
            names.get(people[one.pk], "") if one.pk in people else "",
            one.pk == row.my_handle_id,
        )
        for one in handles_of(seat.actor, row.id)
        if one.left_seq is None
    ]
    context = {
        **of(seat),
        "row": row,
        "is_in": is_in,
        "is_group": row.kind == ConversationKind.GROUP,
        "is_channel": row.kind == ConversationKind.CHANNEL,
        "is_of_groups": row.kind.is_of_organizations,
        "handles": handles,
        "forms": {**(_forms(seat, row) if is_in else {}), **tried},
        "readers": None
        if row.state in (SeenState.LEFT, SeenState.REFUSED)
        else readers_of(seat.actor, row.id),
        "own": seat.desk.organization.pk,
    }
    return render(request, "frontend/messages/settings.html", context, status=status)


def _forms(seat: Seat, row: InboxRow, data: Any = None, act: str = "") -> dict[str, PlainForm]:
    """The forms of the page; the one that was sent with what stands in it."""

    def given(name: str) -> dict[str, Any]:
        return {"data": data if name == act else None, "auto_id": f"{name}-%s"}

    found: dict[str, PlainForm] = {
        "rename": TopicNameForm(initial={"topic": row.topic}, **given("rename")),
        "name": NameForm(initial={"name": row.my_name}, **given("name")),
        "retention": RetentionForm(initial={"days": row.retention_days}, **given("retention")),
    }
    if row.kind == ConversationKind.CHANNEL:
        found["add"] = AddGroupForm(**given("add"))
    if row.kind == ConversationKind.GROUP:
        people, met = colleagues_to_invite(seat), people_met(seat)
        found["invite"] = InviteForm(people=people, met=met, **given("invite"))
    return found


def _mute(seat: Seat, key: UUID, is_muted: bool) -> str:
    mute(seat.actor, conversation_id=key, is_muted=is_muted)
    if is_muted:
        return _("Muted. It counts nothing as unread and sends you no mail.")
    return _("It counts again.")


def _leave(seat: Seat, key: UUID, _data: Any) -> str:
    leave_conversation(seat.actor, conversation_id=key)
    return _("You have left. What was said until now stays readable, at “Left and refused”.")


def _leave_group(seat: Seat, key: UUID, _data: Any) -> str:
    end_party(seat.actor, conversation_id=key)
    return _("Your group has left the conversation.")


def _remove(seat: Seat, key: UUID, data: Any) -> str:
    try:
        handle = UUID(data.get("handle", ""))
    except ValueError:
        raise ValidationError(_("Choose whom to take out.")) from None
    remove_participant(seat.actor, conversation_id=key, handle_id=handle)
    return _("Taken out. They read nothing that is said from now on.")


BUTTONS: dict[str, Callable[[Seat, UUID, Any], str]] = {
    "mute": lambda seat, key, _data: _mute(seat, key, True),
    "unmute": lambda seat, key, _data: _mute(seat, key, False),
    "leave": _leave,
    "leave_group": _leave_group,
    "remove": _remove,
}
FORMS: dict[str, Do] = {
    "rename": lambda seat, key, values: rename_conversation(
        seat.actor, conversation_id=key, topic=values["topic"]
    ),
    "name": lambda seat, key, values: show_name(
        seat.actor, conversation_id=key, name=values["name"]
    ),
    "retention": lambda seat, key, values: set_retention(
        seat.actor, conversation_id=key, days=values["days"]
    ),
    "add": lambda seat, key, values: add_party(
        seat.actor, conversation_id=key, slug=values["slug"]
    ),
    "invite": lambda seat, key, values: invite(
        seat.actor,
        conversation_id=key,
        members=values.get("members", []),
        handles=handle_pairs(values.get("handles", [])),
    ),
}
