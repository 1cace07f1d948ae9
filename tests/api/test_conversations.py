"""Conversations by the API: refused first, then what each verb does."""

import json
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from messaging.actions.leaving import leave_conversation
from messaging.models import Conversation
from network.actions.organizations import end_membership, grant_membership
from network.enums import Role
from network.models import Membership, Node
from network.tenancy import Purpose, acting, member, system
from tests.api.bearing import ask, document, token_for
from tests.api.talks import ALL, at, events, message, post, said
from tests.messaging.talking import (
    MESSENGER,
    accepts,
    channel,
    fresh,
    group,
    join,
    log_of,
    row_of,
    say,
)
from tests.messaging.talking import ask as open_channel

pytestmark = pytest.mark.django_db
# Refused


VERBS = {
    "": "GET",
    "events/": "GET",
    "participants/": "GET",
    "read/": {"seq": 1},
    "mute/": {"muted": True},
    "accept/": {},
    "refuse/": {},
    "block/": {},
    "leave/": {},
    "end/": {},
    "rename/": {"topic": "x"},
    "name/": {"name": "x"},
    "retention/": {"days": 7},
    "parties/": {"organization": "x"},
    "reports/": {"client_id": str(uuid.uuid4()), "messages": [], "kind": "spam"},
}


@pytest.mark.parametrize("verb", [*VERBS, "sent"])
def test_a_conversation_of_others_is_the_same_as_none(cast, verb):
    """Owners of a third organization, and a colleague who was never invited."""
    with acting(system(Purpose.OPERATOR)):
        Membership.objects.filter(person=cast.chiara).update(role=Role.OWNER)
    hidden = group(cast.actor("omar"), topic="Secret")
    path, body = (verb, VERBS.get(verb)) if verb != "sent" else ("events/", message())
    method = {"method": "GET"} if body == "GET" else {"method": "POST", "body": body}
    for who in ("chiara", "amara"):
        token, before = token_for(cast, who), len(log_of(hidden))
        foreign = ask(at(hidden, path), token, **method)
        missing = ask(f"{ALL}{uuid.uuid4()}/{path}", token, **method)
        assert (foreign.status_code, missing.status_code) == (404, 404), who
        assert foreign.content == missing.content
        assert len(log_of(hidden)) == before


@pytest.mark.parametrize("who", ["bilal", "edna"])
def test_a_role_without_messages_is_told_so(cast, who):
    conversation, token = channel(cast), token_for(cast, who)
    for path in (ALL, at(conversation), at(conversation, "events/")):
        assert document(ask(path, token))["permission"] == "message.read"
    answer = post(at(conversation, "events/"), token, message())
    assert (answer.status_code, document(answer)["permission"]) == (403, "message.write")


def test_a_token_for_reading_writes_nothing_and_marks_nothing(cast):
    conversation, token = channel(cast), token_for(cast, "omar", "messages:read")
    assert ask(ALL, token).status_code == 200
    for path, body in (("events/", message()), ("read/", {"seq": 1}), ("leave/", {})):
        answer = post(at(conversation, path), token, body)
        assert (answer.status_code, document(answer)["scope"]) == (403, "messages:write")
    assert ask(ALL, token_for(cast, "omar", "messages:write")).status_code == 403


def test_a_session_opens_nothing(cast, client):
    client.force_login(cast.omar)
    conversation = channel(cast)
    for path in (ALL, at(conversation), at(conversation, "events/")):
        assert client.get(path).status_code == 401


def test_another_organization_of_the_same_person_needs_its_own_token(cast):
    token = token_for(cast, "omar")
    with acting(system(Purpose.OPERATOR)) as operator:
        grant_membership(operator, organization=cast.b, person=cast.omar, role=Role.ORGANIZER)
    hidden = group(cast.actor("chiara"), topic="Of B")
    omar_of_b = member(cast.omar.pk, cast.b.pk)
    mine = group(omar_of_b, topic="Of B too")
    assert ask(at(hidden), token).status_code == 404
    assert ask(at(mine), token).status_code == 404
    assert document(ask(ALL, token))["results"] == []


@pytest.mark.parametrize(
    ("body", "named"),
    [
        ({"kind": "message", "body": "x"}, {"client_id"}),
        (message(kind="opened"), {"kind"}),
        (message(""), {"body"}),
        (message(odd=1), {"odd"}),
        (message(body=1), {"body"}),
        (message(language="no language"), {"language"}),
        (message(target=str(uuid.uuid4())), {"target"}),
        (message(kind="edit"), {"target"}),
        (message("", kind="deletion"), {"target"}),
        ({**message(), "client_id": "7"}, {"client_id"}),
    ],
    ids=[
        "id",
        "kind",
        "empty",
        "odd",
        "number",
        "language",
        "target",
        "edit",
        "deletion",
        "short",
    ],
)
def test_what_cannot_be_sent_is_refused_by_field(cast, body, named):
    conversation = channel(cast)
    before = len(log_of(conversation))
    answer = post(at(conversation, "events/"), token_for(cast, "omar"), body)
    assert answer.status_code == 400
    assert set(document(answer)["errors"]) == named
    assert len(log_of(conversation)) == before


