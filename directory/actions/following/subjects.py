"""What the rows of followers are about."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from directory.models import Follow
from directory.queries.visiting_state import Subject


def with_subjects() -> QuerySet[Follow]:
    """Follows with all that their subject needs to be named."""
    return Follow.objects.select_related(
        "facility__country", "facility__merged_into__country"
    ).select_related("country")


def subject_of(follow: Follow) -> Subject:
    """The place or country that a follow is about."""
    return Subject(follow.facility, follow.country)


def same_subject(follow: Follow) -> dict[str, Any]:
    """The columns that other follows of the same subject share."""
    return {"facility_id": follow.facility_id, "country_id": follow.country_id}
