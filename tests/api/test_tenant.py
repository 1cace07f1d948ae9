"""What stands between a token and a view: who asks, what they may, what they sent."""

import datetime as dt
import json
import re
import uuid

import pytest
from django.db import DatabaseError
from django.utils import timezone

from network.actions.organizations import end_membership
from network.enums import Role
from network.models import ApiToken, AuditEntry, Counter, Membership, Organization
from network.tenancy import Purpose, acting, system
from tests.api.bearing import ask, document, token_for
from tests.api.probe import THINGS

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.api.probed")]
FOREIGN = THINGS.replace("harbour-visitors", "visiteurs-du-port")
MISSING = THINGS.replace("harbour-visitors", "nowhere")
UNAUTHORIZED = b'{"type":"about:blank","title":"Unauthorized","status":401}'


def change(model, values, **found):
    with acting(system(Purpose.OPERATOR)):
        assert model.objects.filter(**found).update(**values)


def things():
    with acting(system(Purpose.OPERATOR)):
        return AuditEntry.objects.filter(verb="thing").count()


def headers_of(answer, *without):
    left = {"RateLimit", *without}
    return {name: value for name, value in answer.headers.items() if name not in left}


# 401


@pytest.mark.parametrize(
    "sent",
    [
        None,
        "",
        "Bearer",
        "Bearer ",
        "Bearer x",
        "Basic YTpi",
        "vnt_x",
        "Bearer " + "x" * 300,
        "Bearer vnt_" + "x" * 43,
        "Bearer vnt_é",
    ],
)
@pytest.mark.parametrize("path", [THINGS, FOREIGN, MISSING, "/api/v1/me/"])
def test_whoever_shows_no_token_learns_nothing(cast, sent, path):
    headers = {} if sent is None else {"Authorization": sent}
    answer = ask(path, headers=headers)
    assert (answer.status_code, answer.content) == (401, UNAUTHORIZED)
    assert answer["WWW-Authenticate"] == "Bearer"
    assert answer["Cache-Control"] == "no-store"
    assert "Access-Control-Allow-Origin" not in answer
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"


def test_a_dead_token_is_answered_as_one_that_never_was(cast):
    now = timezone.now()
    ways = {
        "expired": lambda: change(ApiToken, {"expires_at": now}, person=cast.amara),
        "revoked": lambda: change(ApiToken, {"revoked_at": now}, person=cast.bilal),
        "ended": lambda: change(Membership, {"ended_at": now}, person=cast.edna),
    }
    names = dict(zip(ways, ("amara", "bilal", "edna"), strict=True))
    unknown = ask(THINGS, "vnt_" + "x" * 43)
    for why, way in ways.items():
        text = token_for(cast, names[why])
        assert ask(THINGS, text).status_code == 200
        way()
        answer = ask(THINGS, text)
        assert (answer.status_code, answer.content) == (401, UNAUTHORIZED), why
        assert answer.headers == unknown.headers


def test_a_lock_down_ends_tokens_at_once(cast):
    text = token_for(cast, "amara")
    change(Organization, {"locked_down_at": timezone.now()}, pk=cast.a.pk)
    assert ask(THINGS, text).content == UNAUTHORIZED
    assert ask("/api/v1/me/", text).content == UNAUTHORIZED


def test_the_word_bearer_is_known_in_any_case(cast):
    text = token_for(cast, "amara")
    assert ask(THINGS, headers={"Authorization": f"bEARER  {text} "}).status_code == 200


# 404


def test_another_organization_is_the_same_as_none(cast):
    text = token_for(cast, "amara")
    for method in ("GET", "POST", "PATCH", "DELETE", "PUT"):
        foreign, missing = (ask(path, text, method=method) for path in (FOREIGN, MISSING))
        assert foreign.status_code == 404
        assert foreign.content == missing.content
        assert headers_of(foreign) == headers_of(missing)
    body = {"type": "about:blank", "title": "Not Found", "status": 404}
    assert document(foreign) == body


