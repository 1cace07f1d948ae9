"""The place that something is stated about, and what it shows then."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from directory.actions.indexing import forget_words, index_facilities, take_facility_words
from directory.models import Facility, FacilityClaim
from directory.queries.facility_display import GROUPS, STATUS, displayed, sources_of, statement_of

# A place has them whatever is claimed, see `claim_values`.
_KEPT = ("name", "names", "country", "admin1", "locality", "latitude", "longitude", "precision")
_EMPTY = Facility()


def locked_place(facility: Facility) -> Facility:
    """The place as it stands, locked until the commit: of two statements the later sees the first.

    Raises:
        ValidationError: at `facility`; it is a duplicate of another.
    """
    place = Facility.objects.select_for_update().get(pk=facility.pk)
    if place.merged_into_id is not None:
        words = _("This place is listed twice. State it about the entry that it leads to.")
        raise ValidationError({"facility": ValidationError(words, code="merged")})
    return place


def show_place(place: Facility, touched: set[str]) -> None:
    """Let a place show what the display rule picks now.

    A touched field of which no claim speaks any more is empty again.
    """
    claims = FacilityClaim.objects.filter(facility=place, withdrawn_at=None)
    shown = displayed([statement_of(claim, claim.created_at) for claim in claims])
    for group in (*GROUPS, STATUS):
        if group[0] in touched and group[0] not in shown:
            shown |= {name: getattr(_EMPTY, name) for name in (*group, *sources_of(group))}
    changed = {
        name: value
        for name, value in shown.items()
        if name not in _KEPT and getattr(place, name) != value
    }
    if not changed:
        return
    words = take_facility_words(place)
    for name, value in changed.items():
        setattr(place, name, value)
    place.version += 1
    place.save()
    index_facilities([place])
    forget_words(words)
