"""`programs.csv`: programs found in sources, as unclaimed listings."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.utils import timezone

from directory.actions.importing.cells import Cells
from directory.actions.importing.engine import Draft, Kind, adopt, differs, save_rows
from directory.actions.importing.places import Lands
from directory.actions.importing.program_row import ProgramRow, program_row
from directory.actions.importing.reader import Columns
from directory.actions.importing.report import Report
from directory.actions.indexing import forget_unused_words, index_listings
from directory.enums import Claim
from directory.models import Claimed, Listing, ListingFacility, ListingTag, Suppression
from directory.queries.import_facilities import FacilityNames

_FIELDS = (
    "name",
    "names",
    "names_of_source",
    "name_language",
    "name_is_label",
    "organization_name",
    "country_id",
    "locality",
    "locality_basis",
    "latitude",
    "longitude",
    "precision",
    "languages",
    "services",
    "services_source",
    "website",
    "status",
    "status_source_value",
    "founded",
    "network",
    "note",
    "text_language",
    "source_url",
    "as_of",
    "as_of_basis",
    "retrieved",
)
# Texts that no file has: read for the index of the search, and never written here.
_OF_OTHERS = (
    "admin1",
    "summaries",
    "descriptions",
    "how_to_join",
    "how_to_be_visited",
    "website_changed_on",
)
_TAGS = (ListingTag.Kind.LANGUAGE.value, ListingTag.Kind.SERVICE.value)


class Programs(Kind[ProgramRow]):
    """One row a listing; its key is the slug. Own, remote, edited and suppressed rows are kept."""

    name = "programs"
    columns = Columns(
        required=("slug", "name", "country", "source_url"),
        known=(
            "slug",
            "name",
            "name_basis",
            "name_en",
            "organization",
            "country",
            "city",
            "lat",
            "lon",
            "precision",
            "website",
            "languages",
            "facilities_visited",
            "services",
            "founded",
            "source_url",
            "as_of",
            "as_of_basis",
            "status",
            "network",
            "city_basis",
            "retrieved",
            "notes",
            "text_language",
        ),
    )

    def __init__(self, report: Report) -> None:
        """Reads the countries, the names of all facilities, and what own listings replace."""
        super().__init__(report)
        self.lands = Lands()
        self.facilities = FacilityNames()
        own = Listing.objects.exclude(claim=Claim.UNCLAIMED).exclude(replaces=[]).order_by()
        self.replaced = {
            one for ids in own.values_list("replaces", flat=True).iterator() for one in ids
        }

    def read(self, cells: Cells) -> ProgramRow:
        """The listing of a row."""
        return program_row(cells, self.lands.of(cells), self.facilities)

    def keys_of(self, row: ProgramRow) -> tuple[str, ...]:
        """The slug."""
        return (row.listing.slug,)

    def write(self, drafts: Sequence[Draft[ProgramRow]]) -> None:
        """Create, update, leave or keep each listing. Sixteen queries at most."""
        slugs = [draft.keys[0] for draft in drafts]
        suppressed = set(
            Suppression.objects.filter(kind=Suppression.Kind.LISTING, slug__in=slugs).values_list(
                "slug", flat=True
            )
        )
        claimed = set(Claimed.objects.filter(slug__in=slugs).values_list("slug", flat=True))
        found = Listing.objects.filter(slug__in=slugs).order_by()
        existing = {row.slug: row for row in found.prefetch_related("visits", "tags")}
        changed = []
        for draft in drafts:
            row, slug = draft.row, draft.keys[0]
            old = existing.get(slug)
            reason = "claimed" if slug in claimed else self._kept(row.listing.pk, old)
            reason = "suppressed" if slug in suppressed else reason
            if reason:
                self.report.keep(draft.line, slug, reason)
            elif self._is_changed(row, old):
                changed.append(row)
        if not self.report.dry_run:
            _save(changed)

    def finish(self) -> None:
        """Forget the words that only changed listings held."""
        if self.report.updated:
            forget_unused_words()

    def _kept(self, pk: UUID, old: Listing | None) -> str:
        """Why a row is not touched; empty where it may be."""
        if str(pk) in self.replaced:
            return "claimed"
        if old is None:
            return ""
        if old.claim != Claim.UNCLAIMED or str(old.pk) in self.replaced:
            return "claimed"
        return "edited" if old.edited_at is not None else ""

    def _is_changed(self, row: ProgramRow, old: Listing | None) -> bool:
        """Whether a row is to be written; counted in the report either way."""
        if old is not None:
            _keep_what_others_added(row.listing, old)
        if old is None:
            self.report.created += 1
            return True
        if not differs(old, row.listing, _FIELDS) and _children_of(old) == _children_in(row):
            self.report.unchanged += 1
            return False
        adopt(row.listing, old)
        if row.listing.website != old.website:
            row.listing.website_changed_on = timezone.localdate()
        self.report.updated += 1
        return True


def _keep_what_others_added(new: Listing, old: Listing) -> None:
    """Keep names and texts that others added; a name that the file no longer gives goes."""
    given = old.names_of_source
    others = {code: name for code, name in old.names.items() if code not in given}
    new.names = {**others, **new.names}
    for name in _OF_OTHERS:
        setattr(new, name, getattr(old, name))


_Children = tuple[list[tuple[str, UUID | None]], set[tuple[str, str]]]


def _children_of(old: Listing) -> _Children:
    """The places and words of a listing that is there. No query: both are prefetched."""
    visits = sorted(old.visits.all(), key=lambda visit: visit.position)
    return (
        [(visit.name, visit.facility_id) for visit in visits],
        {(tag.kind, tag.value) for tag in old.tags.all() if tag.kind in _TAGS},
    )


def _children_in(row: ProgramRow) -> _Children:
    return list(row.visits), row.tags()


def _save(rows: Sequence[ProgramRow]) -> None:
    """Write listings, and their places and words anew."""
    if not rows:
        return
    save_rows(Listing, [row.listing for row in rows], (*_FIELDS, "website_changed_on"))
    ids = [row.listing.pk for row in rows]
    ListingFacility.objects.filter(listing__in=ids).delete()
    ListingTag.objects.filter(listing__in=ids, kind__in=_TAGS).delete()
    ListingFacility.objects.bulk_create(
        ListingFacility(listing=row.listing, facility_id=facility, name=name, position=place)
        for row in rows
        for place, (name, facility) in enumerate(row.visits)
    )
    ListingTag.objects.bulk_create(
        ListingTag(listing=row.listing, kind=kind, value=value)
        for row in rows
        for kind, value in sorted(row.tags())
    )
    places = {row.listing.pk: [name for name, _facility in row.visits] for row in rows}
    index_listings([row.listing for row in rows], places)