def test_an_organization_of_ones_own_needs_a_token_of_its_own(cast):
    from network.actions.organizations import grant_membership

    with acting(system(Purpose.OPERATOR)) as operator:
        grant_membership(operator, organization=cast.b, person=cast.omar, role=Role.OWNER)
    with acting(cast.actor("omar")) as omar:
        from network.actions.tokens import create_token

        own = Membership.objects.get(person=cast.omar)
        text = create_token(omar, membership=own, name="x", scopes=["directory:read"])[1]
    assert ask(THINGS, text).status_code == 200
    assert ask(FOREIGN, text).status_code == 404


def test_a_row_of_another_organization_is_the_same_as_none(cast):
    text = token_for(cast, "amara")
    with acting(system(Purpose.OPERATOR)):
        foreign = AuditEntry.objects.filter(organization=cast.b).first()
    answers = [ask(f"{THINGS}{key}/", text, method="DELETE") for key in (foreign.pk, uuid.uuid4())]
    assert [one.status_code for one in answers] == [404, 404]
    assert answers[0].content == answers[1].content
    assert headers_of(answers[0]) == headers_of(answers[1])


# 403


def test_a_missing_scope_is_named(cast):
    text = token_for(cast, "amara", "directory:read", "members:write")
    answer = ask(THINGS, text, method="POST", body={"name": "x"})
    assert answer.status_code == 403
    assert document(answer)["scope"] == "directory:write"
    challenge = 'Bearer error="insufficient_scope", scope="directory:write"'
    assert answer["WWW-Authenticate"] == challenge
    assert things() == 0


def test_a_missing_permission_is_named(cast):
    text = token_for(cast, "bilal")
    answer = ask(THINGS, text, method="POST", body={"name": "x"})
    assert answer.status_code == 403
    assert document(answer)["permission"] == "program.edit"
    assert things() == 0


def test_the_present_role_decides_at_each_request(cast):
    text = token_for(cast, "amara", "directory:write", "directory:read")

    def post():
        return ask(THINGS, text, method="POST", body={"name": "x"}).status_code

    assert post() == 201
    change(Membership, {"role": Role.MEMBER}, person=cast.amara)
    assert post() == 403
    change(Membership, {"role": Role.EDITOR}, person=cast.amara)
    assert post() == 201
    with acting(system(Purpose.OPERATOR)) as operator:
        end_membership(operator, membership=Membership.objects.get(person=cast.amara))
    assert post() == 401


def test_what_an_action_refuses_is_said_too(cast):
    answer = ask(THINGS, token_for(cast, "edna"), method="DELETE")
    assert answer.status_code == 403
    assert document(answer)["permission"] == "organization.delete"
    assert ask(THINGS, token_for(cast, "amara"), method="DELETE").status_code == 204


def test_a_role_that_ends_between_is_no_403(cast, monkeypatch):
    from api.v1.shell import bearer

    text = token_for(cast, "bilal")
    found = bearer.token_in_use

    def and_ends(actor, shown):
        token = found(actor, shown)
        with acting(system(Purpose.OPERATOR)):
            Membership.objects.filter(person=cast.bilal).update(ended_at=timezone.now())
        return token

    monkeypatch.setattr(bearer, "token_in_use", and_ends)
    assert ask(THINGS, text).content == UNAUTHORIZED


# 429


def test_each_token_has_a_quota_of_its_own(cast, settings):
    settings.API_RATE_READ, settings.API_RATE_WRITE = 2, 1
    first, second = token_for(cast, "amara"), token_for(cast, "amara")
    answers = [ask(THINGS, first) for _time in range(3)]
    assert [one.status_code for one in answers] == [200, 200, 429]
    assert answers[0]["RateLimit-Policy"] == '"read";q=2;w=60'
    assert answers[0]["RateLimit"] == '"read";r=1;t=60'
    assert answers[2]["RateLimit"].startswith('"read";r=0;t=')
    assert 1 <= int(answers[2]["Retry-After"]) <= 60
    assert document(answers[2])["status"] == 429
    assert ask(THINGS, second).status_code == 200
    # Writing is counted apart, and refusals count.
    assert ask(THINGS, first, method="POST", body={}).status_code == 400
    assert ask(THINGS, first, method="POST", body={"name": "x"}).status_code == 429
    assert things() == 0


