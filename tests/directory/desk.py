"""People and programs for the tests of what a group does with its programs."""

from __future__ import annotations

import datetime as dt

from directory.actions.cards import publish_card
from directory.actions.programs.editing import create_program, edit_program
from directory.actions.programs.releasing import release_held_changes
from directory.models import HeldChange, Listing, OrganizationCard, Program
from network.actions.organizations import create_organization, grant_membership
from network.enums import OrganizationKind, Role
from network.models import Membership, Person
from network.tenancy import Purpose, acting, member, system
from tests.coalitions import agree
from tests.factories import make_country, make_facility

LONG_AGO = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
VALUES = {
    "names": {"en": "Harbour Visitors", "ar": "زوار المرفأ"},
    "summaries": {"en": "We visit people."},
    "how_to_join": {"en": "Write to us.\nWe answer."},
    "status": "active",
    "languages": ["en", "ar"],
    "services": ["visits", "phone"],
    "website": "https://harbour.example.org/",
    "contact": {"phone": "+44 20 7946 0000", "email": "hello@harbour.example.org"},
    "capacity": {"volunteers": True, "languages": ["ar"]},
    "country": "GB",
    "locality": "Harbourtown",
    "point": {"lat": 51.51234, "lon": -0.12345},
    "precision": "grid",
}


class Desk:
    """Organization A with a second owner's hand, and a coalition; B has a program beside."""

    def __init__(self, cast):
        self.cast = cast
        make_country("GB")
        make_country("FR")
        make_facility(slug="gb-harbour-house", name="Harbour House", country=make_country("GB"))
        with acting(system(Purpose.OPERATOR)) as operator:
            self.coalition = create_organization(
                operator,
                slug="coalition",
                name="Coalition",
                country="GB",
                kind=OrganizationKind.COALITION,
                is_verified=True,
            )
            self.carla = self._person(operator, "carla", cast.a, Role.COORDINATOR)
            self.edo = self._person(operator, "edo", self.coalition, Role.EDITOR)
            # Somebody in B who may do all, so that only the organization keeps them out.
            self.claude = self._person(operator, "claude", cast.b, Role.OWNER)
            publish_card(operator, organization=self.coalition)
        agree(self.coalition, cast.a)
        self.card = OrganizationCard.objects.get(pk=self.coalition.pk)
        with acting(self.actor("claude")) as claude:
            self.of_b = create_program(
                claude, values={**VALUES, "names": {"en": "Of B, secret"}, "country": "FR"}
            )

    def _person(self, operator, name, organization, role):
        person = Person.objects.create_user(f"{name}@example.org", display_name=name.title())
        grant_membership(operator, organization=organization, person=person, role=role)
        return person

    def actor(self, name):
        own = {"carla": self.cast.a, "edo": self.coalition, "claude": self.cast.b}
        if name in own:
            return member(getattr(self, name).pk, own[name].pk)
        return self.cast.actor(name)

    def create(self, **values):
        with acting(self.actor("edna")) as edna:
            return create_program(edna, values={**VALUES, **values})

    def edit(self, program, by="edna", **values):
        with acting(self.actor(by)) as actor:
            version = Program.objects.get(pk=program.pk).version
            return edit_program(actor, program=program, base_version=version, values=values)

    def fresh(self, program):
        with acting(self.actor("amara")):
            return Program.objects.select_related("organization").get(pk=program.pk)

    def held(self, program):
        with acting(self.actor("amara")):
            rows = HeldChange.objects.filter(program=program)
            return rows.filter(confirmed_at=None, released_at=None, cancelled_at=None).first()

    def a_day_later(self):
        """Whatever waits has waited long enough."""
        a_day_later()

    def role(self, person, role):
        with acting(system(Purpose.OPERATOR)):
            Membership.objects.filter(person=person).update(role=role)


def a_day_later():
    """Whatever waits has waited long enough."""
    with acting(system(Purpose.OPERATOR)):
        HeldChange.objects.update(held_until=LONG_AGO)


def release_all():
    """Let every change that waits be public, as a day later."""
    a_day_later()
    release_held_changes(system(Purpose.RELEASE))


def listing_of(program):
    return Listing.objects.filter(pk=program.pk).first()
