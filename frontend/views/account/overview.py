"""One's own account: profile, password, address, devices, a copy, the end."""

from __future__ import annotations

import json
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from directory.queries.export.asked import applications_of_person
from frontend.desk.signed_in import (
    SeeOther,
    account_page,
    begin_session,
    confirmed,
    key_hash,
)
from frontend.forms.account.forms import DeviceForm, ForgotForm, NewPasswordForm, ProfileForm
from frontend.views.account.answers import by_field, form_page
from messaging.queries.mail_choices import choice_as_file
from network.actions.accounts import (
    ask_for_new_email,
    change_password,
    change_profile,
    delete_account,
    end_session,
    export_account,
    rename_session,
)
from network.models import Person
from network.queries.accounts import sessions_of
from network.queries.memberships import organizations_of, resting_organizations_of
from network.tenancy import Actor

_FORM_METHODS = ["GET", "HEAD", "POST"]


@require_safe
@account_page
def overview(request: HttpRequest, person: Person, actor: Actor) -> HttpResponse:
    """What there is to one's account, and where to change it."""
    context = {
        "person": person,
        "organizations": organizations_of(actor),
        "resting": resting_organizations_of(actor),
        "sessions": sessions_of(actor, key_hash(request)),
    }
    return render(request, "frontend/account/overview.html", context)


@require_http_methods(_FORM_METHODS)
@account_page
def profile(request: HttpRequest, person: Person, actor: Actor) -> HttpResponse:
    """Name, language, time zone."""
    names = ("display_name", "language", "time_zone")
    form = ProfileForm(request.POST or None, initial={n: getattr(person, n) for n in names})
    if request.method == "POST" and form.is_valid():
        try:
            change_profile(actor, person=person, **form.cleaned_data)
        except ValidationError as error:
            form.take_errors(by_field(error))
        else:
            messages.success(request, _("Saved."))
            return SeeOther(reverse("account:overview"))
    return form_page(request, "frontend/account/profile.html", form)


@require_http_methods(_FORM_METHODS)
@confirmed
@account_page
def password(request: HttpRequest, person: Person, actor: Actor) -> HttpResponse:
    """A new password; other devices are signed out."""
    form = NewPasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            change_password(
                actor,
                person=person,
                password=form.cleaned_data["password"],
                keep=key_hash(request),
            )
        except ValidationError as error:
            form.take_errors(by_field(error, "password"))
        else:
            # A key that somebody else may have seen is worth nothing from now on.
            begin_session(request, person, _name_of(actor, key_hash(request)))
            messages.success(
                request, _("The password is changed. Your other devices are signed out.")
            )
            return SeeOther(reverse("account:overview"))
    return form_page(
        request, "frontend/account/new_password.html", form, heading=_("Change your password")
    )


@require_http_methods(_FORM_METHODS)
@confirmed
@account_page
def email(request: HttpRequest, person: Person, actor: Actor) -> HttpResponse:
    """Another address: it counts once the link in the mail to it was used."""
    form = ForgotForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            ask_for_new_email(actor, person=person, email=form.cleaned_data["email"])
        except ValidationError as error:
            form.take_errors(by_field(error, "email"))
        else:
            messages.success(
                request, _("A mail is on its way to the new address. Open the link in it.")
            )
            return SeeOther(reverse("account:overview"))
    return form_page(request, "frontend/account/email.html", form, person=person)


@require_http_methods(_FORM_METHODS)
@account_page
def device(request: HttpRequest, person: Person, actor: Actor, session_id: UUID) -> HttpResponse:
    """Call a device something else."""
    own = next((s for s in sessions_of(actor, key_hash(request)) if s.id == session_id), None)
    if own is None:
        raise Http404
    form = DeviceForm(request.POST or None, initial={"name": own.name})
    if request.method == "POST" and form.is_valid():
        try:
            rename_session(actor, session_id=session_id, name=form.cleaned_data["name"])
        except ValidationError as error:
            form.take_errors(by_field(error, "name"))
        else:
            messages.success(request, _("Saved."))
            return SeeOther(reverse("account:overview"))
    return form_page(request, "frontend/account/device.html", form)


@require_POST
@account_page
def end_device(
    request: HttpRequest, person: Person, actor: Actor, session_id: UUID
) -> HttpResponse:
    """Sign a device out."""
    if not end_session(actor, session_id=session_id):
        raise Http404
    messages.success(request, _("That device is signed out."))
    return SeeOther(reverse("account:overview"))


@require_POST
@confirmed
@account_page
def export(request: HttpRequest, person: Person, actor: Actor) -> HttpResponse:
    """All that is held of the account, as a file."""
    held = export_account(actor, person=person)
    held["applications"] = applications_of_person(actor)
    held["mails_about_messages"] = choice_as_file(actor)
    document = json.dumps(held, ensure_ascii=False, indent=2)
    return HttpResponse(
        document + "\n",
        content_type="application/json",
        headers={"Content-Disposition": 'attachment; filename="account.json"'},
    )


@require_http_methods(_FORM_METHODS)
@confirmed
@account_page
def delete(request: HttpRequest, person: Person, actor: Actor) -> HttpResponse:
    """The end of the account, for good."""
    error = ""
    if request.method == "POST":
        try:
            delete_account(actor, person=person)
        except ValidationError as refused:
            error = refused.messages[0]
        else:
            request.session.flush()
            response = SeeOther(f"{reverse('account:signed_out')}?deleted=1")
            response.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'
            return response
    status = 422 if error else 200
    return render(request, "frontend/account/delete.html", {"error": error}, status=status)


def _name_of(actor: Actor, digest: str) -> str:
    return next((one.name for one in sessions_of(actor, digest) if one.is_this), "")
