"""What the tests of statements share: a place, and what a group says of it."""

from __future__ import annotations

from network.actions.organizations import grant_membership
from network.enums import Role
from network.tenancy import Purpose, acting, system

CLAIM = {"status": "closed", "capacity": "120", "as_of": "2026-10"}
RULE = {
    "visitor_category": "family_friend",
    "days_hours": "Mon 10:00-12:00",
    "booking_required": "yes",
    "booking_lead_hours": "24",
    "as_of": "2026-11",
    "text_language": "en",
}
EVENT = {
    "facility": "harbour-centre",
    "visitor_category": "volunteer_visitor",
    "status": "suspended",
    "effective_from": "2026-11-02",
    "source_kind": "first_hand",
    "statement": "The centre turned all volunteers away.",
    "text_language": "en",
    "attributed_as": "verified_program",
}


def refusals(error):
    """The codes of a refusal by field."""
    return {name: [one.code for one in found] for name, found in error.value.error_dict.items()}


def promote_chiara(cast):
    """Chiara becomes the owner of B: the other who may write, too."""
    with acting(system(Purpose.OPERATOR)) as operator:
        grant_membership(operator, organization=cast.b, person=cast.chiara, role=Role.OWNER)
    return cast.actor("chiara")
