"""What the script of a page is told of what it sent; a form without scripts gets pages."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpRequest, JsonResponse

from frontend.forms.messages.words import closed_words
from frontend.forms.messages.writing import MessageForm
from messaging.actions.sending import Sent
from messaging.errors import ConversationClosed


def is_script(request: HttpRequest) -> bool:
    """Whether a script asks, which wants data."""
    return request.headers.get("Accept", "") == "application/json"


def sent_data(sent: Sent) -> JsonResponse:
    """Where it stands: its number, nothing while its home has not given one."""
    return JsonResponse({"id": str(sent.id), "seq": sent.seq, "state": sent.state})


def refused_data(form: MessageForm, seconds: int = 0) -> JsonResponse:
    """Why it was not sent: what to do stands in the words; `asks` wants a box ticked first.

    With seconds: it is the one thing that is right again by waiting.
    """
    words = [str(one) for errors in form.errors.values() for one in errors]
    told = {"errors": words, "asks": form.asks_to_look}
    if not seconds:
        return JsonResponse(told, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    headers = {"Retry-After": str(seconds)}
    return JsonResponse(told, status=HTTPStatus.TOO_MANY_REQUESTS, headers=headers)


def closed_data(closed: ConversationClosed) -> JsonResponse:
    """409: why nothing can be written there now."""
    told = {"errors": [closed_words(closed)], "asks": False}
    return JsonResponse(told, status=HTTPStatus.CONFLICT)
