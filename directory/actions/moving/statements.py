"""Loading what a group says of places: claims, rules for visits, and reports that wait."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone

from directory.actions.importing.report import RowRefusedError
from directory.actions.moving.checking import checked_statement, fitting, moment, told
from directory.actions.revisions import change_revision
from directory.actions.stating.authors import be_known
from directory.actions.stating.claim_values import CLAIMABLE, checked_claim
from directory.actions.stating.event_values import FIELDS, LONGEST_DELAY
from directory.actions.stating.places import locked_place, show_place
from directory.actions.stating.reports import checked_report
from directory.actions.stating.rule_values import FIELDS as RULE_FIELDS
from directory.actions.stating.rule_values import checked_rule
from directory.models import AccessReport, Facility, FacilityClaim, VisitingRule
from directory.queries.export.parts import RULE, SOURCED
from network.enums import OrganizationStatus
from network.models import Organization
from network.tenancy import Actor, Purpose, acting, system

Row = dict[str, Any]
_Read = TypeVar("_Read")
_AT = {"facility", "facility_slug"}
_CLAIM = {*SOURCED, *_AT, "values", "withdrawn_at"}
_RULE = {*SOURCED, *RULE, *_AT, "country", "confirmed_on"}
_SIGNED = {"attributed_as", "attributed_to", "publish_at"}
_REPORT = {*_SIGNED, *_AT, "values", "country", "is_public", "cancelled_at"}
# What stands in a claim beside the value that it belongs to, and follows from it.
_BESIDE = {"status_source_value", "kind_source_value"}


def load_claim(actor: Actor, organization: Organization, row: Any) -> str:
    """What became of a claim: created, unchanged, or why it is kept out.

    It is checked as at the desk. Nothing that an unverified group says is public: its claims are
    taken by loading the file once more when it is verified.

    Raises:
        RowRefusedError: it is not fit, or its place is not known here.
    """
    row = checked_statement(row, _CLAIM)
    values = row["values"]
    if not isinstance(values, dict) or not set(values) <= {*CLAIMABLE, *_BESIDE}:
        raise RowRefusedError("A claim says what no group may claim.")
    if row["withdrawn_at"] is not None:
        return "withdrawn"
    raw = {name: value for name, value in values.items() if name not in _BESIDE}
    raw |= {name: row[name] for name in ("source_url", "as_of", "text_language")}
    claimed = _as_at_the_desk(lambda: checked_claim(raw))
    place = _place_of(row)
    if not _speaks(organization):
        return "statement"
    present = FacilityClaim.objects.filter(Q(pk=row["id"]) | _own(organization, place)).first()
    if present is not None:
        return _there(present.author == organization.slug, present.pk == row["id"])
    place = locked_place(place)
    be_known(actor, organization)
    claim = FacilityClaim(
        pk=row["id"],
        created_at=row["created_at"],
        facility=place,
        author=organization.slug,
        values=claimed.values,
        source_url=claimed.source_url,
        as_of=claimed.as_of,
        text_language=claimed.text_language,
    )
    fitting(claim)
    claim.save_base(raw=True, force_insert=True)
    show_place(place, set(claimed.values))
    change_revision()
    return "created"


def load_rule(actor: Actor, organization: Organization, row: Any) -> str:
    """What became of the rules for one kind of visitor; as `load_claim`.

    Raises:
        RowRefusedError: they are not fit, or their place is not known here.
    """
    row = checked_statement(row, _RULE)
    said = _as_at_the_desk(lambda: checked_rule({name: row[name] for name in RULE_FIELDS}))
    place = _place_of(row)
    if not _speaks(organization):
        return "statement"
    kind = Q(facility=place, author=organization.slug, visitor_category=said["visitor_category"])
    present = VisitingRule.objects.filter(Q(pk=row["id"]) | kind).first()
    if present is not None:
        return _there(present.author == organization.slug, present.pk == row["id"])
    be_known(actor, organization)
    rule = VisitingRule(
        pk=row["id"],
        created_at=row["created_at"],
        updated_at=timezone.now(),
        facility=place,
        facility_name=place.name,
        country_id=place.country_id,
        locality=place.locality,
        author=organization.slug,
        confirmed_on=row["confirmed_on"],
        **said,
    )
    fitting(rule)
    rule.save_base(raw=True, force_insert=True)
    change_revision()
    return "created"


def load_report(organization: Organization, row: Any) -> str:
    """What became of a report: created where it still waits; it stays private until its day.

    What is in the ledger of the other node already, or was taken back, is not loaded. It is
    signed with the name that the group has here. Once the group is verified it is released on its
    day, or at once where that is over.

    Raises:
        RowRefusedError: it is not fit, its place is not known here, or its id is another's.
    """
    row = checked_statement(row, _REPORT)
    if row["is_public"] or row["cancelled_at"] is not None:
        return "ledger"
    raw, publish_at = _raw_report(row), moment(row["publish_at"])
    present = AccessReport.objects.filter(pk=row["id"]).first()
    if present is not None:
        return _there(present.organization_id == organization.pk, True)
    if publish_at > timezone.now() + LONGEST_DELAY:
        raise RowRefusedError("It is to become public more than 30 days from now.")
    # The table takes rows in the name of their own organization only.
    with acting(system(Purpose.OPERATOR, organization_id=organization.pk)):
        report = _as_at_the_desk(lambda: checked_report(organization, raw, has_looked=False))
        report.pk, report.created_at = row["id"], row["created_at"]
        report.publish_at, report.submission = publish_at, row["id"]
        report.save_base(raw=True, force_insert=True)
    return "created"


def _raw_report(row: Row) -> Row:
    values = row["values"]
    if not isinstance(values, dict) or not set(values) <= {*FIELDS, "nationwide"}:
        raise RowRefusedError("A report says what no report says.")
    raw = {name: value for name, value in values.items() if name in FIELDS}
    raw |= {"country": row["country"], "attributed_as": row["attributed_as"]}
    if row["facility"] is not None or row["facility_slug"] is not None:
        raw["facility"] = _place_of(row).slug
    if values.get("nationwide") or "facility" in raw:
        raw.pop("facility_name", None)
    return raw


def _as_at_the_desk(read: Callable[[], _Read]) -> _Read:
    try:
        return read()
    except ValidationError as error:
        raise told(error) from error


def _place_of(row: Mapping[str, Any]) -> Facility:
    """The place by its id, or by its slug; where it is listed twice the entry that is shown."""
    rows = Facility.objects.select_related("country", "merged_into__country")
    found = rows.filter(pk=row["facility"]).first() if row["facility"] else None
    if found is None and row["facility_slug"]:
        found = rows.filter(slug=row["facility_slug"]).first()
    if found is None:
        name = (
            row["facility_slug"] or row["facility"] or row.get("facility_name") or "without name"
        )
        raise RowRefusedError(f"This node does not know the place {name}. Run import_facilities.")
    return found.merged_into or found


def _own(organization: Organization, place: Facility) -> Q:
    return Q(facility=place, author=organization.slug, withdrawn_at=None)


def _there(is_own: bool, is_same: bool) -> str:
    """What is said of a row in the place of which one stands already.

    Raises:
        RowRefusedError: its id is another's.
    """
    if not is_own:
        raise RowRefusedError("This has the id of what another group says here.")
    return "unchanged" if is_same else "lives_here"


def _speaks(organization: Organization) -> bool:
    is_verified = organization.status == OrganizationStatus.VERIFIED
    return is_verified and organization.locked_down_at is None
