"""What the directory does when something happened on the ground floor."""

from __future__ import annotations

from directory.actions.programs.holding import hold_anew
from directory.actions.programs.purging import purge_programs_of
from directory.actions.relaying.showing import hide_relays, show_relays
from directory.actions.withdrawals import withdraw_organization
from network.actions.departures import before_purge
from network.events import (
    Event,
    OrganizationDeleted,
    OrganizationLocked,
    OrganizationSuspended,
    OrganizationUnlocked,
    subscribe,
)
from network.tenancy import Purpose, Via, acting, system


def install() -> None:
    """Subscribe, once the apps are ready."""
    subscribe(OrganizationDeleted, _withdraw)
    subscribe(OrganizationSuspended, _withdraw)
    subscribe(OrganizationLocked, _hide_relays)
    subscribe(OrganizationUnlocked, _hold_anew)
    subscribe(OrganizationUnlocked, _show_relays)
    before_purge(purge_programs_of)


def _withdraw(event: Event) -> None:
    """Nothing of an organization that leaves or is suspended stays public."""
    if isinstance(event, OrganizationDeleted | OrganizationSuspended):
        with acting(system(Purpose.OPERATOR, via=Via.WORKER)) as actor:
            withdraw_organization(actor, organization_id=event.organization_id)


def _hold_anew(event: Event) -> None:
    """What waited through a lock-down waits its whole time again."""
    if isinstance(event, OrganizationUnlocked):
        with acting(system(Purpose.OPERATOR, via=Via.WORKER)) as actor:
            hold_anew(actor, organization_id=event.organization_id)


def _hide_relays(event: Event) -> None:
    """In a lock-down nobody reads notes, so no page offers to take any."""
    if isinstance(event, OrganizationLocked):
        with acting(system(Purpose.OPERATOR, via=Via.WORKER)) as actor:
            hide_relays(actor, organization_id=event.organization_id)


def _show_relays(event: Event) -> None:
    """The forms come back that were there before."""
    if isinstance(event, OrganizationUnlocked):
        with acting(system(Purpose.OPERATOR, via=Via.WORKER)) as actor:
            show_relays(actor, organization_id=event.organization_id)
