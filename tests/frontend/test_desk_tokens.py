"""Tokens at the desk: made by oneself after showing that it is oneself, shown once, ended."""

import re
import uuid
from functools import partial

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from network.models import ApiToken, Membership
from network.tenancy import Purpose, acting, system
from tests.api.bearing import ask, token_for
from tests.cast import make_cast
from tests.several import at_once
from tests.signing_in import signed_in

DESK = "/desk/harbour-visitors/tokens/"
NEW = f"{DESK}new/"
ROLES = ("amara", "bilal", "edna", "omar")


def rows():
    with acting(system(Purpose.OPERATOR)):
        return list(ApiToken.objects.order_by("created_at"))


def number_in(page):
    return re.search(r'name="number" value="([0-9a-f-]{36})"', page.content.decode())[1]


def filled(**more):
    return {
        "number": str(uuid.uuid4()),
        "name": "Web site",
        "scopes": ["directory:read", "members:read"],
        "days": "30",
        **more,
    }


def text_in(answer):
    [text] = re.findall(r"vnt_[\w-]{43}", answer.content.decode())
    return text


# Refusals


@pytest.mark.django_db
@pytest.mark.parametrize("path", [DESK, NEW, f"{DESK}{uuid.UUID(int=1)}/revoke/"])
def test_strangers_find_nothing(cast, path):
    anonymous = Client().post(path) if "revoke" in path else Client().get(path)
    assert anonymous.status_code in (303, 403)
    assert rows() == []
    for person in (cast.chiara, cast.dov, cast.farid):
        client = signed_in(person)
        asking = client.post if "revoke" in path else client.get
        foreign = asking(path)
        missing = asking(path.replace("harbour-visitors", "nowhere"))
        assert (foreign.status_code, missing.status_code) == (404, 404)
        assert foreign.content == missing.content


@pytest.mark.django_db
def test_who_has_not_shown_lately_that_it_is_them_is_asked_to(cast):
    client = signed_in(cast.amara)
    session = client.session
    session["confirmed_at"] = int(timezone.now().timestamp()) - 601
    session.save()
    for answer in (client.get(NEW), client.post(NEW, filled())):
        assert answer.status_code == 303
        assert answer["Location"].startswith("/account/confirm/?next=%2Fdesk%2Fharbour-visitors")
    assert rows() == []
    assert client.get(DESK).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("path", [NEW, f"{DESK}{uuid.UUID(int=1)}/revoke/"])
