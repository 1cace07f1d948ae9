"""Who can read a conversation: said beside the box in which one writes."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef

from messaging.models import Conversation, Party
from messaging.queries.standing import participations_of
from network.enums import NodeState
from network.models import Node
from network.tenancy import Actor


@dataclass(frozen=True, slots=True)
class Readers:
    """The names of the organizations that take part, and of the nodes whose operators can read."""

    organizations: tuple[str, ...]
    nodes: tuple[str, ...]


def readers_of(actor: Actor, conversation_id: UUID) -> Readers:
    """Who can read what is written now; asked organizations are among them. Two queries.

    Raises:
        Conversation.DoesNotExist: missing, or the actor has no part in it any more.
    """
    mine = participations_of(actor).filter(conversation_id=conversation_id, ended_as="")
    rows = Party.objects.beyond_scope().filter(
        Exists(mine.filter(conversation_id=OuterRef("conversation_id"))),
        conversation_id=conversation_id,
        left_seq=None,
    )
    parties = rows.select_related("conversation", "conversation__home_node")
    found = list(parties.order_by("created_at", "id"))
    if not found:
        raise Conversation.DoesNotExist
    own = Node.objects.filter(state=NodeState.SELF).values_list("name", flat=True)
    home = found[0].conversation.home_node
    nodes = [*own, *([home.name] if home else [])]
    return Readers(tuple(one.name for one in found), tuple(nodes))
