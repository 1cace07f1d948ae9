"""Writing to a group through the site: the form, what became of the note, the address's yes."""

from __future__ import annotations

from http import HTTPStatus

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from directory.actions.relaying import TooManyNotesError, carry_note, confirm_relay
from directory.models import Listing
from directory.queries.relays import relay_by_token, relay_open_at
from frontend.desk.signed_in import SeeOther
from frontend.forms.contact import NoteForm
from frontend.views.account.answers import by_field, form_page
from network.tenancy import Purpose, Via, system, visitor

METHODS = ["GET", "HEAD", "POST"]
EYES = system(Purpose.OPERATOR, via=Via.PAGE)
_FORM = "frontend/contact/form.html"
_DEAD = "frontend/contact/dead_link.html"


@require_http_methods(METHODS)
def contact(request: HttpRequest, slug: str) -> HttpResponse:
    """The form; 404 alike where nobody can be written to, for whatever reason.

    Where there is an entry the page says so and leads back to it.
    """
    opened = relay_open_at(EYES, slug)
    if opened is None:
        return _closed(request, slug)
    listing = opened.listing
    form = NoteForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return form_page(request, _FORM, form, listing=listing)
    try:
        carry_note(visitor(), slug=slug, note=form.note(), has_looked=form.has_looked)
    except Listing.DoesNotExist:
        # Switched off while the page was open.
        return _closed(request, slug)
    except ValidationError as error:
        form.heed(error)
        form.take_errors(by_field(error))
        return form_page(request, _FORM, form, listing=listing)
    except TooManyNotesError:
        context = {"listing": listing, "text": form.note().text}
        status = HTTPStatus.TOO_MANY_REQUESTS
        return render(request, "frontend/contact/full.html", context, status=status)
    return SeeOther(reverse("contact:sent", args=[slug]))


@require_safe
def sent(request: HttpRequest, slug: str) -> HttpResponse:
    """The note is on its way, and what to do if no answer comes."""
    opened = relay_open_at(EYES, slug)
    if opened is None:
        return _closed(request, slug)
    return render(request, "frontend/contact/sent.html", {"listing": opened.listing})


@require_http_methods(METHODS)
def confirm(request: HttpRequest, slug: str, token: str) -> HttpResponse:
    """One button, for whoever reads the mail; 410 for a link that is used, over or none."""
    relay = relay_by_token(EYES, token)
    if relay is None:
        return render(request, _DEAD, status=HTTPStatus.GONE)
    if request.method != "POST":
        return render(request, "frontend/contact/confirm.html", {"relay": relay})
    if confirm_relay(visitor(), token=token) is None:
        return render(request, _DEAD, status=HTTPStatus.GONE)
    return render(request, "frontend/contact/confirmed.html", {"relay": relay})


def _closed(request: HttpRequest, slug: str) -> HttpResponse:
    """That nobody can be written to there; what was written meanwhile is given back.

    Raises:
        Http404: there is no such entry.
    """
    listing = Listing.objects.select_related("country").filter(slug=slug).first()
    if listing is None:
        raise Http404
    context = {"listing": listing, "text": request.POST.get("text", "")}
    return render(request, "frontend/contact/closed.html", context, status=HTTPStatus.NOT_FOUND)
