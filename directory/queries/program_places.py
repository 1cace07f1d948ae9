"""The places that a program visits, as somebody named them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from directory.models import Facility
from directory.validators import validate_readable_text, validate_slug

MOST_PLACES = 200
LONGEST_NAME = 200
_SHAPE = _("Name each place, or give the last part of its address here.")


def checked_facilities(raw: Any) -> list[dict[str, Any]]:
    """Places of detention by their slug, and other places by their name; each name once. A query.

    Each is given as a text, or as `{slug, name}` where the program calls it by a name of its own.

    Raises:
        ValidationError: one is no place, or nothing is listed under a slug.
    """
    if not isinstance(raw, list) or len(raw) > MOST_PLACES:
        raise ValidationError(_SHAPE, code="shape")
    given = [_read(one) for one in raw]
    known = _known(slug for slug, _name in given if slug)
    places: dict[str, dict[str, Any]] = {}
    for slug, own_name in given:
        place = known.get(slug)
        if slug and place is None:
            raise ValidationError(
                _("No place of detention is listed as %(slug)s. Write its name instead."),
                code="facility",
                params={"slug": slug},
            )
        name = own_name or (place.name if place else "")
        if name:
            places.setdefault(
                name,
                {
                    "id": str(place.pk) if place else None,
                    "slug": place.slug if place else None,
                    "name": name,
                },
            )
    return list(places.values())


def _read(one: Any) -> tuple[str, str]:
    """The slug and the name that somebody wrote; either may be empty."""
    if isinstance(one, str):
        text = one.strip()
        return (text, "") if _is_slug(text) else ("", _name(text))
    if not isinstance(one, dict):
        raise ValidationError(_SHAPE, code="shape")
    slug, name = one.get("slug") or "", one.get("name") or ""
    if not (isinstance(slug, str) and isinstance(name, str)) or set(one) - {"id", "slug", "name"}:
        raise ValidationError(_SHAPE, code="shape")
    if slug:
        validate_slug(slug)
    return slug, _name(name.strip())


def _is_slug(text: str) -> bool:
    """Whether it is written as an address; no name has hyphens and small letters only."""
    try:
        validate_slug(text)
    except ValidationError:
        return False
    return "-" in text


def _name(text: str) -> str:
    if len(text) > LONGEST_NAME:
        raise ValidationError(_("Shorten the names of places to 200 characters."), code="long")
    validate_readable_text(text)
    return text


def _known(slugs: Iterable[str]) -> dict[str, Facility]:
    """Places by slug; one that was found to be another is that other."""
    rows = Facility.objects.select_related("merged_into").filter(slug__in=list(slugs))
    return {row.slug: row.merged_into or row for row in rows}


def slugs_by_name(country: str, names: Iterable[str]) -> dict[str, str]:
    """The places of detention of a country that bear exactly one of these names. One query."""
    rows = Facility.objects.filter(
        country__iso2=country, name__in=list(names), merged_into__isnull=True
    )
    return dict(rows.order_by("-slug").values_list("name", "slug"))
