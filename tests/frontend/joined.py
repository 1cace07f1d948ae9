"""People who bring a group in, as tests of the ways in need them."""

from __future__ import annotations

import re

from directory.actions.applying import begin_application
from directory.enums import ApplicationKind
from directory.models import Application
from network.models import Organization
from network.tenancy import Actor, Via, acting, member
from tests.factories import make_country
from tests.network.members import OPERATOR, mails, make_person

FIRST = {
    "name": "Lantern Visitors",
    "country": "GB",
    "person_name": "Noor",
    "email": "noor@example.org",
}
ANSWERS = {
    "about": "We visit people every week.",
    "since": "2019",
    "places": "Harbour House",
    "languages": ["en", "ar"],
    "website": "https://lantern.example.org/",
    "contact": "hello@lantern.example.org",
    "check": "Ask the chaplain, zqcheckcanary.",
    "independence": "Gifts of neighbours.",
}
_LINK = re.compile(r"/join/(?:go-on|prove)/([^/\s]+)/")


def token_in(mail):
    """The token of the link in a mail."""
    found = _LINK.search(mail.text)
    assert found, mail.text
    return found[1]


def mails_to(address):
    """The mails that wait for an address, oldest first."""
    return [one for one in mails() if one.to == address]


def begin(name="noor", group="Lantern Visitors", listing_slug="", **answers):
    """A person, the actor for their new group, and its draft with these answers."""
    make_country("GB")
    person = make_person(name)
    kind = ApplicationKind.CLAIM if listing_slug else ApplicationKind.REGISTER
    with acting(Actor(via=Via.PAGE, person_id=person.pk)) as alone:
        begun = begin_application(
            alone,
            kind=kind,
            answers={"name": group, "country": "GB", "person_name": name.title()},
            language="en",
            listing_slug=listing_slug,
        )
    actor = member(person.pk, begun.application.organization_id)
    if answers:
        with acting(actor):
            found = Application.objects.get(pk=begun.application.pk)
            found.answers = {**found.answers, **answers}
            found.save()
    return person, actor, fresh(begun.application)


def fresh(application):
    """The application as it is now."""
    with acting(OPERATOR):
        return Application.objects.select_related("organization").get(pk=application.pk)


def groups():
    """The slugs of all groups."""
    with acting(OPERATOR):
        return set(Organization.objects.values_list("slug", flat=True))
