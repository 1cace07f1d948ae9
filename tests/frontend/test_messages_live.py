"""What the scripts of a conversation ask for: new lines, and what became of what was sent."""

import re
import uuid

import pytest
from django.test import Client

from messaging.actions.sending import delete_message, edit_message, translate_message
from network.tenancy import acting
from tests.counting import questions
from tests.frontend.message_pages import at, bodies, form_of, text_of
from tests.messaging.talking import ask, channel, log_of, row_of, say, third
from tests.signing_in import signed_in

pytestmark = pytest.mark.django_db

MISSING = uuid.UUID("00000000-0000-4000-8000-00000000abcd")
DATA = {"Accept": "application/json"}


def lines(client, conversation, query=""):
    """The two lists of the answer: what changed, and what is new."""
    answer = client.get(at(conversation, f"lines/{query}"))
    assert answer.status_code == 200
    changed, _mark, new = text_of(answer).partition('<ol id="lines"')
    return changed, new


def change(act, actor, conversation, said, **values):
    with acting(actor):
        act(
            actor,
            conversation_id=conversation.pk,
            client_id=uuid.uuid4(),
            target=said.id,
            **values,
        )


# Refusals first.


def test_lines_of_a_foreign_conversation_are_those_of_a_missing_one(cast):
    _other, olga = third()
    foreign = ask(olga, cast.b, body="zqsecret")
    client = signed_in(cast.omar)
    missing = client.get(f"/messages/{MISSING}/lines/")
    answer = client.get(at(foreign, "lines/"))
    assert (answer.status_code, text_of(answer)) == (404, text_of(missing))
    assert Client().get(at(foreign, "lines/")).status_code == 303
    assert signed_in(cast.bilal).get(at(channel(cast), "lines/")).status_code == 403


@pytest.mark.parametrize("query", ["after=x", "after=-1", "after=" + "9" * 400, "thread=x"])
def test_nonsense_in_their_address_is_said(cast, query):
    conversation = channel(cast)
    assert signed_in(cast.omar).get(at(conversation, f"lines/?{query}")).status_code == 400


def test_whoever_is_asked_reads_what_the_page_shows_them_and_is_no_part(cast):
    conversation = ask(cast.actor("omar"), cast.b, body="First words")
    _changed, new = lines(signed_in(cast.chiara), conversation)
    assert "First words" in new
    assert 'data-state="requested"' in new
    assert "Add a translation" not in new
    assert "#write" not in new


def test_what_came_after_somebody_left_is_not_told(cast):
    conversation = channel(cast)
    say(cast.actor("chiara"), conversation, "Before")
    client = signed_in(cast.omar)
    assert client.post(at(conversation, "settings/"), {"act": "leave"}).status_code == 303
    said = say(cast.actor("chiara"), conversation, "zqafter")
    change(edit_message, cast.actor("chiara"), conversation, said, body="zqchanged")
    changed, new = lines(client, conversation)
    assert "Before" in new
    assert "zq" not in changed + new


def test_words_that_a_form_would_refuse_are_refused_to_a_script(cast):
    conversation = channel(cast)
    client = signed_in(cast.omar)
    before = len(log_of(conversation))
    empty = client.post(at(conversation), {"body": " ", "client_id": uuid.uuid4()}, headers=DATA)
    assert (empty.status_code, empty["Content-Type"]) == (422, "application/json")
    assert empty.json()["errors"] != []
    told = client.post(
        at(conversation), {"body": "His number is A123456789", "language": "en"}, headers=DATA
    )
    assert (told.status_code, told.json()["asks"]) == (422, True)
    assert client.post(at(ask(third()[1], cast.b)), {"body": "x"}, headers=DATA).status_code == 404
    assert len(log_of(conversation)) == before


def test_a_script_is_told_why_nothing_can_be_written(cast):
    waiting = ask(cast.actor("omar"), cast.b)
    answer = signed_in(cast.omar).post(at(waiting), {"body": "More"}, headers=DATA)
    assert answer.status_code == 409
    assert "once they accept" in answer.json()["errors"][0]


