"""Addresses of a view that does what views of tenants do, on rows that there are."""

from __future__ import annotations

from django.urls import path, re_path
from rest_framework import serializers
from rest_framework.exceptions import APIException

from api.v1.shell.inputs import Input, Number, Text, Truth, Whole
from api.v1.tenant import TenantView
from api.v1.urls import urlpatterns as of_the_api
from api.v1.views.missing import Missing
from network.actions.audit import record
from network.enums import Scope
from network.models import AuditEntry, Organization
from network.permissions import Permission, require
from network.validators import validate_visible

THINGS = "/api/v1/organizations/harbour-visitors/things/"
app_name = "api"


class Part(Input):
    lat = Number()


class Thing(Input):
    name = Text(max_length=20, validators=[validate_visible])
    number = Whole(required=False)
    size = Number(required=False)
    is_open = Truth(required=False)
    part = Part(required=False)
    parts = Part(many=True, required=False)
    words = serializers.ListField(child=Text(max_length=3), required=False)


class Things(TenantView):
    """POST writes an audit entry; PATCH changes the organization's name."""

    permissions = {
        "GET": (Permission.PROGRAM_READ, Scope.DIRECTORY_READ),
        "POST": (Permission.PROGRAM_EDIT, Scope.DIRECTORY_WRITE),
        "PATCH": (Permission.ORGANIZATION_EDIT, Scope.DIRECTORY_WRITE),
        "DELETE": (Permission.MEMBER_READ, Scope.MEMBERS_READ),
    }

    def get(self, request):
        found = AuditEntry.objects.filter(verb="thing").order_by("created_at")
        one = Organization.objects.get(pk=self.organization.pk)
        things = [entry.details["name"] for entry in found]
        return self.answer({"name": one.name, "things": things}, version=one.version)

    def post(self, request):
        values = self.input(Thing)
        entry = record(self.actor, "thing", name=values["name"])
        if values["name"] == "fault":
            raise RuntimeError("a fault after the effect")
        if values["name"] == "unavailable":
            raise APIException
        status = 409 if values["name"] == "refused" else 201
        return self.answer(
            {"id": entry.pk, "name": values["name"]}, status=status, location=request.path
        )

    def patch(self, request):
        values = self.input(Thing, partial=True)
        one = Organization.objects.get(pk=self.organization.pk)
        self.check_version(one.version, {"name": one.name, "version": one.version})
        Organization.objects.filter(pk=one.pk, version=one.version).update(
            version=one.version + 1, **values
        )
        return self.answer({"name": values["name"]}, version=one.version + 1)

    def delete(self, request, key=None):
        if key is not None:
            AuditEntry.objects.get(pk=key)
        require(self.actor, Permission.ORGANIZATION_DELETE, self.organization)
        return self.answer()


urlpatterns = [
    path("organizations/<apislug:slug>/things/", Things.as_view(), name="things"),
    path("organizations/<apislug:slug>/things/<uuid:key>/", Things.as_view(), name="thing"),
    *of_the_api[:-1],
    re_path("", Missing.as_view()),
]
