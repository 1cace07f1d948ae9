"""One's own account: profile, password, address, devices, links, a copy, the end."""

import json
import re

import pytest
from django.conf import settings
from django.core import mail
from django.test import Client
from django.utils import timezone

from network.actions.accounts import look_into, make_link
from network.actions.mail import send_due_mails
from network.actions.tokens import create_token
from network.enums import LinkKind, Role, Scope
from network.models import (
    ApiToken,
    AuditEntry,
    Membership,
    OutgoingMail,
    Person,
    Session,
    SignInLink,
)
from network.tenancy import Actor, Purpose, Via, acting, system
from tests.signing_in import signed_in

pytestmark = pytest.mark.django_db

PASSWORD = "quiet harbour lantern"


def sent():
    """What the worker sends now, as text by address."""
    mail.outbox.clear()
    with acting(system(Purpose.MAIL)):
        OutgoingMail.objects.update(due_at=timezone.now())
    send_due_mails(system(Purpose.MAIL), resolve=look_into)
    send_due_mails(system(Purpose.MAIL), resolve=look_into)
    return {one.to[0]: one for one in mail.outbox}


def link_in(message):
    return re.search(r"/account/link/\S+/", message.body)[0]


def stored(person):
    with acting(system(Purpose.OPERATOR)):
        return Person.objects.get(pk=person.pk)


def test_every_page_of_an_account_wants_somebody_signed_in(cast):
    for path in ("", "profile/", "password/", "email/", "delete/"):
        response = Client().get(f"/account/{path}")
        assert response.status_code == 303, path
        assert response["Location"].startswith("/account/sign-in/?next=")
    for path in ("export/", "sign-out/everywhere/"):
        assert Client().post(f"/account/{path}").status_code == 303


def test_what_cannot_be_taken_back_wants_the_password_once_more(cast):
    client = signed_in(cast.amara)
    session = client.session
    session["confirmed_at"] = 0
    session.save()
    for path in ("password/", "email/", "delete/"):
        assert client.get(f"/account/{path}")["Location"].startswith("/account/confirm/")
    assert client.post("/account/export/")["Location"].startswith("/account/confirm/")
    page = client.get("/account/confirm/").content.decode()
    assert "you have no password yet" in page
    set_password(cast.amara)
    wrong = client.post("/account/confirm/", {"password": "another one", "next": "/account/"})
    assert wrong.status_code == 422
    right = client.post("/account/confirm/", {"password": PASSWORD, "next": "/account/email/"})
    assert right["Location"] == "/account/email/"
    assert client.get("/account/email/").status_code == 200


def set_password(person, password=PASSWORD):
    person.set_password(password)
    with acting(Actor(via=Via.PAGE, person_id=person.pk)):
        person.save()


def test_a_link_does_nothing_when_it_is_opened_and_signs_in_once_when_it_is_pressed(cast):
    with acting(system(Purpose.OPERATOR)) as actor:
        address = make_link(actor, person=cast.amara, kind=LinkKind.SIGN_IN)
        [row] = SignInLink.objects.all()
    path = address.removeprefix(settings.PUBLIC_ORIGIN)
    assert path.split("/")[3] not in f"{row.token_hash}"
    client = Client()
    for _ in range(3):
        assert client.get(path).status_code == 200
        assert client.head(path).status_code == 200
    assert client.get("/account/").status_code == 303
    assert client.post(path).status_code == 303
    assert client.get("/account/").status_code == 200
    again = Client()
    assert again.get(path).status_code == again.post(path).status_code == 410
    assert again.get("/account/").status_code == 303


def test_dead_and_unknown_links_get_the_same_page(cast):
    with acting(system(Purpose.OPERATOR)) as actor:
        path = make_link(actor, person=cast.amara, kind=LinkKind.SIGN_IN)
        path = path.removeprefix(settings.PUBLIC_ORIGIN)
        SignInLink.objects.update(expires_at="2020-01-01T00:00:00Z")
    over, unknown = Client().get(path), Client().get("/account/link/never-made/")
    assert over.status_code == unknown.status_code == 410
    assert over.content.replace(path.encode(), b"") == unknown.content.replace(
        b"/account/link/never-made/", b""
    )


def test_asking_for_a_password_says_and_does_the_same_for_every_address(cast):
    answers = []
    for email in ("amara@example.org", "nobody@example.org"):
        response = Client().post("/account/forgot/", {"email": email})
        answers.append((response.status_code, response["Location"]))
    assert answers[0] == answers[1] == (303, "/account/forgot/asked/")
    with acting(system(Purpose.MAIL)):
        assert OutgoingMail.objects.count() == 2
    found = sent()
    assert set(found) == {"amara@example.org"}
    with acting(system(Purpose.MAIL)):
        assert OutgoingMail.objects.count() == 0


