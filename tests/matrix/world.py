"""Two organizations, each with something in every private table, and its canary in every text."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone

from directory.actions.pictures import set_logo
from directory.actions.programs.editing import create_program, edit_program
from directory.actions.publishing import publish_program
from directory.actions.stating import add_visiting_rule, report_access_event, state_facility
from directory.models import Facility, HeldChange, Program
from network.actions.approvals import ask_or_do
from network.actions.invitations import invite_member
from network.actions.organizations import create_organization
from network.actions.tokens import create_token
from network.actions.uploads import add_document
from network.enums import ApprovalKind, CoalitionSide, OrganizationKind, Role, UploadKind
from network.models import CoalitionMembership, Export, Membership, Organization, Person
from network.tenancy import Actor, Purpose, acting, member, system
from network.uploads.inspecting import inspect
from network.uploads.storage import EXPORTS
from tests.cast import Cast
from tests.directory.stating import CLAIM, EVENT, RULE
from tests.factories import make_country, make_facility
from tests.matrix.people import Asker, make_askers, make_people
from tests.matrix.rows_messages import talks_of
from tests.matrix.rows_start import mentored
from tests.matrix.rows_ways import ways_of
from tests.matrix.spoken import spoken_of
from tests.pictures import picture

MISSING = "00000000-0000-4000-8000-00000000abcd"


@dataclass
class World:
    """Who asks, and what is there: `objects["a"]["program"]` is the value for an address."""

    cast: Cast
    askers: list[Asker]
    objects: dict[str, dict[str, str]]


def make_world(cast: Cast) -> World:
    """All of it, made by the owners of the two organizations."""
    make_country("GB")
    make_country("FR")
    make_facility(slug="harbour-house", name="Harbour House", country=make_country("GB"))
    people = make_people(cast)
    objects = {
        "a": _furnish(cast.a, people["owner"], "zqacanary"),
        "b": _furnish(cast.b, people["other_owner"], "zqbcanary"),
    }
    return World(cast, make_askers(cast, people), objects)


def _furnish(organization: Organization, owner: Person, mark: str) -> dict[str, str]:
    """Something of everything, made by an owner; the values that stand in addresses."""
    actor = member(owner.pk, organization.pk)
    with acting(actor):
        program = create_program(
            actor,
            values={
                "names": {"en": f"Program {mark}"},
                "summaries": {"en": f"Summary {mark}"},
                "country": "GB",
                "contact": {"email": f"{mark}@example.org"},
            },
        )
        invitation = invite_member(
            actor,
            organization=organization,
            email=f"invited.{mark}@example.org",
            role=Role.MEMBER,
            language="en",
        )
        own = Membership.objects.get(person=owner)
        token, _text = create_token(
            actor, membership=own, name=f"Token {mark}", scopes=["directory:read"]
        )
        colleague = Membership.objects.filter(role=Role.MEMBER).order_by("created_at").first()
        approval = ask_or_do(
            actor, organization=organization, kind=ApprovalKind.EXPORT, details={"note": mark}
        )
        return {
            "organization": organization.slug,
            "program": program.slug,
            "program_id": str(program.pk),
            "invitation": str(invitation.pk),
            "token": str(token.pk),
            "member": str(colleague.pk) if colleague else MISSING,
            "approval": str(approval.pk) if approval else MISSING,
            **_held(actor, program, mark),
            **_files(actor, organization, mark),
            **_stated(actor, mark),
            **_coalitions(organization, mark),
            **mentored(organization, actor, mark),
            **ways_of(organization, mark),
            **spoken_of(organization, actor, mark),
            **talks_of(organization, actor, mark),
        }


def _coalitions(organization: Organization, mark: str) -> dict[str, str]:
    """A coalition that the organization belongs to, and one that has invited it."""
    found = {}
    for name, agreed in (("agreed_tie", timezone.now()), ("incoming_tie", None)):
        with acting(system(Purpose.OPERATOR)) as operator:
            coalition = create_organization(
                operator,
                slug=f"{name}-{mark}".replace("_", "-"),
                name=f"Coalition {mark}",
                country="GB",
                kind=OrganizationKind.COALITION,
                is_verified=True,
            )
            row = CoalitionMembership.objects.create(
                coalition=coalition,
                organization=organization,
                asked_by=CoalitionSide.COALITION,
                agreed_at=agreed,
            )
            found[name] = str(row.pk)
    return found


def _held(actor: Actor, program: Program, mark: str) -> dict[str, str]:
    """A change of a published program that waits for a second coordinator."""
    publish_program(actor, program=program)
    edit_program(
        actor,
        program=program,
        base_version=Program.objects.get(pk=program.pk).version,
        values={"website": f"https://{mark}.example.org/"},
    )
    publish_program(actor, program=Program.objects.get(pk=program.pk))
    held = HeldChange.objects.filter(program=program).first()
    return {"held": str(held.pk) if held else MISSING, "version": "1"}


def _files(actor: Actor, organization: Organization, mark: str) -> dict[str, str]:
    """A document, a logo and an export."""
    text = inspect(f"Minutes {mark}\n".encode(), UploadKind.DOCUMENT)
    document = add_document(actor, inspected=text, title=f"Document {mark}")
    logo = set_logo(actor, inspected=inspect(picture(mode="RGBA"), UploadKind.LOGO))
    export = Export.objects.create(
        organization=organization,
        person_id=actor.person_id,
        name=EXPORTS.write([mark.encode()]),
        bytes=len(mark),
        sha256="0" * 64,
        expires_at=timezone.now() + dt.timedelta(days=1),
    )
    return {"document": str(document.pk), "logo": str(logo.pk), "export": str(export.pk)}


def _stated(actor: Actor, mark: str) -> dict[str, str]:
    """A claim and a rule, which are public, and a report that waits, which is not."""
    place = Facility.objects.get(slug="harbour-house")
    later = timezone.now() + dt.timedelta(days=20)
    event = {**EVENT, "facility": place.slug, "statement": f"All were turned away {mark}."}
    return {
        "facility": place.slug,
        "claim": str(state_facility(actor, facility=place, values=CLAIM, seen=None).pk),
        "rule": str(add_visiting_rule(actor, facility=place, values=RULE).pk),
        "report": str(report_access_event(actor, values={**event, "publish_at": later}).pk),
    }
