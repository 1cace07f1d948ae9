"""Reminders to keep entries true: one's own switch, and whether anybody is reached."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from directory.actions.reminding.sending import ASKED
from frontend.desk.page import Desk, desk_page
from frontend.desk.redirects import see
from frontend.desk.waiting import bounce_words
from network.actions.reminders import choose_reminders
from network.permissions import Permission
from network.queries.members import membership_of
from network.queries.receivers import bounces_of, number_reached


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page(Permission.PROGRAM_PUBLISH)
def reminders(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Switch them on or off for oneself; how many they reach, and to whom mails come back."""
    if request.method == "POST":
        wanted = request.POST.get("wanted") == "yes"
        choose_reminders(desk.actor, wanted=wanted)
        done = _("You get reminders again.") if wanted else _("You get no more reminders.")
        messages.success(request, done)
        return see("desk:reminders", desk)
    context = {
        "desk": desk,
        "part": "settings",
        "off_since": membership_of(desk.actor).reminders_off_on,
        "reached": number_reached(desk.actor, ASKED),
        "bounces": [bounce_words(*one) for one in bounces_of(desk.actor).values()],
    }
    return render(request, "frontend/desk/reminders/reminders.html", context)