def test_a_new_password_signs_every_other_device_out_and_uses_the_link_up(cast):
    phone = signed_in(cast.amara)
    Client().post("/account/forgot/", {"email": "AMARA@example.org"})
    path = link_in(sent()["amara@example.org"])
    client = Client()
    assert client.get(path).status_code == 200
    short = client.post(path, {"password": "short"})
    assert short.status_code == 422
    assert "12" in short.content.decode()
    common = client.post(path, {"password": "password1234"})
    assert common.status_code == 422
    assert client.post(path, {"password": PASSWORD}).status_code == 303
    assert client.get("/account/").status_code == 200
    assert phone.get("/account/").status_code == 303
    assert Client().get(path).status_code == 410
    assert stored(cast.amara).check_password(PASSWORD)
    assert "was changed" in sent()["amara@example.org"].subject


def test_a_new_password_by_a_link_ends_ones_tokens_and_the_page_says_so(cast):
    with acting(system(Purpose.OPERATOR)) as operator:
        for who in (cast.amara, cast.chiara):
            membership = Membership.objects.get(person=who)
            create_token(operator, membership=membership, name="x", scopes=[Scope.DIRECTORY_READ])
    Client().post("/account/forgot/", {"email": "amara@example.org"})
    path = link_in(sent()["amara@example.org"])
    client = Client()
    assert "every token that you made" in client.get(path).content.decode()
    assert client.post(path, {"password": "short"}).status_code == 422
    assert open_tokens() == {"Amara", "Chiara"}
    assert client.post(path, {"password": PASSWORD}).status_code == 303
    assert open_tokens() == {"Chiara"}
    page = signed_in(cast.chiara).get("/account/password/").content.decode()
    assert "Tokens that you made for machines stay" in page
    signed_in(cast.chiara).post("/account/password/", {"password": PASSWORD})
    assert open_tokens() == {"Chiara"}


def open_tokens():
    with acting(system(Purpose.OPERATOR)):
        tokens = ApiToken.objects.filter(revoked_at=None).select_related("person")
        return {one.person.display_name for one in tokens}


def test_mails_come_in_the_persons_language_as_text_and_html(cast):
    with acting(system(Purpose.OPERATOR)):
        Person.objects.filter(pk=cast.bilal.pk).update(language="ar")
    Client().post("/account/forgot/", {"email": "bilal@example.org"})
    message = sent()["bilal@example.org"]
    html, kind = message.alternatives[0]
    assert kind == "text/html"
    assert 'dir="rtl"' in html
    assert link_in(message) in html
    assert "Choose" not in message.subject
    assert "<img" not in html
    assert "http" not in html.replace(settings.PUBLIC_ORIGIN, "")


def test_the_profile_is_checked_at_its_fields(cast):
    client = signed_in(cast.amara)
    good = {"display_name": "Amara B.", "language": "fr", "time_zone": "Europe/Paris"}
    for name, value in (
        ("display_name", "\u202eevil"),
        ("display_name", " "),
        ("language", "xx"),
        ("time_zone", "Mars/Olympus"),
    ):
        response = client.post("/account/profile/", {**good, name: value})
        assert response.status_code == 422, name
        assert f'id="id_{name}_error"' in response.content.decode()
    assert client.post("/account/profile/", good).status_code == 303
    assert stored(cast.amara).language == "fr"


def test_another_address_counts_once_its_own_link_was_pressed(cast):
    client = signed_in(cast.amara)
    client.post("/account/email/", {"email": "new@example.org"})
    assert stored(cast.amara).email == "amara@example.org"
    found = sent()
    assert set(found) == {"new@example.org"}
    path = link_in(found["new@example.org"])
    assert Client().get(path).status_code == 200
    assert stored(cast.amara).email == "amara@example.org"
    assert Client().post(path).status_code == 200
    assert stored(cast.amara).email == "new@example.org"
    assert set(sent()) == {"amara@example.org"}


def test_many_wishes_for_links_leave_the_worker_time_for_other_work(db, monkeypatch):
    monkeypatch.setattr("network.actions.mail.MOST_AT_ONCE", 2)
    for number in range(3):
        Client().post("/account/forgot/", {"email": f"nobody{number}@example.org"})
    mailing = system(Purpose.MAIL)
    with acting(mailing):
        OutgoingMail.objects.update(due_at=timezone.now())
    assert send_due_mails(mailing, resolve=look_into)["sent"] == 2
    assert send_due_mails(mailing, resolve=look_into)["sent"] == 1


