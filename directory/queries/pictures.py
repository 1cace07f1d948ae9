"""What the public would see of the pictures of a group."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from directory.models import Listing, OrganizationCard, Program
from network.enums import UploadKind
from network.models import Upload


def photo_shown(program: Program) -> dict[str, Any]:
    """What a listing says of the program's present photo; empty without one. One query."""
    photo = Upload.objects.filter(
        organization_id=program.organization_id,
        kind=UploadKind.PHOTO,
        subject_id=program.pk,
        deleted_at=None,
    ).first()
    if photo is None:
        return {}
    return {"name": photo.name, "width": photo.width, "height": photo.height, "alt": photo.alt}


def logo_shown(organization_id: UUID) -> str:
    """The name of the organization's present logo; empty without one. One query."""
    logos = Upload.objects.filter(
        organization_id=organization_id, kind=UploadKind.LOGO, deleted_at=None
    )
    return logos.values_list("name", flat=True).first() or ""


def shown_photo(slug: str) -> str:
    """The name of the photo that a listing shows at this moment; empty without one. One query."""
    photo = Listing.objects.filter(slug=slug).values_list("photo", flat=True).first()
    return str((photo or {}).get("name", ""))


def shown_logo(slug: str) -> str:
    """The name of the logo that a card shows at this moment; empty without one. One query."""
    cards = OrganizationCard.objects.filter(slug=slug, origin=None)
    return cards.values_list("logo", flat=True).first() or ""
