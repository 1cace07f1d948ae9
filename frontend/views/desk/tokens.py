"""Tokens at a group's desk: which there are, a new one, and the end of one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from frontend.desk.page import Desk, desk_page
from frontend.desk.signed_in import SeeOther, confirmed
from frontend.forms.desk.tokens import WORDS, TokenForm
from frontend.views.account.answers import by_field, form_page
from network.actions.tokens import create_token, revoke_token
from network.enums import Scope
from network.models import ApiToken, Membership
from network.permissions import Permission
from network.queries.members import names_of
from network.queries.tokens import tokens_in, tokens_of


@dataclass(frozen=True, slots=True)
class Shown:
    """A token as the page shows it; `name` is whose it is, empty for one's own."""

    token: ApiToken
    is_live: bool
    words: Sequence[str | Promise]
    name: str = ""


@require_safe
@desk_page(Permission.TOKEN_MAKE)
def tokens(request: HttpRequest, desk: Desk) -> HttpResponse:
    """One's own tokens; for who manages them those of everybody."""
    manages = desk.can(Permission.TOKEN_MANAGE)
    found = list((tokens_in if manages else tokens_of)(desk.actor))
    names = names_of(desk.actor) if manages else {}
    others = [token for token in found if token.person_id != desk.person.pk]
    context = {
        "desk": desk,
        "part": "tokens",
        "own": [_shown(token) for token in found if token.person_id == desk.person.pk],
        "others": [_shown(token, names.get(token.person_id, "")) for token in others],
        "manages": manages,
    }
    return render(request, "frontend/desk/tokens/tokens.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@confirmed
@desk_page(Permission.TOKEN_MAKE)
def new(request: HttpRequest, desk: Desk) -> HttpResponse:
    """A new token. Its text is on the answer to the form, and nowhere else."""
    form = TokenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            token, text = create_token(
                desk.actor,
                membership=Membership.objects.get(person_id=desk.person.pk, ended_at=None),
                name=form.cleaned_data["name"],
                scopes=form.cleaned_data["scopes"],
                days=form.cleaned_data["days"],
                token_id=form.cleaned_data["number"],
            )
        except ValidationError as error:
            form.take_errors(by_field(error))
        else:
            context = {"desk": desk, "part": "tokens", "shown": _shown(token), "text": text}
            return render(request, "frontend/desk/tokens/made.html", context)
    return form_page(request, "frontend/desk/tokens/new.html", form, desk=desk, part="tokens")


@require_POST
@desk_page(Permission.TOKEN_MAKE)
def revoke(request: HttpRequest, desk: Desk, token_id: UUID) -> HttpResponse:
    """The end of a token, at once."""
    manages = desk.can(Permission.TOKEN_MANAGE)
    token: ApiToken = (tokens_in if manages else tokens_of)(desk.actor).get(pk=token_id)
    revoke_token(desk.actor, token=token)
    messages.success(request, _("That token works no more."))
    return SeeOther(reverse("desk:tokens", args=[desk.organization.slug]))


def _shown(token: ApiToken, name: str = "") -> Shown:
    words = [WORDS.get(Scope(scope), Scope(scope).label) for scope in token.scopes]
    return Shown(token, token.is_live(timezone.now()), words, name)
