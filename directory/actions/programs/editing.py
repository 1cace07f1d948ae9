"""Making and editing programs: their working copies, which nobody but the group reads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid4, uuid5

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from directory.actions.programs.audit import record_program
from directory.actions.programs.drafts import close_draft
from directory.actions.programs.guests import at_home_of, is_guest
from directory.actions.programs.history import keep_version
from directory.actions.programs.slugs import free_slug
from directory.actions.programs.writing import current_values, write_values
from directory.models import Facility, OrganizationCard, Program, ProgramVersion
from directory.queries.program_checks import checked_values
from directory.queries.program_values import TEXTS, Values
from network.identifying import require_looked_at, what_is_new
from network.models import Organization
from network.permissions import Permission, Refused, require
from network.tenancy import Actor

EMPTY: Values = {
    **{name: {} for name in TEXTS},
    "status": "forming",
    "languages": [],
    "services": [],
    "facilities": [],
    "website": "",
    "contact": {},
    "capacity": {},
    "withheld": [],
}


class StaleVersion(Exception):  # noqa: N818 - an answer, not a fault
    """Somebody saved the program since: `version` and `current` are what it is now.

    `base` is the version that was edited, for `merge`; empty where its history does not have it.
    """

    def __init__(self, version: int, base: Values, current: Values) -> None:
        """Keep all three."""
        super().__init__(f"the program is at version {version}")
        self.version = version
        self.base = base
        self.current = current


@transaction.atomic
def create_program(
    actor: Actor,
    *,
    values: Mapping[str, Any],
    key: str = "",
    replaces: Sequence[UUID] = (),
    has_looked: bool = False,
) -> Program:
    """A new program of the organization acted for, at version 1, shown to nobody else.

    With a `key`, a text that the caller makes up, doing it again gives the program that was made
    the first time. `replaces` are unclaimed listings that it supersedes once it is published.
    `has_looked` says that nobody in detention can be recognised by a text.

    Raises:
        Refused: the actor may not edit programs.
        ValidationError: `{field: [messages]}`; `identifies` where `has_looked` must answer.
    """
    require(actor, Permission.PROGRAM_EDIT)
    # In scope there is one: the one acted for.
    organization = Organization.objects.select_for_update().get()
    pk = uuid5(NAMESPACE_URL, f"program:{organization.pk}:{key}") if key else uuid4()
    present = Program.objects.filter(pk=pk).first()
    if present is not None:
        return present
    found = EMPTY | checked_values(values, None, home=organization.country)
    require_looked_at(_written(found), has_looked=has_looked)
    program = Program(
        pk=pk,
        organization=organization,
        slug=free_slug(organization, found["country"], found["names"]),
        country=found["country"],
        replaces=[str(one) for one in replaces],
    )
    program.save(force_insert=True)
    write_values(program, found, list(found))
    given = sorted(name for name in found if found[name] != EMPTY.get(name))
    keep_version(actor, program=program, changed=given, values=current_values(program))
    close_draft(actor, program=None)
    record_program(actor, "program.created", program)
    return program


@transaction.atomic
def edit_program(
    actor: Actor,
    *,
    program: Program,
    base_version: int,
    values: Mapping[str, Any],
    has_looked: bool = False,
) -> Program:
    """The program with these values, at its next version; fields that are not given stay.

    `base_version` is the one that the editor read. Where the values stand there already nothing
    changes, whatever the version: what was sent twice is saved once. What the actor's draft holds
    of these fields is done with. Nothing of it is public before it is published.

    Somebody of a coalition that was granted the texts edits texts and nothing else. `has_looked`
    says that nobody in detention can be recognised by what changes.

    Raises:
        Refused: the actor may not edit the program, or not these fields of it.
        StaleVersion: somebody saved it since.
        ValidationError: `{field: [messages]}`, or `deleted`; `identifies` where `has_looked` must
            answer.
    """
    require(actor, Permission.PROGRAM_EDIT, program)
    if is_guest(actor, program.organization_id) and not set(values) <= set(TEXTS):
        raise Refused(Permission.PROGRAM_EDIT)
    with at_home_of(actor, program.organization_id) as writer:
        by = _guest_group(actor, program)
        return _edit(writer, program.pk, base_version, values, by=by, has_looked=has_looked)


@transaction.atomic
def restore_version(actor: Actor, *, program: Program, version: int, base_version: int) -> Program:
    """The program with the values of an earlier version, as a new one.

    Places of detention that are listed no more stay by their names. What it says was asked about
    when it was saved.

    Raises:
        Refused, StaleVersion, ValidationError: as for `edit_program`.
        ProgramVersion.DoesNotExist: there is no such version.
    """
    require(actor, Permission.PROGRAM_EDIT, program)
    if is_guest(actor, program.organization_id):
        raise Refused(Permission.PROGRAM_EDIT)
    old = ProgramVersion.objects.get(program=program, version=version)
    return _edit(actor, program.pk, base_version, old.snapshot, restored=version, has_looked=True)


def _guest_group(actor: Actor, program: Program) -> str:
    """The slug of the other group from which an editor comes; empty for one of the group's own."""
    if not is_guest(actor, program.organization_id):
        return ""
    cards = OrganizationCard.objects.filter(pk=actor.acted_for)
    return cards.values_list("slug", flat=True).first() or ""


def _edit(
    actor: Actor,
    pk: UUID,
    base_version: int,
    values: Mapping[str, Any],
    *,
    restored: int = 0,
    by: str = "",
    has_looked: bool,
) -> Program:
    program = Program.objects.select_for_update().get(pk=pk)
    if program.deleted_at is not None:
        raise ValidationError(
            _("This program was deleted. Bring it back before you edit it."), code="deleted"
        )
    before = current_values(program)
    wanted = before | checked_values(_listed_only(values) if restored else values, before)
    changed = sorted(name for name in wanted if wanted[name] != before[name])
    news = what_is_new(_written(wanted), _written(before))
    require_looked_at(news, has_looked=has_looked)
    if changed and program.version != base_version:
        base = ProgramVersion.objects.filter(program=program, version=base_version).first()
        raise StaleVersion(program.version, base.snapshot if base else {}, before)
    if changed:
        program.version += 1
        write_values(program, wanted, changed)
        keep_version(actor, program=program, changed=changed, values=current_values(program))
        details: dict[str, Any] = {"restored": restored} if restored else {}
        details |= {"group": by} if by else {}
        record_program(actor, "program.edited", program, fields=changed, **details)
    close_draft(actor, program=program, fields=values)
    return program


def _written(values: Values) -> Values:
    """What somebody wrote: of places the names, since an id may look like any number."""
    return {**values, "facilities": [place["name"] for place in values["facilities"]]}


def _listed_only(values: Mapping[str, Any]) -> Values:
    """Values of an earlier version; a place that is listed no more is a name among others."""
    slugs = [place["slug"] for place in values["facilities"] if place["slug"]]
    listed = set(Facility.objects.filter(slug__in=slugs).values_list("slug", flat=True))
    places = [
        place if place["slug"] in listed else {"name": place["name"]}
        for place in values["facilities"]
    ]
    return {**values, "facilities": places}
