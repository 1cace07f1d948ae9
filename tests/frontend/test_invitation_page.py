"""The page behind the link of an invitation: nothing happens before its button is pressed."""

import pytest
from django.test import Client

from network.enums import Role
from network.models import Invitation, Membership, Person
from network.tenancy import acting
from tests.frontend.test_desk_members import A, plain
from tests.network.members import OPERATOR, invite, make_person
from tests.signing_in import signed_in

NEW = {
    "display_name": "Nuria",
    "password": "quiet harbour lantern",
    "language": "es",
    "time_zone": "America/Asuncion",
}


def path_of(token):
    return f"/account/invitation/{token}/"


@pytest.fixture
def token(cast):
    return invite(cast.actor("amara"), cast.a, "noor@example.org", Role.EDITOR)


def members_of(person):
    with acting(OPERATOR):
        return list(Membership.objects.filter(person=person, ended_at=None))


def test_every_link_that_does_not_work_gets_the_same_answer(cast, token):
    with acting(OPERATOR):
        Invitation.objects.update(expires_at="2026-01-01T00:00Z")
    dead, unknown = (Client().get(path_of(one)) for one in (token, "x" * len(token)))
    assert (dead.status_code, unknown.status_code) == (410, 410)
    assert dead.content.replace(token.encode(), b"x" * len(token)) == unknown.content
    assert Client().post(path_of(token), NEW).status_code == 410


def test_looking_at_it_changes_nothing_however_often(cast, token):
    noor = make_person("noor")
    for client in (Client(), signed_in(noor), signed_in(cast.chiara)):
        for _ in range(2):
            response = client.get(path_of(token))
            assert response.status_code == 200
            assert client.head(path_of(token)).status_code == 200
    with acting(OPERATOR):
        assert Invitation.objects.get().accepted_at is None
    assert members_of(noor) == []


def test_it_names_the_group_and_the_roles_and_nobody(cast, token):
    response = Client().get(path_of(token))
    words = plain(response)
    assert "Harbour Visitors" in words
    assert "Editor" in words
    assert "Owner" in words
    assert "Amara" not in words
    assert "@example.org" not in words
    assert (
        response["Cache-Control"].startswith("no-store")
        or "no-store" in (response["Cache-Control"])
    )


def test_somebody_with_an_account_signs_in_and_presses_the_button(cast, token):
    noor = make_person("noor")
    page = Client().get(path_of(token)).content.decode()
    assert f"/account/sign-in/?next={path_of(token)}" in page
    assert "display_name" not in page
    response = signed_in(noor).post(path_of(token))
    assert (response.status_code, response["Location"]) == (303, A)
    [membership] = members_of(noor)
    assert membership.role == Role.EDITOR
    assert signed_in(noor).get(A).status_code == 200
    assert signed_in(noor).post(path_of(token)).status_code == 410


def test_another_account_is_told_so_and_gets_nothing(cast, token):
    response = signed_in(cast.chiara).post(path_of(token))
    assert response.status_code == 422
    assert "another address" in plain(response)
    assert "noor@" not in response.content.decode()
    assert [m.organization_id for m in members_of(cast.chiara)] == [cast.b.pk]


def test_somebody_new_makes_an_account_and_is_in(cast, token):
    client = Client()
    response = client.post(path_of(token), NEW)
    assert response.status_code == 303
    assert client.get(A).status_code == 200
    with acting(OPERATOR):
        person = Person.objects.get(email="noor@example.org")
    assert (person.display_name, person.language, person.time_zone) == (
        "Nuria",
        "es",
        "America/Asuncion",
    )
    assert person.email_verified_at is not None
    assert Client().post(path_of(token), NEW).status_code == 410


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"display_name": " "}, "Write the name"),
        ({"password": "short"}, "12"),
        ({"password": "password1234"}, "common"),
        ({"password": ""}, "Write the password"),
        ({"time_zone": "Mars/Olympus"}, "Mars/Olympus"),
        ({"language": "xx"}, "xx"),
    ],
)
def test_what_is_wrong_is_said_and_the_link_still_works(cast, token, values, words):
    response = Client().post(path_of(token), {**NEW, **values})
    assert response.status_code == 422
    assert words in plain(response)
    with acting(OPERATOR):
        assert not Person.objects.filter(email="noor@example.org").exists()
    assert Client().post(path_of(token), NEW).status_code == 303


def test_who_has_an_account_makes_no_second_one(cast, token):
    make_person("noor")
    assert Client().post(path_of(token), NEW).status_code == 200
    with acting(OPERATOR):
        assert Person.objects.filter(email="noor@example.org").count() == 1
        assert Person.objects.get(email="noor@example.org").display_name == "Noor"


def test_the_form_wants_its_token(cast, token):
    client = Client(enforce_csrf_checks=True)
    assert client.post(path_of(token), NEW).status_code == 403
    with acting(OPERATOR):
        assert Invitation.objects.get().accepted_at is None
