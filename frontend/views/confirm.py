"""The pages behind the links of a reminder: one button each, and nothing happens before it."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from directory.actions.reminding.answering import (
    confirm_by_reminder,
    is_of_member,
    open_reminder,
    stop_reminders,
)
from frontend.desk.signed_in import SeeOther
from network.tenancy import visitor


@require_http_methods(["GET", "HEAD", "POST"])
def reminder(request: HttpRequest, token: str) -> HttpResponse:
    """What is public of the entries, and the button; 410 for every link that does not work, alike.

    Nobody signs in: the link acts for whom it was sent to, in the role that they have now.
    """
    if request.method == "POST":
        if not confirm_by_reminder(visitor(), token=token):
            return _dead(request)
        return SeeOther(reverse("confirm:reminder", args=[token]))
    asked = open_reminder(visitor(), token=token)
    if asked is None:
        return _dead(request)
    return render(
        request, "frontend/account/reminders/reminder.html", {"asked": asked, "token": token}
    )


# A mail program sends the form by itself (RFC 8058), and has no cookie to prove itself with. Who
# holds the link can do nothing else with it here than end the mails that brought it.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Send no more reminders; never answered by a way on, which mail programs do not follow."""
    is_done = request.method == "POST"
    works = (stop_reminders if is_done else is_of_member)(visitor(), token=token)
    if not works:
        return _dead(request)
    return render(
        request, "frontend/account/reminders/stop.html", {"is_done": is_done, "token": token}
    )


def _dead(request: HttpRequest) -> HttpResponse:
    return render(request, "frontend/account/reminders/dead.html", status=HTTPStatus.GONE)
