"""Groups that talk, made as people make them, and a look at their log afterwards.

`python -m tests.benchmarks._talks make PEOPLE GROUPS TALKS` fills the database of the environment
and prints who has which token in which conversations; `... look` prints the log of every
conversation and whether folding it gives the tables.
"""

from __future__ import annotations

import json
import os
import sys
from itertools import combinations, cycle, islice
from typing import Any


def make(people: int, groups: int, talks: int) -> dict[str, Any]:
    """So many people in groups of one size, and channels of two groups each.

    `{writers: [{name, token, conversations}], readers: {conversation: token}}`; who reads a
    conversation is somebody beside those who write.
    """
    from network.enums import Role

    organizations = [an_organization(f"group-{number}") for number in range(groups)]
    hosts = [a_person(one, f"host-{one.slug}", Role.OWNER)[0] for one in organizations]
    writers: list[tuple[str, int, str]] = []
    for number in range(people):
        name = f"writer-{number}"
        writers.append((name, number % groups, a_person(organizations[number % groups], name)[1]))
    pairs = list(islice(cycle(combinations(range(groups), 2)), talks))
    # Before the conversations, and in the group that opens each: they see it from its beginning.
    tokens = [
        a_person(organizations[one], f"reader-{number}")[1]
        for number, (one, _other) in enumerate(pairs)
    ]
    where: dict[int, list[str]] = {number: [] for number in range(groups)}
    readers = {}
    for number, (one, other) in enumerate(pairs):
        conversation = channel(hosts[one], hosts[other], organizations[other], f"Talk {number}")
        for side in (one, other):
            where[side].append(str(conversation.pk))
        readers[str(conversation.pk)] = tokens[number]
    return {
        "writers": [
            {"name": name, "token": token, "conversations": where[side]}
            for name, side, token in writers
        ],
        "readers": readers,
    }


def an_organization(slug: str) -> Any:
    """A verified organization by a slug."""
    from network.actions.organizations import create_organization
    from network.tenancy import Purpose, acting, system

    with acting(system(Purpose.OPERATOR)) as operator:
        return create_organization(
            operator, slug=slug, name=slug.title(), country="GB", is_verified=True
        )


def a_person(organization: Any, name: str, role: str = "organizer") -> tuple[Any, str]:
    """The actor of a new person, and the text of a token of theirs."""
    from network.actions.organizations import grant_membership
    from network.enums import Role
    from network.models import Person
    from network.tenancy import Purpose, acting, member, system

    with acting(system(Purpose.OPERATOR)) as operator:
        person = Person.objects.create_user(f"{name}@example.org", display_name=name)
        membership = grant_membership(
            operator, organization=organization, person=person, role=Role(role)
        )
    return member(person.pk, organization.pk), a_token(membership)


def a_token(membership: Any) -> str:
    """The text of a new token of a member, for reading and writing messages."""
    from network.actions.tokens import create_token
    from network.tenancy import Purpose, acting, system

    with acting(system(Purpose.OPERATOR)) as operator:
        return create_token(
            operator,
            membership=membership,
            name="proof",
            scopes=["messages:read", "messages:write"],
        )[1]


def channel(one: Any, other: Any, organization: Any, topic: str) -> Any:
    """An open channel of two organizations, asked and accepted where they never spoke before."""
    from messaging.enums import SeenState
    from messaging.queries.inbox import conversation_for
    from network.tenancy import acting
    from tests.messaging.talking import accepts, ask

    made = ask(one, organization, topic=topic)
    with acting(other, is_reading=True):
        is_asked = conversation_for(other, made.pk).state == SeenState.REQUESTED
    if is_asked:
        accepts(other, made)
    return made


def look() -> dict[str, Any]:
    """`{conversation: {log: [[seq, id, client_id, handle, body]], last_seq, is_folded}}`."""
    from messaging.folding import fold
    from messaging.models import Conversation
    from network.tenancy import acting
    from tests.messaging.talking import MESSENGER, log_of
    from tests.messaging.test_folding import folded, tables_of

    with acting(MESSENGER, is_reading=True):
        conversations = list(Conversation.objects.order_by("created_at"))
    found = {}
    for one in conversations:
        log = log_of(one)
        found[str(one.pk)] = {
            "log": [
                [event.seq, str(event.pk), str(event.client_id), str(event.handle_id), event.body]
                for event in log
            ],
            "last_seq": one.last_seq,
            "is_folded": folded(fold(log)) == tables_of(one),
        }
    return found


def main() -> None:
    """Do what is asked, and print it as JSON."""
    does, *numbers = sys.argv[1:]
    print(json.dumps(look() if does == "look" else make(*map(int, numbers))))


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "network.project.settings"
    import django

    django.setup()
    main()
