"""Parameters of the log of an organization."""

from __future__ import annotations

from rest_framework import serializers

from api.v1.filters.paging import PageParameters


class AuditParameters(PageParameters):
    """Entries of one verb, of one person."""

    verb = serializers.CharField(
        max_length=60, required=False, help_text="What was done, such as `invitation.sent`."
    )
    person = serializers.UUIDField(
        required=False, help_text="Who did it, by the `person_id` of a member."
    )
