"""Views that a token opens: who asks, what they may, and what they sent.

    class Programs(TenantView):
        permissions = {
            "GET": (Permission.PROGRAM_READ, Scope.DIRECTORY_READ),
            "POST": (Permission.PROGRAM_EDIT, Scope.DIRECTORY_WRITE),
        }

        @LIST_PROGRAMS
        def get(self, request: Request) -> HttpResponse:
            ...
            return self.answer(document)

A handler runs inside `acting(self.actor)` and gets what the address names beside the slug.
"""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from rest_framework.exceptions import MethodNotAllowed
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api.middleware.kept import private
from api.problems import Refusal
from api.v1.filters.parameters import Parameters
from api.v1.shell.bearer import bearer, unauthenticated
from api.v1.shell.bodies import LARGEST, body_of
from api.v1.shell.errors import told
from api.v1.shell.inputs import Input
from api.v1.shell.rates import Rate
from api.v1.shell.repeats import once
from api.v1.shell.versions import entity_tag, stale, version_in
from api.v1.views.public import OneForm, page_addresses
from network.enums import Scope
from network.models import ApiToken, Organization
from network.permissions import OwnedByOrganization, Permission, Refused, can
from network.queries.memberships import role_of
from network.serialization import json_bytes
from network.tenancy import Actor, Via, acting, member

JSON = "application/json"
# Answers are kept by nobody, so there is nothing to ask by these; `If-Match` is read by the view.
CONDITIONS = (
    "HTTP_IF_MATCH",
    "HTTP_IF_NONE_MATCH",
    "HTTP_IF_MODIFIED_SINCE",
    "HTTP_IF_UNMODIFIED_SINCE",
)


