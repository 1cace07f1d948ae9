"""Pages of messages: who is refused, what a page says, and that nothing is sent twice or lost."""

import re
import uuid

import pytest

from messaging.queries.inbox import conversation_for
from network.tenancy import acting
from tests.factories import make_card
from tests.frontend.message_pages import at, bodies, form_of, text_of
from tests.messaging.talking import (
    ask,
    channel,
    log_of,
    row_of,
    say,
    third,
)
from tests.signing_in import signed_in

pytestmark = pytest.mark.django_db

MISSING = uuid.UUID("00000000-0000-4000-8000-00000000abcd")


@pytest.fixture
def cards(cast):
    """The public cards of the groups: what one can write to."""
    for one in (cast.a, cast.b):
        make_card(pk=one.pk, slug=one.slug, name=one.name, verified_since="2024-01-01")
    return cast


# Refusals first.


@pytest.mark.parametrize("part", ["", "requests/", "contacts/", "new/", "new/group/"])
def test_nobody_who_is_signed_out_sees_a_page(client, part):
    answer = client.get(f"/messages/{part}")
    assert (answer.status_code, answer["Cache-Control"]) == (303, "no-store")
    assert answer["Location"].startswith("/account/sign-in/?next=%2Fmessages%2F")


@pytest.mark.parametrize("name", ["bilal", "edna"])
def test_whose_role_has_no_messages_is_told_which_have(cast, name):
    answer = signed_in(getattr(cast, name)).get("/messages/")
    assert answer.status_code == 403
    assert "Organizer" in text_of(answer)


def test_a_foreign_conversation_is_a_missing_one_for_reading_and_for_each_button(cast):
    _other, olga = third()
    foreign = ask(olga, cast.b, body="zqsecret", topic="zqtopic")
    client = signed_in(cast.omar)
    for part in ("", "settings/", "topic/", f"edit/{MISSING}/"):
        missing = client.get(f"/messages/{MISSING}/{part}")
        answer = client.get(at(foreign, part))
        assert (answer.status_code, text_of(answer)) == (404, text_of(missing))
    for part in ("", "read/", "answer/", "settings/", f"delete/{MISSING}/"):
        body = {"body": "x", "seq": "1", "act": "accept" if part == "answer/" else "mute"}
        assert client.post(at(foreign, part), body).status_code == 404
    assert log_of(foreign) == log_of(foreign)
    assert "zq" not in text_of(client.get("/messages/requests/"))


def test_a_message_of_somebody_else_is_neither_changed_nor_deleted(cast):
    conversation = channel(cast)
    said = say(cast.actor("chiara"), conversation, "Mine")
    client = signed_in(cast.omar)
    assert client.get(at(conversation, f"edit/{said.id}/")).status_code == 404
    assert client.post(at(conversation, f"edit/{said.id}/"), {"body": "No"}).status_code == 404
    assert client.post(at(conversation, f"delete/{said.id}/")).status_code == 404
    assert "Mine" in bodies(cast.actor("chiara"), conversation)


@pytest.mark.parametrize(
    "query", ["before=x", "before=-1", "before=" + "9" * 400, "thread=x", "before=%00"]
)
def test_nonsense_in_the_address_of_a_conversation_is_said(cast, query):
    conversation = channel(cast)
    assert signed_in(cast.omar).get(at(conversation) + f"?{query}").status_code == 400


@pytest.mark.parametrize(
    "query", ["before=x", "before=9-9", "show=all", "before=²-" + str(MISSING)]
)
def test_nonsense_in_the_address_of_the_inbox_is_said(cast, query):
    assert signed_in(cast.omar).get(f"/messages/?{query}").status_code == 400


def test_only_who_manages_decides_who_may_write(cast):
    client = signed_in(cast.omar)
    assert client.post("/messages/contacts/", {"act": "take_none"}).status_code == 403
    assert "take_none" not in text_of(client.get("/messages/contacts/"))
    owner = signed_in(cast.amara)
    assert owner.post("/messages/contacts/", {"act": "take_none"}).status_code == 303
    assert "Your group takes no first messages" in text_of(owner.get("/messages/contacts/"))


