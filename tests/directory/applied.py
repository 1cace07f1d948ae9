"""Applications, vouches and proofs for the tests of what stewards decide."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone

from directory.actions.indexing import index_listings
from directory.enums import ApplicationKind, ApplicationState, Claim, VouchState
from directory.models import Application, DomainProof, Listing, Vouch
from network.actions.organizations import create_organization
from network.models import Organization, Person
from network.tenancy import Actor, acting, steward
from tests.cast import Cast
from tests.factories import make_country
from tests.network.members import OPERATOR, make_person

ANSWERS = {
    "name": "New Visitors",
    "country": "GB",
    "person_name": "Farid",
    "about": "We visit people in Harbour House.",
}


def dov(cast: Cast) -> Actor:
    """Dov, as the steward that he is."""
    return steward(cast.dov.pk)


def second_steward(name: str = "sade") -> Actor:
    """Another steward."""
    person = make_person(name)
    with acting(OPERATOR):
        Person.objects.filter(pk=person.pk).update(is_steward=True)
    return steward(person.pk)


def apply(cast: Cast, kind: str = ApplicationKind.REGISTER, **values: Any) -> Application:
    """What Farid's group asks of the stewards, sent."""
    make_country("GB")
    make_country("FR")
    with acting(OPERATOR):
        return Application.objects.create(
            organization=cast.applicant,
            person=cast.farid,
            kind=kind,
            **{
                "answers": ANSWERS,
                "state": ApplicationState.WAITING,
                "submitted_at": timezone.now(),
                **values,
            },
        )


def claim(cast: Cast, listing: Listing, **values: Any) -> Application:
    """The same for an entry of a source."""
    return apply(
        cast,
        ApplicationKind.CLAIM,
        listing_id=listing.pk,
        listing_slug=listing.slug,
        **values,
    )


def make_entry(**values: Any) -> Listing:
    """An entry that was found in a source."""
    with acting(OPERATOR):
        listing: Listing = Listing.objects.create(
            **{
                "slug": "gb-quay-visitors",
                "claim": Claim.UNCLAIMED,
                "name": "Quay Visitors",
                "name_language": "en",
                "names": {"en": "Quay Visitors"},
                "summaries": {"en": "They visit."},
                "country": make_country("GB"),
                "languages": ["en", "ar"],
                "services": ["visits"],
                "website": "https://quay.example.org/",
                "contact": {"email": "hello@quay.example.org"},
                "status": "active",
                "source_url": "https://source.example/list",
                "as_of": "2025-03",
                "note": "A remark of the source.",
                **values,
            }
        )
        index_listings([listing], {})
    return listing


def prove(application: Application, *, days_ago: int = 0) -> DomainProof:
    """Somebody answered the mail to the entry's own website."""
    with acting(OPERATOR):
        return DomainProof.objects.create(
            organization_id=application.organization_id,
            application=application,
            email="hello@quay.example.org",
            domain="quay.example.org",
            token_hash=str(application.pk),
            expires_at=timezone.now(),
            confirmed_at=timezone.now() - dt.timedelta(days=days_ago),
        )


def vouch(application: Application, organization: Organization) -> Vouch:
    """A group says that it knows the applicant."""
    with acting(OPERATOR):
        return Vouch.objects.create(
            organization=organization,
            applicant_id=application.organization_id,
            application=application,
            state=VouchState.GIVEN,
            statement="We have known them for years.",
            given_at=timezone.now(),
        )


def many_groups(number: int = 5) -> list[Organization]:
    """So many more verified groups, and the node is no small one any more."""
    with acting(OPERATOR) as operator:
        return [
            create_organization(
                operator,
                slug=f"group-{place}",
                name=f"Group {place}",
                country="GB",
                is_verified=True,
            )
            for place in range(number)
        ]


def present(application: Application) -> Application:
    """The application as it is now."""
    with acting(OPERATOR):
        return Application.objects.select_related("organization").get(pk=application.pk)
