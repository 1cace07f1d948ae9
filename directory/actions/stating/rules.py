"""Rules for a visit that a group writes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.actions.revisions import change_revision
from directory.actions.stating.authors import be_known, speaking_organization
from directory.actions.stating.errors import StaleError
from directory.actions.stating.places import locked_place
from directory.actions.stating.rule_values import checked_rule
from directory.models import Facility, VisitingRule
from network.actions.audit import record
from network.models import Organization
from network.permissions import Permission, Refused
from network.tenancy import Actor


@transaction.atomic
def add_visiting_rule(
    actor: Actor, *, facility: Facility, values: Mapping[str, Any], has_looked: bool = False
) -> VisitingRule:
    """The rules for one kind of visitor at a place, signed by the organization, public at once.

    `values` are the fields of `rule_values.FIELDS`. The day counts as confirmed. Saying exactly
    the same again gives the rule that is there. `has_looked` says that nobody in detention can be
    recognised by a text.

    Raises:
        Refused: the actor may not state anything for the organization.
        ValidationError: the organization is not verified, the place is a duplicate, it has
            written other rules for this kind of visitor, or a value is refused, by field;
            `identifies` where `has_looked` must answer.
    """
    organization = speaking_organization(actor)
    said = checked_rule(values, has_looked=has_looked)
    place = locked_place(facility)
    same = _same_kind(organization, place, said["visitor_category"]).first()
    if same is not None and _says(same, said):
        return same
    _refuse_second(same)
    be_known(actor, organization)
    rule = VisitingRule.objects.create(
        facility=place,
        facility_name=place.name,
        country_id=place.country_id,
        locality=place.locality,
        author=organization.slug,
        confirmed_on=timezone.localdate(),
        **said,
    )
    _record(actor, "visiting_rule.added", rule)
    change_revision()
    return rule


@transaction.atomic
def edit_visiting_rule(
    actor: Actor,
    *,
    rule: VisitingRule,
    values: Mapping[str, Any],
    version: int,
    has_looked: bool = False,
) -> VisitingRule:
    """The organization's own rule with other values, confirmed today, as a new version.

    `version` is the one that the editor began from.

    Raises:
        Refused: the rule is another's, or the actor may not state anything.
        StaleError: a colleague changed or withdrew it meanwhile.
        ValidationError: as for `add_visiting_rule`.
    """
    organization = _author_of(actor, rule)
    said = checked_rule(values, has_looked=has_looked)
    present = _present(rule)
    if present is not None and _says(present, said):
        return confirm_visiting_rule(actor, rule=present)
    if present is None or present.version != version:
        raise StaleError(present)
    if present.facility is not None:
        others = _same_kind(organization, present.facility, said["visitor_category"])
        _refuse_second(others.exclude(pk=present.pk).first())
    for name, value in said.items():
        setattr(present, name, value)
    present.confirmed_on = timezone.localdate()
    present.version += 1
    present.save()
    _record(actor, "visiting_rule.edited", present)
    change_revision()
    return present


@transaction.atomic
def confirm_visiting_rule(actor: Actor, *, rule: VisitingRule) -> VisitingRule:
    """The organization's own rule, confirmed today as it stands. Twice a day changes nothing.

    Raises:
        Refused: the rule is another's, or the actor may not state anything.
        StaleError: a colleague withdrew it meanwhile.
        ValidationError: the organization is not verified.
    """
    _author_of(actor, rule)
    present = _present(rule)
    if present is None:
        raise StaleError(present)
    today = timezone.localdate()
    if present.confirmed_on != today:
        present.confirmed_on = today
        present.version += 1
        present.save()
        _record(actor, "visiting_rule.confirmed", present)
        change_revision()
    return present


@transaction.atomic
def withdraw_visiting_rule(actor: Actor, *, rule: VisitingRule) -> None:
    """Take one's own rule away. Doing it twice changes nothing.

    Raises:
        Refused: the rule is another's, or the actor may not state anything.
        ValidationError: the organization is not verified.
    """
    _author_of(actor, rule)
    deleted, _tables = VisitingRule.objects.filter(pk=rule.pk).delete()
    if deleted:
        _record(actor, "visiting_rule.withdrawn", rule)
        change_revision()


def _author_of(actor: Actor, rule: VisitingRule) -> Organization:
    organization = speaking_organization(actor)
    if rule.author != organization.slug:
        raise Refused(Permission.LEDGER_WRITE)
    return organization


def _present(rule: VisitingRule) -> VisitingRule | None:
    """The row as it stands now, locked."""
    found = VisitingRule.objects.select_for_update(of=("self",)).filter(pk=rule.pk)
    return found.select_related("facility").first()


def _same_kind(
    organization: Organization, place: Facility, category: str
) -> QuerySet[VisitingRule]:
    """The organization's own rules for a kind of visitor at a place."""
    return VisitingRule.objects.filter(
        facility=place, author=organization.slug, visitor_category=category
    )


def _refuse_second(same: VisitingRule | None) -> None:
    if same is not None:
        words = _("Your group has written the rules for this kind of visitor. Change those.")
        raise ValidationError({"visitor_category": ValidationError(words, code="twice")})


def _says(rule: VisitingRule, said: Mapping[str, Any]) -> bool:
    return all(getattr(rule, name) == value for name, value in said.items())


def _record(actor: Actor, verb: str, rule: VisitingRule) -> None:
    record(
        actor,
        verb,
        object_kind="visiting_rule",
        object_id=rule.pk,
        facility=str(rule.facility_id),
        visitor_category=rule.visitor_category,
    )
