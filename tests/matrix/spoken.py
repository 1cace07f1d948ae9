"""What an owner of the world has said, with the canary of their organization in every word."""

from __future__ import annotations

from messaging.models import Block
from network.actions.organizations import create_organization
from network.models import Organization
from network.tenancy import Actor, Purpose, acting, system
from tests.messaging.talking import file_of, group, row_of, say, text_file


def spoken_of(organization: Organization, actor: Actor, mark: str) -> dict[str, str]:
    """A group of the owner alone, which no colleague reads either, and a block."""
    talk = group(actor, topic=f"Talk {mark}")
    said = say(actor, talk, f"Words {mark}", files=(text_file(mark),))
    with acting(system(Purpose.OPERATOR)) as operator:
        other = create_organization(
            operator, slug=f"blocked-{mark}", name=f"Blocked {mark}", country="GB"
        )
    with acting(actor):
        Block.objects.create(
            organization=organization, blocked=other, blocked_name=f"Blocked {mark}"
        )
    return {
        "talk": str(talk.pk),
        "talk_file": str(file_of(actor, said.id).pk),
        "talk_handle": str(row_of(actor, talk).handle_id),
        "blocked": str(other.pk),
    }
