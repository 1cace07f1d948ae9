"""Members, invitations and the log, as the API tells and changes them."""

import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from network.enums import Role
from network.models import Approval, Invitation, Membership
from network.tenancy import acting
from tests.api.bearing import ask, document, token_for
from tests.network.members import OPERATOR, invite, join, mails, of

pytestmark = pytest.mark.django_db
A = "/api/v1/organizations/harbour-visitors/"


def results(path, text):
    answer = ask(path, text)
    assert answer.status_code == 200, answer.content
    return document(answer)["results"]


@pytest.mark.parametrize(
    ("path", "method", "body"),
    [
        ("members/{member}/", "PATCH", {"role": "editor"}),
        ("members/{member}/", "DELETE", None),
        ("invitations/", "GET", None),
        ("invitations/", "POST", {"email": "x@example.org", "role": "member"}),
        ("invitations/{invitation}/", "GET", None),
        ("invitations/{invitation}/", "DELETE", None),
        ("audit/", "GET", None),
    ],
)
@pytest.mark.parametrize("who", ["bilal", "edna", "omar"])
def test_whose_role_does_not_carry_it_is_told_which_permission(cast, who, path, method, body):
    invite(cast.actor("amara"), cast.a, "noor@example.org")
    with acting(OPERATOR):
        places = {
            "member": of(cast.actor("edna")).pk,
            "invitation": Invitation.objects.get().pk,
        }
    answer = ask(A + path.format(**places), token_for(cast, who), method=method, body=body)
    assert answer.status_code == 403
    assert document(answer)["permission"] in ("member.manage", "audit.read")
    assert len(mails()) == 1


def test_rows_of_another_organization_are_as_missing(cast):
    text = token_for(cast, "amara")
    beni = join(cast.b, "beni", Role.OWNER)
    invite(beni, cast.b, "noor@example.org")
    with acting(OPERATOR):
        foreign = Invitation.objects.get().pk
    chiara = of(cast.actor("chiara")).pk
    for path, methods in (
        (f"members/{chiara}/", ("GET", "PATCH", "DELETE")),
        (f"invitations/{foreign}/", ("GET", "DELETE")),
    ):
        missing = A + path.split("/")[0] + f"/{uuid.uuid4()}/"
        for method in methods:
            body = {"role": "member"} if method == "PATCH" else None
            answers = [ask(one, text, method=method, body=body) for one in (A + path, missing)]
            assert [one.status_code for one in answers] == [404, 404]
            assert answers[0].content == answers[1].content


def test_members_are_told_by_name_and_never_by_address(cast):
    text = token_for(cast, "bilal")
    answer = ask(A + "members/", text)
    assert b"@" not in answer.content
    rows = document(answer)["results"]
    assert [row["name"] for row in rows] == ["Amara", "Bilal", "Edna", "Omar"]
    assert [row["role"] for row in rows] == ["owner", "member", "editor", "organizer"]
    one = document(ask(f"{A}members/{rows[2]['id']}/", text))
    assert one == rows[2]


def test_a_role_is_changed_and_a_membership_ended(cast):
    text = token_for(cast, "amara")
    path = f"{A}members/{of(cast.actor('bilal')).pk}/"
    changed = ask(path, text, method="PATCH", body={"role": "coordinator"})
    assert (changed.status_code, document(changed)["role"]) == (200, "coordinator")
    assert ask(path, text, method="DELETE").status_code == 204
    assert ask(path, text, method="DELETE").status_code == 404
    assert ask(path, text).status_code == 404


def test_nobody_gives_or_takes_a_role_above_their_own(cast):
    join(cast.a, "cora", Role.COORDINATOR)
    with acting(OPERATOR):
        Membership.objects.filter(person=cast.omar).update(role=Role.COORDINATOR)
    text = token_for(cast, "omar")
    amara, bilal = of(cast.actor("amara")).pk, of(cast.actor("bilal")).pk
    for path, method, body in (
        (f"members/{bilal}/", "PATCH", {"role": "owner"}),
        (f"members/{amara}/", "PATCH", {"role": "member"}),
        (f"members/{amara}/", "DELETE", None),
        ("invitations/", "POST", {"email": "x@example.org", "role": "owner"}),
    ):
        assert ask(A + path, text, method=method, body=body).status_code == 403
    assert of(cast.actor("amara")).role == Role.OWNER


