"""A request that is sent twice with the same `Idempotency-Key` has one effect."""

import datetime as dt
import hashlib
from functools import partial

import pytest
from django.conf import settings
from django.utils import timezone

from network.enums import Role
from network.models import AuditEntry, KeptAnswer, Membership
from network.tenancy import Purpose, acting, member, system
from tests.api.bearing import ask, document, token_for
from tests.api.probe import THINGS
from tests.cast import make_cast
from tests.several import at_once

pytestmark = pytest.mark.urls("tests.api.probed")
OTHER = THINGS.replace("harbour-visitors", "visiteurs-du-port")


def post(text, key, body=None, path=THINGS):
    headers = {} if key is None else {"Idempotency-Key": key}
    sent = {"name": "x"} if body is None else body
    return ask(path, text, method="POST", body=sent, headers=headers)


def rows(model, **found):
    with acting(system(Purpose.OPERATOR)):
        return list(model.objects.filter(**found))


def things():
    return len(rows(AuditEntry, verb="thing"))


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["", " ", "a b", "é", "x" * 201])
def test_what_is_no_key_is_400(cast, key):
    answer = post(token_for(cast, "amara"), key)
    assert answer.status_code == 400
    assert list(document(answer)["errors"]) == ["Idempotency-Key"]
    assert things() == 0


@pytest.mark.django_db
def test_the_second_is_answered_as_the_first_and_does_nothing(cast):
    text = token_for(cast, "amara")
    first, second = post(text, "k-1"), post(text, "k-1")
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.content == second.content
    assert "Idempotency-Replayed" not in first
    assert second["Idempotency-Replayed"] == "true"
    for name in ("Content-Type", "Location", "Cache-Control"):
        assert first[name] == second[name]
    assert things() == 1
    assert post(text, "k-2").content != first.content
    assert post(text, None).content != first.content
    assert things() == 3


@pytest.mark.django_db
def test_neither_key_nor_token_is_kept_in_clear(cast):
    text = token_for(cast, "amara")
    post(text, "a-key-of-mine")
    [kept] = rows(KeptAnswer)
    assert "a-key-of-mine" not in str(vars(kept))
    assert text not in str(vars(kept))


@pytest.mark.django_db
def test_the_same_key_for_another_request_is_422(cast):
    text = token_for(cast, "amara")
    post(text, "k")
    answer = post(text, "k", {"name": "y"})
    assert answer.status_code == 422
    assert answer.json()["title"] == "Unprocessable Content"  # on every version of Python
    assert document(answer)["detail"]
    assert things() == 1


@pytest.mark.django_db
def test_keys_are_everybodys_own(cast):
    first = post(token_for(cast, "amara"), "k")
    hers = post(token_for(cast, "edna"), "k")
    assert hers.status_code == 201
    assert hers.content != first.content
    assert "Idempotency-Replayed" not in hers
    # Another token of the same person is the same person.
    again = post(token_for(cast, "amara"), "k")
    assert again.content == first.content
    assert things() == 2


@pytest.mark.django_db
def test_a_key_of_one_organization_says_nothing_in_another(cast):
    from network.actions.organizations import grant_membership

    with acting(system(Purpose.OPERATOR)) as operator:
        grant_membership(operator, organization=cast.b, person=cast.chiara, role=Role.OWNER)
        grant_membership(operator, organization=cast.b, person=cast.amara, role=Role.OWNER)
    mine = token_for_one(cast.a, cast.amara)
    theirs = token_for_one(cast.b, cast.amara)
    first = post(mine, "k")
    second = post(theirs, "k", path=OTHER)
    assert second.status_code == 201
    assert "Idempotency-Replayed" not in second
    assert document(first)["id"] != document(second)["id"]


def token_for_one(organization, person):
    from network.actions.tokens import create_token

    with acting(system(Purpose.OPERATOR)) as operator:
        own = Membership.objects.get(person=person, organization=organization)
        scopes = ["directory:read", "directory:write"]
        return create_token(operator, membership=own, name="x", scopes=scopes)[1]


@pytest.mark.django_db
def test_refusals_and_faults_keep_nothing(cast):
    text = token_for(cast, "amara")
    assert post(text, "k", {"name": ""}).status_code == 400
    assert post(text, "k", {"name": "unavailable"}).status_code == 500
    with pytest.raises(RuntimeError):
        post(text, "k", {"name": "fault"})
    assert things() == 0
    assert post(text, "k", {"name": "refused"}).status_code == 409
    assert rows(KeptAnswer) == []
    before = things()
    assert post(text, "k").status_code == 201
    assert things() == before + 1


