"""Signing in with a second step, and with a passkey alone: what lets in, and what never does."""

import json
import re

import pytest
from django.core import signing
from django.test import Client

from network.models import Person, SecondFactor, Session
from network.tenancy import Purpose, acting, system
from tests.frontend.second_steps import (
    ANSWER,
    FACTORS,
    QUESTION,
    SECOND,
    SIGN_IN,
    answer,
    asked,
    codes_of,
    give_password,
    is_in,
    own,
    with_password,
)
from tests.network.second_factors import conftest
from tests.network.second_factors.authenticator import PRESENT, Authenticator
from tests.network.second_factors.people import code_at, with_app, with_passkey
from tests.signing_in import signed_in

pytestmark = pytest.mark.django_db

clock = conftest.clock


@pytest.fixture(autouse=True)
def _origin(settings):
    settings.PUBLIC_ORIGIN = "http://localhost:8000"


@pytest.fixture
def omar(cast):
    """He signs in with a password."""
    return with_password(cast.omar)


def test_the_password_alone_lets_nobody_in_who_has_a_second_step(omar):
    app = with_app(omar)
    client, response = give_password(omar, device="Phone", next="/account/profile/")
    assert response["Location"] == f"{SECOND}?next=%2Faccount%2Fprofile%2F"
    assert not is_in(client)
    assert client.get("/desk/harbour-visitors/").status_code == 303
    page = client.get(response["Location"])
    assert page["Cache-Control"] == "no-store"
    assert b'autocomplete="one-time-code"' in page.content
    for wrong in ("", "000 000", "0000-0000-0000", "x" * 50):
        refused = client.post(SECOND, {"code": wrong})
        assert refused.status_code == 422
        assert not is_in(client)
    right = client.post(SECOND, {"code": code_at(app), "next": "/account/profile/"})
    assert (right.status_code, right["Location"]) == (303, "/account/profile/")
    assert is_in(client)
    assert b"Phone" in client.get("/account/").content
    again, _response = give_password(omar)
    assert again.post(SECOND, {"code": code_at(app)}).status_code == 422
    assert not is_in(again)


def test_without_a_password_shown_there_is_no_second_step(omar):
    with_app(omar)
    assert Client().get(SECOND)["Location"] == SIGN_IN
    assert Client().post(SECOND, {"code": "123456"})["Location"] == SIGN_IN
    assert signed_in(omar).get(SECOND)["Location"] == SIGN_IN


def test_the_second_step_waits_for_ten_minutes(omar, clock):
    app = with_app(omar)
    client, _response = give_password(omar)
    clock.goes(601)
    assert client.post(SECOND, {"code": code_at(app)})["Location"] == SIGN_IN
    assert not is_in(client)


def test_guessing_is_slow_and_a_recovery_code_still_lets_in(omar, clock):
    app = with_app(omar)
    codes = codes_of(omar)
    wrong = f"{(int(code_at(app)) + 500_000) % 1_000_000:06}"
    client, _response = give_password(omar)
    statuses = [client.post(SECOND, {"code": wrong}).status_code for _n in range(10)]
    assert statuses == [422] * 8 + [429] * 2
    blocked = client.post(SECOND, {"code": code_at(app)})
    assert blocked.status_code == 429
    assert 0 < int(blocked["Retry-After"]) <= 900
    assert not is_in(client)
    assert client.post(SECOND, {"code": codes[0].upper()}).status_code == 303
    assert b"9 are left" in client.get("/desk/harbour-visitors/").content
    assert is_in(client)
    again, _response = give_password(omar)
    assert again.post(SECOND, {"code": codes[0]}).status_code == 422


def test_who_lost_the_second_step_meanwhile_begins_again(omar):
    with_app(omar)
    client, _response = give_password(omar)
    with acting(system(Purpose.OPERATOR)):
        SecondFactor.objects.all().delete()
    assert client.get(SECOND)["Location"] == SIGN_IN
    assert client.get(SECOND)["Location"] == SIGN_IN


