"""The second step of signing in: nothing is open before it, and a code counts once."""

import time

import pyotp
import pytest
from django.test import Client

from network.actions.second_factors import (
    begin_totp,
    confirm_totp,
    make_recovery_codes,
    totp_offer,
)
from network.tenancy import Actor, Via, acting
from tests.frontend.test_sign_in import PASSWORD, send
from tests.signing_in import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def amara(cast):
    """Amara with a password, a code app and recovery codes."""
    person = cast.amara
    person.set_password(PASSWORD)
    with acting(Actor(via=Via.PAGE, person_id=person.pk)) as actor:
        person.save()
        begin_totp(actor, name="Phone")
        secret = totp_offer(actor).secret
        totp = pyotp.TOTP(secret)
        confirm_totp(actor, code=totp.at(time.time() - 30))
        codes = make_recovery_codes(actor)
    return totp, codes


def test_a_password_alone_opens_nothing(amara):
    client = Client()
    response = send(client, "amara@example.org", PASSWORD, next="/account/")
    assert response["Location"] == "/account/sign-in/second/?next=%2Faccount%2F"
    for path in ("/account/", "/desk/", "/desk/harbour-visitors/", "/account/password/"):
        assert client.get(path)["Location"].startswith("/account/sign-in/?next=")
    page = client.get("/account/sign-in/second/")
    assert page.status_code == 200


def test_the_right_code_signs_in_once(amara):
    totp, _codes = amara
    code = totp.now()
    client = Client()
    send(client, "amara@example.org", PASSWORD)
    wrong = client.post("/account/sign-in/second/", {"code": "000000"})
    assert wrong.status_code == 422
    assert client.get("/account/").status_code == 303
    right = client.post("/account/sign-in/second/", {"code": code, "next": "/account/"})
    assert (right.status_code, right["Location"]) == (303, "/account/")
    assert client.get("/account/").status_code == 200
    other = Client()
    send(other, "amara@example.org", PASSWORD)
    assert other.post("/account/sign-in/second/", {"code": code}).status_code == 422
    assert other.get("/account/").status_code == 303


def test_a_recovery_code_does_too_where_the_telephone_is_lost(amara):
    _totp, codes = amara
    for code, status in ((codes[0], 303), (codes[0], 422), (codes[1], 303)):
        client = Client()
        send(client, "amara@example.org", PASSWORD)
        assert client.post("/account/sign-in/second/", {"code": code}).status_code == status


def test_nobody_comes_to_the_second_step_without_the_first(amara):
    client = Client()
    assert client.get("/account/sign-in/second/")["Location"] == "/account/sign-in/"
    posted = client.post("/account/sign-in/second/", {"code": amara[0].now()})
    assert posted["Location"] == "/account/sign-in/"
    assert client.get("/account/").status_code == 303


def test_the_first_step_is_good_for_ten_minutes(amara):
    client = Client()
    send(client, "amara@example.org", PASSWORD)
    session = client.session
    session["second"] = {**session["second"], "until": 0}
    session.save()
    posted = client.post("/account/sign-in/second/", {"code": amara[0].now()})
    assert posted["Location"] == "/account/sign-in/"


def test_codes_cannot_be_guessed_for_long(amara):
    client = Client()
    send(client, "amara@example.org", PASSWORD)
    statuses = [
        client.post("/account/sign-in/second/", {"code": f"{n:06d}"}).status_code
        for n in range(100, 125)
    ]
    assert statuses[0] == 422
    assert statuses[-1] == 429
    assert client.get("/account/").status_code == 303


@pytest.mark.parametrize("cause", ["panic", "password"])
def test_a_step_that_was_begun_ends_with_all_devices(cast, amara, cause):
    totp, _codes = amara
    thief, owner = Client(), signed_in(cast.amara)
    send(thief, "amara@example.org", PASSWORD)
    assert b"signed in" in owner.get("/account/").content
    if cause == "panic":
        owner.post("/account/sign-out/everywhere/")
    else:
        owner.post("/account/password/", {"password": "another quiet lantern"})
    answer = thief.post("/account/sign-in/second/", {"code": totp.now()})
    assert answer["Location"] == "/account/sign-in/"
    assert thief.get("/account/").status_code == 303


def test_a_step_that_was_begun_is_no_device_in_the_list(cast, amara):
    owner = signed_in(cast.amara, "Office")
    send(Client(), "amara@example.org", PASSWORD, device="Thief")
    page = owner.get("/account/").content.decode()
    assert "Office" in page
    assert "Thief" not in page
    assert page.count("last seen") == 1
