"""Who one is in a conversation, its settings, several people, several groups, long lists."""

import re

import pytest

from messaging.queries.inbox import unread_totals
from network.actions.organizations import grant_membership
from network.enums import Role
from network.tenancy import acting
from tests.counting import questions
from tests.frontend.message_pages import at, text_of
from tests.messaging.talking import (
    OPERATOR,
    ask,
    channel,
    group,
    row_of,
    say,
    third,
)
from tests.signing_in import signed_in

pytestmark = pytest.mark.django_db


def test_others_are_handles_and_colleagues_have_names(cast):
    conversation = channel(cast)
    say(cast.actor("chiara"), conversation, "Hello")
    page = text_of(signed_in(cast.amara).get(at(conversation)))
    assert "Chiara" not in page
    assert "Organizer 1" in page
    assert "Omar" in page
    assert "Omar" not in text_of(signed_in(cast.chiara).get(at(conversation, "settings/")))


def test_settings_rename_name_mute_and_keep(cast):
    conversation = channel(cast)
    client, owner = signed_in(cast.omar), signed_in(cast.amara)
    here = at(conversation, "settings/")
    assert client.post(here, {"act": "rename", "topic": ""}).status_code == 422
    assert client.post(here, {"act": "rename", "topic": "Ferries"}).status_code == 303
    assert client.post(here, {"act": "name", "name": "Omar of the port"}).status_code == 303
    assert client.post(here, {"act": "retention", "days": "7"}).status_code == 403
    assert owner.post(here, {"act": "retention", "days": "8"}).status_code == 422
    assert owner.post(here, {"act": "retention", "days": "7"}).status_code == 303
    assert client.post(here, {"act": "explode"}).status_code == 400
    say(cast.actor("chiara"), conversation, "Unread")
    page = text_of(signed_in(cast.chiara).get(at(conversation)))
    assert "Omar of the port" in page
    assert "kept for 7 days" in page
    assert "Ferries" in page
    assert client.post(here, {"act": "mute"}).status_code == 303
    with acting(cast.actor("omar"), is_reading=True):
        assert unread_totals(cast.actor("omar")) == (0, 0)
    assert "Muted" in text_of(client.get("/messages/?show=muted"))


def test_people_are_invited_come_in_and_are_taken_out(cast):
    shared = channel(cast)
    say(cast.actor("chiara"), shared, "Hello")
    client, chiara = signed_in(cast.omar), signed_in(cast.chiara)
    handle = row_of(cast.actor("chiara"), shared).handle_id
    alone = client.post("/messages/new/group/", {"topic": "Plans", "body": "", "language": "en"})
    assert alone.status_code == 422
    page = client.post(
        "/messages/new/group/",
        {
            "topic": "Plans",
            "members": [str(cast.amara.pk)],
            "handles": [f"{shared.pk} {handle}"],
            "body": "",
            "language": "en",
        },
    )
    here = page["Location"]
    assert "You read what is said here once you accept" in text_of(chiara.get(here))
    chiara.post(f"{here}answer/", {"act": "accept"})
    settings = text_of(client.get(f"{here}settings/"))
    there = re.search(r'name="handle" value="([^"]+)"', settings)[1]
    assert client.post(f"{here}settings/", {"act": "remove", "handle": "x"}).status_code == 303
    client.post(f"{here}settings/", {"act": "remove", "handle": there})
    assert "You take part no more" in text_of(chiara.get(here))


def test_a_person_of_two_groups_acts_for_one_at_a_time(cast):
    with acting(OPERATOR) as operator:
        grant_membership(operator, organization=cast.b, person=cast.omar, role=Role.ORGANIZER)
    _other, olga = third()
    only_b = ask(olga, cast.b, topic="For B", body="zqforb")
    client = signed_in(cast.omar)
    page = text_of(client.get("/messages/?organization=x"))
    assert cast.a.name in page
    assert cast.b.name in page
    assert "organization=x&amp;as=" in page
    assert "zqforb" in text_of(client.get(at(only_b)))
    mine = text_of(client.get(f"/messages/requests/?as={cast.a.slug}"))
    assert "For B" not in mine
    assert "For B" in text_of(client.get(f"/messages/requests/?as={cast.b.slug}"))
    assert client.get(f"{at(only_b)}?as={cast.a.slug}").status_code == 404
    for slug in ("third-visitors", "no-such-group"):
        assert client.get(f"/messages/?as={slug}").status_code == 404


def test_the_desk_counts_what_is_unread(cast):
    conversation = channel(cast)
    say(cast.actor("chiara"), conversation, "Hello")
    page = text_of(signed_in(cast.omar).get(f"/desk/{cast.a.slug}/"))
    assert "1 conversation with something new" in page
    assert "/messages/" not in text_of(signed_in(cast.bilal).get(f"/desk/{cast.a.slug}/"))


@pytest.mark.parametrize("more", [1, 4])
def test_as_many_queries_however_many_conversations_and_messages(cast, more):
    conversation = channel(cast)
    for number in range(more):
        group(cast.actor("omar"), cast.actor("amara"), topic=f"Plans {number}")
        said = say(cast.actor("chiara"), conversation, f"@harbour-visitors {number}")
        say(cast.actor("omar"), conversation, "Answer", thread_root=said.id)
    client = signed_in(cast.omar)
    with questions(8):
        client.get("/messages/")
    with questions(16):
        client.get(at(conversation))


def test_a_long_inbox_has_pages_and_each_row_stands_on_one(cast):
    names = {f"Plans {number:02}" for number in range(28)}
    for name in sorted(names):
        group(cast.actor("omar"), cast.actor("amara"), topic=name)
    client = signed_in(cast.omar)
    first = text_of(client.get("/messages/"))
    older = re.search(r'href="(/messages/\?before=[^"]+)"', first)[1]
    second = text_of(client.get(older))
    shown = [set(re.findall(r"Plans \d\d", page)) for page in (first, second)]
    assert [len(one) for one in shown] == [25, 3]
    assert shown[0] | shown[1] == names