def test_a_colleagues_direct_talk_is_nobody_elses(cast):
    conversation = channel(cast)
    chiara = cast.actor("chiara")
    say(chiara, conversation, "Hello")
    handle = row_of(chiara, conversation).handle_id
    client = signed_in(cast.omar)
    sent = client.post(
        f"/messages/new/{conversation.pk}/{handle}/", {"body": "zqalone", "language": "en"}
    )
    assert sent.status_code == 303
    assert signed_in(cast.amara).get(sent["Location"]).status_code == 404
    assert "zqalone" in text_of(signed_in(cast.chiara).get(sent["Location"]))


# What pages say and do.


def test_the_first_time_says_what_this_is_and_where_to_go(cast):
    page = text_of(signed_in(cast.omar).get("/messages/"))
    assert "No conversations yet" in page
    assert "/docs/people/messages/" in page


def test_a_first_message_from_a_card_is_read_answered_and_answered_again(cards):
    cast = cards
    omar, chiara = signed_in(cast.omar), signed_in(cast.chiara)
    address = f"/messages/new/?organization={cast.b.slug}"
    page = text_of(omar.get(address))
    assert "Names of people in detention do not belong here" in page
    assert re.search(r"and whoever runs <bdi dir=\"ltr\">[^<]+</bdi>", page)
    values = {"topic": "Ferries", "body": "Do you go there?", "language": "en", **form_of(page)}
    sent = omar.post(address, values)
    assert sent.status_code == 303
    assert omar.post(address, values)["Location"] == sent["Location"]
    here = sent["Location"]
    assert 'name="body"' not in text_of(omar.get(here))

    assert "1 request waits" in text_of(chiara.get("/messages/"))
    asked = text_of(chiara.get(here))
    assert "Do you go there?" in asked
    assert "Block this group" in asked
    assert 'name="body"' not in asked
    assert chiara.post(f"{here}answer/", {"act": "accept"}).status_code == 303
    page = text_of(chiara.get(here))
    chiara.post(here, {"body": "نعم، كل أسبوع", "language": "ar", **form_of(page)})
    page = text_of(omar.get(here))
    assert 'lang="ar"' in page
    assert "نعم، كل أسبوع" in page
    assert 'id="new"' in page


def test_a_group_that_never_was_is_no_address_to_write_to(cards):
    client = signed_in(cards.omar)
    for slug in ("no-such-group", cards.a.slug, cards.applicant.slug):
        assert client.get(f"/messages/new/?organization={slug}").status_code == 404


def test_refusing_and_blocking_tell_nobody(cards):
    cast = cards
    omar, chiara = cast.actor("omar"), signed_in(cast.chiara)
    first = ask(omar, cast.b, topic="One")
    assert chiara.post(at(first, "answer/"), {"act": "refuse"}).status_code == 303
    before = text_of(signed_in(cast.omar).get(at(first)))
    assert "You wait for an answer" in before
    assert chiara.post(at(first, "answer/"), {"act": "block"}).status_code == 303
    assert cast.a.name in text_of(chiara.get("/messages/contacts/"))
    assert text_of(signed_in(cast.omar).get(at(first))) == before
    assert chiara.post(at(first, "answer/"), {"act": "never"}).status_code == 400


def test_looking_changes_nothing_and_the_button_reads(cast):
    conversation = channel(cast)
    omar, chiara = cast.actor("omar"), cast.actor("chiara")
    say(chiara, conversation, "One")
    say(chiara, conversation, "Two")
    client = signed_in(cast.omar)
    with acting(omar, is_reading=True):
        before = conversation_for(omar, conversation.pk)
    page = text_of(client.get(at(conversation)))
    client.get("/messages/")
    with acting(omar, is_reading=True):
        assert conversation_for(omar, conversation.pk) == before
        assert before.unread == 2
    newest = re.search(r'name="seq" value="(\d+)"', page)[1]
    say(chiara, conversation, "Three, after the page was read")
    assert client.post(at(conversation, "read/"), {"seq": newest}).status_code == 303
    with acting(omar, is_reading=True):
        assert conversation_for(omar, conversation.pk).unread == 1


def test_answering_reads_what_stood_on_the_page_and_no_more(cast):
    conversation = channel(cast)
    omar, chiara = cast.actor("omar"), cast.actor("chiara")
    say(chiara, conversation, "Seen")
    client = signed_in(cast.omar)
    values = form_of(text_of(client.get(at(conversation))))
    say(chiara, conversation, "Not seen")
    client.post(at(conversation), {"body": "Answer", "language": "en", **values})
    with acting(omar, is_reading=True):
        assert conversation_for(omar, conversation.pk).unread == 1