def test_a_script_that_sends_too_much_is_told_when_it_may_again(cast, settings):
    settings.MESSAGE_BURST = 1
    conversation = channel(cast)
    client = signed_in(cast.omar)
    answers = [client.post(at(conversation), {"body": "More"}, headers=DATA) for _ in range(3)]
    assert answers[-1].status_code == 429
    assert int(answers[-1]["Retry-After"]) > 0


# What comes.


def test_new_lines_and_nothing_that_was_there_and_nothing_is_read_by_it(cast):
    conversation = channel(cast)
    chiara = cast.actor("chiara")
    first = say(chiara, conversation, "First")
    client = signed_in(cast.omar)
    second = say(chiara, conversation, "Second")
    before = row_of(cast.actor("omar"), conversation).read_seq
    lines(client, conversation)
    with questions(13):
        changed, new = lines(client, conversation, f"?after={first.seq}")
    assert "<li" not in changed
    assert re.findall(r'id="m(\d+)"', new) == [str(second.seq)]
    assert f'data-last="{second.seq}"' in new
    assert "First" not in new
    assert row_of(cast.actor("omar"), conversation).read_seq == before
    assert "<li" not in "".join(lines(client, conversation, f"?after={second.seq}"))


def test_earlier_messages_come_as_they_stand_when_something_became_of_them(cast):
    conversation = channel(cast)
    chiara, omar = cast.actor("chiara"), cast.actor("omar")
    said = [say(chiara, conversation, f"Words {number}") for number in range(5)]
    since = f"?after={said[-1].seq}"
    change(edit_message, chiara, conversation, said[0], body="Other words")
    change(delete_message, chiara, conversation, said[1])
    change(translate_message, omar, conversation, said[2], body="Des mots", language="fr")
    answer = say(omar, conversation, "An answer", thread_root=said[3].id)
    changed, new = lines(signed_in(cast.omar), conversation, since)
    assert re.findall(r'id="m(\d+)"', changed) == [str(one.seq) for one in said[:4]]
    assert "Other words" in changed
    assert "Words 1" not in changed
    assert "Des mots" in changed
    assert "1 reply" in changed
    assert re.findall(r'id="m(\d+)"', new) == [str(answer.seq)]
    assert "Words 3" in new  # what is answered, quoted
    changed, new = lines(signed_in(cast.omar), conversation, f"{since}&thread={said[3].id}")
    assert re.findall(r'id="m(\d+)"', changed + new) == [str(said[3].seq), str(answer.seq)]


def test_what_is_too_much_is_cut_and_says_so(cast, monkeypatch):
    monkeypatch.setattr("frontend.views.messages.news.SHOWN", 3)
    conversation = channel(cast)
    first = say(cast.actor("chiara"), conversation, "First")
    for number in range(4):
        say(cast.actor("chiara"), conversation, f"More {number}")
    _changed, new = lines(signed_in(cast.omar), conversation, f"?after={first.seq}")
    assert len(re.findall(r'id="m', new)) == 3
    assert "data-more" in new


def test_a_script_sends_once_what_it_sends_twice(cast):
    conversation = channel(cast)
    client = signed_in(cast.omar)
    page = text_of(client.get(at(conversation)))
    values = {"body": "Once", "language": "en", **form_of(page)}
    told = [client.post(at(conversation), values, headers=DATA) for _ in range(2)]
    assert [one.status_code for one in told] == [200, 200]
    assert told[0].json() == told[1].json()
    assert told[0].json()["state"] == "committed"
    assert bodies(cast.actor("omar"), conversation).count("Once") == 1


def test_a_page_says_how_much_waits_and_up_to_where_it_shows(cast):
    conversation = channel(cast)
    said = say(cast.actor("chiara"), conversation, "Hello")
    client = signed_in(cast.omar)
    page = text_of(client.get(at(conversation)))
    assert 'data-unread="1" data-inbox="/messages/"' in page
    assert f'data-last="{said.seq}"' in page
    assert "js/live/start" in page
    older = text_of(client.get(at(conversation, f"?before={said.seq}")))
    assert 'id="live-talk"' not in older
