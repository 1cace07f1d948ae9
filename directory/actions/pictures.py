"""Photos of programs and logos of organizations, and what of them the public sees."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from directory.actions.revisions import change_revision
from directory.enums import Claim
from directory.models import Listing, OrganizationCard, Program
from directory.validators import normalise_language, validate_readable_text
from network.actions.audit import record
from network.actions.purge_uploads import purge_uploads
from network.actions.uploads import delete_upload, keep_upload
from network.enums import UploadKind
from network.identifying import require_looked_at, what_is_new
from network.models import Upload
from network.permissions import Permission, Refused, require
from network.queries.uploads import logo_of, photo_of
from network.tenancy import Actor, Purpose, acting, system
from network.uploads.inspecting import Inspected

LONGEST_ALT = 300


@transaction.atomic
def set_photo(
    actor: Actor,
    *,
    program: Program,
    inspected: Inspected,
    alt: dict[str, str],
    has_looked: bool = False,
) -> Upload:
    """The photo of a program, in place of the one before; public when it is next published.

    `alt` says what it shows, `{language: text}`, in at least one language. `has_looked` says that
    nobody in detention can be recognised by it.

    Raises:
        Refused: the actor may not edit this program, or only its texts.
        ValidationError: `alt`, a language or a text is not fit, or as `keep_upload`; `identifies`
            where `has_looked` must answer.
        ValueError: the file was inspected for another use.
    """
    _require_own(actor, program)
    if inspected.use != UploadKind.PHOTO:
        raise ValueError("inspected for another use")
    clean = clean_alt(alt)
    require_looked_at({"alt": clean}, has_looked=has_looked)
    return keep_upload(actor, inspected=inspected, subject_id=program.pk, alt=clean)


@transaction.atomic
def describe_photo(
    actor: Actor, *, program: Program, alt: dict[str, str], has_looked: bool = False
) -> None:
    """Say in other words what the present photo shows; public when it is next published.

    Raises:
        Refused: the actor may not edit this program, or only its texts.
        ValidationError: as `clean_alt`, or `missing` without a photo; `identifies` where
            `has_looked` must answer.
    """
    _require_own(actor, program)
    clean = clean_alt(alt)
    photo = photo_of(actor, program.pk)
    if photo is None:
        raise ValidationError(_("Choose a picture first."), code="missing")
    if photo.alt != clean:
        news = what_is_new({"alt": clean}, {"alt": photo.alt})
        require_looked_at(news, has_looked=has_looked)
        Upload.objects.filter(pk=photo.pk).update(alt=clean)
        record(actor, "photo.described", object_kind="upload", object_id=photo.pk)


@transaction.atomic
def remove_photo(actor: Actor, *, program: Program) -> None:
    """Take the photo of a program away, from the public at once.

    Raises:
        Refused: the actor may not edit this program, or only its texts.
    """
    _require_own(actor, program)
    if photo := photo_of(actor, program.pk):
        delete_upload(actor, upload=photo)
    shown = Listing.objects.filter(pk=program.pk, claim=Claim.OWN).exclude(photo={})
    if shown.update(photo={}, version=F("version") + 1, updated_at=None):
        change_revision()


@transaction.atomic
def set_logo(actor: Actor, *, inspected: Inspected) -> Upload:
    """The organization's logo, in place of the one before; on its public card at once.

    Raises:
        Refused: the actor may not edit the organization.
        ValidationError: as `keep_upload`.
        ValueError: the file was inspected for another use.
    """
    if inspected.use != UploadKind.LOGO:
        raise ValueError("inspected for another use")
    logo = keep_upload(actor, inspected=inspected)
    _show_logo(actor, logo.name)
    return logo


@transaction.atomic
def remove_logo(actor: Actor) -> None:
    """Take the organization's logo away, from the public at once.

    Raises:
        Refused: the actor may not edit the organization.
    """
    require(actor, Permission.ORGANIZATION_EDIT)
    if logo := logo_of(actor):
        delete_upload(actor, upload=logo)
    _show_logo(actor, "")


def clean_alt(alt: dict[str, str]) -> dict[str, str]:
    """What a picture shows, by languages in their usual spelling; empty ones are left out.

    Raises:
        ValidationError: `alt` where there is none or one is too long, or as the validators say.
    """
    clean = {normalise_language(code): text.strip() for code, text in alt.items() if text.strip()}
    if not clean:
        raise ValidationError(
            _("Say in a few words what the picture shows, for those who do not see it."),
            code="alt",
        )
    for text in clean.values():
        if len(text) > LONGEST_ALT:
            raise ValidationError(
                ngettext_lazy(
                    "Shorten the description to %(limit)d character.",
                    "Shorten the description to %(limit)d characters.",
                    LONGEST_ALT,
                )
                % {"limit": LONGEST_ALT},
                code="alt",
            )
        validate_readable_text(text)
    return clean


def purge_files(actor: Actor) -> dict[str, int]:
    """Delete files for good whose time is over and that the public no longer sees.

    Photos whose program is gone go too; PostgreSQL has deleted their rows with it.

    Raises:
        ValueError: the actor is not the system acting to purge.
    """
    if actor.purpose is not Purpose.PURGE:
        raise ValueError("only the purge purges")
    with acting(system(Purpose.OPERATOR, via=actor.via)):
        photos = Upload.objects.filter(kind=UploadKind.PHOTO)
        photos.exclude(subject_id__in=Program.objects.values("pk")).delete()
    listed = Listing.objects.exclude(photo={}).values_list("photo", flat=True)
    cards = OrganizationCard.objects.filter(origin=None).exclude(logo="")
    shown = {photo["name"] for photo in listed} | set(cards.values_list("logo", flat=True))
    return purge_uploads(actor, shown=shown)


def _require_own(actor: Actor, program: Program) -> None:
    require(actor, Permission.PROGRAM_EDIT, program)
    # A grant is one for texts.
    if program.organization_id != actor.organization_id:
        raise Refused(Permission.PROGRAM_EDIT)


def _show_logo(actor: Actor, name: str) -> None:
    cards = OrganizationCard.objects.filter(pk=actor.acted_for, origin=None)
    if cards.exclude(logo=name).update(logo=name, version=F("version") + 1):
        change_revision()
