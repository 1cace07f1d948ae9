"""What an organization says of itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from directory.actions.cards import WEBSITE_HELD, publish_card
from directory.models import Country, OrganizationCard
from directory.validators import normalise_language, validate_readable_text
from network.actions.audit import record_organization
from network.actions.letters import Letter, isolated
from network.actions.notices import settings_address, tell_members
from network.enums import OrganizationKind, OrganizationStatus, Role
from network.events import OrganizationRenamed, publish
from network.identifying import require_looked_at, what_is_new
from network.models import Organization
from network.permissions import Permission, require
from network.tenancy import Actor, Purpose, acting
from network.validators import validate_web_address

EDITABLE = ("name", "names", "country", "kind", "languages", "website")
MAX_NAME = 200


class StaleOrganizationError(Exception):
    """Somebody else saved a change meanwhile; `present` is the organization as it is now."""

    def __init__(self, present: Organization) -> None:
        self.present = present
        super().__init__(present.pk)


@transaction.atomic
def edit_organization(
    actor: Actor,
    *,
    organization: Organization,
    base_version: int,
    changes: Mapping[str, Any],
    has_looked: bool = False,
) -> Organization:
    """The organization with these values, one version on; its card says the same at once.

    `changes` holds some of `EDITABLE`; `names` and the rest are replaced whole. Of a verified
    organization a new website is shown after 24 hours, or once a second coordinator confirms it,
    and all coordinators are told. Values that change nothing make no version. `has_looked` says
    that nobody in detention can be recognised by what changes.

    Raises:
        Refused: the actor may not edit this organization.
        StaleOrganizationError: its version is not `base_version`.
        ValidationError: by field, what to write instead; `identifies` where `has_looked` must
            answer.
    """
    require(actor, Permission.ORGANIZATION_EDIT, organization)
    present = Organization.objects.select_for_update().get(pk=organization.pk)
    if present.version != base_version:
        raise StaleOrganizationError(present)
    values = _checked(changes, present)
    changed = [name for name, value in values.items() if getattr(present, name) != value]
    if not changed:
        return present
    before = {name: getattr(present, name) for name in values}
    require_looked_at(what_is_new(values, before), has_looked=has_looked)
    for name in changed:
        setattr(present, name, values[name])
    if "website" in changed:
        _hold_website(actor, present)
    present.version += 1
    present.save()
    record_organization(actor, "organization.edited", present, fields=sorted(changed))
    if "name" in changed:
        publish(OrganizationRenamed(present.pk))
    if present.status == OrganizationStatus.VERIFIED:
        publish_card(actor, organization=present)
    return present


@transaction.atomic
def confirm_website(actor: Actor, *, organization: Organization) -> None:
    """Show the new website now, as a coordinator other than the one who changed it.

    Nothing happens where none waits.

    Raises:
        Refused: the actor may not publish for this organization.
        ValidationError: `own`, where the actor changed it.
    """
    require(actor, Permission.CARD_PUBLISH, organization)
    present = Organization.objects.select_for_update().get(pk=organization.pk)
    if present.website_changed_at is None:
        return
    if present.website_changed_by == actor.person_id:
        raise ValidationError(
            _("You changed it yourself. Another coordinator must confirm it."), code="own"
        )
    _release(actor, present)


def release_websites(actor: Actor) -> int:
    """Show new websites that waited for 24 hours; how many. For the worker, as the operator.

    None of a group that is locked down: nobody there could change it back.

    Raises:
        ValueError: the actor is not the operator.
    """
    if actor.purpose is not Purpose.OPERATOR:
        raise ValueError("only the operator releases")
    with acting(actor):
        due = list(
            Organization.objects.filter(
                website_changed_at__lte=timezone.now() - WEBSITE_HELD,
                status=OrganizationStatus.VERIFIED,
                locked_down_at=None,
            )
        )
        for organization in due:
            _release(actor, organization)
    return len(due)


def _checked(changes: Mapping[str, Any], present: Organization) -> dict[str, Any]:
    """The changes as they are stored.

    Raises:
        ValidationError: by field, for all that are wrong.
    """
    values: dict[str, Any] = {}
    errors: dict[str, Any] = {}
    for name, value in changes.items():
        try:
            values[name] = _CHECKS[name](value, present)
        except ValidationError as error:
            errors[name] = error
    if errors:
        raise ValidationError(errors)
    return values


def _name(value: str, _present: Organization) -> str:
    name = value.strip()
    if not name or len(name) > MAX_NAME:
        raise ValidationError(
            _("Write the name of the group, in %(limit)d characters at most."),
            code="name",
            params={"limit": MAX_NAME},
        )
    validate_readable_text(name)
    return name


def _names(value: Mapping[str, str], present: Organization) -> dict[str, str]:
    return {
        normalise_language(code): _name(name, present)
        for code, name in value.items()
        if name.strip()
    }


def _country(value: str, _present: Organization) -> str:
    if not Country.objects.filter(iso2=value.upper()).exists():
        raise ValidationError(_("Choose a country from the list."), code="country")
    return value.upper()


def _kind(value: str, present: Organization) -> str:
    if value not in OrganizationKind.values:
        raise ValidationError(_("Choose what kind of group this is."), code="kind")
    # Coalitions roll up the pages of others: the stewards say who is one.
    if value != present.kind and OrganizationKind.COALITION in (value, present.kind):
        raise ValidationError(
            _("Write to the stewards of this site to become a coalition, or to be none any more."),
            code="coalition",
        )
    return str(OrganizationKind(value))


def _languages(value: list[str], _present: Organization) -> list[str]:
    return list(dict.fromkeys(normalise_language(code) for code in value))


def _website(value: str, _present: Organization) -> str:
    website = value.strip()
    if website:
        validate_web_address(website)
    return website


_CHECKS: dict[str, Callable[[Any, Organization], Any]] = {
    "name": _name,
    "names": _names,
    "country": _country,
    "kind": _kind,
    "languages": _languages,
    "website": _website,
}


def _hold_website(actor: Actor, organization: Organization) -> None:
    """Let a new website wait where the public sees another one, and tell the coordinators."""
    card = OrganizationCard.objects.filter(pk=organization.pk).first()
    # Without a page one waits in a group that has come back only.
    is_waiting = card is not None or organization.website_changed_at is not None
    is_same = card is not None and card.website == organization.website
    if not is_waiting or is_same or organization.status != OrganizationStatus.VERIFIED:
        organization.website_changed_at = organization.website_changed_by = None
        return
    organization.website_changed_at = timezone.now()
    organization.website_changed_by = actor.person_id
    tell_members(
        actor,
        organization_id=organization.pk,
        roles=(Role.COORDINATOR, Role.OWNER),
        compose=lambda: _letter(organization),
    )


def _release(actor: Actor, organization: Organization) -> None:
    organization.website_changed_at = organization.website_changed_by = None
    organization.save(update_fields=["website_changed_at", "website_changed_by"])
    # A group that has come back shows itself when it publishes, and not before.
    if OrganizationCard.objects.filter(pk=organization.pk).exists():
        record_organization(actor, "organization.website_shown", organization)
        publish_card(actor, organization=organization)


def _letter(organization: Organization) -> Letter:
    words = isolated(
        {"group": organization.name, "website": organization.website or gettext("no website")}
    )
    return Letter(
        subject=gettext("%(group)s: a new website waits to be shown") % words,
        paragraphs=(
            gettext("Somebody changed the website of %(group)s to: %(website)s") % words,
            gettext(
                "Readers see it in 24 hours, or as soon as another coordinator confirms it. If it "
                "is wrong, change it back."
            ),
        ),
        link=settings_address(organization),
        label=gettext("Look at it"),
    )
