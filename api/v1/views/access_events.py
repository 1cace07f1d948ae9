"""Reports of an organization to the ledger of access."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

from api.v1.filters.paging import PageParameters, cursor_in, page_size
from api.v1.operations.stated import ADD_REPORT, CANCEL_REPORT, GET_REPORT, LIST_REPORTS
from api.v1.serializers.stated import report_document
from api.v1.shell.confirming import looked_in
from api.v1.shell.versions import stale
from api.v1.tenant import TenantView
from api.v1.views.stated import address_of, raw_body
from directory.actions.stating import (
    StaleError,
    cancel_report,
    report_access_event,
    supersede_event,
)
from directory.models import AccessReport
from directory.queries.cursor import page_in_order
from directory.queries.stated import REPORTS, reports_of
from network.enums import Scope
from network.permissions import Permission

NOT_YOURS = "This is no public entry of your organization's. Send the `event` of one of its own."


class AccessReports(TenantView):
    """What the organization has reported, and a new report."""

    permissions = {
        "GET": (Permission.LEDGER_WRITE, Scope.DIRECTORY_READ),
        "POST": (Permission.LEDGER_WRITE, Scope.DIRECTORY_WRITE),
    }
    parameters = PageParameters

    @LIST_REPORTS
    def get(self, request: Request) -> HttpResponse:
        """A page of reports, newest first."""
        values = self.asked()
        found = reports_of(self.actor)
        page = page_in_order(found, REPORTS, cursor_in(values, REPORTS), page_size(values))
        return self.page([report_document(one) for one in page.rows], (page.previous, page.next))

    @ADD_REPORT
    def post(self, request: Request) -> HttpResponse:
        """The report that was made.

        Raises:
            Refusal: 409, the entry was corrected already.
            ValidationError: by the names of the fields.
        """
        values = raw_body(self.request)
        looked = looked_in(values)
        corrected = self._corrected(values.pop("supersedes", None))
        try:
            if corrected is None:
                made = report_access_event(self.actor, values=values, has_looked=looked)
            else:
                made = supersede_event(
                    self.actor, report=corrected, values=values, has_looked=looked
                )
        except StaleError as error:
            raise stale(self._shown(error.present)) from None
        where = address_of("access_report", self.organization.slug, made.pk)
        return self.answer(self._shown(made), status=201, location=where)

    def _shown(self, report: AccessReport | None) -> dict[str, Any] | None:
        """A report with what its document needs."""
        return report_document(reports_of(self.actor).get(pk=report.pk)) if report else None

    def _corrected(self, event: object) -> AccessReport | None:
        """The organization's own report behind a public entry.

        Raises:
            ValidationError: there is none; another's and none at all are the same.
        """
        if event is None:
            return None
        try:
            found = reports_of(self.actor).filter(released_event=UUID(str(event))).first()
        except ValueError:
            found = None
        if found is None:
            raise ValidationError({"supersedes": [NOT_YOURS]})
        return found


class OneAccessReport(TenantView):
    """One report."""

    permissions = {
        "GET": (Permission.LEDGER_WRITE, Scope.DIRECTORY_READ),
        "DELETE": (Permission.LEDGER_WRITE, Scope.DIRECTORY_WRITE),
    }

    @GET_REPORT
    def get(self, request: Request, pk: UUID) -> HttpResponse:
        """The report of an id."""
        return self.answer(report_document(reports_of(self.actor).get(pk=pk)))

    @CANCEL_REPORT
    def delete(self, request: Request, pk: UUID) -> HttpResponse:
        """Take it back before its day.

        Raises:
            Refusal: 409, it is public.
        """
        try:
            cancel_report(self.actor, report=reports_of(self.actor).get(pk=pk))
        except StaleError:
            raise stale(report_document(reports_of(self.actor).get(pk=pk))) from None
        return self.answer()
