"""A note on a public entry: a form without an account, and a page that says it was sent."""

from __future__ import annotations

from http import HTTPStatus

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from directory.actions.deciding import make_report
from directory.enums import ReportKind, ReportSubject
from directory.models import Facility, Listing
from frontend.desk.signed_in import SeeOther
from frontend.forms.report_form import ReportForm
from network.actions.limits import take
from network.tenancy import acting, visitor

A_DAY = 24 * 60 * 60
OF_ENTRY = 10
OF_NODE = 300
_METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(_METHODS)
def program(request: HttpRequest, slug: str) -> HttpResponse:
    """The form about a program."""
    return _form(request, ReportSubject.PROGRAM, slug)


@require_http_methods(_METHODS)
def facility(request: HttpRequest, slug: str) -> HttpResponse:
    """The form about a place of detention."""
    return _form(request, ReportSubject.FACILITY, slug)


@require_http_methods(["GET", "HEAD"])
def program_sent(request: HttpRequest, slug: str) -> HttpResponse:
    """That it was sent; the program may be gone by now."""
    return render(request, "frontend/report/sent.html", {"slug": slug})


@require_http_methods(["GET", "HEAD"])
def facility_sent(request: HttpRequest, slug: str) -> HttpResponse:
    """The same for a place of detention."""
    return render(request, "frontend/report/sent.html", {"slug": slug})


def _form(request: HttpRequest, subject: ReportSubject, slug: str) -> HttpResponse:
    """The form, or what became of it. Places of detention are not taken off."""
    with acting(visitor(), is_reading=True):
        name = _name(subject, slug)
    form = ReportForm(request.POST or None)
    if subject == ReportSubject.FACILITY:
        choices = [one for one in ReportKind.choices if one[0] != ReportKind.TAKE_OFF]
        form.fields["kind"].choices = choices  # type: ignore[attr-defined] # a ChoiceField
    status = HTTPStatus.OK
    if request.method == "POST":
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        if form.is_valid() and not _is_within_limits(subject, slug):
            status = HTTPStatus.TOO_MANY_REQUESTS
        elif form.is_valid() and _is_kept(form, subject, slug):
            return SeeOther(reverse(f"report:{subject}_sent", kwargs={"slug": slug}))
    context = {
        "form": form,
        "name": name,
        "subject": subject,
        "slug": slug,
        "is_too_many": status == HTTPStatus.TOO_MANY_REQUESTS,
    }
    return render(request, "frontend/report/form.html", context, status=status)


def _name(subject: ReportSubject, slug: str) -> str:
    rows = Listing.objects.all() if subject == ReportSubject.PROGRAM else Facility.objects.all()
    name = rows.filter(slug=slug).values_list("name", flat=True).first()
    if name is None:
        raise Http404
    return str(name)


def _is_within_limits(subject: ReportSubject, slug: str) -> bool:
    """Counted for the entry and for the node, and for nobody who writes."""
    of_entry = take("report.entry", f"{subject} {slug}", OF_ENTRY, A_DAY)
    return of_entry.allowed and take("report.node", "", OF_NODE, A_DAY).allowed


def _is_kept(form: ReportForm, subject: ReportSubject, slug: str) -> bool:
    with acting(visitor()) as actor:
        try:
            make_report(
                actor,
                subject=subject,
                slug=slug,
                language=get_language() or "en",
                **form.cleaned_data,
                has_looked=form.has_looked,
            )
        except ValidationError as error:
            form.refuse(error)
            return False
    return True
