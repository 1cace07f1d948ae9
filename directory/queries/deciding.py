"""What stewards read to decide on an application: evidence, duplicates, and what it takes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone

from directory.enums import ApplicationKind, ApplicationState, Claim, VouchState
from directory.models import (
    Application,
    ApplicationNote,
    DomainProof,
    Listing,
    OrganizationCard,
    Vouch,
)
from directory.queries.alike import alike
from directory.queries.counted_vouches import CountedVouch, counted_vouches, is_vouched
from network.queries.stewarding import FEW, belongs_to, own_groups, verified_groups
from network.tenancy import Actor

# A website that the source changed lately may have a new owner, who then reads its mail.
WEBSITE_STANDS = dt.timedelta(days=90)


@dataclass(frozen=True, slots=True)
class ShownProof:
    """A proof by mail; `is_fresh` says that the website was changed too shortly before."""

    proof: DomainProof
    is_fresh: bool

    @property
    def counts(self) -> bool:
        """Whether it proves a claim by itself."""
        return self.proof.confirmed_at is not None and not self.is_fresh


@dataclass(frozen=True, slots=True)
class Dossier:
    """All there is on one application, and what deciding on it takes.

    `is_conflict`: the reader belongs to the group or to one that vouches. `is_few`: the node has
    fewer than five verified groups, so two stewards decide, or one with a public reason.
    """

    application: Application
    listing: Listing | None
    proofs: Sequence[ShownProof]
    vouches: Sequence[CountedVouch]
    asked: Sequence[Vouch]
    notes: Sequence[ApplicationNote]
    alike: Sequence[Listing | OrganizationCard]
    verified: int
    is_conflict: bool

    @property
    def is_few(self) -> bool:
        """Whether the node has too few verified groups for one steward and two vouches."""
        return self.verified < FEW

    @property
    def is_vouched(self) -> bool:
        """Whether two independent groups vouched."""
        return is_vouched(self.vouches)

    @property
    def is_proved(self) -> bool:
        """Whether somebody reads mail at the website of the entry, and it stood long enough.

        A proof by a website that was changed lately counts only beside a vouch that counts.
        """
        confirmed = [one for one in self.proofs if one.proof.confirmed_at is not None]
        vouched = any(one.counts for one in self.vouches)
        return any(one.counts or vouched for one in confirmed)

    @property
    def lacks_evidence(self) -> bool:
        """Whether a claim is neither proved nor vouched for: then nobody can approve it."""
        is_claim = self.application.kind == ApplicationKind.CLAIM
        return is_claim and not (self.is_proved or self.is_vouched)

    @property
    def wants_reason(self) -> bool:
        """Whether a group can be registered only with a reason, because too few vouched."""
        is_claim = self.application.kind == ApplicationKind.CLAIM
        return not is_claim and not self.is_vouched and not self.is_few

    @property
    def wants_second(self) -> bool:
        """Whether nobody has approved yet where two stewards, or a public reason, are wanted."""
        return self.is_few and self.application.decided_by is None


def applications_waiting(viewer: Actor) -> QuerySet[Application]:
    """What waits for the stewards, the oldest first. One query."""
    del viewer  # row security and the steward's page asked
    return _oldest_first(ApplicationState.WAITING)


def applications_asked(viewer: Actor) -> QuerySet[Application]:
    """What waits for an applicant's answer, the oldest first. One query."""
    del viewer
    return _oldest_first(ApplicationState.ASKED)


def applications_decided(viewer: Actor) -> QuerySet[Application]:
    """What was decided, the newest first. One query."""
    del viewer
    return (
        Application.objects.filter(decided_at__isnull=False)
        .exclude(state__in=[ApplicationState.WAITING, ApplicationState.ASKED])
        .select_related("organization")
        .order_by("-decided_at", "id")
    )


def conflicts_of(viewer: Actor, applications: Sequence[Application]) -> set[object]:
    """The applications on which the viewer may not decide. Two queries."""
    own = own_groups(viewer)
    vouched = Vouch.objects.filter(
        application__in=applications, organization_id__in=own, state=VouchState.GIVEN
    )
    ids: set[object] = set(vouched.values_list("application_id", flat=True))
    person = viewer.person_id
    return ids | {
        one.pk for one in applications if one.organization_id in own or one.person_id == person
    }


def is_conflicted(viewer: Actor, application: Application) -> bool:
    """Whether the viewer applied, or belongs to the group that applies or to one that vouched."""
    groups = Vouch.objects.filter(application=application, state=VouchState.GIVEN)
    return application.person_id == viewer.person_id or belongs_to(
        viewer, application.organization_id, *groups.values_list("organization_id", flat=True)
    )


def dossier_of(viewer: Actor, application: Application) -> Dossier:
    """Everything on one application. About twenty queries, however much there is."""
    listing = None
    if application.listing_id:
        listing = (
            Listing.objects.select_related("country").filter(pk=application.listing_id).first()
        )
    proofs = DomainProof.objects.filter(application=application)
    asked = Vouch.objects.filter(application=application).select_related("organization")
    return Dossier(
        application=application,
        listing=listing,
        proofs=[ShownProof(one, _is_fresh(one, listing)) for one in proofs],
        vouches=counted_vouches(viewer, application),
        asked=list(asked.exclude(state=VouchState.GIVEN)),
        notes=list(ApplicationNote.objects.filter(application=application)),
        alike=alike(application),
        verified=verified_groups(),
        is_conflict=is_conflicted(viewer, application),
    )


def listing_is_free(application: Application) -> bool:
    """Whether the entry that a claim is about can still be taken over. One query."""
    if application.listing_id is None:
        return False
    return Listing.objects.filter(pk=application.listing_id, claim=Claim.UNCLAIMED).exists()


def waits_days(application: Application) -> int:
    """For how many whole days it has waited."""
    since = application.submitted_at or application.created_at
    return max((timezone.now() - since).days, 0)


def _oldest_first(state: ApplicationState) -> QuerySet[Application]:
    rows = Application.objects.filter(state=state).select_related("organization")
    return rows.order_by("submitted_at", "created_at", "id")


def _is_fresh(proof: DomainProof, listing: Listing | None) -> bool:
    changed = listing.website_changed_on if listing else None
    if changed is None:
        return False
    on = (proof.confirmed_at or timezone.now()).date()
    return on - changed < WEBSITE_STANDS