class BearerView(APIView):
    """A view that answers whoever shows a token, as its person in its organization.

    What a handler finds: `actor`, `token`, and `organization`, the one acted for.
    """

    content_negotiation_class = OneForm
    http_method_names = ["get", "head", "post", "put", "patch", "delete"]
    parameters: type[Parameters] = Parameters
    # In bytes; the server lets longer ones through to few addresses.
    largest_body = LARGEST
    actor: Actor
    token: ApiToken
    organization: Organization
    _rate: Rate | None = None
    _if_match: str | None = None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The answer, or the refusal as problem details. Never kept, never shared."""
        self.args, self.kwargs = args, kwargs
        self._if_match = request.headers.get("If-Match")
        for name in CONDITIONS:
            request.META.pop(name, None)
        self.request: Request = self.initialize_request(request, *args, **kwargs)
        self.headers = self.default_response_headers
        try:
            answer: Any = self._answered(request, kwargs)
        except Exception as error:  # noqa: BLE001 - the framework's own way; what it does not know is raised
            answer = self.handle_exception(error)
        self.response = self.finalize_response(self.request, answer, *args, **kwargs)
        return self.response

    def handle_exception(self, exc: Exception) -> Response:
        """What actions and queries raise, in the words of the API."""
        return super().handle_exception(self._told(exc))

    def finalize_response(
        self, request: Request, response: Any, *args: Any, **kwargs: Any
    ) -> Response:
        """The answer with its headers."""
        answer = super().finalize_response(request, response, *args, **kwargs)
        if self._rate is not None:
            self._rate.tell(answer)
        private(answer)
        return answer

    def input(self, kind: type[Input], *, partial: bool = False) -> dict[str, Any]:
        """The values that the request carries, by the fields of `kind`.

        Raises:
            ValidationError: by the names of the fields; 400.
        """
        return kind.of(body_of(self.request._request, self.largest_body), partial=partial)  # noqa: SLF001 - the framework's own way to what it wraps

    def asked(self) -> dict[str, Any]:
        """The values of the parameters, by the class in `parameters`.

        Raises:
            ValidationError: by the names of the parameters; 400.
        """
        return self.parameters.of(self.request.query_params)

    def answer(
        self,
        document: Any = None,
        *,
        status: int = 200,
        version: int | None = None,
        location: str = "",
    ) -> HttpResponse:
        """A document as an answer; 204 without one. `version` becomes the `ETag`."""
        if document is None:
            answer = HttpResponse(status=HTTPStatus.NO_CONTENT)
            del answer.headers["Content-Type"]
            return answer
        answer = HttpResponse(json_bytes(document), content_type=JSON, status=status)
        if version is not None:
            answer.headers["ETag"] = entity_tag(version)
        if location:
            answer.headers["Location"] = location
        return answer

    def page(self, results: list[Any], pages: tuple[str, str], **more: Any) -> HttpResponse:
        """`{next, previous, results}`; `pages` are the cursors of the previous and next page."""
        addresses, links = page_addresses(self.request, pages)
        answer = self.answer({**addresses, **more, "results": results})
        if links:
            answer.headers["Link"] = links
        return answer

    def expected_version(self) -> int:
        """The version that `If-Match` names.

        Raises:
            Refusal: 428, without the header.
            ValidationError: it names none; 400.
        """
        return version_in(self._if_match)

    def check_version(self, present: int, current: Any) -> None:
        """Pass where `If-Match` names the present version.

        `current` is what the object says now, as the answer to GET would, to merge with. Look
        once more when you write: `update(...)` with the version as a condition.

        Raises:
            Refusal: 428 without the header, 409 with `current` where it names another version.
            ValidationError: it names none; 400.
        """
        if self.expected_version() != present:
            raise stale(current)

    def _answered(self, request: HttpRequest, kwargs: dict[str, Any]) -> HttpResponse:
        method = "GET" if request.method == "HEAD" else str(request.method)
        self.token = bearer(request)
        self.organization = self.token.organization
        self._rate = self._counted(method)
        self._rate.check()
        rest = self._within(kwargs)
        handler = getattr(self, method.lower(), None)
        if handler is None or method.lower() not in self.http_method_names:
            raise MethodNotAllowed(str(request.method))
        if method != "GET":
            body_of(request, self.largest_body)
        self.actor = member(self.token.person_id, self.organization.pk, via=Via.API)
        self._admit(method)
        with acting(self.actor, is_reading=method == "GET"):
            self._check(method)
            if method != "GET":
                Parameters.of(self.request.query_params)
            else:
                self.asked()
            return self._made(method, lambda: handler(self.request, **rest))

    def _counted(self, method: str) -> Rate:
        """The quota of the token, with this request counted."""
        return Rate(self.token, method)

    def _within(self, kwargs: dict[str, Any]) -> dict[str, Any]:
        """What the address names, once it is sure to be the token's to ask for."""
        return kwargs

    def _admit(self, method: str) -> None:
        """What has to be done while no transaction is open: counting what is limited."""

    def _check(self, method: str) -> None:
        """Refuse what the person may not.

        Raises:
            Refusal: 401, the person belongs to the organization no longer.
        """
        if role_of(self.actor) is None:
            raise unauthenticated()

    def _made(self, method: str, make: Callable[[], HttpResponse]) -> HttpResponse:
        """What the handler answers; of a POST with an `Idempotency-Key` once."""
        if method != "POST":
            return make()
        owner = (self.organization.pk, self.token.person_id)
        return once(self.request._request, owner, make)  # noqa: SLF001 - the framework's own way to what it wraps

    def _told(self, error: Exception) -> Exception:
        if isinstance(error, Refused):
            return self._role_refused(error.args[0] if error.args else "")
        return told(error)

    def _role_refused(self, permission: Permission | str) -> Refusal:
        """403: the role does not carry it."""
        detail = f"Your role does not carry {permission}." if permission else "Your role may not."
        return Refusal(HTTPStatus.FORBIDDEN, detail=detail, permission=str(permission))


class TenantView(BearerView):
    """A view of what belongs to one organization, at an address that begins with its `slug`.

    `permissions` says for each method which permission the role must carry and which scope the
    token must have. Another organization, and one that there is not, are the same 404.
    """

    permissions: dict[str, tuple[Permission, Scope]] = {}

    def may(self, permission: Permission, obj: OwnedByOrganization | None = None) -> bool:
        """Whether the person may do this too, at this moment."""
        return can(self.actor, permission, obj)

    def _within(self, kwargs: dict[str, Any]) -> dict[str, Any]:
        """The rest of the address.

        Raises:
            Http404: it is not the token's organization.
        """
        if kwargs["slug"] != self.organization.slug:
            raise Http404
        return {name: value for name, value in kwargs.items() if name != "slug"}

    def _check(self, method: str) -> None:
        """Refuse what token or role may not.

        Raises:
            Refusal: 401 without a role, 403 without scope or permission.
        """
        permission, scope = self.permissions[method]
        if scope not in self.token.scopes:
            challenge = f'Bearer error="insufficient_scope", scope="{scope}"'
            raise Refusal(
                HTTPStatus.FORBIDDEN,
                {"WWW-Authenticate": challenge},
                detail=f"This token has no scope {scope}.",
                scope=str(scope),
            )
        if not can(self.actor, permission):
            super()._check(method)
            raise self._role_refused(permission)
