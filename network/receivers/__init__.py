"""What the ground floor does when something has happened."""

from network.events import (
    OrganizationDeleted,
    OrganizationLocked,
    OrganizationSuspended,
    SignedOutEverywhere,
    subscribe,
)
from network.receivers.exports import end_exports_of_organization, end_exports_of_person


def install() -> None:
    """Subscribe; once, when the apps are ready."""
    subscribe(SignedOutEverywhere, end_exports_of_person)
    subscribe(OrganizationLocked, end_exports_of_organization)
    subscribe(OrganizationDeleted, end_exports_of_organization)
    subscribe(OrganizationSuspended, end_exports_of_organization)
