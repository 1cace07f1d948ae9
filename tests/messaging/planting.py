"""Words of people, planted wherever the messenger takes some: each must go when its time is over.

A new place for words gets a planter here: a function that takes the cast, an open channel of A and
B that Omar opened, and a word, and leaves the word there as people would.
"""

from __future__ import annotations

import random
import uuid

from messaging.actions.leaving import leave_conversation, show_name
from messaging.actions.parties import rename_conversation
from messaging.actions.sending import delete_message, edit_message
from messaging.enums import EventKind
from messaging.models import Conversation
from network.models import Node
from network.tenancy import acting
from tests.api.bearing import token_for
from tests.api.talks import at, message, post
from tests.frontend.message_pages import at as page_at
from tests.messaging.talking import MESSENGER, accepts, ask, group, say, text_file, third
from tests.signing_in import signed_in

MANY = 150


def messages(cast, conversation, word):
    """So many, so long, that the database moves its rows about."""
    chance = random.Random(7)  # noqa: S311 - the same in each run
    for number in range(MANY):
        say(cast.actor("omar"), conversation, f"{word} {number} " * chance.randint(1, 60))


def replies(cast, conversation, word):
    root = say(cast.actor("omar"), conversation, "Root")
    say(cast.actor("chiara"), conversation, word, thread_root=root.id)


def topics(cast, conversation, word):
    say(cast.actor("omar"), conversation, word, kind=EventKind.TOPIC)


def earlier_words(cast, conversation, word):
    _edit(cast.actor("omar"), conversation, word, "Plain")


def later_words(cast, conversation, word):
    _edit(cast.actor("omar"), conversation, "Plain", word)


def deleted(cast, conversation, word):
    omar = cast.actor("omar")
    sent = say(omar, conversation, word, files=(text_file(word),))
    with acting(omar):
        delete_message(
            omar, conversation_id=conversation.pk, client_id=uuid.uuid4(), target=sent.id
        )


def files_of_messages(cast, conversation, word):
    say(cast.actor("omar"), conversation, files=(text_file(word, "Plain.txt"),))


def names_of_files(cast, conversation, word):
    say(cast.actor("omar"), conversation, files=(text_file("Plain", f"{word}.txt"),))


def former_names_of_a_conversation(cast, conversation, word):
    omar = cast.actor("omar")
    _rename(omar, conversation, word)
    _rename(omar, conversation, "Plain")


def what_it_was_called_when_somebody_left(cast, conversation, word):
    omar, amara = cast.actor("omar"), cast.actor("amara")
    talk = group(omar, amara, topic=word)
    accepts(amara, talk)
    with acting(amara):
        leave_conversation(amara, conversation_id=talk.pk)
    _rename(omar, talk, "Plain")


def former_names_of_people(cast, conversation, word):
    omar = cast.actor("omar")
    for name in (word, ""):
        with acting(omar):
            show_name(omar, conversation_id=conversation.pk, name=name)


def first_contacts(cast, conversation, word):
    other, _olga = third()
    ask(cast.actor("omar"), other, body=word)


def by_the_api(cast, conversation, word):
    key = {"Idempotency-Key": str(uuid.uuid4())}
    sent = post(at(conversation, "events/"), token_for(cast, "omar"), message(word), headers=key)
    assert sent.status_code == 201, sent.content


def by_a_page(cast, conversation, word):
    values = {"body": word, "language": "en"}
    assert signed_in(cast.omar).post(page_at(conversation), values).status_code == 303


def waiting_for_another_node(cast, conversation, word):
    omar = cast.actor("omar")
    talk = group(omar)
    with acting(MESSENGER):
        node = Node.objects.create(origin="https://other.example.org", name="Other node")
        Conversation.objects.filter(pk=talk.pk).update(home_node=node)
    say(omar, talk, word)


PLANTERS = (
    messages,
    replies,
    topics,
    earlier_words,
    later_words,
    deleted,
    files_of_messages,
    names_of_files,
    former_names_of_a_conversation,
    what_it_was_called_when_somebody_left,
    former_names_of_people,
    first_contacts,
    by_the_api,
    by_a_page,
    waiting_for_another_node,
)


def _edit(actor, conversation, before, after):
    sent = say(actor, conversation, before)
    with acting(actor):
        edit_message(
            actor,
            conversation_id=conversation.pk,
            client_id=uuid.uuid4(),
            target=sent.id,
            body=after,
        )


def _rename(actor, conversation, topic):
    with acting(actor):
        rename_conversation(actor, conversation_id=conversation.pk, topic=topic)
