"""Forms in two steps: what was written is looked at as the public will read it, then sent."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Any, Generic, TypeVar

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from directory.actions.stating import StaleError
from frontend.forms.desk.ledger import StatedForm
from frontend.forms.looked import FIELD
from frontend.views.account.answers import UNPROCESSABLE, by_field

F = TypeVar("F", bound=StatedForm)
LOOK, SEND, CHANGE = "look", "send", "change"


class Steps(Generic[F]):
    """One form on its way: written, looked at, sent.

    `check` gives the context of the look and refuses what the action would. `send` acts and
    answers. `template` shows the form, or the look where the context has one.
    """

    def __init__(
        self,
        request: HttpRequest,
        template: str,
        context: dict[str, Any],
        make: Callable[..., F],
        check: Callable[[F], dict[str, Any]],
        send: Callable[[F], HttpResponse],
    ) -> None:
        """`make` takes the arguments of a form, `initial` among them where nothing was sent."""
        self.request, self.template, self.context = request, template, context
        self.make, self.check, self.send = make, check, send

    def answer(self) -> HttpResponse:
        """The form, the look, or what follows when it was sent."""
        if self.request.method != "POST":
            return self._page(self.make(), HTTPStatus.OK)
        step = self.request.POST.get("step", LOOK)
        if step == CHANGE:
            return self._page(self.make(initial=self.request.POST.dict()), HTTPStatus.OK)
        form = self.make(self.request.POST)
        form.is_valid()
        try:
            look = self.check(form)
            if form.errors:
                return self._page(form, UNPROCESSABLE)
            if step == SEND:
                return self.send(form)
        except ValidationError as error:
            form.heed(error)
            form.take_errors(by_field(error))
            return self._page(form, UNPROCESSABLE)
        except StaleError as stale:
            return self._page(form, HTTPStatus.CONFLICT, stale=stale)
        return self._page(form, HTTPStatus.OK, look=look, sent=self._sent(form))

    def _page(self, form: F, status: int, **context: Any) -> HttpResponse:
        context = {**self.context, "form": form, **context}
        return render(self.request, self.template, context, status=status)

    def _sent(self, form: F) -> list[tuple[str, str]]:
        """What was written, to be sent again from the look."""
        sent = [(name, self.request.POST.get(name, "")) for name in form.fields]
        return [*sent, (FIELD, "on")] if form.has_looked else sent
