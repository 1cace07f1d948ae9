"""Which of the vouches for an application count, and why the others do not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from directory.enums import IndependenceReason, VouchState
from directory.models import Application, Vouch
from directory.queries.vouches import WANTED, independence
from network.tenancy import Actor


@dataclass(frozen=True, slots=True)
class CountedVouch:
    """A vouch that was given, whether it counts, and why it does not."""

    vouch: Vouch
    counts: bool
    reasons: Sequence[IndependenceReason]


def counted_vouches(viewer: Actor, application: Application) -> list[CountedVouch]:
    """Every vouch that was given for an application, oldest first."""
    given = (
        Vouch.objects.filter(application=application, state=VouchState.GIVEN)
        .select_related("organization")
        .order_by("given_at", "id")
    )
    judged = {one.vouch_id: one for one in independence(viewer, application)}
    return [
        CountedVouch(vouch, judged[vouch.pk].counts, judged[vouch.pk].reasons)
        for vouch in given
        if vouch.pk in judged
    ]


def is_vouched(found: Sequence[CountedVouch]) -> bool:
    """Whether enough independent groups vouched."""
    return sum(one.counts for one in found) >= WANTED
