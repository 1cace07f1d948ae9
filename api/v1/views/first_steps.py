"""The first step of a way in, and objections: sent by anybody, answered alike for everybody."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api.middleware.kept import private
from api.problems import Refusal
from api.v1.filters.parameters import Parameters
from api.v1.operations.ways_in import OBJECT
from api.v1.shell.bodies import body_of
from api.v1.shell.confirming import LookedInput, looked_in
from api.v1.shell.errors import told
from api.v1.shell.inputs import Choice, Email, Input, Text
from api.v1.shell.repeats import id_of_repeats
from api.v1.views.public import OneForm
from directory.actions.applying import object_to_claim, take_first_step
from directory.actions.applying.limits import DAY, may_object, may_take_first_step
from directory.enums import ApplicationKind
from directory.queries.application_answers import checked_first
from directory.queries.applications import claimable, listing_at
from directory.queries.disputes import disputed_application
from directory.queries.starting import place_to_start_at
from network.models import Person
from network.tenancy import Actor, Via, acting, visitor

LANGUAGES = [code for code, _name in settings.LANGUAGES]
OF_A_PERSON = ("email", "person_name")


class FirstStepInput(Input):
    """A first step; which fields go with which kind is said by `first_step_in`."""

    kind = Choice(choices=ApplicationKind.values)
    name = Text(max_length=200, allow_blank=True, default="")
    country = Text(max_length=2, allow_blank=True, required=False)
    listing = Text(max_length=160, required=False)
    facility = Text(max_length=160, required=False)
    person_name = Text(max_length=120, allow_blank=True, required=False)
    email = Email(required=False)
    language = Choice(choices=LANGUAGES, required=False)


class ObjectionInput(LookedInput):
    """An objection."""

    text = Text(max_length=3000, allow_blank=True)
    email = Email(allow_blank=True, default="")
    language = Choice(choices=LANGUAGES, required=False)


@dataclass(frozen=True, slots=True)
class AskedStep:
    """A first step that can be taken, to whom its link goes, and its id where it has a key."""

    kind: ApplicationKind
    email: str
    language: str
    answers: dict[str, Any]
    listing_slug: str
    id: UUID | None


def first_step_in(request: Request, person: Person | None) -> AskedStep:
    """What a request asks for, in the name of a token's person or of nobody.

    Raises:
        ValidationError: by the names of the fields; 400.
    """
    values = FirstStepInput.of(body_of(request._request))  # noqa: SLF001 - the framework's own way to what it wraps
    kind = ApplicationKind(values["kind"])
    errors = _odd(values, kind, is_signed=person is not None)
    answers = {
        "name": values["name"],
        "country": values.get("country", ""),
        "person_name": person.display_name if person else values.get("person_name", ""),
    }
    errors |= _settle(values, answers)
    if errors:
        raise ValidationError(errors)
    return AskedStep(
        kind=kind,
        email=person.email if person else values["email"],
        language=values.get("language") or (person.language if person else _language()),
        answers=checked_first(answers),
        listing_slug=values.get("listing", ""),
        id=None if person else id_of_repeats(request._request),  # noqa: SLF001 - the same
    )


def count_first_step(step: AskedStep) -> None:
    """Count one first step. No transaction may be open.

    Raises:
        Refusal: 429; it says nothing of when the others were.
    """
    if not may_take_first_step(step.email):
        raise _too_often()


def take(actor: Actor, step: AskedStep) -> None:
    """Keep it and send its link."""
    take_first_step(
        actor,
        kind=step.kind,
        email=step.email,
        language=step.language,
        answers=step.answers,
        listing_slug=step.listing_slug,
        step_id=step.id,
    )


class Objections(APIView):
    """Objections to one entry: anybody sends one, the stewards read it."""

    content_negotiation_class = OneForm
    http_method_names = ["post"]

    def handle_exception(self, exc: Exception) -> Response:
        """What actions raise, in the words of the API."""
        return super().handle_exception(told(exc))

    def finalize_response(
        self, request: Request, response: Any, *args: Any, **kwargs: Any
    ) -> Response:
        """The answer, which nobody keeps."""
        answer = super().finalize_response(request, response, *args, **kwargs)
        private(answer)
        return answer

    @OBJECT
    def post(self, request: Request, slug: str) -> HttpResponse:
        """204.

        Raises:
            Http404: nobody can object to this entry, or there is none.
            Refusal: 429.
            ValidationError: by the names of the fields; 400.
        """
        Parameters.of(request.query_params)
        values = ObjectionInput.of(body_of(request._request))  # noqa: SLF001 - the framework's own way to what it wraps
        listing = listing_at(slug)
        if listing is None or disputed_application(listing) is None:
            raise Http404
        if not values["text"].strip():
            raise ValidationError({"text": [_("Write why this entry is not theirs.")]})
        objection_id = id_of_repeats(request._request)  # noqa: SLF001 - the same
        if not may_object(slug):
            raise _too_often()
        with acting(visitor(Via.API)) as nobody:
            object_to_claim(
                nobody,
                listing=listing,
                text=values["text"],
                email=values["email"],
                language=values.get("language") or _language(),
                objection_id=objection_id,
                has_looked=looked_in(values),
            )
        answer = HttpResponse(status=HTTPStatus.NO_CONTENT)
        del answer.headers["Content-Type"]
        return answer


def _odd(
    values: dict[str, Any], kind: ApplicationKind, *, is_signed: bool
) -> dict[str, list[str]]:
    """Fields that do not go with this kind, or with a token; and those that are missing."""
    errors = {}
    of_kind = {
        "listing": kind == ApplicationKind.CLAIM,
        "facility": kind == ApplicationKind.START,
        "country": kind != ApplicationKind.CLAIM,
    }
    for name, goes in of_kind.items():
        if name in values and not goes:
            errors[name] = [_("Leave this out: it does not go with this kind.")]
    if is_signed:
        for name in OF_A_PERSON:
            if name in values:
                errors[name] = [_("Leave this out: it is taken from your account.")]
    elif "email" not in values:
        errors["email"] = [str(Email.default_error_messages["email"])]
    return errors


def _settle(values: dict[str, Any], answers: dict[str, Any]) -> dict[str, list[str]]:
    """Put into the answers what entry or place say; what is wrong with them."""
    errors = {}
    if values["kind"] == ApplicationKind.CLAIM:
        listing = claimable(values.get("listing", ""))
        if listing is None:
            errors["listing"] = [_("Send the slug of an entry that nobody has claimed.")]
        else:
            answers["country"] = listing.country.iso2
    if "facility" in values:
        place = place_to_start_at(values["facility"])
        if place is None:
            errors["facility"] = [
                _("There is no place of this name. Take the last part of its page's address.")
            ]
        else:
            answers["places"] = place.name
            answers["country"] = answers["country"] or place.country.iso2
    return errors


def _language() -> str:
    return get_language() or settings.LANGUAGE_CODE


def _too_often() -> Refusal:
    return Refusal(
        HTTPStatus.TOO_MANY_REQUESTS,
        {"Retry-After": str(DAY)},
        detail=_("This was asked for too often today. Try again tomorrow."),
    )