def test_what_a_second_owner_must_confirm_is_left_to_the_desk(cast):
    rosa = join(cast.a, "rosa", Role.OWNER)
    text = token_for(cast, "amara")
    for path, method, body in (
        (f"members/{of(rosa).pk}/", "DELETE", None),
        (f"members/{of(rosa).pk}/", "PATCH", {"role": "member"}),
        (f"members/{of(cast.actor('bilal')).pk}/", "PATCH", {"role": "owner"}),
    ):
        answer = ask(A + path, text, method=method, body=body)
        assert answer.status_code == 409
        assert "desk" in document(answer)["detail"]
    with acting(rosa):
        assert not Approval.objects.exists()


def test_the_last_owner_stays(cast):
    path = f"{A}members/{of(cast.actor('amara')).pk}/"
    answer = ask(path, token_for(cast, "amara"), method="DELETE")
    assert answer.status_code == 400
    assert of(cast.actor("amara")).role == Role.OWNER


def test_somebody_is_invited_once_however_often_the_request_is_sent(cast):
    text = token_for(cast, "amara")
    body = {"email": "Noor@example.org", "role": "editor", "language": "fr"}
    headers = {"Idempotency-Key": "one"}
    first, second = (
        ask(A + "invitations/", text, method="POST", body=body, headers=headers) for _ in range(2)
    )
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.content == second.content
    assert len(mails()) == 1
    said = document(first)
    assert (said["email"], said["role"], said["language"]) == ("noor@example.org", "editor", "fr")
    assert "token" not in said
    assert document(ask(first["Location"], text)) == said
    assert results(A + "invitations/", text) == [said]
    assert ask(first["Location"], text, method="DELETE").status_code == 204
    assert results(A + "invitations/", text) == []


def test_an_address_is_told_to_its_sender_only(cast):
    invite(join(cast.a, "cora", Role.COORDINATOR), cast.a, "noor@example.org")
    [row] = results(A + "invitations/", token_for(cast, "amara"))
    assert row["email"] is None


@pytest.mark.parametrize(
    ("body", "names"),
    [
        ({}, ["email", "role"]),
        ({"email": "noor", "role": "member"}, ["email"]),
        ({"email": "noor@example.org", "role": "emperor"}, ["role"]),
        ({"email": "noor@example.org", "role": "member", "language": "xx"}, ["language"]),
        ({"email": "noor@example.org", "role": "member", "token": "x"}, ["token"]),
    ],
)
def test_what_is_wrong_in_an_invitation_is_named(cast, body, names):
    answer = ask(A + "invitations/", token_for(cast, "amara"), method="POST", body=body)
    assert answer.status_code == 400
    assert sorted(document(answer)["errors"]) == names
    assert mails() == []


def test_the_log_is_read_by_verb_and_by_person(cast):
    invite(cast.actor("amara"), cast.a, "noor@example.org", Role.EDITOR)
    text = token_for(cast, "amara")
    [sent] = results(A + "audit/?verb=invitation.sent", text)
    assert sent["person"] == {"id": str(cast.amara.pk), "name": "Amara"}
    assert sent["details"] == {"role": "editor"}
    assert b"noor@" not in ask(A + "audit/", text).content
    assert {row["person"]["id"] for row in results(f"{A}audit/?person={cast.amara.pk}", text)} == {
        str(cast.amara.pk)
    }
    assert results(f"{A}audit/?person={cast.chiara.pk}", text) == []
    assert ask(A + "audit/?person=x", text).status_code == 400
    first = document(ask(A + "audit/?page_size=2", text))
    assert len(first["results"]) == 2
    assert first["next"]


@pytest.mark.parametrize("more", [0, 2])
@pytest.mark.parametrize("path", ["members/", "invitations/", "audit/"])
def test_lists_ask_the_same_however_long_they_are(cast, path, more):
    text = token_for(cast, "amara")
    for number in range(more):
        invite(cast.actor("amara"), cast.a, f"x{number}@example.org")
        join(cast.a, f"more-{number}", Role.MEMBER)
    ask(A + path, text)  # the day of use is written once
    with CaptureQueriesContext(connection) as asked:
        assert ask(A + path, text).status_code == 200
    own = ('"network_membername"', '"network_invitation"', '"network_auditentry"')
    found = [one["sql"] for one in asked if any(f"FROM {name}" in one["sql"] for name in own)]
    assert len(found) == {"members/": 2, "invitations/": 1, "audit/": 2}[path], found
