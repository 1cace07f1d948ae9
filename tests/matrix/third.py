"""A third group beside the two of the matrix: whom each of them asks, and talks with."""

from __future__ import annotations

from directory.models import MentorOffer
from network.actions.accounts import create_person
from network.actions.organizations import create_organization, grant_membership
from network.enums import Role
from network.models import Membership, Organization
from network.tenancy import Actor, Purpose, acting, member, system
from tests.factories import make_card

THIRD = "third-group"


def third_group() -> tuple[Organization, Actor]:
    """The third group, which offers help, and its owner."""
    with acting(system(Purpose.OPERATOR)) as operator:
        third = Organization.objects.filter(slug=THIRD).first()
        if third is not None:
            own = Membership.objects.get(organization=third)
            return third, member(own.person_id, third.pk)
        third = create_organization(
            operator, slug=THIRD, name="Third Group", country="GB", is_verified=True
        )
        person = create_person(operator, email="third@example.org", display_name="Third")
        grant_membership(operator, organization=third, person=person, role=Role.OWNER)
    make_card(pk=third.pk, slug=THIRD, name="Third Group")
    keeper = member(person.pk, third.pk)
    with acting(keeper):
        MentorOffer.objects.create(organization=third, is_open=True, text="We help.")
    return third, keeper
