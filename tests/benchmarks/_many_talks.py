"""Short and long conversations, small and large inboxes, made in bulk; and who looks at them.

`python -m tests.benchmarks._many_talks FEW MANY SHORT LONG` fills the database of the environment
and prints what a proof needs to ask, and how many statements each of its questions takes.

The triggers that keep the log are taken off while it is filled, because they want each event in a
statement of its own, and put back as they were.
"""

from __future__ import annotations

import json
import os
import sys
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

BATCH = 2_000
# Of the events of a conversation: one in so many is an edit, answers an earlier one, is one's own.
EDIT, REPLY, OWN = 25, 10, 4
# Of the conversations of an inbox: one in so many holds something unread, and how much.
UNREAD, WAITING, EACH = 5, 3, 20


class Side:
    """A group with one person: their actor, a signed-in client, the text of a token."""

    def __init__(self, slug: str) -> None:
        """Make them."""
        from network.models import Membership, Person
        from network.tenancy import Purpose, acting, system
        from tests.benchmarks._talks import a_person, an_organization
        from tests.signing_in import signed_in

        self.slug = slug
        self.organization = an_organization(slug)
        self.actor, self.token = a_person(self.organization, f"of-{slug}")
        with acting(system(Purpose.OPERATOR)):
            self.client = signed_in(Person.objects.get(pk=self.actor.person_id))
            self.membership = Membership.objects.get(person_id=self.actor.person_id)


@contextmanager
def without_triggers() -> Iterator[None]:
    """The log without its triggers, for filling it."""
    from django.db import connection, connections

    if connection.vendor == "postgresql":
        cursor = connections["owner"].cursor()
        for table in ("messaging_event", "messaging_conversation"):
            cursor.execute(f'ALTER TABLE "{table}" DISABLE TRIGGER USER')
        yield
        for table in ("messaging_event", "messaging_conversation"):
            cursor.execute(f'ALTER TABLE "{table}" ENABLE TRIGGER USER')
        return
    cursor = connection.cursor()
    cursor.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name LIKE 'messaging%'"
    )
    triggers = cursor.fetchall()
    for name, _sql in triggers:
        cursor.execute(f'DROP TRIGGER "{name}"')
    yield
    for _name, sql in triggers:
        cursor.execute(sql)


class Talk:
    """An open channel of two with so many messages, not yet written to the database.

    The first side has read all but the last few. Rows as the messenger makes them: it opens, both
    groups join, both people get a handle with their first word.
    """

    def __init__(self, one: Side, other: Side, topic: str, messages: int, unread: int) -> None:
        """Make the rows."""
        from messaging.models import Conversation, Event, Handle, Participant, Party

        self.events: list[Any] = []
        self.conversation = Conversation(kind="channel", topic=topic)
        self._event(Event, kind="opened", body=topic, data={"kind": "channel"})
        self.parties, self.handles, self.participants = [], [], []
        for side in (one, other):
            group = side.organization
            party = Party(
                conversation=self.conversation,
                organization=group,
                name=group.name,
                slug=group.slug,
                is_host=side is one,
            )
            data = {"party": str(party.pk), "host": side is one, "joined": 0}
            self._event(Event, kind="party_joined", body=f"{group.slug} {group.name}", data=data)
            self.parties.append(party)
        for side, party in zip((one, other), self.parties, strict=True):
            handle = Handle(
                conversation=self.conversation,
                party=party,
                organization=side.organization,
                number=1,
                joined_seq=len(self.events) + 1,
            )
            data = {"party": str(party.pk), "number": 1}
            self._event(Event, kind="participant_joined", handle=handle, data=data)
            self.handles.append(handle)
            self.participants.append(
                Participant(
                    conversation=self.conversation,
                    party=party,
                    organization=side.organization,
                    person_id=side.actor.person_id,
                    membership=side.membership,
                    handle=handle,
                    joined_seq=0,
                )
            )
        self._say(Event, messages)
        self.conversation.last_seq = len(self.events)
        self.participants[0].read_seq = max(len(self.events) - unread, 0)

    def _event(self, model: Any, **values: Any) -> Any:
        event = model(conversation=self.conversation, seq=len(self.events) + 1, **values)
        self.events.append(event)
        return event

    def _say(self, model: Any, number: int) -> None:
        """Messages of both, with edits and answers among them."""
        mine, theirs = self.handles
        root: Any = None
        for turn in range(number):
            is_edit = root is not None and turn % EDIT == EDIT - 1
            is_reply = root is not None and turn % REPLY == REPLY - 1 and not is_edit
            is_own = turn % OWN == 0 and not is_edit
            event = self._event(
                model,
                kind="edit" if is_edit else "message",
                handle=mine if is_own else theirs,
                client_id=uuid.uuid4(),
                language="en",
                body=f"Who can drive on {turn}?",
                target=root if is_edit else None,
                thread_root=root if is_reply else None,
            )
            if not (is_edit or is_reply or is_own):
                root = event.pk


