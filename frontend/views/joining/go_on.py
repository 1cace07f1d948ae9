"""The page behind the link of a first step: one button, and nothing happens before it."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from directory.actions.applying import DeadStepError, use_first_step
from directory.queries.first_steps import open_first_step
from frontend.desk.signed_in import SeeOther, signed_in
from frontend.views.account.sign_in import welcome
from network.tenancy import Actor, Via, acting

GONE, UNPROCESSABLE = 410, 422
_PAGE = "frontend/join/go_on.html"


@require_http_methods(["GET", "HEAD", "POST"])
def go_on(request: HttpRequest, token: str) -> HttpResponse:
    """What was asked for, and the button; 410 for every link that does not work, alike."""
    step = open_first_step(token)
    person = signed_in(request)
    if step is None or (step.is_used and person is None):
        return _dead(request)
    context: dict[str, object] = {
        "step": step,
        "account": person,
        "must_sign_in": person is None and step.has_account,
        "here": request.path,
    }
    if request.method != "POST":
        return render(request, _PAGE, context)
    actor = Actor(via=Via.PAGE, person_id=person.pk if person else None)
    try:
        with acting(actor):
            begun = use_first_step(actor, token=token)
    except DeadStepError:
        return _dead(request)
    except ValidationError as error:
        context["refused"] = error.messages
        return render(request, _PAGE, context, status=UNPROCESSABLE)
    response = SeeOther(reverse("desk:application", args=[begun.slug]))
    if person is None:
        entered = welcome(request, begun.person, "")
        entered.headers["Location"] = response.headers["Location"]
        return entered
    return response


def _dead(request: HttpRequest) -> HttpResponse:
    return render(request, "frontend/join/dead.html", status=GONE)
