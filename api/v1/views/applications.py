"""The application of the token's organization."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from rest_framework.request import Request

from api.v1.filters.parameters import Parameters
from api.v1.operations.applications import (
    ANSWER_STEWARDS,
    CHANGE_APPLICATION,
    GET_APPLICATION,
    LIST_APPLICATIONS,
    SUBMIT_APPLICATION,
    WITHDRAW_APPLICATION,
)
from api.v1.operations.ways_in import BEGIN
from api.v1.schemas.ways_in import TAKEN
from api.v1.serializers.applications import application_document
from api.v1.shell.confirming import looked_in
from api.v1.shell.versions import stale
from api.v1.tenant import TenantView
from api.v1.views.first_steps import AskedStep, count_first_step, first_step_in, take
from api.v1.views.stated import raw_body
from directory.actions.applying import (
    StaleApplicationError,
    answer_stewards,
    edit_answers,
    submit_application,
    withdraw_application,
)
from directory.models import Application
from directory.queries.applications import application_of, notes_of
from network.enums import Scope
from network.permissions import Permission
from network.tenancy import Via, acting, visitor

_READ = (Permission.APPLICATION_WRITE, Scope.DIRECTORY_READ)
_WRITE = (Permission.APPLICATION_WRITE, Scope.DIRECTORY_WRITE)


class ApplicationView(TenantView):
    """A view of the one application of the organization that the token names."""

    def found(self, pk: UUID) -> Application:
        """The application of an id.

        Raises:
            Http404: the organization has none, or another.
        """
        application = application_of(self.actor)
        if application is None or application.pk != pk:
            raise Http404
        return application

    def told(self, application: Application) -> HttpResponse:
        """Its document, with its version as `ETag`."""
        return self.answer(self.document(application), version=application.version)

    def document(self, application: Application) -> dict[str, Any]:
        """What it says now."""
        return application_document(application, notes_of(self.actor, application))

    def _within(self, kwargs: dict[str, Any]) -> dict[str, Any]:
        """The address names no organization: the token does."""
        return kwargs


class Applications(ApplicationView):
    """The newest application, or none; and the first step of a new one, by anybody."""

    # Whoever belongs anywhere may begin: what it makes is a person's, and none of the group's.
    permissions = {"GET": _READ, "POST": (Permission.ORGANIZATION_READ, Scope.DIRECTORY_WRITE)}
    _step: AskedStep

    @LIST_APPLICATIONS
    def get(self, request: Request) -> HttpResponse:
        """`{results}`."""
        application = application_of(self.actor)
        return self.answer({"results": [self.document(application)] if application else []})

    @BEGIN
    def post(self, request: Request) -> HttpResponse:
        """202, the same for every address."""
        take(self.actor, self._step)
        return self.answer(TAKEN, status=HTTPStatus.ACCEPTED)

    def _answered(self, request: HttpRequest, kwargs: dict[str, Any]) -> HttpResponse:
        if request.method != "POST" or "Authorization" in request.headers:
            return super()._answered(request, kwargs)
        Parameters.of(self.request.query_params)
        self._step = first_step_in(self.request, None)
        count_first_step(self._step)
        self.actor = visitor(Via.API)
        with acting(self.actor):
            return self.post(self.request)

    def _admit(self, method: str) -> None:
        """Read and count a first step, once it is sure that the token may take one."""
        if method != "POST":
            return
        with acting(self.actor, is_reading=True):
            self._check(method)
        self._step = first_step_in(self.request, self.token.person)
        count_first_step(self._step)


class OneApplication(ApplicationView):
    """Where it stands, and its answers."""

    permissions = {"GET": _READ, "PATCH": _WRITE}

    @GET_APPLICATION
    def get(self, request: Request, pk: UUID) -> HttpResponse:
        """The application of an id."""
        return self.told(self.found(pk))

    @CHANGE_APPLICATION
    def patch(self, request: Request, pk: UUID) -> HttpResponse:
        """The application with these answers.

        Raises:
            Refusal: 409, a colleague changed them meanwhile.
            ValidationError: by the names of the fields.
        """
        application = self.found(pk)
        self.check_version(application.version, self.document(application))
        values = raw_body(self.request)
        looked = looked_in(values)
        try:
            changed = edit_answers(
                self.actor,
                application=application,
                base_version=application.version,
                values=values,
                has_looked=looked,
            )
        except StaleApplicationError as error:
            raise stale(self.document(error.present)) from None
        return self.told(changed)


class SubmitApplication(ApplicationView):
    """It goes to the stewards."""

    permissions = {"POST": _WRITE}

    @SUBMIT_APPLICATION
    def post(self, request: Request, pk: UUID) -> HttpResponse:
        """The application, sent."""
        sent = submit_application(self.actor, application=self.found(pk))
        return self.answer(self.document(sent))


class WithdrawApplication(ApplicationView):
    """It is taken back."""

    permissions = {"POST": _WRITE}

    @WITHDRAW_APPLICATION
    def post(self, request: Request, pk: UUID) -> HttpResponse:
        """The application, withdrawn."""
        ended = withdraw_application(self.actor, application=self.found(pk))
        return self.answer(self.document(ended))


class ApplicationNotes(ApplicationView):
    """The talk with the stewards."""

    permissions = {"POST": _WRITE}

    @ANSWER_STEWARDS
    def post(self, request: Request, pk: UUID) -> HttpResponse:
        """The application, with what was written."""
        values = raw_body(self.request)
        looked = looked_in(values)
        found = self.found(pk)
        answer_stewards(self.actor, application=found, body=values.get("body"), has_looked=looked)
        return self.answer(self.document(self.found(pk)))
