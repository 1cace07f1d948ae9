"""Invented people and groups, so that the desk of a new node can be tried out at once."""

from __future__ import annotations

from dataclasses import dataclass

from directory.actions.applying import begin_application, edit_answers, submit_application
from directory.enums import ApplicationKind
from directory.models import Country
from network.actions.accounts import create_person
from network.actions.organizations import create_organization, grant_membership
from network.enums import Role
from network.models import Membership, Organization, Person
from network.project.people import link_for
from network.project.sample_talk import make_sample_talk
from network.tenancy import Actor, Purpose, Via, acting, member, system


@dataclass(frozen=True, slots=True)
class _Group:
    slug: str
    name: str
    country: str
    people: dict[str, Role]


# The cast of the tests; nobody of them lives, and nothing of them is public until it is published.
_GROUPS = (
    _Group(
        "example-visitors",
        "Example Visitors Group",
        "GB",
        {
            "amara": Role.OWNER,
            "bilal": Role.MEMBER,
            "edna": Role.EDITOR,
            "omar": Role.ORGANIZER,
        },
    ),
    _Group("visiteurs-exemple", "Visiteurs Exemple", "FR", {"chiara": Role.OWNER}),
)
_STEWARD = "dov"
# A group that asks to come in: the steward has something to decide on.
_APPLICANT = "farid"
_NEW_GROUP = "New Visitors Example"
_FIRST = {"name": _NEW_GROUP, "country": "GB", "person_name": "Farid"}
_ANSWERS = {
    "about": "Six neighbours who would like to visit people held at a short-term facility.",
    "since": "2026",
    "places": "An airport near us",
    "languages": ["en", "ar"],
    "website": "https://new-visitors.example/",
    "contact": "hello@new-visitors.example",
    "check": "Ring the parish office; this group is invented.",
    "independence": "Gifts of neighbours. No company and no authority pays us.",
}
_LANGUAGES = {"chiara": "fr", "bilal": "ar"}


@dataclass(frozen=True, slots=True)
class SamplePerson:
    """Somebody to try the desk as: who they are, and a link that signs them in once."""

    name: str
    does: str
    link: str


def sample_people() -> list[SamplePerson]:
    """All sample people with a new link each; they are made when they are first asked for."""
    with acting(system(Purpose.OPERATOR)) as actor:
        new = [one for one in _GROUPS if not Organization.objects.filter(slug=one.slug).exists()]
        for group in new:
            _make(actor, group)
        steward, applicant = _person(actor, _STEWARD), _person(actor, _APPLICANT)
        found = [
            SamplePerson(
                person.display_name,
                f"{membership.role} of {group.name}",
                link_for(actor, person),
            )
            for group in _GROUPS
            for person, membership in _members(group)
        ]
        if applicant.is_active:
            words = f"owner of {_NEW_GROUP}, which applies"
            found.append(SamplePerson(applicant.display_name, words, link_for(actor, applicant)))
        if steward.is_active:
            link = link_for(actor, steward)
            found.append(SamplePerson(steward.display_name, "steward of this node", link))
    if len(new) == len(_GROUPS):
        make_sample_talk(_seat("chiara"), _seat("amara"), slug=_GROUPS[0].slug)
    _apply(applicant)
    return found


def _seat(name: str) -> Actor:
    """One of the owners, acting for their group."""
    slug = next(group.slug for group in _GROUPS if name in group.people)
    with acting(system(Purpose.OPERATOR)):
        rows = Membership.objects.filter(organization__slug=slug, ended_at=None)
        found = rows.get(person__email=f"{name}@example.org")
    return member(found.person_id, found.organization_id, via=Via.COMMAND)


def _apply(person: Person) -> None:
    """Let the applicant's group ask the stewards, once, where its country is known."""
    if not Country.objects.filter(iso2=_FIRST["country"]).exists():
        return
    alone = Actor(via=Via.COMMAND, person_id=person.pk)
    with acting(system(Purpose.OPERATOR)):
        if not person.is_active or Membership.objects.filter(person=person).exists():
            return
    with acting(alone):
        begun = begin_application(
            alone, kind=ApplicationKind.REGISTER, answers=_FIRST, language="en"
        )
    actor = member(person.pk, begun.application.organization_id, via=Via.COMMAND)
    with acting(actor):
        edited = edit_answers(
            actor,
            application=begun.application,
            base_version=begun.application.version,
            values=_ANSWERS,
        )
        submit_application(actor, application=edited)


def _make(actor: Actor, group: _Group) -> None:
    organization = create_organization(
        actor, slug=group.slug, name=group.name, country=group.country, is_verified=True
    )
    for name, role in group.people.items():
        person = _person(actor, name)
        grant_membership(actor, organization=organization, person=person, role=role)


def _person(actor: Actor, name: str) -> Person:
    email = f"{name}@example.org"
    return Person.objects.filter(email=email).first() or create_person(
        actor,
        email=email,
        display_name=name.title(),
        language=_LANGUAGES.get(name, "en"),
        is_steward=name == _STEWARD,
    )


def _members(group: _Group) -> list[tuple[Person, Membership]]:
    rows = Membership.objects.filter(
        organization__slug=group.slug,
        ended_at=None,
        person__email__in=[f"{name}@example.org" for name in group.people],
        person__is_active=True,
    ).select_related("person")
    return [(row.person, row) for row in rows.order_by("created_at", "id")]
