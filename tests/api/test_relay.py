"""The contact relay by the API: switched with the program, told to readers as an address."""

from __future__ import annotations

import pytest
from django.test import Client

from directory.actions.relaying import confirm_relay
from directory.models import Listing, Relay
from network.tenancy import Purpose, acting, system, visitor
from tests.api.bearing import ask, document, token_for
from tests.directory.desk import Desk
from tests.directory.relaying import ADDRESS, SLUG, mails, mails_to, published_with_relay, token_to

pytestmark = pytest.mark.django_db
PROGRAMS = "/api/v1/organizations/harbour-visitors/programs/"
PUBLIC = f"/api/v1/programs/{SLUG}/"


@pytest.fixture
def desk(cast):
    return Desk(cast)


def change(desk, program, body, who="amara", version="1"):
    token = token_for(desk.cast, who)
    path, headers = f"{PROGRAMS}{program.pk}/", {"If-Match": f'"{version}"'}
    return ask(path, token, method="PATCH", body=body, headers=headers)


def relays():
    with acting(system(Purpose.OPERATOR)):
        return list(Relay.objects.all())


def test_an_editor_may_not_switch_it_and_nothing_else_is_saved(desk):
    program = desk.create()
    body = {"relay": {"email": ADDRESS}, "status": "paused"}
    refused = change(desk, program, body, who="edna")
    assert refused.status_code == 403
    assert document(refused)["permission"] == "program.publish"
    assert relays() == []
    assert desk.fresh(program).version == 1


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ("on", "relay"),
        ({}, "email"),
        ({"email": 1}, "email"),
        ({"email": "x"}, "email"),
        ({"email": ADDRESS, "language": "tlh"}, "language"),
        ({"email": ADDRESS, "confirmed_at": "2026-01-01"}, "confirmed_at"),
    ],
)
def test_what_is_refused(desk, sent, field):
    answer = change(desk, desk.create(), {"relay": sent})
    assert answer.status_code == 400
    assert list(document(answer)["errors"]) == [field]
    assert relays() == []


def test_it_is_switched_on_confirmed_and_off(desk):
    program = desk.create()
    answer = change(desk, program, {"relay": {"email": ADDRESS}})
    assert answer.status_code == 200, answer.content
    assert document(answer)["relay"] == {
        "email": ADDRESS,
        "language": "en",
        "confirmed_at": None,
        "notes": 0,
    }
    # Its version is that of the values, which are the same.
    assert document(answer)["version"] == 1
    assert len(mails_to(ADDRESS)) == 1
    confirm_relay(visitor(), token=token_to())
    told = document(ask(f"{PROGRAMS}{program.pk}/", token_for(desk.cast, "bilal")))
    assert told["relay"]["confirmed_at"]
    off = change(desk, program, {"relay": None})
    assert document(off)["relay"] is None
    assert relays() == []


def test_readers_are_told_the_page_and_never_the_address(desk):
    published_with_relay(desk)
    for path in (PUBLIC, "/api/v1/programs/", f"/programs/{SLUG}/", "/hsds/services"):
        said = Client().get(path).content.decode()
        assert ADDRESS not in said
    found = Client().get(PUBLIC).json()
    assert found["contact_form"].endswith(f"/programs/{SLUG}/contact/")
    with acting(system(Purpose.OPERATOR)):
        Listing.objects.update(has_relay=False)
    assert Client().get(PUBLIC).json()["contact_form"] is None


def test_there_is_no_operation_that_sends_a_note(desk):
    published_with_relay(desk)
    answer = ask(f"{PUBLIC}contact/", method="POST", body={"text": "x"})
    assert answer.status_code == 404
    assert not mails()
