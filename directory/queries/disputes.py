"""Which application an objection to a claimed entry is about."""

from __future__ import annotations

from django.db.models import Q

from directory.enums import ApplicationKind, ApplicationState
from directory.models import Application, Listing
from directory.queries.applications import is_disputable
from network.tenancy import Purpose, Via, acting, system


def disputed_application(listing: Listing) -> Application | None:
    """The approved claim behind an entry, while anybody may object; for actions, never shown."""
    if not is_disputable(listing) or listing.organization_id is None:
        return None
    replaced = Q(listing_slug=listing.slug) | Q(listing_id__in=[*listing.replaces, listing.pk])
    owner = system(Purpose.OPERATOR, via=Via.PAGE, organization_id=listing.organization_id)
    with acting(owner, is_reading=True):
        return (
            Application.objects.filter(
                replaced, kind=ApplicationKind.CLAIM, state=ApplicationState.APPROVED
            )
            .order_by("-decided_at", "id")
            .first()
        )
