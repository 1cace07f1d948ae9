"""Groups that can vouch and claims that wait, of a journey that begins where they are there.

`prepared` lets the product's own actions make all of them in one command beside the served site.
Nothing but dates is moved: the groups were verified long enough ago.
"""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from typing import Any

ANSWERS = {
    "about": "We visit every week.",
    "languages": ["ar", "en"],
    "contact": "hello@oak.example.org",
    "check": "Ask the chaplain.",
    "independence": "Gifts of neighbours.",
}
LONG_AGO = dt.timedelta(days=60)


@dataclass(frozen=True)
class Group:
    """A group, and the path of a link that signs its owner in once."""

    name: str
    slug: str
    enter: str


@dataclass(frozen=True)
class Case:
    """An entry, two groups that can vouch, and a steward who has not signed in yet.

    With a claim that both vouch for, where it was asked for: `applicant`.
    """

    entry: str
    groups: tuple[Group, Group]
    applicant: Group | None
    steward: str


def claimable(site, number):
    """So many entries that nobody has taken over, from the end of the list: no walk opens them."""
    rows = json.loads(site.get("/api/v1/programs/?claim=unclaimed&page_size=100").text)["results"]
    return [one["slug"] for one in rows][-number:]


def prepared(site, wanted):
    """The cases by their names, of small letters and dashes; each is wanted as `make` takes it."""
    entries = claimable(site, len(wanted))
    spec = {
        name: {"entry": entry, **one}
        for (name, one), entry in zip(wanted.items(), entries, strict=True)
    }
    told = site.command(
        "shell", "-c", f"from tests.journeys.claiming import make; make({json.dumps(spec)!r})"
    )
    assert told.returncode == 0, told.stderr
    return {name: _case(one) for name, one in json.loads(told.stdout.splitlines()[-1]).items()}


def _case(told: dict[str, Any]) -> Case:
    one, other = (Group(**group) for group in told["groups"])
    applicant = Group(**told["applicant"]) if told["applicant"] else None
    return Case(told["entry"], (one, other), applicant, told["steward"])


def make(text: str) -> None:
    """What a process with the product's settings makes of it; printed as JSON.

    By name: `entry`, the one that is claimed; `is_sent`, whether the claim waits with both
    vouches; `shares_member`, whether somebody belongs to both groups that vouch.
    """
    found = {}
    for name, wanted in json.loads(text).items():
        groups = [_group(f"{tree} {name}") for tree in ("Oak", "Elm")]
        if wanted.get("shares_member"):
            _join(f"both-{name}@example.org", *(group for group, _enter in groups))
        applicant = None
        if wanted.get("is_sent"):
            applicant = _claim(wanted["entry"], name, [group for group, _enter in groups])
        told = [_told(group, enter) for group, enter in groups]
        found[name] = {
            "entry": wanted["entry"],
            "groups": told,
            "applicant": applicant,
            "steward": _steward(f"steward-{name}@example.org"),
        }
    print(json.dumps(found))


def _told(organization: Any, enter: str) -> dict[str, str]:
    return {"name": organization.name, "slug": organization.slug, "enter": enter}


def _group(name: str) -> Any:
    from directory.actions.cards import publish_card
    from network.actions.organizations import create_organization
    from network.models import Organization
    from network.tenancy import Purpose, acting, system

    with acting(system(Purpose.OPERATOR)) as operator:
        slug = name.lower().replace(" ", "-")
        group = create_organization(operator, slug=slug, name=name, country="GB", is_verified=True)
        group.verified_on -= LONG_AGO
        Organization.objects.filter(pk=group.pk).update(verified_on=group.verified_on)
    enter = _join(f"{slug}@example.org", group)
    with acting(system(Purpose.OPERATOR, organization_id=group.pk)) as hand:
        publish_card(hand, organization=group)
    return group, enter


def _join(address: str, *groups: Any) -> str:
    """The owner of groups, and the path that lets them in."""
    from network.actions.organizations import grant_membership
    from network.enums import Role
    from network.project.people import person_for
    from network.tenancy import Purpose, acting, system

    with acting(system(Purpose.OPERATOR)) as operator:
        person = person_for(operator, address)
        for group in groups:
            grant_membership(operator, organization=group, person=person, role=Role.OWNER)
        return _path(operator, person)


def _steward(address: str) -> str:
    from network.project.people import person_for
    from network.tenancy import Purpose, acting, system

    with acting(system(Purpose.OPERATOR)) as operator:
        person = person_for(operator, address)
        person.is_steward = True
        person.save(update_fields=["is_steward"])
        return _path(operator, person)


def _path(operator: Any, person: Any) -> str:
    from network.project.people import link_for

    return "/account/" + link_for(operator, person).split("/account/")[1]


def _claim(entry: str, name: str, vouchers: list[Any]) -> dict[str, str]:
    from directory.actions.applying import (
        ask_vouch,
        begin_application,
        edit_answers,
        give_vouch,
        submit_application,
    )
    from directory.enums import ApplicationKind
    from directory.models import OrganizationCard
    from network.models import Membership
    from network.project.people import person_for
    from network.tenancy import Actor, Purpose, Via, acting, member, system

    with acting(system(Purpose.OPERATOR)) as operator:
        person = person_for(operator, f"asks-{name}@example.org")
        enter = _path(operator, person)
    alone = Actor(via=Via.COMMAND, person_id=person.pk)
    first = {"name": f"Asking {name}", "country": "GB", "person_name": "Noor"}
    with acting(alone):
        begun = begin_application(
            alone, kind=ApplicationKind.CLAIM, answers=first, language="en", listing_slug=entry
        )
    application = begun.application
    actor = member(person.pk, application.organization_id)
    with acting(actor):
        application = edit_answers(actor, application=application, base_version=1, values=ANSWERS)
        vouches = [
            ask_vouch(
                actor,
                application=application,
                card=OrganizationCard.objects.get(pk=group.pk),
                message="We met in the waiting room.",
            )
            for group in vouchers
        ]
        submit_application(actor, application=application)
    for group, vouch in zip(vouchers, vouches, strict=True):
        with acting(system(Purpose.OPERATOR)):
            own = Membership.objects.filter(organization=group).order_by("created_at")[0]
        with acting(member(own.person_id, group.pk)) as knows:
            give_vouch(knows, vouch=vouch, statement="We have known them for years.")
    return {"name": f"Asking {name}", "slug": begun.slug, "enter": enter}
