"""Mails when visits change: asked for, confirmed and ended without an account."""

from __future__ import annotations

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from directory.actions.following import (
    ask_to_follow,
    confirm_follow,
    end_follow,
    open_end,
    open_wish,
)
from directory.actions.following.subjects import subject_of
from directory.models import Facility
from directory.queries.countries import country_by_code
from directory.queries.facilities import facility_by_slug
from directory.queries.visiting_state import Subject
from frontend import alternates
from frontend.desk.signed_in import SeeOther
from frontend.following import letters
from frontend.following.links import one_click_address, page_of, query_of
from frontend.following.words import name_of
from frontend.forms.follow_form import FollowForm
from frontend.templatetags.atlas import country_name
from frontend.views.account.answers import form_page
from network.actions.limits import Taken, take
from network.tenancy import visitor
from network.validators import normalise_email

DAY = 24 * 3600
# More confirmations to one address would only fill its box; the node sends no more in all.
OF_ADDRESS, OF_NODE = 5, 500
TOO_MANY, GONE = 429, 410
SUBJECTLESS = "frontend/follow/choose.html"


@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: HttpRequest) -> HttpResponse:
    """Ask for mails about a place or country; the answer is the same for every address."""
    subject = _asked_for(request)
    if subject is None:
        return render(request, SUBJECTLESS)
    form = FollowForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _form(request, form, subject)
    email = normalise_email(form.cleaned_data["email"])
    if (refused := _refused(email)) is not None:
        form.add_error(None, _too_many(refused))
        response = _form(request, form, subject, TOO_MANY)
        response.headers["Retry-After"] = str(refused.reset_seconds)
        return response
    ask_to_follow(
        visitor(),
        email=email,
        language=get_language() or "en",
        subject=subject,
        compose=lambda token: letters.confirming(subject, token),
    )
    return SeeOther(f"{reverse('follow:asked')}?{query_of(subject)}")


@require_http_methods(["GET", "HEAD"])
def asked(request: HttpRequest) -> HttpResponse:
    """What happens now, whether the address follows it already or not."""
    subject = _asked_for(request)
    if subject is None:
        return render(request, SUBJECTLESS)
    return render(request, "frontend/follow/asked.html", _about(subject))


@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """One button that begins the mails; 410 for a link that is over or none."""
    actor = visitor()
    is_sent = request.method == "POST"
    found = (confirm_follow if is_sent else open_wish)(actor, token=token)
    if found is None:
        return render(request, "frontend/follow/dead_link.html", status=GONE)
    context = {**_about(subject_of(found)), "is_confirmed": found.confirmed_at is not None}
    return render(request, "frontend/follow/confirm.html", context)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, token: str) -> HttpResponse:
    """One button that ends the mails; a POST ends them at once, from a mail program too.

    RFC 8058: no cookie and no token of a form is asked for, and the answer is no redirect. A
    POST that finds nothing to end is answered like one that did: there are no such mails.
    """
    actor = visitor()
    found = open_end(actor, token=token)
    about = _about(subject_of(found)) if found else {}
    if request.method == "POST":
        end_follow(actor, token=token, link=one_click_address(token))
        return render(request, "frontend/follow/ended.html", about)
    if found is None:
        return render(request, "frontend/follow/dead_link.html", {"is_end": True}, status=GONE)
    return render(request, "frontend/follow/end.html", about)


def _asked_for(request: HttpRequest) -> Subject | None:
    """The place or country that the address names; nothing where it names none.

    Raises:
        BadRequest: it names both.
        Http404: there is none of that name.
    """
    slug, code = request.GET.get("facility", ""), request.GET.get("country", "")
    if slug and code:
        raise BadRequest("a place or a country")
    if slug:
        try:
            return Subject(facility=facility_by_slug(slug))
        except Facility.DoesNotExist:
            raise Http404(_("There is no place at this address.")) from None
    if code:
        land = country_by_code(code.upper())
        if land is None:
            raise Http404(_("There is no country at this address."))
        return Subject(country=land)
    return None


def _about(subject: Subject) -> dict[str, object]:
    """What every page of a subject shows of it."""
    land = (country_name(subject.land), page_of(Subject(country=subject.land)))
    place = (name_of(subject), page_of(subject))
    return {
        "place": letters.named(subject),
        "is_country": subject.place is None,
        "trail": [land] if subject.place is None else [land, place],
        "page": page_of(subject),
        "feed": alternates.access_feed(subject),
    }


def _form(
    request: HttpRequest, form: FollowForm, subject: Subject, status: int = 0
) -> HttpResponse:
    refusal = _("Nothing was sent yet")
    return form_page(
        request, "frontend/follow/follow.html", form, status, refusal=refusal, **_about(subject)
    )


def _refused(email: str) -> Taken | None:
    """The limit that is reached, if one is; a refused address takes nothing from the node."""
    for scope, of, limit in (
        ("follow address", email, OF_ADDRESS),
        ("follow node", "all", OF_NODE),
    ):
        taken = take(scope, of, limit, DAY)
        if not taken.allowed:
            return taken
    return None


def _too_many(refused: Taken) -> str:
    hours = -(-refused.reset_seconds // 3600)
    return ngettext(
        "Too many of these mails were asked for today. Try again in %(hours)d hour, or read the"
        " feed, which needs no address.",
        "Too many of these mails were asked for today. Try again in %(hours)d hours, or read the"
        " feed, which needs no address.",
        hours,
    ) % {"hours": hours}
