"""Letting readers write to a program through the site, or letting them no longer."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from directory.actions.relaying import switch_off_relay, switch_on_relay
from directory.queries.programs import desk_program, program_for
from directory.queries.relays import relay_of, relay_waits_until
from frontend.desk.page import Desk, desk_page
from frontend.desk.redirects import see
from frontend.forms.desk.programs.relay import RelayForm
from frontend.views.account.answers import by_field, form_page
from network.permissions import Permission


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page(Permission.PROGRAM_PUBLISH)
def relay(request: HttpRequest, desk: Desk, program: str) -> HttpResponse:
    """Whether readers can write, where notes go, and the switch."""
    found = program_for(desk.actor, program)
    if found.deleted_at is not None:
        raise Http404
    present = relay_of(found.pk)
    first = {"email": present.email if present else "", "language": desk.person.language}
    form = RelayForm(request.POST or None, initial=first)
    if request.method == "POST" and "off" in request.POST:
        switch_off_relay(desk.actor, program=found)
        messages.success(request, _("Nobody can write through this site any more."))
        return see("desk:program_relay", desk, program=found.slug)
    if request.method == "POST" and form.is_valid():
        try:
            done = switch_on_relay(desk.actor, program=found, **form.cleaned_data)
        except ValidationError as error:
            form.take_errors(by_field(error))
        else:
            is_asked = done.confirmed_at is None
            messages.success(
                request,
                _("A mail is on its way to this address. Its button switches the form on.")
                if is_asked
                else _("Saved."),
            )
            return see("desk:program_relay", desk, program=found.slug)
    context: dict[str, Any] = {
        "desk": desk,
        "part": "programs",
        "program": found,
        "row": desk_program(found),
        "relay": present,
        "waits_until": relay_waits_until(found),
    }
    return form_page(request, "frontend/desk/programs/relay.html", form, **context)
