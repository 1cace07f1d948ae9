"""Is it you: by password, code or passkey; with refusals like those of the sign-in."""

import json

import pytest
from django.test import Client

from network.models import RecoveryCode
from network.tenancy import Purpose, acting, system
from tests.frontend.second_steps import PASSWORD, asked, codes_of, with_password
from tests.network.second_factors import conftest
from tests.network.second_factors.authenticator import Authenticator
from tests.network.second_factors.people import code_at, with_app, with_passkey
from tests.signing_in import signed_in

pytestmark = pytest.mark.django_db

clock = conftest.clock
CONFIRM, QUESTION = "/account/confirm/", "/account/confirm/question/"
DELETE = "/account/delete/"
DESK = "/desk/harbour-visitors/"


@pytest.fixture(autouse=True)
def _origin(settings):
    settings.PUBLIC_ORIGIN = "http://localhost:8000"


def long_ago(person):
    """A browser of somebody who came in more than ten minutes ago."""
    client = signed_in(person)
    session = client.session
    session["confirmed_at"] = 0
    session.save()
    return client


def is_confirmed(client):
    return client.get(DELETE).status_code == 200


def send_key(client, key, **changes):
    options, _state = asked(client, QUESTION)
    sent = {"answer": json.dumps(key.sign(options, **changes)), "state": "", "next": DELETE}
    return client.post(CONFIRM, sent)


def test_who_is_not_signed_in_is_asked_nothing(cast):
    for answer in (Client().get(CONFIRM), Client().post(CONFIRM, {}), Client().post(QUESTION)):
        assert answer.status_code == 303
        assert answer["Location"].startswith("/account/sign-in/")


def test_a_wrong_code_is_refused_in_the_words_of_the_sign_in_and_counted_with_it(cast):
    app = with_app(with_password(cast.omar))
    client = long_ago(cast.omar)
    wrong = f"{(int(code_at(app)) + 500_000) % 1_000_000:06}"
    statuses = []
    for _try in range(10):
        refused = client.post(CONFIRM, {"code": wrong})
        statuses.append(refused.status_code)
    assert statuses == [422] * 8 + [429] * 2
    assert 0 < int(refused["Retry-After"]) <= 900
    assert client.post(CONFIRM, {"code": code_at(app)}).status_code == 429
    assert not is_confirmed(client)
    # The same count as at the sign-in: no more tries there either.
    other = Client()
    other.post("/account/sign-in/", {"email": cast.omar.email, "password": PASSWORD})
    assert other.post("/account/sign-in/second/", {"code": wrong}).status_code == 429


def test_a_code_confirms_once(cast):
    app = with_app(cast.omar)
    with_app(cast.chiara)
    client, other = long_ago(cast.omar), long_ago(cast.omar)
    code = code_at(app)
    assert b'name="password"' not in client.get(CONFIRM).content
    done = client.post(CONFIRM, {"code": code, "next": DELETE})
    assert (done.status_code, done["Location"]) == (303, DELETE)
    assert is_confirmed(client)
    assert other.post(CONFIRM, {"code": code}).status_code == 422
    assert not is_confirmed(other)


def test_a_code_of_somebody_else_confirms_nothing(cast):
    with_app(cast.omar)
    theirs, codes = with_app(cast.chiara), codes_of(cast.chiara)
    client = long_ago(cast.omar)
    for code in (code_at(theirs), codes[0]):
        assert client.post(CONFIRM, {"code": code}).status_code == 422
    assert not is_confirmed(client)
    with acting(system(Purpose.OPERATOR)):
        assert not RecoveryCode.objects.exclude(used_at=None).exists()


def test_a_recovery_code_counts_and_is_used_up(cast):
    with_app(cast.omar)
    codes = codes_of(cast.omar)
    client = long_ago(cast.omar)
    assert client.post(CONFIRM, {"code": codes[0], "next": DELETE})["Location"] == DELETE
    assert b"9 are left" in client.get(DELETE).content
    assert long_ago(cast.omar).post(CONFIRM, {"code": codes[0]}).status_code == 422


