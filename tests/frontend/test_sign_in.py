"""Signing in and out: the same answers for everybody, and sessions that end at once."""

import re

import pytest
from django.conf import settings
from django.test import Client

from network.actions.tokens import create_token
from network.models import ApiToken, Invitation, Membership, Person, Session
from network.tenancy import Actor, Purpose, Via, acting, member, system
from tests.signing_in import signed_in

pytestmark = pytest.mark.django_db

PASSWORD = "quiet harbour lantern"
SIGN_IN = "/account/sign-in/"


@pytest.fixture
def amara(cast):
    person = cast.amara
    person.set_password(PASSWORD)
    with acting(Actor(via=Via.PAGE, person_id=person.pk)):
        person.save()
    return person


def send(client, email, password, **more):
    return client.post(SIGN_IN, {"email": email, "password": password, **more})


def sessions():
    with acting(system(Purpose.SIGN_IN)):
        return list(Session.objects.order_by("created_at"))


def test_the_right_password_opens_the_desk_and_keeps_only_a_hash(amara):
    client = Client()
    response = send(client, " AMARA@example.org ", PASSWORD, device="Phone")
    assert (response.status_code, response["Location"]) == (303, "/desk/")
    key = client.cookies[settings.SESSION_COOKIE_NAME]
    assert key["httponly"]
    assert key["samesite"] == "Lax"
    [row] = sessions()
    assert (row.person_id, row.name) == (amara.pk, "Phone")
    assert key.value not in f"{row.key_hash} {row.data}"
    assert client.get("/desk/")["Location"] == "/desk/harbour-visitors/"
    assert b"Harbour Visitors" in client.get("/desk/harbour-visitors/").content


def test_a_wrong_password_an_unknown_and_a_suspended_account_get_the_same_answer(amara, cast):
    suspended = cast.bilal
    suspended.set_password(PASSWORD)
    suspended.is_active = False
    with acting(system(Purpose.OPERATOR)):
        suspended.save()
    answers = []
    for email, password in (
        ("amara@example.org", "wrong password here"),
        ("ahmed@example.org", "wrong password here"),
        ("bilal@example.org", PASSWORD),
    ):
        response = send(Client(), email, password)
        page = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", response.content.decode())
        headers = {k: v for k, v in response.items() if k != "Content-Length"}
        answers.append((response.status_code, headers, page.replace(email, "ADDRESS")))
    assert answers[0] == answers[1] == answers[2]
    assert answers[0][0] == 422
    assert "do not belong together" in answers[0][2]
    assert sessions() == []


def test_tries_are_counted_by_account_before_anything_is_hashed(amara, settings, monkeypatch):
    settings.SIGN_IN_TRIES = 3
    hashed = []
    from network.passwords import Argon2

    for name in ("encode", "verify"):
        real = getattr(Argon2, name)
        monkeypatch.setattr(Argon2, name, lambda *a, real=real: hashed.append(1) or real(*a))
    statuses = [
        Client()
        .post(
            SIGN_IN,
            {"email": "amara@example.org", "password": "wrong"},
            headers={"X-Forwarded-For": f"192.0.2.{n}"},
        )
        .status_code
        for n in range(5)
    ]
    assert statuses == [422, 422, 422, 429, 429]
    assert len(hashed) == 3
    last = send(Client(), "amara@example.org", PASSWORD)
    assert last.status_code == 429
    assert 0 < int(last["Retry-After"]) <= settings.SIGN_IN_SECONDS
    assert send(Client(), "chiara@example.org", "wrong").status_code == 422


def test_a_device_that_was_signed_in_before_is_not_kept_out_by_others(amara, settings):
    settings.SIGN_IN_TRIES = 2
    client = Client()
    send(client, "amara@example.org", PASSWORD)
    del client.cookies[settings.SESSION_COOKIE_NAME]
    for _ in range(3):
        send(Client(), "amara@example.org", "wrong")
    assert send(Client(), "amara@example.org", PASSWORD).status_code == 429
    assert send(client, "amara@example.org", PASSWORD).status_code == 303
    # It says nothing for another account.
    assert "amara" not in client.cookies["known"].value


def test_only_this_site_is_led_to_after_signing_in(amara):
    for wanted, led in (
        ("/desk/harbour-visitors/", "/desk/harbour-visitors/"),
        ("https://evil.example/", "/desk/"),
        ("//evil.example/", "/desk/"),
        ("javascript:alert(1)", "/desk/"),
    ):
        response = send(Client(), "amara@example.org", PASSWORD, next=wanted)
        assert response["Location"] == led


