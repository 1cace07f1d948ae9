"""Drafts: kept as somebody writes, gone when it is saved or discarded, and not back by mistake."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from directory.actions.programs.guests import at_home_of, is_guest
from directory.models import Program, ProgramDraft
from directory.queries.program_values import FIELDS, TEXTS
from directory.validators import validate_no_person_number
from network.permissions import Permission, Refused, require
from network.tenancy import Actor
from network.validators import validate_plain_text

LARGEST = 200_000


class DraftClosedError(Exception):
    """What was sent is of a page whose draft was saved or discarded since."""


@transaction.atomic
def save_draft(
    actor: Actor,
    *,
    program: Program | None,
    base_version: int,
    edition: int,
    values: Mapping[str, Any],
) -> ProgramDraft:
    """The actor's draft with these fields in it; other fields of it stay.

    The program does not change. Values are kept as they were typed and checked when they are
    saved. `edition` is the one that the editor's page was made with. Sending the same again
    changes nothing.

    Raises:
        Refused: the actor may not edit this program, or not these fields.
        DraftClosedError: one of the fields was saved or discarded since the page was made.
        ValidationError: a field that does not exist, too much text, damaged characters, or a
            number that identifies a person; of these nothing is kept.
    """
    require(actor, Permission.PROGRAM_EDIT, program)
    owner = _owner(actor, program)
    if is_guest(actor, owner) and not set(values) <= set(TEXTS):
        raise Refused(Permission.PROGRAM_EDIT)
    _check(values)
    with at_home_of(actor, owner) as writer:
        draft = _locked(writer, program, owner)
        if any(draft.closed.get(name, 0) > edition for name in values):
            raise DraftClosedError
        if not draft.values:
            draft.base_version = base_version
        draft.values = {**draft.values, **values}
        draft.save()
    return draft


@transaction.atomic
def discard_draft(actor: Actor, *, program: Program | None) -> None:
    """Forget what the actor wrote and did not save. Doing it twice changes nothing.

    Raises:
        Refused: the actor may not edit this program.
    """
    require(actor, Permission.PROGRAM_EDIT, program)
    with at_home_of(actor, _owner(actor, program)) as writer:
        close_draft(writer, program=program)


def close_draft(actor: Actor, *, program: Program | None, fields: Iterable[str] = FIELDS) -> None:
    """Take these fields out of the actor's draft, and let nothing older bring them back.

    In the transaction of the action that saved or discarded them, in the scope of their group.
    """
    if actor.person_id is None:
        return
    draft = _locked(actor, program, _owner(actor, program))
    done = set(fields)
    draft.edition += 1
    draft.values = {name: value for name, value in draft.values.items() if name not in done}
    draft.closed = {**draft.closed, **dict.fromkeys(sorted(done), draft.edition)}
    draft.save()


def _owner(actor: Actor, program: Program | None) -> Any:
    return program.organization_id if program else actor.organization_id


def _locked(actor: Actor, program: Program | None, owner: Any) -> ProgramDraft:
    key = {"organization_id": owner, "program": program, "person_id": actor.person_id}
    return ProgramDraft.objects.select_for_update(of=("self",)).get_or_create(**key)[0]


def _check(values: Mapping[str, Any]) -> None:
    """Refuse what must not even be kept for a moment.

    Raises:
        ValidationError: by field.
    """
    errors: dict[str, Any] = {}
    for name, value in values.items():
        try:
            if name not in FIELDS:
                raise ValidationError(_("There is no such field."), code="field")
            for text in _strings(value):
                validate_plain_text(text)
                validate_no_person_number(text)
        except ValidationError as error:
            errors[str(name)[:40]] = error
    if not errors and len(json.dumps(dict(values))) > LARGEST:
        errors["__all__"] = _("This is more than a draft can hold. Save what you have.")
    if errors:
        raise ValidationError(errors)


def _strings(value: Any) -> Collection[str]:
    """All texts in a value, keys included."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, Mapping):
        return [text for pair in value.items() for part in pair for text in _strings(part)]
    if isinstance(value, list):
        return [text for one in value for text in _strings(one)]
    return []
