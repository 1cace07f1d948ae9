"""What this node says of itself, as its stewards write it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from network.actions.audit import record
from network.enums import NodeState
from network.identifying import require_looked_at, what_is_new
from network.models import Node
from network.permissions import Permission, require
from network.tenancy import Actor
from network.validators import validate_plain_text, validate_visible

LONGEST = {"name": 120, "contact": 254, "legal_notice": 6000, "rules": 6000}


@transaction.atomic
def edit_node(actor: Actor, *, changes: Mapping[str, Any], has_looked: bool = False) -> Node:
    """This node's own row with these values; it is made where there is none yet.

    `changes` holds some of `name`, `names`, `languages`, `contact`, `legal_notice` and `rules`;
    `names` and `rules` are `{language: text}`, replaced whole. All of it is public:
    `has_looked` says that nobody in detention can be recognised by a text.

    Raises:
        Refused: the actor is no steward.
        ValidationError: by field; `identifies` where `has_looked` must answer.
    """
    require(actor, Permission.NODE_EDIT)
    values = _checked(changes)
    node = Node.objects.select_for_update().filter(state=NodeState.SELF).first() or Node(
        state=NodeState.SELF,
        origin=settings.PUBLIC_ORIGIN,
        name=settings.NODE_NAME or settings.PUBLIC_ORIGIN,
    )
    changed = sorted(name for name, value in values.items() if getattr(node, name) != value)
    before = {name: getattr(node, name) for name in changed}
    news = what_is_new({name: values[name] for name in changed}, before)
    require_looked_at(news, has_looked=has_looked)
    if changed:
        for name in changed:
            setattr(node, name, values[name])
        node.save()
        record(actor, "node.edited", object_kind="node", object_id=node.pk, fields=changed)
    return node


def _checked(changes: Mapping[str, Any]) -> dict[str, Any]:
    """The changes as they are stored.

    Raises:
        ValidationError: by field, for all that are wrong.
    """
    values: dict[str, Any] = {}
    errors: dict[str, ValidationError] = {}
    for name, value in changes.items():
        try:
            values[name] = _value(name, value)
        except ValidationError as error:
            errors[name] = error
    if errors:
        raise ValidationError(errors)
    return values


def _value(name: str, value: Any) -> Any:
    if name == "languages":
        return [code for code in dict.fromkeys(value) if code in dict(settings.LANGUAGES)]
    if name in ("names", "rules"):
        limit = "name" if name == "names" else name
        found = {code: _text(limit, text) for code, text in value.items()}
        return {code: text for code, text in sorted(found.items()) if text}
    text = _text(name, value)
    if name == "name" and not text:
        raise ValidationError(_("Write the name of this site."), code="name")
    return text


def _text(name: str, value: str) -> str:
    text = value.replace("\r\n", "\n").strip()
    if len(text) > LONGEST[name]:
        raise ValidationError(
            _("Shorten this to %(limit)d characters; it has %(number)d."),
            code="long",
            params={"limit": LONGEST[name], "number": len(text)},
        )
    validate_plain_text(text, lines=name in ("legal_notice", "rules"))
    validate_visible(text)
    return text
