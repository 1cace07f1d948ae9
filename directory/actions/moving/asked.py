"""Loading the offer of help of a group; what it and others asked of each other stays behind."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError

from directory.actions.mentoring.checks import checked, checked_languages, checked_text
from directory.actions.moving.checking import checked_offer, told
from directory.models import MentorOffer
from network.identifying import require_looked_at
from network.models import Organization
from network.tenancy import Purpose, acting, system

_ASKED = ("asked_by_us", "asked_of_us")


def load_mentoring(organization: Organization, row: Any) -> str:
    """What became of a row: of an offer created, unchanged or `lives_here`, else `mentoring`.

    An offer is loaded closed, whatever it was: the group opens it once it is verified here. A
    request was made to a group of the other node, which nobody can answer here.

    Raises:
        RowRefusedError: it is not fit.
    """
    if isinstance(row, dict) and row.get("kind") in _ASKED:
        return "mentoring"
    said = _said(checked_offer(row))
    with acting(system(Purpose.OPERATOR, organization_id=organization.pk)):
        present = MentorOffer.objects.filter(organization=organization).first()
        if present is not None:
            is_same = all(getattr(present, name) == value for name, value in said.items())
            return "unchanged" if is_same else "lives_here"
        # Nothing leads to an offer by its id: it gets one of its own, and none is planted.
        MentorOffer.objects.create(organization=organization, **said)
    return "created"


def _said(row: dict[str, Any]) -> dict[str, Any]:
    """The values of an offer, checked as at the desk.

    Raises:
        RowRefusedError: with what the desk says.
    """
    try:
        said = checked(
            text=lambda: checked_text(row["text"], is_wanted=False),
            languages=lambda: checked_languages(row["languages"]),
        )
        # Nobody can be asked about a file.
        require_looked_at({"text": said["text"]}, has_looked=False)
    except ValidationError as error:
        raise told(error) from error
    return said