def test_somebody_with_a_passkey_alone_is_not_stuck(cast):
    key = Authenticator()
    with_passkey(cast.omar, key)
    client = long_ago(cast.omar)
    page = client.get(f"{CONFIRM}?next={DELETE}").content.decode()
    assert 'data-passkey="get"' in page
    assert f'data-question="{QUESTION}"' in page
    assert "data-passkey-missing" in page
    assert "/account/forgot/" in page
    assert 'name="password"' not in page
    assert 'name="code"' not in page
    done = send_key(client, key)
    assert (done.status_code, done["Location"]) == (303, DELETE)
    assert is_confirmed(client)


def test_only_an_own_passkey_confirms_and_each_question_is_answered_once(cast):
    key, other = Authenticator(counts=False), Authenticator()
    with_passkey(cast.omar, key)
    with_passkey(cast.chiara, other)
    client = long_ago(cast.omar)
    refused = send_key(client, other)
    assert refused.status_code == 422
    assert b"not accepted" in refused.content
    options, _state = asked(client, QUESTION)
    sent = {"answer": json.dumps(key.sign(options)), "state": ""}
    assert long_ago(cast.omar).post(CONFIRM, sent).status_code == 422
    assert client.post(CONFIRM, {**sent, "answer": "{"}).status_code == 422
    # Used up by the wrong answer.
    assert client.post(CONFIRM, sent).status_code == 422
    assert not is_confirmed(client)
    assert send_key(client, key).status_code == 303


def test_the_password_still_confirms_beside_a_second_step(cast):
    with_app(with_password(cast.omar))
    client = long_ago(cast.omar)
    page = client.get(CONFIRM).content
    assert b'name="code"' in page
    assert client.post(CONFIRM, {"password": "another one"}).status_code == 422
    assert client.post(CONFIRM, {"password": PASSWORD, "next": DELETE})["Location"] == DELETE
    assert is_confirmed(client)


def test_passwords_are_counted_here_too(cast, settings):
    with_password(cast.omar)
    client = long_ago(cast.omar)
    tries = settings.SIGN_IN_TRIES + 1
    statuses = [
        client.post(CONFIRM, {"password": "another one"}).status_code for _n in range(tries)
    ]
    assert set(statuses[:-1]) == {422}
    assert statuses[-1] == 429
    assert client.post(CONFIRM, {"password": PASSWORD}).status_code == 429


@pytest.mark.parametrize("path", ["invite/", "export/", "tokens/new/"])
def test_inviting_exports_and_tokens_ask_once_more(cast, path):
    client = long_ago(cast.amara)
    back = f"/account/confirm/?next=%2Fdesk%2Fharbour-visitors%2F{path.replace('/', '%2F')}"
    assert client.get(DESK + path)["Location"] == back
    assert client.post(DESK + path, {})["Location"] == back


def test_another_role_asks_once_more_and_is_not_given_before(cast):
    client = signed_in(cast.amara)
    [path] = {
        one
        for one in client.get(f"{DESK}members/").content.decode().split('"')
        if one.startswith(f"{DESK}members/") and "Bilal" in client.get(one).content.decode()
    } - {f"{DESK}members/"}
    late = long_ago(cast.amara)
    sent = late.post(path, {"role": "editor"})
    assert sent["Location"].startswith("/account/confirm/")
    assert "Your role here: Editor" not in signed_in(cast.bilal).get(DESK).content.decode()


@pytest.mark.parametrize(
    ("referer", "back"),
    [
        ("http://testserver/account/?part=1", "%2Faccount%2F"),
        ("https://elsewhere.example/account/", "%2Faccount%2Fexport%2F"),
        ("", "%2Faccount%2Fexport%2F"),
    ],
    ids=["its page", "another site", "none"],
)
def test_a_button_leads_back_to_the_page_it_stands_on(cast, referer, back):
    client = long_ago(cast.amara)
    answer = client.post("/account/export/", headers={"Referer": referer})
    assert answer["Location"] == f"/account/confirm/?next={back}"
