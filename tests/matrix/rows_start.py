"""Rows of help between groups, see `rows.py`; and what stands behind them in the world."""

from __future__ import annotations

from typing import Any

from directory.models import MentorOffer, MentorRequest
from network.models import Organization
from network.permissions import Permission as P  # noqa: N817 - in each row
from network.tenancy import Actor, acting
from tests.matrix.third import third_group

_BOTH = {"GET": P.MENTOR_OFFER, "POST": P.MENTOR_OFFER}
DESK: dict[str, dict[str, Any]] = {
    "desk:mentoring": {"methods": {"GET": P.ORGANIZATION_READ}},
    "desk:mentor_offer": {"methods": _BOTH, "body": {"is_open": "no"}},
    "desk:mentors": {"methods": {"GET": P.ORGANIZATION_READ}},
    "desk:mentor_ask": {"methods": _BOTH, "names": {"mentor_id": "mentor"}, "is_shared": True},
    "desk:mentor_answer": {"methods": _BOTH, "names": {"request_id": "asked_of_us"}},
    "desk:mentor_withdraw": {
        "methods": {"POST": P.MENTOR_OFFER},
        "names": {"request_id": "asked_by_us"},
    },
    "desk:mentor_end": {
        "methods": {"POST": P.MENTOR_OFFER},
        "names": {"request_id": "asked_by_us"},
    },
}


def mentored(organization: Organization, owner: Actor, mark: str) -> dict[str, str]:
    """A request of the group to a third one, and one of that to it; nobody else reads either."""
    third, keeper = third_group()
    with acting(owner):
        MentorOffer.objects.create(organization=organization, is_open=True, text="We help.")
        asked = MentorRequest.objects.create(
            organization=organization, mentor=third, text=f"Please {mark}", contact=mark
        )
    with acting(keeper):
        received = MentorRequest.objects.create(
            organization=third, mentor=organization, text=f"Help us {mark}", contact=mark
        )
    return {
        "mentor": str(third.pk),
        "asked_by_us": str(asked.pk),
        "asked_of_us": str(received.pk),
    }


# The first step, for who has no desk yet.
OPEN = {"join:start"}
