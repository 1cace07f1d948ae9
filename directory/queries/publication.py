"""What the listing of a program would hold: the one reading for publishing and for its preview."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from directory.enums import Claim, Precision, Service
from directory.enums.withholding import WITHHOLDABLE
from directory.models import Claimed, Country, Listing, Program, Suppression
from directory.queries import holding
from directory.queries.pictures import photo_shown
from directory.queries.program_values import TEXTS, with_values
from directory.queries.relays import is_relay_confirmed
from directory.validators import normalise_language
from network.enums import OrganizationStatus

LONGEST_SLUG = 100
# What a listing says as its working copy does.
COPIED = (
    "status",
    "admin1",
    "locality",
    "latitude",
    "longitude",
    "precision",
    "languages",
    "services",
    "website",
    "contact",
    "capacity",
    "withheld",
    "replaces",
)
Places = list[tuple[str, UUID | None]]


@dataclass(frozen=True, slots=True)
class Publication:
    """The columns of a listing, the places it shows, and the columns that wait.

    `problems` say why it cannot be published, the first one first; then the columns are what is
    there of them.
    """

    values: dict[str, Any]
    places: Places
    waiting: dict[str, Any]
    problems: list[ValidationError]


def publication_of(program: Program, listed: Listing | None) -> Publication:
    """What publishing a program now would make public, given its present listing. Nine queries.

    What is withheld is not in it at all. A changed contact, website or place waits where the
    public reads, or once read, another one.
    """
    program = with_values(Program.objects.filter(pk=program.pk)).get()
    old = public_columns(listed) if listed else program.last_public
    countries = Country.objects.filter(iso2__in=(program.country, old.get("country", "")))
    by_code = {country.iso2: country for country in countries}
    values = _without_withheld(program, _all_values(program))
    waiting: dict[str, Any] = {}
    if old:
        new = {name: values[name] for name in holding.HELD}
        shown, waiting = holding.split(new, old, is_shown=listed is not None)
        values |= shown
    problems = _problems(program, values, by_code)
    values["country"] = by_code.get(values["country"])
    values["slug"] = _free_slug(program)
    return Publication(values, _places_of(program), waiting, problems)


def wanted_columns(program: Program) -> dict[str, Any]:
    """Contact, website and place as the working copy wants them shown, withheld ones empty."""
    values = _without_withheld(program, {name: getattr(program, name) for name in COPIED})
    copied = {name: values[name] for name in COPIED}
    relay = {holding.RELAY: is_relay_confirmed(program.pk)}
    return {**copied, **relay, "country": program.country}


def public_columns(listing: Listing) -> dict[str, Any]:
    """Contact, website and place as the public reads them; the country as a code."""
    columns = {name: getattr(listing, name) for name in holding.HELD if name != "country"}
    return {**columns, "precision": str(listing.precision), "country": listing.country.iso2}


def _problems(
    program: Program, values: dict[str, Any], countries: dict[str, Country]
) -> list[ValidationError]:
    """All that stands in the way, in the order in which it is said."""
    found: list[tuple[bool, Any, str]] = [
        (
            program.deleted_at is not None,
            _("This program was deleted. Bring it back before you publish it."),
            "deleted",
        ),
        (
            program.organization.status != OrganizationStatus.VERIFIED,
            _("A program is shown to the public once its group is verified."),
            "unverified",
        ),
        (
            Suppression.objects.filter(slug=program.slug).exists(),
            _("This address was taken off for good. Choose another."),
            "suppressed",
        ),
        (not values["names"], _("Give the program a name in at least one language."), "no_name"),
        (program.country not in countries, _("Choose a country from the list."), "country"),
    ]
    problems = [ValidationError(text, code=code) for wrong, text, code in found if wrong]
    lists = (
        ("withheld", WITHHOLDABLE, _("Take %(fields)s out of the withheld fields.")),
        ("services", Service.values, _("Take out what is no service: %(fields)s.")),
    )
    for name, allowed, text in lists:
        if unknown := sorted(set(getattr(program, name)) - set(allowed)):
            params = {"fields": ", ".join(unknown)}
            problems.append(ValidationError(text, code=name, params=params))
    if not all(_is_language(code) for code in program.languages):
        problems.append(
            ValidationError(
                _("Write each language by its code, such as en, fr or zh-Hant."), code="languages"
            )
        )
    return problems


def _is_language(code: str) -> bool:
    try:
        normalise_language(code)
    except ValidationError:
        return False
    return True


def _all_values(program: Program) -> dict[str, Any]:
    spoken = {text.language: text for text in program.texts.all()}
    values: dict[str, Any] = {name: getattr(program, name) for name in COPIED}
    for name, column in TEXTS.items():
        values[name] = {
            code: getattr(text, column) for code, text in spoken.items() if getattr(text, column)
        }
    names = values["names"]
    # What a group keeps to itself must not show in the choice of a name either.
    preferred = [] if "languages" in program.withheld else program.languages
    first = next((code for code in (*preferred, *names) if code in names), "")
    return {
        **values,
        "country": program.country,
        "precision": str(program.precision),
        "name": names.get(first, ""),
        "name_language": first,
        "organization_name": program.organization.name,
        "photo": photo_shown(program),
        holding.RELAY: is_relay_confirmed(program.pk),
    }


def _without_withheld(program: Program, values: dict[str, Any]) -> dict[str, Any]:
    for name in set(program.withheld) & set(WITHHOLDABLE):
        for column in WITHHOLDABLE[name]:
            if column in values:
                empty = values[column]
                values[column] = type(empty)() if empty is not None else None
    if "point" in program.withheld:
        values.update(latitude=None, longitude=None, precision=str(Precision.WITHHELD))
    return values


def _places_of(program: Program) -> Places:
    """The places that a program shows; none where it keeps them to itself."""
    if "facilities" in program.withheld:
        return []
    return [(visit.name, visit.facility_id) for visit in program.visits.all()]


def _free_slug(program: Program) -> str:
    """The address of the listing: the program's own, with a number where another has it.

    An entry that the program takes the place of gives its address up.
    """
    slug = program.slug
    number = 1
    while _is_taken(program, slug):
        number += 1
        ending = f"-{number}"
        slug = program.slug[: LONGEST_SLUG - len(ending)] + ending
    return slug


def _is_taken(program: Program, slug: str) -> bool:
    given_up = Q(pk=program.pk) | Q(pk__in=program.replaces, claim=Claim.UNCLAIMED)
    listings = Listing.objects.filter(slug=slug).exclude(given_up)
    claimed = Claimed.objects.filter(slug=slug).exclude(program_id=program.pk)
    # Its own address being off is said; another one that is off is passed over.
    off = Suppression.objects.filter(slug=slug).exclude(slug=program.slug)
    own = Program.objects.filter(organization=program.organization_id, slug=slug)
    other = own.exclude(pk=program.pk)
    return any(found.exists() for found in (listings, claimed, off, other))
