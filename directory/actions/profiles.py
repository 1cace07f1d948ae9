"""Names and summaries in the languages of the groups, beside what the files of programs say."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from directory.actions.importing.report import ImportFileError
from directory.actions.indexing import index_listings, places_of
from directory.actions.revisions import change_revision
from directory.enums import Claim
from directory.models import Listing
from directory.validators import normalise_language, validate_public_text
from network.permissions import Permission, require
from network.tenancy import Actor

LONGEST_NAME = 200
LONGEST_SUMMARY = 600


@dataclass(frozen=True, slots=True)
class Profile:
    """A name, its English reading and one sentence on a program, in one language."""

    slug: str
    language: str
    name: str
    english: str
    summary: str


@transaction.atomic
def add_profiles(actor: Actor, *, path: Path) -> int:
    """Add names and summaries to unclaimed listings; how many changed.

    Only what a listing lacks is added: no text that is there is replaced, so that adding again
    changes nothing. Listings that are claimed, edited or gone are passed over. Two queries.

    Raises:
        Refused: the actor may not import.
        ImportFileError: the file is missing or is not a list of profiles.
    """
    require(actor, Permission.LISTING_IMPORT)
    profiles = {profile.slug: profile for profile in _read(path)}
    rows = Listing.objects.filter(
        slug__in=list(profiles), claim=Claim.UNCLAIMED, edited_at__isnull=True
    )
    found = rows.select_related("country").prefetch_related("visits")
    changed = [listing for listing in found if _is_enriched(listing, profiles[listing.slug])]
    for listing in changed:
        listing.save(
            update_fields=[
                "names",
                "name_language",
                "summaries",
                "version",
                "updated_at",
            ]
        )
    index_listings(changed, places_of(changed))
    if changed:
        change_revision()
    return len(changed)


def _is_enriched(listing: Listing, profile: Profile) -> bool:
    """Add to a listing what it lacks; whether that was anything."""
    names = {profile.language: profile.name, **listing.names}
    if profile.english not in ("", profile.name):
        names.setdefault("en", profile.english)
    summaries = {profile.language: profile.summary, **listing.summaries}
    if (names, summaries) == (listing.names, listing.summaries):
        return False
    listing.names, listing.summaries = names, summaries
    listing.version += 1
    listing.updated_at = None
    return True


def _read(path: Path) -> list[Profile]:
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))
        return [_profile(row) for row in rows]
    except OSError as error:
        raise ImportFileError(f"{path} cannot be read: {error.strerror}.") from error
    except (ValueError, TypeError, KeyError) as error:
        raise ImportFileError(f"{path} is no list of profiles: {error}.") from error
    except ValidationError as error:
        raise ImportFileError(f"{path}: {error.messages[0]}") from error


def _profile(row: dict[str, Any]) -> Profile:
    for text in (row["name"], row["name_en"], row["summary"]):
        validate_public_text(text)
    if len(row["name"]) > LONGEST_NAME or len(row["summary"]) > LONGEST_SUMMARY:
        raise ValueError(f"a text of {row['slug']} is too long")
    language = normalise_language(row["lang"])
    return Profile(row["slug"], language, row["name"], row["name_en"], row["summary"])