@pytest.mark.django_db
def test_who_may_no_longer_is_not_told_what_was_answered(cast):
    text = token_for(cast, "amara")
    assert post(text, "k").status_code == 201
    with acting(system(Purpose.OPERATOR)):
        Membership.objects.filter(person=cast.amara).update(role=Role.MEMBER)
    assert post(text, "k").status_code == 403


@pytest.mark.django_db
def test_a_day_later_the_key_is_free(cast):
    from network.actions.purge import purge

    text = token_for(cast, "amara")
    post(text, "k")
    with acting(cast.actor("amara")):
        KeptAnswer.objects.update(created_at=timezone.now() - dt.timedelta(hours=25))
    purge(system(Purpose.PURGE))
    assert "Idempotency-Replayed" not in post(text, "k")
    assert things() == 2


@pytest.mark.django_db
def test_other_methods_have_no_keys(cast):
    text = token_for(cast, "amara")
    for _time in range(2):
        answer = ask(THINGS, text, method="DELETE", headers={"Idempotency-Key": "k"})
        assert answer.status_code == 204
    assert rows(KeptAnswer) == []


@pytest.fixture
def texts(committed):
    """The tokens of Amara and Edna, committed so that several threads see them."""
    with acting(system(Purpose.OPERATOR)) as operator:
        cast = make_cast(operator)
    return token_for(cast, "amara"), token_for(cast, "edna")


def test_of_many_at_once_one_is_made_and_the_others_wait_for_it(texts, settings):
    settings.API_RATE_WRITE = 1000
    amara, edna = texts
    asked = [partial(post, amara, f"k-{number % 3}") for number in range(24)]
    asked += [partial(post, edna, "k-0") for _number in range(8)]
    answers = at_once(asked, threads=8)
    assert [one for one in answers if isinstance(one, Exception)] == []
    assert {one.status_code for one in answers} == {201}
    assert len({document(one)["id"] for one in answers}) == 4
    replayed = [one for one in answers if "Idempotency-Replayed" in one]
    assert len(replayed) == len(answers) - 4
    assert things() == 4


def test_of_different_requests_with_one_key_at_once_one_is_made(texts, settings):
    settings.API_RATE_WRITE = 1000
    names = [f"thing {number}" for number in range(8)]
    answers = at_once([partial(post, texts[0], "k", {"name": name}) for name in names])
    assert sorted(one.status_code for one in answers) == [201] + [422] * 7
    assert things() == 1


def test_when_the_first_fails_the_next_one_is_made(texts, settings):
    settings.API_RATE_WRITE = 1000
    bodies = [{"name": "unavailable"}] * 4 + [{"name": "x"}] * 4
    answers = at_once([partial(post, texts[0], "k", body) for body in bodies])
    made = [one for one in answers if one.status_code == 201]
    assert {one.status_code for one in answers} <= {201, 422, 500}
    assert len({one.content for one in made}) == 1
    assert things() == 1


@pytest.mark.skipif(
    not settings.HAS_OWNER_ROLE,
    reason="on SQLite the second waits for the only lock there is, before it looks at the key",
)
def test_a_second_that_waits_too_long_is_told_to_come_again(texts, monkeypatch):
    from api.v1.shell import repeats

    monkeypatch.setattr(repeats, "WAIT", "50ms")
    with acting(system(Purpose.OPERATOR)):
        own = Membership.objects.get(person__email="amara@example.org")
    with acting(member(own.person_id, own.organization_id)):
        KeptAnswer.objects.create(
            organization_id=own.organization_id,
            person_id=own.person_id,
            key_hash=hashlib.sha256(b"k").hexdigest(),
            request_digest="x",
        )
        [late, other] = at_once([partial(post, texts[0], "k"), partial(post, texts[0], "l")])
    assert late.status_code == 409
    assert late["Retry-After"] == "1"
    assert "in progress" in document(late)["detail"]
    assert other.status_code == 201
    assert things() == 1


def test_a_quota_holds_for_many_at_once(texts, settings):
    settings.API_RATE_READ = 5
    answers = at_once([partial(ask, "/api/v1/me/", texts[0])] * 16, threads=8)
    assert sorted(one.status_code for one in answers) == [200] * 5 + [429] * 11
