"""Programs as their group keeps them, by the API."""

import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from directory.actions.programs.editing import create_program
from directory.models import Listing, Program
from network.enums import Role
from network.models import Membership
from network.tenancy import Purpose, acting, system
from tests.api.bearing import ask, document, token_for
from tests.factories import make_country, make_facility

pytestmark = pytest.mark.django_db
PROGRAMS = "/api/v1/organizations/harbour-visitors/programs/"
VALUES = {
    "names": {"en": "Harbour Visitors", "ar": "زوار"},
    "how_to_join": {"en": "Write."},
    "status": "active",
    "languages": ["en"],
    "services": ["visits"],
    "facilities": ["gb-harbour-house", "Old jail"],
    "website": "https://harbour.example.org/",
    "contact": {"phone": "+44 20 7946 0000"},
    "capacity": {"volunteers": True},
    "country": "GB",
    "locality": "Harbourtown",
    "point": {"lat": 51.51234, "lon": -0.12345},
}
AT_1 = {"If-Match": '"1"'}


@pytest.fixture
def foreign(cast):
    """The id of a program of B; a place of detention stands beside."""
    make_facility(slug="gb-harbour-house", name="Harbour House", country=make_country("GB"))
    with acting(system(Purpose.OPERATOR)):
        Membership.objects.filter(person=cast.chiara).update(role=Role.OWNER)
    with acting(cast.actor("chiara")) as chiara:
        values = {"names": {"en": "canary of B"}, "country": "GB"}
        return create_program(chiara, values=values).pk


def make(cast, who="edna", **values):
    answer = ask(PROGRAMS, token_for(cast, who), method="POST", body={**VALUES, **values})
    assert answer.status_code == 201, answer.content
    return document(answer)


def one(program):
    return f"{PROGRAMS}{program['id']}/"


@pytest.mark.parametrize("verb", ["", "publish/", "unpublish/", "confirm/"])
def test_the_program_of_another_group_is_the_same_as_none(cast, foreign, verb):
    text = token_for(cast, "amara")
    methods = ["POST"] if verb else ["GET", "PATCH", "DELETE"]
    for method in methods:
        answers = [
            ask(f"{PROGRAMS}{pk}/{verb}", text, method=method, body={}, headers=AT_1)
            for pk in (foreign, uuid.uuid4())
        ]
        assert [answer.status_code for answer in answers] == [404, 404]
        assert answers[0].content == answers[1].content
    with acting(system(Purpose.OPERATOR)):
        assert Program.objects.get(pk=foreign).deleted_at is None
    assert not Listing.objects.exists()


@pytest.mark.parametrize(
    ("who", "allowed"),
    [
        ("amara", {"GET", "POST", "PATCH", "DELETE", "publish", "unpublish", "confirm"}),
        ("edna", {"GET", "POST", "PATCH"}),
        ("bilal", {"GET"}),
        ("omar", {"GET"}),
    ],
)
def test_each_role_may_what_it_carries(cast, foreign, who, allowed):
    program = make(cast)
    text = token_for(cast, who)
    asked = {
        "GET": ask(one(program), text),
        "POST": ask(PROGRAMS, text, method="POST", body={"names": {"en": "x"}}),
        "PATCH": ask(one(program), text, method="PATCH", body={"status": "active"}, headers=AT_1),
        **{
            verb: ask(f"{one(program)}{verb}/", text, method="POST")
            for verb in ("publish", "unpublish", "confirm")
        },
        "DELETE": ask(one(program), text, method="DELETE", headers=AT_1),
    }
    done = {name for name, answer in asked.items() if answer.status_code < 300}
    assert done == allowed
    assert {answer.status_code for answer in asked.values()} <= {200, 201, 204, 403}


def test_a_program_is_made_read_changed_and_listed(cast, foreign):
    made = make(cast)
    assert made["names"] == VALUES["names"]
    assert made["point"] == {"lat": 51.5, "lon": -0.1}
    assert made["precision"] == "grid"
    assert [place["slug"] for place in made["facilities"]] == ["gb-harbour-house", None]
    assert (made["version"], made["is_public"]) == (1, False)
    text = token_for(cast, "edna")
    answer = ask(one(made), text)
    assert answer["ETag"] == '"1"'
    assert document(answer) == made
    changed = ask(one(made), text, method="PATCH", body={"status": "paused"}, headers=AT_1)
    assert (changed.status_code, changed["ETag"]) == (200, '"2"')
    assert document(changed)["status"] == "paused"
    assert document(changed)["names"] == VALUES["names"]
    listed = document(ask(PROGRAMS, text))["results"]
    assert [row["id"] for row in listed] == [made["id"]]
    assert listed[0] == document(changed)


def test_what_was_read_can_be_sent_back_whole(cast, foreign):
    made = make(cast)
    fields = {name: made[name] for name in (*VALUES, "precision", "region", "withheld")}
    text = token_for(cast, "edna")
    answer = ask(one(made), text, method="PATCH", body=fields, headers=AT_1)
    assert document(answer) == made


