"""The second step of signing in: a code, or a passkey."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from frontend.desk.signed_in import SeeOther, safe_next
from frontend.forms.account.second_factor import SecondStepForm
from frontend.views.account.answers import form_page
from frontend.views.account.codes import left_words, try_code
from frontend.views.account.sign_in import welcome
from network.actions.second_factors import kinds_of
from network.models import Person
from network.sessions import WAITING
from network.tenancy import Purpose, Via, acting, system


@require_http_methods(["GET", "HEAD", "POST"])
def second(request: HttpRequest) -> HttpResponse:
    """The form for a code; the way back to the beginning where ten minutes are over."""
    person_id = pending(request)
    if person_id is None:
        return SeeOther(reverse("account:sign_in"))
    form = SecondStepForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return second_page(request, form, person_id)
    tried = try_code(form, person_id)
    if not tried.is_right:
        response = second_page(request, form, person_id, status=tried.status)
        if tried.wait_seconds:
            response.headers["Retry-After"] = str(tried.wait_seconds)
        return response
    response = finish(request, person_id)
    if tried.left is not None:
        messages.success(request, left_words(tried.left))
    return response


def pending(request: HttpRequest) -> UUID | None:
    """Who has shown a password, or used a link, within ten minutes, and has a step to go."""
    waiting = request.session.get(WAITING)
    if not waiting or waiting["until"] < timezone.now().timestamp():
        return None
    return UUID(waiting["person"])


def finish(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Let in who has shown both factors."""
    waiting = request.session.get(WAITING) or {}
    with acting(system(Purpose.SIGN_IN, via=Via.PAGE), is_reading=True):
        person = Person.objects.filter(pk=person_id, is_active=True).first()
    if person is None:
        return SeeOther(reverse("account:sign_in"))
    return welcome(request, person, waiting.get("device", ""))


def second_page(
    request: HttpRequest,
    form: SecondStepForm,
    person_id: UUID,
    status: int = 0,
    **context: Any,
) -> HttpResponse:
    """The page of the second step; the beginning where the person has none any more."""
    with acting(system(Purpose.SIGN_IN, via=Via.PAGE), is_reading=True):
        kinds = kinds_of(person_id)
    if not kinds:
        # Taken away meanwhile: the password is asked for once more, and is enough then.
        request.session.flush()
        return SeeOther(reverse("account:sign_in"))
    return form_page(
        request,
        "frontend/account/second.html",
        form,
        status=status,
        kinds=kinds,
        next=safe_next(request, ""),
        **context,
    )
