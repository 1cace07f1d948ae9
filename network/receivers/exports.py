"""Exports end with what let somebody make them."""

from __future__ import annotations

from network.actions.exports import end_exports_for_good
from network.events import (
    Event,
    OrganizationDeleted,
    OrganizationLocked,
    OrganizationSuspended,
    SignedOutEverywhere,
)
from network.tenancy import Purpose, acting, system


def end_exports_of_person(event: Event) -> None:
    """End the exports of who has signed out everywhere."""
    if isinstance(event, SignedOutEverywhere):
        with acting(system(Purpose.SIGN_IN)) as actor:
            end_exports_for_good(actor, person_id=event.person_id)


def end_exports_of_organization(event: Event) -> None:
    """End the exports of an organization that is locked down, suspended or leaves."""
    if isinstance(event, OrganizationLocked | OrganizationDeleted | OrganizationSuspended):
        with acting(system(Purpose.SIGN_IN)) as actor:
            end_exports_for_good(actor, organization_id=event.organization_id)
