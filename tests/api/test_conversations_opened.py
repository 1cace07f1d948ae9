"""Conversations opened by the API, answered, renamed, ended; refused by field first."""

import uuid

import pytest

from network.enums import Role
from network.models import Membership
from network.tenancy import Purpose, acting, system
from tests.api.bearing import ask, document, token_for
from tests.api.talks import ALL, at, post
from tests.messaging.talking import ask as open_channel
from tests.messaging.talking import channel, row_of, say, third

pytestmark = pytest.mark.django_db


def opening(*organizations, **more):
    return {
        "kind": "channel",
        "topic": "Visits",
        "organizations": list(organizations),
        "body": "May we talk?",
        "client_id": str(uuid.uuid4()),
        **more,
    }


def test_a_channel_is_opened_once_asked_for_and_accepted(cast):
    omar, chiara = token_for(cast, "omar"), token_for(cast, "chiara")
    body = opening("visiteurs-du-port")
    first, again = (post(ALL, omar, body) for _time in range(2))
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.content == again.content
    made = document(first)
    assert (made["state"], made["incoming"]) == ("requested", False)
    assert first["Location"] == f"{ALL}{made['id']}/"
    [incoming] = document(ask(ALL, chiara))["results"]
    assert (incoming["id"], incoming["incoming"]) == (made["id"], True)
    path = f"{ALL}{made['id']}/"
    assert "May we talk?" in ask(f"{path}events/", chiara).content.decode()
    accepted = document(post(f"{path}accept/", chiara))
    assert (accepted["state"], accepted["incoming"]) == ("open", False)
    read = post(f"{path}read/", chiara, {"seq": 99})
    assert document(read)["read_seq"] == document(ask(path, chiara))["last_seq"]
    assert document(ask(path, chiara))["unread"] == 0
    assert document(post(f"{path}mute/", chiara, {"muted": True}))["muted"] is True


def test_a_refusal_and_a_block_are_not_told(cast):
    omar, chiara = token_for(cast, "omar"), token_for(cast, "chiara")
    made = document(post(ALL, omar, opening("visiteurs-du-port")))
    path = f"{ALL}{made['id']}/"
    before = ask(path, omar).content
    assert document(post(f"{path}refuse/", chiara))["state"] == "refused"
    assert ask(path, omar).content == before
    _rude, rita = third("rude-visitors")
    rude = open_channel(rita, cast.b)
    assert document(post(at(rude, "block/"), chiara))["state"] == "refused"
    assert row_of(rita, rude).ended_as == ""
    blocks = "/api/v1/organizations/visiteurs-du-port/blocks/"
    [blocked] = document(ask(blocks, chiara))["results"]
    assert blocked["name"] == "Rude-Visitors"
    # A coordinator takes it back, an organizer does not.
    assert ask(f"{blocks}{blocked['id']}/", chiara, method="DELETE").status_code == 403
    with acting(system(Purpose.OPERATOR)):
        Membership.objects.filter(person=cast.chiara).update(role=Role.COORDINATOR)
    assert ask(f"{blocks}{blocked['id']}/", chiara, method="DELETE").status_code == 204
    assert ask(f"{blocks}{blocked['id']}/", chiara, method="DELETE").status_code == 404


@pytest.mark.parametrize(
    ("body", "named"),
    [
        (opening(), {"organizations"}),
        (opening("nobody"), {"organizations"}),
        (opening("new-visitors"), {"organizations"}),
        (opening("visiteurs-du-port", body=""), {"body"}),
        (opening("visiteurs-du-port", body="x" * 1001), {"body"}),
        (opening("visiteurs-du-port", topic=""), {"topic"}),
        (opening("visiteurs-du-port", kind="mentoring"), {"kind"}),
        (opening("visiteurs-du-port", kind="group"), {"organizations"}),
        ({"kind": "direct", "body": "x", "client_id": str(uuid.uuid4())}, {"handles"}),
    ],
    ids=["none", "unknown", "applied", "mute", "long", "topic", "kind", "group", "direct"],
)
def test_what_cannot_be_opened_is_refused_by_field(cast, body, named):
    token = token_for(cast, "omar")
    answer = post(ALL, token, body)
    assert answer.status_code == 400
    assert set(document(answer)["errors"]) == named
    assert document(ask(ALL, token))["results"] == []


def test_one_talks_alone_with_somebody_met(cast):
    conversation = channel(cast)
    say(cast.actor("chiara"), conversation)
    omar, amara = token_for(cast, "omar"), token_for(cast, "amara")
    handle = str(row_of(cast.actor("chiara"), conversation).handle_id)
    met = {"conversation": str(conversation.pk), "handle": handle}
    body = {"kind": "direct", "handles": [met], "body": "Hi", "client_id": str(uuid.uuid4())}
    made = document(post(ALL, omar, body))
    assert (made["kind"], made["topic"], made["state"]) == ("direct", "", "requested")
    path = f"{ALL}{made['id']}/"
    assert ask(path, amara).status_code == 404
    assert document(post(f"{path}accept/", token_for(cast, "chiara")))["state"] == "open"


def test_coordinators_say_how_long_and_whether_the_group_stays(cast):
    conversation = channel(cast)
    omar, amara = token_for(cast, "omar"), token_for(cast, "amara")
    for path, body in (("retention/", {"days": 7}), ("end/", {})):
        assert post(at(conversation, path), omar, body).status_code == 403
    assert (
        document(post(at(conversation, "retention/"), amara, {"days": 7}))["retention_days"] == 7
    )
    renamed = post(at(conversation, "rename/"), omar, {"topic": "Summer"})
    assert document(renamed)["topic"] == "Summer"
    assert (
        post(at(conversation, "rename/"), token_for(cast, "chiara"), {"topic": "x"}).status_code
        == 403
    )
    assert document(post(at(conversation, "end/"), amara))["state"] == "left"
    assert document(ask(at(conversation), omar))["state"] == "left"
    policy = "/api/v1/organizations/harbour-visitors/first-contacts/"
    assert post(policy, omar, {"takes_requests": False}).status_code == 403
    assert document(post(policy, amara, {"takes_requests": False})) == {"takes_requests": False}
    assert document(ask(policy, omar)) == {"takes_requests": False}