def test_links_in_the_old_box_end_with_the_old_address(cast):
    Client().post("/account/forgot/", {"email": "amara@example.org"})
    Client().post("/account/forgot/", {"email": "bilal@example.org"})
    found = sent()
    reset, of_another = (link_in(found[f"{name}@example.org"]) for name in ("amara", "bilal"))
    signed_in(cast.amara).post("/account/email/", {"email": "new@example.org"})
    assert Client().get(reset).status_code == 200
    assert Client().post(link_in(sent()["new@example.org"])).status_code == 200
    assert Client().get(reset).status_code == 410
    assert Client().get(of_another).status_code == 200


def test_an_address_that_has_an_account_is_told_and_not_given(cast):
    client = signed_in(cast.amara)
    free = client.post("/account/email/", {"email": "new@example.org"})
    taken = client.post("/account/email/", {"email": "chiara@example.org"})
    assert (free.status_code, free["Location"]) == (taken.status_code, taken["Location"])
    found = sent()
    assert "has an account" in found["chiara@example.org"].subject
    assert "/account/link/" not in found["chiara@example.org"].body


def test_devices_are_ones_own(cast):
    client, phone = signed_in(cast.amara, "Office"), signed_in(cast.amara, "Phone")
    other = signed_in(cast.chiara, "Chiaras telephone")
    page = client.get("/account/").content.decode()
    assert "Office" in page
    assert "Phone" in page
    assert "Chiaras" not in page
    with acting(system(Purpose.SIGN_IN)):
        rows = {row.name: row.pk for row in Session.objects.all()}
    foreign = rows["Chiaras telephone"]
    missing = "00000000-0000-4000-8000-000000000000"
    for verb in (client.get, client.post):
        assert verb(f"/account/devices/{foreign}/").status_code == 404
        assert verb(f"/account/devices/{missing}/").status_code == 404
    assert client.post(f"/account/devices/{foreign}/end/").status_code == 404
    assert other.get("/account/").status_code == 200
    renamed = client.post(f"/account/devices/{rows['Phone']}/", {"name": "Old phone"})
    assert renamed.status_code == 303
    assert "Old phone" in client.get("/account/").content.decode()
    assert client.post(f"/account/devices/{rows['Phone']}/end/").status_code == 303
    assert phone.get("/account/").status_code == 303


def test_the_copy_holds_ones_own_and_nothing_else(cast):
    with acting(system(Purpose.OPERATOR)):
        Membership.objects.create(organization=cast.b, person=cast.amara, role=Role.MEMBER)
    response = signed_in(cast.amara, "Office").post("/account/export/")
    assert response["Content-Disposition"].startswith("attachment")
    document = json.loads(response.content)
    assert document["person"]["email"] == "amara@example.org"
    assert {one["organization"] for one in document["memberships"]} == {
        "harbour-visitors",
        "visiteurs-du-port",
    }
    assert "argon2" not in response.content.decode()
    for name in ("bilal", "omar", "chiara"):
        assert name not in response.content.decode()


def test_the_last_owner_cannot_go_and_others_are_gone_for_good(cast):
    refused = signed_in(cast.amara).post("/account/delete/")
    assert refused.status_code == 422
    assert "Harbour Visitors" in refused.content.decode()
    client = signed_in(cast.omar)
    response = client.post("/account/delete/")
    assert response.status_code == 303
    with acting(system(Purpose.OPERATOR)):
        assert not Person.objects.filter(pk=cast.omar.pk).exists()
        assert not Membership.objects.filter(person_id=cast.omar.pk).exists()
        assert Person.objects.filter(pk=cast.amara.pk).exists()
        assert AuditEntry.objects.filter(organization=cast.a).exists()
    assert client.get("/account/").status_code == 303


def test_what_the_relay_does_not_take_is_tried_again_and_others_are_sent(cast, settings):
    for email in ("amara@example.org", "omar@example.org"):
        Client().post("/account/forgot/", {"email": email})
    settings.EMAIL_BACKEND = "tests.failing_mail.Backend"
    with acting(system(Purpose.MAIL)):
        OutgoingMail.objects.update(due_at=timezone.now())
    send_due_mails(system(Purpose.MAIL), resolve=look_into)
    result = send_due_mails(system(Purpose.MAIL), resolve=look_into)
    assert result == {"sent": 0, "put_off": 0, "given_up": 0}
    with acting(system(Purpose.MAIL)):
        assert OutgoingMail.objects.filter(tries=1).count() == 2
        OutgoingMail.objects.update(due_at="2020-01-01T00:00:00Z")
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert set(sent()) == {"amara@example.org", "omar@example.org"}