def test_a_quota_is_full_again_after_its_time(cast, settings, monkeypatch):
    settings.API_RATE_READ = 1
    text = token_for(cast, "amara")
    now = timezone.now()
    assert [ask(THINGS, text).status_code for _time in range(2)] == [200, 429]
    monkeypatch.setattr(timezone, "now", lambda: now + dt.timedelta(seconds=62))
    assert ask(THINGS, text).status_code == 200


def test_wrong_tokens_are_counted_for_the_node_and_a_right_one_is_let_in(cast, settings):
    settings.API_RATE_WRONG = 2
    text = token_for(cast, "amara")
    answers = [ask(THINGS, f"vnt_wrong{number}") for number in range(3)]
    assert [one.status_code for one in answers] == [401, 401, 429]
    assert answers[0].content == answers[1].content == UNAUTHORIZED
    assert 1 <= int(answers[2]["Retry-After"]) <= 60
    assert document(answers[2])["status"] == 429
    assert "RateLimit" not in answers[2]
    assert ask(THINGS, text).status_code == 200
    # Who shows none costs nothing and is told nothing else.
    assert ask(THINGS).content == UNAUTHORIZED
    with acting(system(Purpose.OPERATOR)):
        keys = list(Counter.objects.values_list("key", flat=True))
    assert all(re.fullmatch(r"[0-9a-f]{64}", key) for key in keys)


def test_who_shows_no_token_is_not_told_of_quotas(cast):
    assert "RateLimit" not in ask(THINGS)


# What is around an answer


def test_answers_are_kept_by_nobody_and_shared_with_nobody(cast):
    text = token_for(cast, "amara")
    asked = [
        ask(THINGS, text),
        ask(THINGS, text, method="HEAD"),
        ask(THINGS, text, method="POST", body={"name": "x"}),
        ask(THINGS, text, method="POST", body={}),
        ask(MISSING, text),
        ask(THINGS),
    ]
    for answer in asked:
        assert answer["Cache-Control"] == "no-store"
        assert "Access-Control-Allow-Origin" not in answer
        assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
        assert not answer.cookies
    assert asked[1].content == b""
    assert asked[1]["ETag"] == asked[0]["ETag"]


def test_a_page_of_another_origin_may_not_even_ask(cast):
    answer = ask(
        THINGS,
        method="OPTIONS",
        headers={
            "Origin": "https://elsewhere.example",
            "Access-Control-Request-Method": "GET",
            "Access-Control-Request-Headers": "authorization",
        },
    )
    assert "authorization" not in answer["Access-Control-Allow-Headers"].lower()


def test_a_fault_is_no_answer_and_undoes_what_was_done(cast):
    text = token_for(cast, "amara")
    with pytest.raises(RuntimeError):
        ask(THINGS, text, method="POST", body={"name": "fault"})
    assert things() == 0


def test_a_day_of_use_that_cannot_be_written_stops_nothing(cast, monkeypatch):
    from api.v1.shell import bearer

    def full(actor, token):
        raise DatabaseError("disk full")

    text = token_for(cast, "amara")
    with monkeypatch.context() as broken:
        broken.setattr(bearer, "note_use", full)
        assert ask(THINGS, text).status_code == 200
    assert ask(THINGS, text).status_code == 200
    with acting(cast.actor("amara")):
        assert ApiToken.objects.get().used_on == timezone.localdate()


def test_the_day_of_use_is_written_once_a_day(cast, django_assert_num_queries):
    text = token_for(cast, "amara")
    ask(THINGS, text)
    with acting(cast.actor("amara")):
        used = ApiToken.objects.get()
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as asked:
        ask(THINGS, text)
    assert used.used_on == timezone.localdate()
    assert not [one for one in asked if 'UPDATE "network_apitoken"' in one["sql"]]


def test_what_is_done_is_done_in_the_name_of_the_person_by_way_of_the_api(cast):
    made = ask(THINGS, token_for(cast, "edna"), method="POST", body={"name": "x"})
    with acting(system(Purpose.OPERATOR)):
        entry = AuditEntry.objects.get(pk=json.loads(made.content)["id"])
    assert (entry.person_id, entry.organization_id) == (cast.edna.pk, cast.a.pk)
    assert (entry.via, entry.purpose) == ("api", "")