def write(talks: list[Talk]) -> None:
    """Add all of their rows, table by table."""
    from messaging.models import Conversation, Event, Handle, Participant, Party
    from network.tenancy import acting
    from tests.messaging.talking import MESSENGER

    with acting(MESSENGER):
        Conversation.objects.bulk_create([one.conversation for one in talks])
        for model, name in ((Party, "parties"), (Handle, "handles")):
            model.objects.bulk_create([row for one in talks for row in getattr(one, name)])
        Participant.objects.bulk_create([row for one in talks for row in one.participants])
        rows = [row for one in talks for row in one.events]
        Event.objects.bulk_create(rows, batch_size=BATCH)


def inbox_of(side: Side, other: Side, number: int) -> None:
    """So many conversations, of which some hold something unread."""
    write(
        [
            Talk(side, other, f"Talk {one}", EACH, WAITING if one % UNREAD == 0 else 0)
            for one in range(number)
        ]
    )


def counted(ask: Callable[[], Any]) -> int:
    """How many statements a question takes, once what is kept for good is kept."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    ask()
    with CaptureQueriesContext(connection) as captured:
        ask()
    return len(captured)


def statements(side: Side, paths: dict[str, str]) -> dict[str, int]:
    """How many each path takes, for pages by the client, for the API by the token."""
    found = {}
    for name, path in paths.items():
        is_api = path.startswith("/api/")
        headers = {"Authorization": f"Bearer {side.token}"} if is_api else {}

        def ask(path: str = path, headers: dict[str, str] = headers) -> None:
            answer = side.client.get(path, headers=headers)
            if answer.status_code != 200:
                raise RuntimeError(f"{path}: {answer.status_code}")

        found[name] = counted(ask)
    return found


def inbox_paths(side: Side) -> dict[str, str]:
    """Everything that shows a whole inbox, or counts it."""
    return {
        "inbox": "/messages/",
        "inbox, unread": "/messages/?show=unread",
        "API list": "/api/v1/conversations/?page_size=25",
        "desk with the count": f"/desk/{side.slug}/",
    }


def talk_paths(talk: Talk) -> dict[str, str]:
    """Everything that shows one conversation, at its head and in its middle."""
    key, last = talk.conversation.pk, talk.conversation.last_seq
    events = f"/api/v1/conversations/{key}/events/?limit=50"
    answered = [one.thread_root for one in talk.events if one.thread_root]
    return {
        "conversation": f"/messages/{key}/",
        "conversation, further back": f"/messages/{key}/?before={last // 2 + 20}",
        "one thread of it": f"/messages/{key}/?thread={answered[len(answered) // 2]}",
        "events at the head": f"{events}&after={last - 50}",
        "events in the middle": f"{events}&after={last // 2 - 25}",
        "conversation by API": f"/api/v1/conversations/{key}/",
        "people of it": f"/messages/{key}/settings/",
    }


def told(side: Side, paths: dict[str, str], **more: Any) -> dict[str, Any]:
    """What a proof needs to ask for one side."""
    from django.conf import settings

    name = settings.SESSION_COOKIE_NAME
    return {
        "cookie": f"{name}={side.client.cookies[name].value}",
        "token": side.token,
        "paths": paths,
        "statements": statements(side, paths),
        **more,
    }


def main() -> None:
    """Fill, and print what was asked for as JSON."""
    from django.conf import settings
    from django.db import connections

    few, many, short, long_ = map(int, sys.argv[1:])
    inboxes, talks = {}, {}
    with without_triggers():
        other = Side("other-visitors")
        for name, number in (("few", few), ("many", many)):
            inboxes[name] = Side(f"{name}-visitors")
            inbox_of(inboxes[name], other, number)
        for name, size in (("short", short), ("long", long_)):
            reader, behind = Side(f"{name}-visitors"), Side(f"{name}-behind")
            talks[name] = (reader, Talk(reader, other, "Read", size, 20))
            talks[f"{name}, all unread"] = (behind, Talk(behind, other, "New", size, size))
        write([one for _side, one in talks.values()])
    if "owner" in connections:
        # What autovacuum does within a minute; nobody does it for SQLite.
        connections["owner"].cursor().execute("VACUUM ANALYZE")
    settings.ALLOWED_HOSTS = ["*"]
    found = {name: told(side, inbox_paths(side)) for name, side in inboxes.items()}
    for name, (side, talk) in talks.items():
        paths = {**talk_paths(talk), "inbox": "/messages/"}
        key, last = str(talk.conversation.pk), talk.conversation.last_seq
        found[name] = told(side, paths, conversation=key, last_seq=last)
    print(json.dumps(found))


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "network.project.settings"
    import django

    django.setup()
    main()