def test_a_stale_change_is_refused_with_what_is_there(cast, foreign):
    made = make(cast)
    text = token_for(cast, "edna")
    ask(one(made), text, method="PATCH", body={"status": "paused"}, headers=AT_1)
    now = document(ask(one(made), text))
    for method in ("PATCH", "DELETE"):
        token = token_for(cast, "amara")
        stale = ask(one(made), token, method=method, body={"status": "closed"}, headers=AT_1)
        assert stale.status_code == 409
        assert document(stale)["current"] == now
        missing = ask(one(made), token, method=method, body={"status": "closed"})
        assert missing.status_code == 428
    assert document(ask(one(made), text)) == now


def test_what_cannot_be_kept_is_told_field_by_field(cast, foreign):
    made = make(cast)
    body = {"services": ["massage"], "precision": "exact", "slug": "mine", "names": {}}
    text = token_for(cast, "edna")
    answer = ask(one(made), text, method="PATCH", body=body, headers=AT_1)
    assert answer.status_code == 400
    assert set(document(answer)["errors"]) == {"services", "precision", "slug", "names"}


def test_publishing_holding_and_taking_away(cast, foreign):
    made = make(cast)
    text = token_for(cast, "amara")
    published = document(ask(f"{one(made)}publish/", text, method="POST"))
    assert published["is_public"]
    public = document(ask(f"/api/v1/programs/{made['slug']}/"))
    for name in ("names", "how_to_join", "languages", "services", "website", "contact", "status"):
        assert public[name] == made[name], name
    body = {"website": "https://new.example.org/", "status": "paused"}
    ask(one(made), text, method="PATCH", body=body, headers=AT_1)
    held = document(ask(f"{one(made)}publish/", text, method="POST"))
    assert held["held_until"] is not None
    public = document(ask(f"/api/v1/programs/{made['slug']}/"))
    assert (public["website"], public["status"]) == (VALUES["website"], "paused")
    gone = document(ask(f"{one(made)}unpublish/", text, method="POST"))
    assert (gone["is_public"], gone["held_until"]) == (False, None)
    assert ask(f"/api/v1/programs/{made['slug']}/").status_code == 404
    assert document(ask(f"{one(made)}confirm/", text, method="POST"))["confirmed_on"]


def confirm(program, text, **body):
    return ask(f"{one(program)}confirm/", text, method="POST", body=body or None)


def test_what_waits_is_confirmed_by_a_second_coordinator_alone(cast, foreign):
    with acting(system(Purpose.OPERATOR)):
        Membership.objects.filter(person=cast.bilal).update(role=Role.COORDINATOR)
    made, amara, bilal = make(cast), token_for(cast, "amara"), token_for(cast, "bilal")
    ask(f"{one(made)}publish/", amara, method="POST")
    body = {"website": "https://new.example.org/"}
    ask(one(made), amara, method="PATCH", body=body, headers=AT_1)
    until = document(ask(f"{one(made)}publish/", amara, method="POST"))["held_until"]

    def shown():
        return document(ask(f"/api/v1/programs/{made['slug']}/"))["website"]

    # The day alone confirms nothing that waits; nor does who asked, nor another moment.
    assert document(confirm(made, bilal))["held_until"] == until
    assert confirm(made, amara, held_until=until).status_code == 400
    stale = confirm(made, bilal, held_until="2026-06-02T09:30:00Z")
    assert (stale.status_code, document(stale)["current"]["held_until"]) == (409, until)
    for wrong in ("soon", 7, None, ["x"], "9999-99-99T00:00:00Z"):
        assert confirm(made, bilal, held_until=wrong).status_code == 400
    assert confirm(made, bilal, planted=1).status_code == 400
    assert confirm(made, token_for(cast, "edna"), held_until=until).status_code == 403
    theirs = ask(
        f"{PROGRAMS.replace('harbour-visitors', 'visiteurs-du-port')}{made['id']}/confirm/",
        token_for(cast, "chiara"),
        method="POST",
        body={"held_until": until},
    )
    assert theirs.status_code == 404
    assert shown() == VALUES["website"]
    assert document(confirm(made, bilal, held_until=until))["held_until"] is None
    assert shown() == "https://new.example.org/"
    assert confirm(made, bilal, held_until=until).status_code == 409


def test_a_repeated_post_makes_one_program(cast, foreign):
    text = token_for(cast, "edna")
    key = {"Idempotency-Key": "one"}
    answers = [ask(PROGRAMS, text, method="POST", body=VALUES, headers=key) for _ in range(2)]
    assert [document(answer)["id"] for answer in answers] == [document(answers[0])["id"]] * 2
    assert len(document(ask(PROGRAMS, text))["results"]) == 1


def test_a_deleted_program_is_gone_from_the_list(cast, foreign):
    made = make(cast)
    text = token_for(cast, "amara")
    assert ask(one(made), text, method="DELETE", headers=AT_1).status_code == 204
    assert ask(one(made), text).status_code == 404
    assert document(ask(PROGRAMS, text))["results"] == []


def test_one_and_three_cost_the_same(cast, foreign):
    text = token_for(cast, "edna")

    def cost():
        ask(PROGRAMS, text)
        with CaptureQueriesContext(connection) as asked:
            rows = document(ask(PROGRAMS, text))["results"]
        return len([q for q in asked if "SAVEPOINT" not in q["sql"]]), len(rows)

    make(cast)
    first = cost()
    make(cast, names={"en": "Second"})
    make(cast, names={"en": "Third"})
    assert (first[1], cost()) == (1, (first[0], 3))