def test_a_form_without_its_token_is_refused_with_a_page(amara):
    client = Client(enforce_csrf_checks=True)
    response = send(client, "amara@example.org", PASSWORD)
    assert response.status_code == 403
    assert b"This form is too old" in response.content
    assert sessions() == []


def test_the_key_changes_when_somebody_signs_in(amara):
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = "a" * 32
    send(client, "amara@example.org", PASSWORD)
    assert client.cookies[settings.SESSION_COOKIE_NAME].value != "a" * 32


def test_signing_out_ends_this_session_and_clears_the_browser(cast):
    client, other = signed_in(cast.amara), signed_in(cast.amara)
    key = client.cookies[settings.SESSION_COOKIE_NAME].value
    response = client.post("/account/sign-out/")
    assert response.status_code == 303
    assert response["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    client.cookies[settings.SESSION_COOKIE_NAME] = key
    assert client.get("/account/").status_code == 303
    assert other.get("/account/").status_code == 200


def test_panic_ends_every_device_at_once_and_nobody_elses(cast):
    client, phone, omar = signed_in(cast.amara), signed_in(cast.amara), signed_in(cast.omar)
    response = client.post("/account/sign-out/everywhere/")
    assert response.status_code == 303
    assert phone.get("/account/")["Location"].startswith(SIGN_IN)
    assert phone.get("/desk/harbour-visitors/")["Location"].startswith(SIGN_IN)
    assert omar.get("/account/").status_code == 200
    assert [row.person_id for row in sessions()] == [cast.omar.pk]


def test_a_session_that_was_ended_meanwhile_is_not_written_again(cast):
    from django.contrib.sessions.backends.base import UpdateError

    from network.sessions import SessionStore

    client = signed_in(cast.amara)
    store = SessionStore(client.cookies[settings.SESSION_COOKIE_NAME].value)
    assert store["person"] == str(cast.amara.pk)
    with acting(system(Purpose.OPERATOR)):
        Session.objects.all().delete()
    store["note"] = "late"
    with pytest.raises(UpdateError):
        store.save()
    assert sessions() == []


def test_a_suspended_person_is_out_at_the_next_request(cast):
    client = signed_in(cast.amara)
    with acting(system(Purpose.OPERATOR)):
        Person.objects.filter(pk=cast.amara.pk).update(is_active=False)
    assert client.get("/desk/harbour-visitors/").status_code == 303


def test_public_pages_neither_read_nor_set_a_cookie(cast, django_assert_num_queries):
    client = signed_in(cast.amara)
    with django_assert_num_queries(0):
        response = client.get("/docs/")
    assert response.status_code == 200
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")


def test_foreign_and_missing_desks_are_the_same_404(cast):
    client = signed_in(cast.amara)
    missing = client.get("/desk/nothing-is-here/")
    foreign = client.get("/desk/visiteurs-du-port/")
    assert missing.status_code == foreign.status_code == 404
    assert missing.content.replace(b"nothing-is-here", b"X") == foreign.content.replace(
        b"visiteurs-du-port", b"X"
    )
    with_prefix = client.get("/ar/desk/harbour-visitors/")
    assert b'dir="rtl"' in with_prefix.content


def test_private_pages_are_kept_by_nobody(cast):
    client = signed_in(cast.amara)
    for path in ("/account/", "/desk/harbour-visitors/", "/account/sign-in/"):
        assert client.get(path)["Cache-Control"] == "no-store"


def test_pages_speak_the_persons_language_unless_the_address_names_one(cast):
    with acting(system(Purpose.OPERATOR)):
        Person.objects.filter(pk=cast.chiara.pk).update(language="fr")
    client = signed_in(cast.chiara)
    assert b'lang="fr"' in client.get("/account/").content
    assert b'<html lang="es"' in client.get("/es/account/").content


def test_panic_ends_tokens_and_open_invitations_too(cast):
    with acting(member(cast.amara.pk, cast.a.pk)) as actor:
        inviter = Membership.objects.get(person=cast.amara)
        create_token(actor, membership=inviter, name="Robot", scopes=["directory:read"])
        Invitation.objects.create(
            organization=cast.a,
            email="gus@example.org",
            role="member",
            invited_by=inviter,
            token_hash="0" * 64,
            expires_at="2030-01-01T00:00:00Z",
        )
    signed_in(cast.amara).post("/account/sign-out/everywhere/")
    with acting(system(Purpose.OPERATOR)):
        assert not Invitation.objects.exists()
        assert not ApiToken.objects.filter(revoked_at=None).exists()
        assert ApiToken.objects.exists()
