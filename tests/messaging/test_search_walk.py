"""How much of the index a search walks past: what somebody may read, and not what was before."""

from __future__ import annotations

import uuid

import pytest

from messaging.finding import asked_words
from messaging.models import MessageWord
from messaging.models.message_word import STRETCH
from messaging.queries.search import messages_with
from network.tenancy import acting
from tests.messaging.talking import MESSENGER, group, say
from tests.messaging.walking import seated, walking

pytestmark = pytest.mark.django_db
# Somebody came after so many messages; ten follow.
BEFORE = 5 * STRETCH + 5


def talk(cast, who: str, words: int) -> None:
    """A conversation with a word in so many messages before somebody came, and in ten since.

    The rows of its index only: no message is there to be read.
    """
    found = seated(cast, who, last_seq=BEFORE + 10, joined_seq=BEFORE)
    with acting(MESSENGER):
        seqs = [*range(BEFORE - words, BEFORE), *range(BEFORE + 1, BEFORE + 11)]
        MessageWord.objects.bulk_create(
            MessageWord(
                conversation=found, message=uuid.uuid4(), message_seq=seq, seq=seq, word="kestrels"
            )
            for seq in seqs
        )


def steps_of(actor) -> int:
    # A talk of their own lies in another stretch, and is found in the same question.
    say(actor, group(actor), "Kestrel!")
    with acting(actor, is_reading=True):
        assert [one.body for one in messages_with(actor, asked_words("kestrel")).rows] == [
            "Kestrel!"
        ]
        steps: list[int] = []
        with walking("messaging_messageword", steps):
            assert not messages_with(actor, asked_words("kestrel")).is_too_many
    return sum(steps)


def test_a_search_does_not_walk_past_words_of_before_somebody_came(cast):
    talk(cast, "omar", words=BEFORE - 1)
    talk(cast, "amara", words=0)
    among_many, among_few = steps_of(cast.actor("omar")), steps_of(cast.actor("amara"))
    assert among_few > 0
    # A few of before lie in the same stretch as the first of afterwards.
    assert among_many <= among_few * 2, (among_many, among_few)
