"""The application of a group by the API: its own coordinators and owners, and nobody else."""

import pytest

from network.enums import Role, Scope
from network.models import Membership
from network.tenancy import Purpose, acting, system
from tests.api.bearing import ask, token_for
from tests.api.every_opened import fill_opened

pytestmark = pytest.mark.django_db
HOME = "/api/v1/applications/"
ACTS = (("GET", ""), ("PATCH", ""), ("POST", "submit/"), ("POST", "withdraw/"), ("POST", "notes/"))


@pytest.fixture
def path(cast):
    return HOME + fill_opened(cast).places["application"] + "/"


def test_without_a_token_nothing(cast, path):
    assert ask(HOME).status_code == 401
    assert ask(path).status_code == 401


def test_another_group_gets_what_is_missing(cast, path):
    token = token_for(cast, "chiara")
    missing = HOME + "00000000-0000-4000-8000-00000000abcd/"
    for method, rest in ACTS:
        foreign, nothing = (
            ask(one + rest, token, method=method, body=None if method == "GET" else {})
            for one in (path, missing)
        )
        assert (foreign.status_code, nothing.status_code) == (404, 404), rest
        assert foreign.content == nothing.content


@pytest.mark.parametrize("role", [Role.MEMBER, Role.EDITOR, Role.ORGANIZER])
def test_below_coordinator_nobody_reads_or_writes_it(cast, path, role):
    with acting(system(Purpose.OPERATOR)):
        Membership.objects.filter(person=cast.bilal).update(role=role)
    token = token_for(cast, "bilal")
    assert ask(HOME, token).status_code == 403
    for method, rest in ACTS:
        body = None if method == "GET" else {}
        assert ask(path + rest, token, method=method, body=body).status_code == 403, rest


def test_a_token_to_read_writes_nothing(cast, path):
    token = token_for(cast, "amara", Scope.DIRECTORY_READ)
    assert ask(path, token).status_code == 200
    assert ask(path + "submit/", token, method="POST", body={}).status_code == 403


def test_a_group_without_one_has_an_empty_list(cast):
    answer = ask(HOME, token_for(cast, "farid"))
    assert answer.json() == {"results": []}
