"""When mails about messages come, chosen by the API: refusals first."""

import pytest

from network.enums import Scope
from tests.api.bearing import ask, document, token_for

pytestmark = pytest.mark.django_db
AT = "/api/v1/conversations/notifications/"
DEFAULTS = {"digest": "daily", "hour": 8, "at_once": True, "quiet_from": 21, "quiet_until": 8}


def change(token, body, version='"1"'):
    headers = {"If-Match": version} if version else {}
    return ask(AT, token, method="PATCH", body=body, headers=headers)


def test_only_a_token_for_messages_reads_and_chooses(cast):
    assert ask(AT).status_code == 401
    reads = token_for(cast, "omar", Scope.MESSAGES_READ)
    assert ask(AT, reads).status_code == 200
    assert change(reads, {"digest": "off"}).status_code == 403
    assert ask(AT, token_for(cast, "omar", Scope.DIRECTORY_READ)).status_code == 403


def test_nonsense_is_refused_by_its_name(cast):
    token = token_for(cast, "omar")
    for field, value in (("digest", "hourly"), ("hour", 24), ("hour", "8"), ("at_once", 1)):
        answer = change(token, {field: value})
        assert answer.status_code == 400
        assert field in document(answer)["errors"]
    assert change(token, {"hours": 8}).status_code == 400
    assert change(token, {"digest": "off"}, version="").status_code == 428
    assert document(ask(AT, token)) == DEFAULTS


def test_a_choice_is_kept_and_an_older_one_is_told_the_newer(cast):
    token = token_for(cast, "omar")
    first = ask(AT, token)
    assert (document(first), first.headers["ETag"]) == (DEFAULTS, '"1"')
    answer = change(token, {"digest": "weekly", "quiet_from": 22})
    wanted = {**DEFAULTS, "digest": "weekly", "quiet_from": 22}
    assert (document(answer), answer.headers["ETag"]) == (wanted, '"2"')
    late = change(token, {"digest": "off"})
    assert late.status_code == 409
    assert document(late)["current"] == wanted
    assert document(ask(AT, token_for(cast, "amara"))) == DEFAULTS
