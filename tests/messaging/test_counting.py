"""What is counted for somebody stops at 100, at the inbox, at the page and by the API alike."""

import pytest

from messaging.queries import counting
from messaging.queries.delivery import marks_of
from messaging.queries.happenings import party_names
from messaging.queries.inbox import Shelf, conversation_for, inbox, unread_totals
from network.tenancy import acting
from tests.api.bearing import ask as ask_api
from tests.api.bearing import document, token_for
from tests.api.talks import at
from tests.frontend.message_pages import text_of
from tests.messaging.talking import HUB, MESSENGER, channel, fresh, group, row_of, say, third
from tests.signing_in import signed_in

pytestmark = pytest.mark.django_db


def test_only_the_hub_sees_where_conversations_stand(cast):
    conversation = channel(cast)
    for actor in (cast.actor("omar"), MESSENGER):
        with acting(actor, is_reading=True), pytest.raises(ValueError, match="only the hub"):
            marks_of(actor, [conversation.pk])
    with acting(HUB, is_reading=True):
        row = fresh(conversation)
        assert marks_of(HUB, [conversation.pk]) == {
            conversation.pk: (row.last_seq, row.membership_epoch)
        }


def test_names_of_groups_are_told_to_who_can_read_and_to_nobody_else(cast):
    conversation = channel(cast)
    _other, olga = third()
    hidden = group(cast.actor("omar"), cast.actor("amara"))
    for actor, where in ((olga, conversation), (cast.actor("amara"), hidden)):
        with acting(actor, is_reading=True):
            assert party_names(actor, where.pk) == {}
    for name in ("omar", "chiara"):
        with acting(cast.actor(name), is_reading=True):
            found = party_names(cast.actor(name), conversation.pk)
            assert set(found.values()) == {cast.a.name, cast.b.name}


def test_nobody_is_counted_more_than_a_hundred(cast):
    conversation, omar, chiara = channel(cast), cast.actor("omar"), cast.actor("chiara")
    client, token = signed_in(cast.omar), token_for(cast, "omar")
    for number in range(99):
        say(chiara, conversation, f"@{cast.a.slug} {number}")
    assert {"99 unread", "names you 99 times"} <= set(_marks(client))
    say(chiara, conversation, f"@{cast.a.slug} 100")
    say(chiara, conversation, f"@{cast.a.slug} 101")
    assert {"99+ unread", "names you 99+ times"} <= set(_marks(client))
    answer = document(ask_api(at(conversation), token))
    assert (answer["unread"], answer["mentions"]) == (100, 100)
    with acting(omar, is_reading=True):
        assert unread_totals(omar) == (1, 1)


def _marks(client):
    """What stands beside a conversation in the inbox."""
    words = text_of(client.get("/messages/"))
    known = ("99 unread", "99+ unread", "names you 99 times", "names you 99+ times")
    return [one for one in known if one in words]


def test_what_is_cut_is_cut_at_the_same_place_everywhere(cast, monkeypatch):
    monkeypatch.setattr(counting, "MOST", 3)
    first, omar, chiara = channel(cast), cast.actor("omar"), cast.actor("chiara")
    for number in range(5):
        say(omar, first, f"My own {number} is not counted")
        say(chiara, first, f"@{cast.a.slug} and @{cast.a.slug}/1: {number}")
    with acting(omar, is_reading=True):
        rows = inbox(omar)
        assert [(one.unread, one.mentions) for one in rows] == [(3, 3)]
        assert conversation_for(omar, first.pk) == rows[0]
        assert inbox(omar, shelf=Shelf.UNREAD) == rows
    with acting(MESSENGER):
        part = row_of(omar, first)
        part.read_seq = fresh(first).last_seq - 3
        part.save(update_fields=["read_seq"])
    with acting(omar, is_reading=True):
        # Of the last three two are Chiara's, and each names Omar twice in one event.
        assert [(one.unread, one.mentions) for one in inbox(omar)] == [(2, 2)]


def test_pages_of_the_inbox_go_on_where_the_last_one_ended(cast):
    chiara, omar = cast.actor("chiara"), cast.actor("omar")
    talks = [channel(cast), *(group(omar) for _ in range(4))]
    say(chiara, talks[0])
    with acting(omar, is_reading=True):
        whole = inbox(omar)
        pages, before = [], None
        while page := inbox(omar, limit=2, before=before):
            pages += page
            before = (page[-1].updated_at, page[-1].id)
    assert pages == whole
    assert len(whole) == 5
    token = token_for(cast, "omar")
    path, seen = "/api/v1/conversations/?page_size=2", []
    while path:
        answer = document(ask_api(path, token))
        seen += [one["id"] for one in answer["results"]]
        path = answer["next"] and answer["next"].removeprefix("http://localhost:8000")
    assert seen == [str(one.id) for one in whole]