@pytest.mark.parametrize("query", ["?odd=1", "?after=-1", "?after=x", "?limit=501", "?wait=26"])
def test_parameters_are_known_or_refused(cast, query):
    conversation = channel(cast)
    assert ask(at(conversation, f"events/{query}"), token_for(cast, "omar")).status_code == 400
    assert ask(f"{ALL}?odd=1", token_for(cast, "omar")).status_code == 400


def test_what_is_closed_is_a_conflict_that_says_why(cast):
    asked = open_channel(cast.actor("omar"), cast.b)
    for who, code in (("omar", "requested"), ("chiara", "unanswered")):
        answer = post(at(asked, "events/"), token_for(cast, who), message())
        assert (answer.status_code, document(answer)["code"]) == (409, code)
    chiara = cast.actor("chiara")
    talk = accepts(chiara, asked)
    with acting(chiara):
        leave_conversation(chiara, conversation_id=talk.pk)
    answer = post(at(talk, "events/"), token_for(cast, "chiara"), message())
    assert (answer.status_code, document(answer)["code"]) == (409, "left")
    theirs = say(cast.actor("omar"), talk, "Mine")
    edit = message("Changed", kind="edit", target=str(theirs.id))
    answer = post(at(talk, "events/"), token_for(cast, "amara"), edit)
    assert (answer.status_code, document(answer)["code"]) == (409, "target")


def test_a_person_writes_so_fast_and_no_faster_over_all_tokens(cast, settings):
    settings.MESSAGE_BURST = 2
    conversation = channel(cast)
    tokens = [token_for(cast, "omar") for _time in range(3)]
    answers = [post(at(conversation, "events/"), one, message()) for one in tokens]
    assert [one.status_code for one in answers] == [201, 201, 429]
    assert int(answers[2]["Retry-After"]) >= 1
    assert ask(at(conversation, "events/"), tokens[0]).status_code == 200
    # Reading is not writing, and a colleague is somebody else.
    assert post(at(conversation, "read/"), tokens[0], {"seq": 1}).status_code == 200
    assert (
        post(at(conversation, "events/"), token_for(cast, "amara"), message()).status_code == 201
    )


# Sent


def test_what_is_sent_twice_is_there_once_and_answered_the_same(cast):
    conversation, token, body = channel(cast), token_for(cast, "omar"), message("Once")
    path = at(conversation, "events/")
    first, again = post(path, token, body), post(path, token, body)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.content == again.content
    told = document(first)
    assert set(told) == {"id", "seq", "state"}
    assert told["state"] == "committed"
    assert said(conversation, token).count("Once") == 1
    assert (
        events(conversation, token, first["Location"].partition("events/")[2])[0]["id"]
        == (told["id"])
    )
    key = {"Idempotency-Key": "k1"}
    answers = [post(path, token, message("Keyed"), headers=key)]
    answers.append(post(path, token, message("Keyed"), headers=key))
    assert [one.status_code for one in answers] == [201, 422]


def test_what_has_its_home_elsewhere_is_queued(cast):
    conversation, token, body = channel(cast), token_for(cast, "omar"), message()
    with acting(MESSENGER):
        node = Node.objects.create(origin="https://away.example", name="Away")
        Conversation.objects.filter(pk=conversation.pk).update(home_node=node)
    answers = [post(at(conversation, "events/"), token, body) for _time in range(2)]
    assert [one.status_code for one in answers] == [202, 202]
    assert answers[0].content == answers[1].content
    assert document(answers[0])["seq"] is None
    assert document(answers[0])["state"] == "queued"
    assert document(ask(at(conversation), token))["home"] == "Away"


def test_replies_edits_and_deletions_are_events_and_deleted_words_are_gone(cast):
    conversation, omar = channel(cast), token_for(cast, "omar")
    path = at(conversation, "events/")
    topic = document(post(path, omar, message("Spring", kind="topic")))
    reply = document(post(path, omar, message("Yes", thread_root=topic["id"])))
    edit = message("Maybe", kind="edit", target=reply["id"])
    assert post(path, omar, edit).status_code == 201
    found = {one["id"]: one for one in events(conversation, token_for(cast, "chiara"))}
    assert found[reply["id"]]["thread_root"] == topic["id"]
    assert [one["body"] for one in found.values() if one["target"]] == ["Maybe"]
    gone = {"client_id": str(uuid.uuid4()), "kind": "deletion", "target": reply["id"]}
    answers = [post(path, omar, gone) for _time in range(2)]
    assert [one.status_code for one in answers] == [201, 200]
    told = json.dumps(events(conversation, token_for(cast, "chiara")))
    assert "Spring" in told
    assert "Maybe" not in told
    assert '"Yes"' not in told


