"""`confirm_texts`: the question whether somebody could be recognised, as requests are asked."""

from __future__ import annotations

import base64

import pytest

from directory.models import Program
from network.tenancy import Purpose, acting, system
from tests.api.bearing import ask, document, token_for
from tests.directory.desk import Desk
from tests.directory.stating import CLAIM, EVENT, RULE
from tests.factories import make_country, make_facility
from tests.pictures import picture
from tests.uploaded import files

__all__ = ["files"]

pytestmark = pytest.mark.django_db
HERE = "/api/v1/organizations/harbour-visitors/"
SEEN = "A 123 456 789"
PLACE = {"facility": "harbour-centre"}


@pytest.fixture
def desk(cast):
    make_facility(slug="harbour-centre", name="Harbour Centre", country=make_country("GB"))
    return Desk(cast)


def refused(answer, field):
    """A question at one field, whose text is not repeated."""
    assert answer.status_code == 400, answer.content
    said = document(answer)
    assert list(said["errors"]) == [field]
    assert said["code"] == "identifies"
    assert "123" not in str(said)
    return True


@pytest.mark.usefixtures("files")
@pytest.mark.parametrize(
    ("path", "body", "field"),
    [
        ("programs/", {"names": {"en": SEEN}}, "names.en"),
        ("facility-claims/", {**PLACE, "as_of": "2026", "operator": SEEN}, "operator"),
        ("visiting-rules/", {**RULE, **PLACE, "transport": SEEN}, "transport"),
        ("access-events/", {**EVENT, "statement": SEEN}, "statement"),
    ],
    ids=["program", "claim", "rule", "report"],
)
def test_it_is_asked_and_answered(desk, path, body, field):
    token = token_for(desk.cast, "amara")
    assert refused(ask(HERE + path, token, method="POST", body=body), field)
    no = ask(HERE + path, token, method="POST", body={**body, "confirm_texts": False})
    assert refused(no, field)
    odd = ask(HERE + path, token, method="POST", body={**body, "confirm_texts": "yes"})
    assert odd.status_code == 400
    assert document(odd)["errors"] == {"confirm_texts": ["Write true or false."]}
    yes = ask(HERE + path, token, method="POST", body={**body, "confirm_texts": True})
    assert yes.status_code == 201, yes.content
    assert "confirm_texts" not in document(yes)


def test_changes_are_asked_about(desk):
    program = desk.create()
    path = f"{HERE}programs/{program.pk}/"
    sent = {"method": "PATCH", "headers": {"If-Match": '"1"'}}
    token = token_for(desk.cast, "edna")
    body = {"summaries": {"en": SEEN}}
    assert refused(ask(path, token, body=body, **sent), "summaries.en")
    with acting(system(Purpose.OPERATOR)):
        assert Program.objects.get(pk=program.pk).version == 1
    yes = ask(path, token, body={**body, "confirm_texts": True}, **sent)
    assert yes.status_code == 200


@pytest.mark.usefixtures("files")
def test_the_words_of_a_photo_are_asked_about(desk):
    program = desk.create()
    path = f"{HERE}programs/{program.pk}/photo/"
    token = token_for(desk.cast, "edna")
    body = {"file": base64.b64encode(picture()).decode(), "alt": {"en": SEEN}}
    assert refused(ask(path, token, method="POST", body=body), "alt.en")
    body["confirm_texts"] = True
    assert ask(path, token, method="POST", body=body).status_code == 201


def test_other_refusals_carry_no_code(desk):
    token = token_for(desk.cast, "edna")
    answer = ask(f"{HERE}programs/", token, method="POST", body={"names": {}})
    assert answer.status_code == 400
    assert "code" not in document(answer)
    assert CLAIM


def test_what_another_group_will_read_is_asked_about(desk):
    token = token_for(desk.cast, "amara")
    offer = {"text": SEEN, "languages": ["en"]}
    assert refused(ask(HERE + "mentor-offer/", token, method="PUT", body=offer), "text")
    said = ask(HERE + "mentor-offer/", token, method="PUT", body={**offer, "confirm_texts": True})
    assert said.status_code == 200, said.content
    assert document(said)["text"] == SEEN
    assert "confirm_texts" not in document(said)
