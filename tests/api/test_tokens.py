"""Oneself and the tokens of an organization, as the API tells them."""

import uuid

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from network.actions.organizations import grant_membership
from network.enums import Role, Scope
from network.models import ApiToken
from network.tenancy import Purpose, acting, system
from tests.api.bearing import ask, document, token_for

pytestmark = pytest.mark.django_db
ME = "/api/v1/me/"
TOKENS = "/api/v1/organizations/harbour-visitors/tokens/"


def token_named(name):
    with acting(system(Purpose.OPERATOR)):
        return ApiToken.objects.get(name=name)


def queries(path, text):
    ask(path, text)  # the day of use is written once
    with CaptureQueriesContext(connection) as asked:
        assert ask(path, text).status_code == 200
    return len([one for one in asked if "SAVEPOINT" not in one["sql"]])


# Oneself


def test_any_token_says_whose_it_is(cast):
    with acting(system(Purpose.OPERATOR)) as operator:
        grant_membership(operator, organization=cast.b, person=cast.omar, role=Role.MEMBER)
        grant_membership(
            operator, organization=cast.applicant, person=cast.bilal, role=Role.MEMBER
        )
    text = token_for_a(cast, cast.omar, "messages:read")
    said = document(ask(ME, text))
    assert said["person"] == {
        "id": str(cast.omar.pk),
        "display_name": "Omar",
        "email": "omar@example.org",
        "language": "en",
        "time_zone": "UTC",
    }
    roles = [
        (one["organization"]["slug"], one["role"], one["effective_role"])
        for one in said["memberships"]
    ]
    assert roles == [
        ("harbour-visitors", "organizer", "organizer"),
        ("visiteurs-du-port", "member", "member"),
    ]
    assert said["organization"] == "harbour-visitors"
    assert said["scopes"] == ["messages:read"]
    assert said["expires_at"].endswith("Z")


def token_for_a(cast, person, *scopes):
    from network.actions.tokens import create_token
    from network.models import Membership

    with acting(system(Purpose.OPERATOR)) as operator:
        own = Membership.objects.get(person=person, organization=cast.a)
        return create_token(operator, membership=own, name="x", scopes=scopes)[1]


def test_nothing_can_be_asked_or_changed_there(cast):
    text = token_for(cast, "amara")
    assert ask(f"{ME}?x=1", text).status_code == 400
    for method in ("POST", "PUT", "PATCH", "DELETE"):
        assert ask(ME, text, method=method).status_code == 405


# The list


def test_a_member_sees_their_own_and_who_manages_sees_all(cast):
    amara, bilal = (token_for(cast, who) for who in ("amara", "bilal"))
    token_for(cast, "chiara")

    def names(text):
        return [one["name"] for one in document(ask(TOKENS, text))["results"]]

    assert names(bilal) == ["of bilal"]
    assert names(amara) == ["of bilal", "of amara"]


def test_neither_text_nor_hash_is_told(cast):
    amara, bilal = (token_for(cast, who) for who in ("amara", "bilal"))
    said = ask(TOKENS, amara).content.decode()
    for text in (amara, bilal):
        assert text not in said
        assert text[10:] not in said
    assert token_named("of bilal").token_hash not in said
    [one, _other] = document(ask(TOKENS, amara))["results"]
    assert one["prefix"] == bilal[4:10]
    assert one["used_on"] is None


def test_a_long_list_has_pages(cast):
    text = token_for(cast, "amara")
    for number in range(4):
        token_for(cast, "amara", name=f"number {number}")
    path, found = f"{TOKENS}?page_size=2", []
    while path:
        page = document(ask(path, text))
        found += [one["name"] for one in page["results"]]
        last, path = page, page["next"]
    assert found == [*(f"number {number}" for number in (3, 2, 1, 0)), "of amara"]
    assert document(ask(last["previous"], text))["results"][0]["name"] == "number 1"
    for wrong in ("cursor=x", "page_size=0", "page_size=101", "x=1", "cursor=MQ"):
        assert ask(f"{TOKENS}?{wrong}", text).status_code == 400


def test_queries_do_not_grow(cast):
    text = token_for(cast, "amara")
    few = queries(TOKENS, text), queries(ME, text)
    for number in range(3):
        token_for(cast, "amara", name=f"number {number}")
    assert (queries(TOKENS, text), queries(ME, text)) == few
    # On PostgreSQL each of the two scopes reads its settings and writes them twice more.
    assert few == ((11, 10) if connection.vendor == "postgresql" else (5, 4))


# Ending one


def end(text, key):
    return ask(f"{TOKENS}{key}/", text, method="DELETE")


def test_a_token_of_somebody_else_is_not_there_for_a_member(cast):
    text = token_for(cast, "bilal")
    token_for(cast, "amara")
    token_for(cast, "chiara")
    keys = [token_named("of amara").pk, token_named("of chiara").pk, uuid.uuid4()]
    answers = [end(text, key) for key in keys]
    assert [one.status_code for one in answers] == [404] * 3
    assert len({one.content for one in answers}) == 1
    assert token_named("of amara").revoked_at is None


def test_a_token_is_ended_at_once_even_the_one_that_asks(cast):
    amara, bilal = (token_for(cast, who) for who in ("amara", "bilal"))
    token_for(cast, "chiara")
    assert end(amara, token_named("of chiara").pk).status_code == 404
    key = token_named("of bilal").pk
    assert [end(amara, key).status_code for _time in range(2)] == [204, 204]
    assert ask(ME, bilal).status_code == 401
    assert end(amara, token_named("of amara").pk).status_code == 204
    assert ask(ME, amara).status_code == 401


def test_tokens_are_not_made_here(cast):
    text = token_for(cast, "amara", *Scope.values)
    body = {"name": "x", "scopes": ["directory:read"]}
    assert ask(TOKENS, text, method="POST", body=body).status_code == 405


# What anybody may ask


@pytest.mark.parametrize("path", ["/api/v1/", "/api/v1/programs/", "/hsds/", "/api/v1/nothing/"])
def test_public_operations_look_at_no_token(cast, path):
    text = token_for(cast, "amara")
    client = Client()
    for first, second in ((text, None), (None, text), ("vnt_wrong", None)):
        answers = [ask(path, one, client=client) for one in (first, second)]
        assert answers[0].status_code == answers[1].status_code
        assert answers[0].content == answers[1].content
        for answer, shown in zip(answers, (first, second), strict=True):
            is_shared = "Access-Control-Allow-Origin" in answer
            assert is_shared == (shown is None)
            if shown is not None:
                assert answer["Cache-Control"] == "no-store"
    with acting(cast.actor("amara")):
        assert ApiToken.objects.get().used_on is None