# Read


def test_a_range_is_read_from_coming_in_to_leaving_and_nothing_else(cast):
    """Whoever comes later, leaves, is taken out or was only asked reads inside their range."""
    omar, amara, chiara = (cast.actor(name) for name in ("omar", "amara", "chiara"))
    talk = group(omar, amara)
    tokens = {name: token_for(cast, name) for name in ("omar", "amara", "chiara")}
    say(omar, talk, "before")
    assert events(talk, tokens["amara"]) == []
    accepts(amara, talk)
    say(omar, talk, "during")
    assert post(at(talk, "leave/"), tokens["amara"]).status_code == 200
    say(omar, talk, "after")
    assert said(talk, tokens["amara"]) == ["during"]
    assert said(talk, tokens["omar"]) == ["before", "during", "after"]
    told = document(ask(at(talk), tokens["amara"]))
    assert told["state"] == "left"
    assert told["last_seq"] < fresh(talk).last_seq
    seen = {one["handle"] for one in events(talk, tokens["amara"])}
    assert str(row_of(chiara, channel(cast)).handle_id) not in seen
    for after in range(fresh(talk).last_seq + 1):
        inside = events(talk, tokens["amara"], f"?after={after}")
        assert all(after < one["seq"] <= told["last_seq"] for one in inside)
        assert "before" not in [one["body"] for one in inside]


def test_whoever_came_after_one_has_left_is_not_among_the_participants(cast):
    omar, amara = cast.actor("omar"), cast.actor("amara")
    talk = group(omar, amara)
    accepts(amara, talk)
    token = token_for(cast, "omar")
    with acting(omar):
        leave_conversation(omar, conversation_id=talk.pk)
    before = document(ask(at(talk, "participants/"), token))
    nora = join(cast.a, "nora")
    invited = {"members": [str(nora.person_id)]}
    assert post(at(talk, "participants/"), token_for(cast, "amara"), invited).status_code == 200
    accepts(nora, talk)
    assert document(ask(at(talk, "participants/"), token)) == before
    assert len(before["results"]) == 2
    assert before["readers"] is None
    assert [one["person"]["name"] for one in before["results"] if not one["me"]] == ["Amara"]


def test_people_of_others_are_handles_and_colleagues_have_names(cast):
    conversation = channel(cast)
    for who in ("omar", "chiara"):
        say(cast.actor(who), conversation)
    answer = ask(at(conversation, "participants/"), token_for(cast, "omar"))
    mine, theirs = document(answer)["results"]
    assert (mine["person"]["name"], mine["me"]) == ("Omar", True)
    assert (theirs["person"], theirs["organization"]["slug"]) == (None, "visiteurs-du-port")
    for path in ("", "events/", "participants/"):
        told = ask(at(conversation, path), token_for(cast, "omar")).content.decode()
        assert "Chiara" not in told
        assert str(cast.chiara.pk) not in told
    readers = document(answer)["readers"]
    assert readers["organizations"] == ["Harbour Visitors", "Visiteurs du port"]


def test_pages_lead_on_and_back_and_end_with_the_role(cast):
    made = [str(group(cast.actor("omar"), topic=f"Talk {number}").pk) for number in range(5)]
    token, seen, path = token_for(cast, "omar"), [], f"{ALL}?page_size=2"
    pages = []
    while path:
        page = document(ask(path, token))
        pages.append([one["id"] for one in page["results"]])
        seen += pages[-1]
        before, path = page["previous"], page["next"]
    assert seen == made[::-1]
    assert [one["id"] for one in document(ask(before, token))["results"]] == pages[-2]
    assert ask(f"{ALL}?cursor=x", token).status_code == 400
    with acting(system(Purpose.OPERATOR)) as operator:
        end_membership(operator, membership=Membership.objects.get(person=cast.omar))
    assert ask(ALL, token).status_code == 401


def test_a_list_costs_the_same_for_any_number_and_a_message_for_any_reader(cast):
    token = token_for(cast, "omar")

    def cost(what):
        with CaptureQueriesContext(connection) as asked:
            what()
        return len(asked)

    conversation = channel(cast)
    ask(ALL, token)
    few = cost(lambda: ask(ALL, token))
    post(at(conversation, "events/"), token, message())
    send = cost(lambda: post(at(conversation, "events/"), token, message()))
    for number in range(6):
        group(cast.actor("omar"), topic=f"Talk {number}")
        join(cast.b, f"reader{number}")
    assert cost(lambda: ask(ALL, token)) == few
    assert cost(lambda: post(at(conversation, "events/"), token, message())) == send
