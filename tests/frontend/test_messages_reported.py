"""Reporting on pages, and what stewards see of it."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from messaging.actions.answering import block
from messaging.models import MessageReport
from network.actions.organizations import grant_membership
from network.enums import Role
from network.tenancy import acting
from tests.frontend.message_pages import at, text_of
from tests.messaging.reported import copies, report, state_of
from tests.messaging.talking import OPERATOR, ask, channel, log_of, say
from tests.signing_in import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def talk(cast):
    conversation = channel(cast)
    said = [say(cast.actor("omar"), conversation, f"Zq{n} of Omar", language="en") for n in "12"]
    return conversation, said, say(cast.actor("chiara"), conversation, "Zq3 of Chiara")


def hidden(page):
    return re.search(r'name="client_id" value="([^"]+)"', page)[1]


@pytest.mark.parametrize("query", ["?message=x", "?message=%00"])
def test_nonsense_in_the_address_is_said(cast, talk, query):
    assert signed_in(cast.chiara).get(at(talk[0], f"report/{query}")).status_code == 400


def test_what_is_not_to_be_read_or_ones_own_is_missing(cast, talk):
    conversation, said, own = talk
    client = signed_in(cast.chiara)
    foreign = ask(cast.actor("omar"), cast.b, topic="Zz")
    theirs = next(one for one in log_of(foreign) if one.kind == "message")
    for path in (at(conversation, f"report/?message={theirs.pk}"),):
        assert client.get(path).status_code == 404
    assert f"message={own.id}" not in text_of(client.get(at(conversation)))
    page = text_of(client.get(at(conversation, f"report/?message={own.id}")))
    assert "There is nothing here to report" in page or "checked" not in page
    answer = client.post(
        at(conversation, "report/"),
        {"client_id": own.id, "messages": [str(theirs.pk)], "kind": "spam"},
    )
    assert answer.status_code == 404
    assert copies() == []
    assert said


def test_what_is_missing_is_said_at_its_field(cast, talk):
    conversation, said, _own = talk
    client = signed_in(cast.chiara)
    path = at(conversation, f"report/?message={said[0].id}")
    page = text_of(client.get(path))
    answer = client.post(path, {"client_id": hidden(page), "note": "A-123 456 789"})
    text = text_of(answer)
    assert answer.status_code == 422
    assert "Tick at least one message." in text
    assert "Choose what this is about." in text
    body = {"client_id": hidden(page), "messages": [str(said[0].id)], "kind": "spam"}
    answer = client.post(path, {**body, "note": "A-123 456 789"})
    assert (answer.status_code, 'name="has_looked"' in text_of(answer)) == (422, True)
    answer = client.post(path, {**body, "messages": ["nonsense"]})
    assert answer.status_code == 422
    assert copies() == []


def test_one_message_is_ticked_and_others_can_be_and_no_more_is_copied(cast, talk):
    conversation, said, _own = talk
    client = signed_in(cast.chiara)
    path = at(conversation, f"report/?message={said[1].id}")
    assert path.replace("&", "&amp;") in text_of(client.get(at(conversation)))
    page = text_of(client.get(path))
    assert "the stewards of" in page
    assert "at most 180 days" in page
    ticked = re.findall(r'name="messages" value="([^"]+)"[^>]*checked', page)
    assert ticked == [str(said[1].id)]
    assert "Zq1 of Omar" in page
    assert "Zq3 of Chiara" not in page
    sent = {"client_id": hidden(page), "messages": ticked, "kind": "threat", "note": "Look."}
    for _twice in range(2):
        answer = client.post(path, sent)
        assert (answer.status_code, answer["Location"]) == (303, "/messages/reports/")
    [words] = copies()
    assert [one["body"] for one in words.copies] == ["Zq2 of Omar"]
    page = text_of(client.get("/messages/reports/"))
    assert "With the stewards" in page
    assert "Zq" not in page
    assert "Look." not in page
    assert "Your group has reported nothing" in text_of(
        signed_in(cast.omar).get("/messages/reports/")
    )


def test_a_request_can_be_reported_before_it_is_answered(cast):
    asked = ask(cast.actor("omar"), cast.b, body="Zq first")
    client = signed_in(cast.chiara)
    path = at(asked, "report/")
    assert path in text_of(client.get(at(asked)))
    page = text_of(client.get(path))
    [ticked] = re.findall(r'name="messages" value="([^"]+)"[^>]*checked', page)
    sent = {"client_id": hidden(page), "messages": [ticked], "kind": "spam"}
    assert client.post(path, sent).status_code == 303
    assert copies()[0].copies[0]["body"] == "Zq first"


def test_that_nobody_can_decide_is_said_before(cast, talk):
    path = at(talk[0], "report/")
    words = "At present there is no such steward"
    assert words not in text_of(signed_in(cast.chiara).get(path))
    with acting(OPERATOR) as operator:
        grant_membership(operator, organization=cast.a, person=cast.dov, role=Role.MEMBER)
    assert words in text_of(signed_in(cast.chiara).get(path))


# Stewards.


def test_a_steward_reads_the_copies_and_decides(cast, talk):
    conversation, said, _own = talk
    client = signed_in(cast.dov)
    assert "Nobody reported a message." in text_of(client.get("/steward/messages/"))
    found = report(cast.actor("chiara"), conversation, said[0], note="Look at it.")
    path = f"/steward/messages/{found.pk}/"
    for place in ("/steward/", "/steward/messages/"):
        assert path in text_of(client.get(place))
    page = text_of(client.get(path))
    for present in ("Zq1 of Omar", "Look at it.", "Harbour Visitors", "Visiteurs du port"):
        assert present in page
    for absent in ("Zq2", "Zq3", "Chiara", str(conversation.pk)):
        assert absent not in page
    answer = client.post(path, {"decision": "warned", "reason": ""})
    assert (answer.status_code, "Write the reason" in text_of(answer)) == (422, True)
    assert client.post(path, {"decision": "warned", "reason": "Stay calm."}).status_code == 303
    assert state_of(cast.actor("chiara")) == ["warned"]
    answer = client.post(path, {"decision": "dismissed"})
    assert answer.status_code == 409
    assert "Another steward has decided otherwise" in text_of(answer)
    assert path not in text_of(client.get("/steward/"))


def test_lists_take_as_many_queries_for_three_as_for_one(cast, talk):
    conversation, said, _own = talk
    steward, member = signed_in(cast.dov), signed_in(cast.chiara)
    counts = []
    for number in (1, 2):
        for _more in range(number):
            report(cast.actor("chiara"), conversation, said[0])
        for client, path in ((steward, "/steward/messages/"), (member, "/messages/reports/")):
            client.get(path)
            with CaptureQueriesContext(connection) as queries:
                client.get(path)
            counts.append(len(queries))
    assert counts[:2] == counts[2:]
    with acting(cast.actor("chiara"), is_reading=True):
        assert MessageReport.objects.count() == 3


# A block, as pages tell it.


def test_after_a_block_pages_say_what_it_does(cast, talk):
    conversation, _said, _own = talk
    chiara = cast.actor("chiara")
    page = text_of(signed_in(cast.chiara).get(at(conversation, "settings/")))
    assert "In conversations with further groups both go on reading and writing." in page
    with acting(chiara):
        block(chiara, conversation_id=conversation.pk)
    page = text_of(signed_in(cast.chiara).get("/messages/contacts/"))
    assert "A block holds both ways and at once" in page
    before = text_of(signed_in(cast.omar).get(at(conversation)))
    assert "block" not in before.lower().replace("blockquote", "").split("<main")[1]
    answer = signed_in(cast.omar).post(at(conversation), {"body": "Zq anyway", "language": "en"})
    assert answer.status_code == 303
    assert "Zq anyway" not in text_of(signed_in(cast.chiara).get(at(conversation)))