def test_the_same_form_twice_is_one_message_and_another_text_from_it_a_second(cast):
    conversation = channel(cast)
    client = signed_in(cast.omar)
    values = {"language": "en", **form_of(text_of(client.get(at(conversation))))}
    first = client.post(at(conversation), {"body": "Once", **values})
    again = client.post(at(conversation), {"body": "Once", **values})
    assert first["Location"] == again["Location"]
    client.post(at(conversation), {"body": "Written on after going back", **values})
    said = bodies(cast.actor("omar"), conversation)
    assert said.count("Once") == 1
    assert "Written on after going back" in said


def test_a_sign_of_somebody_held_is_asked_about_before_it_is_sent(cast):
    conversation = channel(cast)
    client = signed_in(cast.omar)
    values = {"body": "About A123 456 789", "language": "en"}
    values |= form_of(text_of(client.get(at(conversation))))
    asked = client.post(at(conversation), values)
    assert asked.status_code == 422
    assert 'name="has_looked"' in text_of(asked)
    assert "About A123 456 789" in text_of(asked)
    assert "About A123 456 789" not in bodies(cast.actor("omar"), conversation)
    assert client.post(at(conversation), {**values, "has_looked": "on"}).status_code == 303
    assert "About A123 456 789" in bodies(cast.actor("omar"), conversation)


def test_the_text_survives_a_mistake_a_session_that_ended_and_a_conversation_left(cast, client):
    conversation = channel(cast)
    values = {"body": "x" * 20_000 + " zqkept", "language": "en"}
    long = signed_in(cast.omar).post(at(conversation), values)
    assert (long.status_code, "zqkept" in text_of(long)) == (422, True)

    ended = client.post(at(conversation), {"body": "zqkept", "client_id": str(MISSING)})
    assert (ended.status_code, ended["Cache-Control"]) == (403, "no-store")
    page = text_of(ended)
    assert "zqkept" in page
    assert str(MISSING) in page
    assert f'action="{at(conversation)}"' in page

    omar = signed_in(cast.omar)
    omar.post(at(conversation, "settings/"), {"act": "leave"})
    left = omar.post(at(conversation), {"body": "zqkept", "language": "en"})
    assert (left.status_code, "You take part in this conversation no more" in text_of(left)) == (
        409,
        True,
    )
    assert "zqkept" in text_of(left)


def test_too_much_at_once_says_when_to_try_again_and_keeps_the_text(cast, settings):
    settings.MESSAGE_BURST = 2
    conversation = channel(cast)
    client = signed_in(cast.omar)
    for number in range(2):
        client.post(at(conversation), {"body": f"Number {number}", "language": "en"})
    answer = client.post(at(conversation), {"body": "zqkept", "language": "en"})
    assert answer.status_code == 429
    assert re.search(rf"send it again in {answer['Retry-After']} second", text_of(answer))
    assert "zqkept" in text_of(answer)
    assert "zqkept" not in bodies(cast.actor("omar"), conversation)


def test_edits_deletions_replies_and_topics_are_shown_as_such(cast):
    conversation = channel(cast)
    client, other = signed_in(cast.omar), signed_in(cast.chiara)
    said = say(cast.actor("omar"), conversation, "Frist")
    gone = say(cast.actor("omar"), conversation, "zqgone")
    form = text_of(client.get(at(conversation, f"edit/{said.id}/")))
    assert "Frist" in form
    client.post(at(conversation, f"edit/{said.id}/"), {"body": "First", "language": "en"})
    for _twice in range(2):
        assert client.post(at(conversation, f"delete/{gone.id}/")).status_code in (303, 404)
    topic = client.post(at(conversation, "topic/"), {"body": "Training", "language": "en"})
    assert "thread=" in topic["Location"]
    root = topic["Location"].partition("thread=")[2]
    other.post(at(conversation), {"body": "In March?", "language": "en", "thread": root})
    page = text_of(other.get(at(conversation)))
    assert "First" in page
    assert "Frist" not in page
    assert "Changed" in page
    assert "zqgone" not in page
    assert "Deleted by who wrote it" in page
    assert "1 reply" in page
    assert "In answer to" in page
    thread = text_of(other.get(topic["Location"]))
    assert "Training" in thread
    assert "In March?" in thread
    assert "First" not in thread
    assert other.get(at(conversation) + f"?thread={MISSING}").status_code == 404