def test_a_form_of_another_site_does_nothing(cast, path):
    client = signed_in(cast.amara, checks_forms=True)
    assert client.post(path, filled()).status_code == 403
    assert rows() == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"name": ""}, "Write a name of 1 to 80 characters."),
        ({"name": "\u2800"}, "Write at least one visible character."),
        ({"scopes": []}, "Choose at least one."),
        ({"scopes": ["everything"]}, "everything"),
        ({"scopes": ["messages:read"]}, "messages:read"),
        ({"days": "366"}, "366"),
        ({"number": "x"}, "number"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_on_top(cast, wrong, said):
    answer = signed_in(cast.amara).post(NEW, filled(**wrong))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    assert "No token was made yet" in page
    assert rows() == []


@pytest.mark.django_db
def test_a_member_ends_nobody_elses_and_nobody_ends_one_of_another_group(cast):
    for who in ("amara", "chiara"):
        token_for(cast, who)
    keys = [one.pk for one in rows()]
    for person, key in ((cast.bilal, keys[0]), (cast.bilal, keys[1]), (cast.amara, keys[1])):
        client = signed_in(person)
        answers = [client.post(f"{DESK}{one}/revoke/") for one in (key, uuid.uuid4())]
        assert [one.status_code for one in answers] == [404, 404]
        assert answers[0].content == answers[1].content
    assert [one.revoked_at for one in rows()] == [None, None]


@pytest.mark.django_db
@pytest.mark.parametrize("path", [DESK, f"{DESK}{uuid.UUID(int=1)}/revoke/"])
def test_what_is_only_read_and_only_sent(cast, path):
    client = signed_in(cast.amara)
    wrong = client.get if "revoke" in path else client.delete
    assert wrong(path).status_code in (404, 405)


# Making one


@pytest.mark.django_db
@pytest.mark.parametrize("name", ROLES)
def test_everybody_in_the_group_makes_one_and_it_works(cast, name):
    client = signed_in(getattr(cast, name))
    answer = client.post(NEW, filled(number=number_in(client.get(NEW))))
    assert answer.status_code == 200
    assert answer["Cache-Control"].startswith("no-store")
    text = text_in(answer)
    said = ask("/api/v1/me/", text).json()
    assert said["person"]["id"] == str(getattr(cast, name).pk)
    assert said["organization"] == "harbour-visitors"
    assert said["scopes"] == ["directory:read", "members:read"]
    [token] = rows()
    assert (token.expires_at - timezone.now()).days == 29
    assert text[10:] not in client.get(DESK).content.decode()
    assert text[:10] in client.get(DESK).content.decode()


@pytest.mark.django_db
def test_sent_twice_it_is_one_token(cast):
    client = signed_in(cast.amara)
    form = filled()
    assert client.post(NEW, form).status_code == 200
    again = client.post(NEW, form)
    assert again.status_code == 422
    assert "made already" in again.content.decode()
    assert len(rows()) == 1
    assert client.post(NEW, filled()).status_code == 200


def test_sent_twice_at_once_it_is_one_token(committed):
    with acting(system(Purpose.OPERATOR)) as operator:
        cast = make_cast(operator)
    clients = [signed_in(cast.amara) for _number in range(4)]
    form = filled()
    answers = at_once([partial(client.post, NEW, form) for client in clients])
    assert sorted(one.status_code for one in answers) == [200, 422, 422, 422]
    assert len(rows()) == 1


# Seeing and ending


@pytest.mark.django_db
def test_a_member_sees_their_own_and_an_owner_all_of_the_group(cast):
    for who in (*ROLES, "chiara"):
        token_for(cast, who, name=f"canary of {who}")
    for name in ROLES:
        page = signed_in(getattr(cast, name)).get(DESK).content.decode()
        seen = {who for who in (*ROLES, "chiara") if f"canary of {who}" in page}
        assert seen == (set(ROLES) if name == "amara" else {name})
    assert "Made by <bdi>Bilal</bdi>" in signed_in(cast.amara).get(DESK).content.decode()


@pytest.mark.django_db
def test_ones_own_and_those_of_others_are_ended_at_once(cast):
    own, other = token_for(cast, "bilal"), token_for(cast, "bilal", name="second")
    keys = [one.pk for one in rows()]
    for person, key in ((cast.bilal, keys[0]), (cast.amara, keys[1])):
        answer = signed_in(person).post(f"{DESK}{key}/revoke/")
        assert (answer.status_code, answer["Location"]) == (303, DESK)
    assert [ask("/api/v1/me/", text).status_code for text in (own, other)] == [401, 401]
    page = signed_in(cast.bilal).get(DESK).content.decode()
    assert "Ended" in page
    assert "/revoke/" not in page


@pytest.mark.django_db
def test_what_ended_and_expired_is_said(cast):
    token_for(cast, "bilal")
    [token] = rows()
    for values, word in (
        ({"expires_at": timezone.now()}, "Expired"),
        ({"revoked_at": timezone.now()}, "Ended"),
    ):
        with acting(system(Purpose.OPERATOR)):
            ApiToken.objects.filter(pk=token.pk).update(**values)
        assert word in signed_in(cast.bilal).get(DESK).content.decode()


@pytest.mark.django_db
def test_a_name_is_text(cast):
    name = "<script>x</script>"
    answer = signed_in(cast.amara).post(NEW, filled(name=name))
    for page in (answer, signed_in(cast.amara).get(DESK)):
        assert name not in page.content.decode()
        assert "&lt;script&gt;" in page.content.decode()


@pytest.mark.django_db
def test_queries_do_not_grow_with_tokens(cast):
    def queries():
        client = signed_in(cast.amara)
        client.get(DESK)
        with CaptureQueriesContext(connection) as asked:
            client.get(DESK)
        return len([one for one in asked if "SAVEPOINT" not in one["sql"]])

    token_for(cast, "bilal")
    few = queries()
    for number in range(3):
        token_for(cast, "edna", name=f"number {number}")
        token_for(cast, "amara", name=f"number {number}")
    assert queries() == few


@pytest.mark.django_db
def test_who_left_makes_none(cast):
    client = signed_in(cast.bilal)
    with acting(system(Purpose.OPERATOR)):
        Membership.objects.filter(person=cast.bilal).update(ended_at=timezone.now())
    assert client.post(NEW, filled()).status_code == 404
    assert rows() == []


@pytest.mark.django_db
@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_it_reads_in_every_language(cast, language):
    client = signed_in(cast.amara)
    client.post(NEW, filled())
    for path in (DESK, NEW):
        answer = client.get(path, headers={"Accept-Language": language})
        assert answer.status_code == 200
