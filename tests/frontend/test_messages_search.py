"""The page that searches messages: refused first, then each of its states."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from messaging.actions.leaving import leave_conversation
from messaging.queries import search
from network.tenancy import acting
from tests.frontend.message_pages import text_of
from tests.messaging.talking import channel, group, say, third
from tests.signing_in import signed_in

pytestmark = pytest.mark.django_db

PAGE = "/messages/search/"


def page_of(person, query):
    answer = signed_in(person).get(f"{PAGE}?{query}")
    assert answer.status_code == 200, answer.content
    return text_of(answer)


def test_a_foreign_conversation_is_a_missing_one(cast):
    _other, olga = third()
    hidden = group(olga, topic="zqhidden")
    client = signed_in(cast.omar)
    missing = "00000000-0000-4000-8000-00000000abcd"
    answers = [
        client.get(f"{PAGE}?q=x&conversation={one}").content.replace(str(one).encode(), b"ID")
        for one in (hidden.pk, missing)
    ]
    assert answers[0] == answers[1]
    assert client.get(f"{PAGE}?q=x&conversation={missing}").status_code == 404


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("before=x", 400),
        ("conversation=x", 400),
        ("q=" + "x" * 201, 422),
        ("q=%01", 400),
        ("q=a%00b", 400),
    ],
)
def test_nonsense_is_said(cast, query, status):
    answer = signed_in(cast.omar).get(f"{PAGE}?{query}")
    assert answer.status_code == status
    if status == 422:
        assert "q-error" in text_of(answer)


def test_each_state_says_what_to_do(cast, monkeypatch):
    conversation, omar = channel(cast), cast.actor("omar")
    for number in range(3):
        say(omar, conversation, f"Heron {number}")
    assert "Whole words, or how they begin" in page_of(cast.omar, "")
    assert "No message of yours holds “egret”" in page_of(cast.omar, "q=egret")
    assert "Search in all your conversations" in page_of(
        cast.omar, f"q=egret&conversation={conversation.pk}"
    )
    assert "Nothing to search for" in page_of(cast.omar, "q=%21%21")
    monkeypatch.setattr(search, "MOST", 2)
    assert "These words stand in very many messages" in page_of(cast.omar, "q=heron")


def test_what_was_found_is_marked_and_leads_to_its_place(cast):
    conversation, omar = channel(cast), cast.actor("omar")
    first = say(omar, conversation, "<b>Herons</b> at nine", language="en")
    for number in range(60):
        say(omar, conversation, f"Later {number}")
    page = page_of(cast.chiara, "q=heron")
    assert "&lt;b&gt;<mark>Herons</mark>&lt;/b&gt; at nine" in re.sub(r"\s+", " ", page)
    assert "Organizer 1" in page
    address = re.search(rf'href="(/messages/{conversation.pk}/[^"]*)#m{first.seq}"', page)[1]
    assert "before=" in address
    shown = text_of(signed_in(cast.chiara).get(address.replace("&amp;", "&")))
    assert f'id="m{first.seq}"' in shown


def test_pages_follow_on_each_other_in_the_same_moment_too(cast):
    omar = cast.actor("omar")
    talk = group(omar)
    for number in range(30):
        say(omar, talk, f"Heron n{number}x")
    page = page_of(cast.omar, "q=heron")
    older = re.search(r'href="/messages/search/\?([^"]*)" rel="next"', page)[1]
    following = page_of(cast.omar, older.replace("&amp;", "&"))
    found = re.findall(r"n(\d+)x", page + following)
    assert [int(one) for one in found] == list(reversed(range(30)))


def test_who_left_finds_what_they_can_read(cast):
    conversation, chiara = channel(cast), cast.actor("chiara")
    say(cast.actor("omar"), conversation, "Heron before")
    with acting(chiara):
        leave_conversation(chiara, conversation_id=conversation.pk)
    say(cast.actor("omar"), conversation, "Heron after")
    page = page_of(cast.chiara, "q=heron")
    assert "before" in page
    assert "after</" not in page


def test_the_page_asks_a_fixed_number_of_questions(cast):
    omar, client = cast.actor("omar"), signed_in(cast.omar)
    numbers = []
    for number in range(3):
        say(omar, group(omar, topic=f"Talk {number}"), "Heron")
        client.get(f"{PAGE}?q=heron")
        with CaptureQueriesContext(connection) as captured:
            client.get(f"{PAGE}?q=heron")
        numbers.append(len(captured))
    assert numbers[0] == numbers[2], numbers