def test_a_passkey_is_added_and_used_as_the_second_step(omar):
    key, client = Authenticator(), signed_in(omar)
    page = client.get(f"{FACTORS}passkey/").content.decode()
    assert "data-passkey-missing" in page
    assert re.search(r'<form [^>]*data-passkey="create"[^>]* hidden>', page)
    options, _state = asked(client, f"{FACTORS}passkey/question/")
    made = {"name": "Key ring", "answer": json.dumps(key.make(options))}
    assert client.post(f"{FACTORS}passkey/", made)["Location"] == f"{FACTORS}codes/"
    assert [(f.kind, f.name) for f in own(omar)] == [("passkey", "Key ring")]
    refused = client.post(f"{FACTORS}passkey/", made)
    assert refused.status_code == 422
    assert b"Begin again" in refused.content

    waiting, _response = give_password(omar, device="Laptop")
    page = waiting.get(SECOND).content.decode()
    assert 'data-passkey="get"' in page
    assert 'name="code"' not in page
    assert answer(waiting, key).status_code == 303
    assert is_in(waiting)
    assert b"Laptop" in waiting.get("/account/").content


def test_a_passkey_lets_in_without_address_and_password(omar, cast):
    key, other = Authenticator(), Authenticator()
    with_passkey(omar, key)
    with_passkey(cast.chiara, other)
    assert b'data-passkey="get"' in Client().get(SIGN_IN).content
    for one, name in ((key, b"Omar"), (other, b"Chiara")):
        client = Client()
        assert answer(client, one)["Location"] == "/desk/"
        assert name in client.get("/account/").content
    without_finger = Client()
    assert answer(without_finger, key, flags=PRESENT).status_code == 422
    assert not is_in(without_finger)


def test_the_passkey_of_somebody_else_is_no_second_step(omar, cast):
    key, other = Authenticator(), Authenticator()
    with_passkey(omar, key)
    with_passkey(cast.chiara, other)
    # A question that was put to anybody does not help either.
    options, state = asked(Client())
    assert Client().get(ANSWER)["Location"] == SIGN_IN
    client, _response = give_password(omar)
    assert client.get(ANSWER)["Location"] == SECOND
    refused = client.post(ANSWER, {"answer": json.dumps(other.sign(options)), "state": state})
    assert refused.status_code == 422
    assert b"not accepted" in refused.content
    assert answer(client, other).status_code == 422
    assert not is_in(client)
    assert answer(client, key).status_code == 303


def test_an_answer_is_good_once_and_only_to_a_question_of_this_site(omar, monkeypatch):
    key = Authenticator(counts=False)
    with_passkey(omar, key)
    client = Client()
    options, state = asked(client)
    sent = {"answer": json.dumps(key.sign(options)), "state": state}
    assert client.post(ANSWER, sent).status_code == 303
    thief = Client()
    assert thief.post(ANSWER, sent).status_code == 422
    options, state = asked(thief)
    forged = signing.dumps(signing.loads(state, salt="account.passkey"), salt="another")
    for bad in (forged, state[:-1], "", "nonsense"):
        said = {"answer": json.dumps(key.sign(options)), "state": bad}
        assert thief.post(ANSWER, said).status_code == 422
    options, state = asked(thief)
    assert thief.post(ANSWER, {"answer": "{", "state": state}).status_code == 422
    # The question is used up by a wrong answer.
    said = {"answer": json.dumps(key.sign(options)), "state": state}
    assert thief.post(ANSWER, said).status_code == 422
    late_options, late = asked(thief)
    real = signing.time.time()
    monkeypatch.setattr(signing.time, "time", lambda: real + 601)
    said = {"answer": json.dumps(key.sign(late_options)), "state": late}
    assert thief.post(ANSWER, said).status_code == 422
    assert not is_in(thief)


def test_questions_leave_nothing_behind(cast):
    client = Client()
    assert client.post(QUESTION).status_code == 200
    assert not client.cookies.get("session")
    assert client.get(QUESTION).status_code == 405
    with acting(system(Purpose.OPERATOR)):
        assert not Session.objects.exists()


def test_a_suspended_person_comes_in_by_no_way(omar):
    key = Authenticator()
    app = with_app(omar)
    with_passkey(omar, key)
    client, _response = give_password(omar)
    with acting(system(Purpose.OPERATOR)):
        Person.objects.filter(pk=omar.pk).update(is_active=False)
    assert client.post(SECOND, {"code": code_at(app)})["Location"] == SIGN_IN
    assert answer(Client(), key).status_code == 422
    assert not is_in(client)
