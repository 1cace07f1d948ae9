"""The document of what anybody may send without a token: complete, and true of every answer."""

import json
from collections import Counter

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.utils import timezone

from api.v1.schemas import ways_in
from directory.actions.applying import limits
from directory.models import Application
from network.tenancy import Purpose, acting, system
from tests.api.bearing import ask, token_for
from tests.api.fuzzing import Identity as Asker
from tests.api.fuzzing import operations, play_opened
from tests.api.questions import Question
from tests.api.test_schema import ANYBODYS, faults
from tests.factories import make_card, make_country, make_listing
from tests.frontend.asgi import kept_connections
from tests.matrix.asking import rolled_back

HOME, OBJECT = "/api/v1/applications/", "/api/v1/programs/gb-taken/objections/"
OF_A_PERSON = ("email", "person_name")
SIGNED = {name: one for name, one in ways_in.FIRST_STEP.items() if name not in OF_A_PERSON}
ASKED = {
    "beginApplication": [
        Question(HOME, "POST", 400, {}),
        Question(HOME, "POST", 202, ways_in.FIRST_STEP),
        Question(f"{HOME}?x=1", "POST", 400, ways_in.FIRST_STEP),
    ],
    "objectToClaim": [
        Question(OBJECT, "POST", 400, {"text": " "}),
        Question(OBJECT, "POST", 204, ways_in.OBJECTION),
        Question(OBJECT.replace("taken", "other"), "POST", 404, ways_in.OBJECTION),
    ],
}
CASES = 16


@pytest.fixture
def taken_over(cast, monkeypatch):
    """An entry that A took over today, and no limits."""
    for name in ("TO_ONE", "OF_NODE", "TO_ENTRY", "OBJECTIONS"):
        monkeypatch.setattr(limits, name, 100_000)
    country, today = make_country("GB"), timezone.localdate()
    card = make_card(pk=cast.a.pk, slug=cast.a.slug, name=cast.a.name)
    make_listing(
        slug="gb-taken", country=country, claim="own", claimed_on=today, organization=card
    )
    with acting(system(Purpose.OPERATOR)):
        Application.objects.create(
            organization=cast.a, kind="claim", state="approved", listing_slug="gb-taken"
        )
    return cast


def test_every_operation_is_asked_here_and_says_what_it_does():
    assert set(ANYBODYS) == set(ASKED)
    for name, operation in ANYBODYS.items():
        assert operation["summary"], name
        assert operation["description"], name
        assert {"400", "413", "415", "429"} <= set(operation["responses"]), name
        assert ("404" in operation["responses"]) == ("{" in operation["path"]), name
        # A token is looked at only where one may be sent.
        assert ("401" in operation["responses"]) == (len(operation["security"]) == 2), name


def refused(answer, name):
    told = ANYBODYS[name]["responses"][str(answer.status_code)]
    for header, about in told.get("headers", {}).items():
        assert header in answer or not about.get("required"), header
    assert answer["Cache-Control"] == "no-store"
    assert "Access-Control-Allow-Origin" not in answer
    if not answer.content:
        return "content" not in told
    schema = told["content"][answer["Content-Type"]]["schema"]
    return faults(json.loads(answer.content), schema) == []


@pytest.mark.django_db
def test_every_answer_is_as_the_document_says(taken_over):
    for name, questions in ASKED.items():
        for one in questions:
            answer = ask(one.path, method=one.method, body=one.body)
            assert answer.status_code == one.status, (one, answer.content)
            assert refused(answer, name), one
    token = token_for(taken_over, "bilal")
    for text, body in ((token, SIGNED), (token, ways_in.FIRST_STEP), ("no token", SIGNED)):
        answer = ask(HOME, text, method="POST", body=body)
        assert refused(answer, "beginApplication"), answer.content


@pytest.mark.django_db
def test_nothing_that_is_drawn_makes_a_fault(taken_over):
    """Cases from the document, by nobody and with a token."""
    drawn = operations(cases=CASES, app=WSGIHandler(), kind="anybody")
    # What a view does with the header is its own; a wrong token is 401 at one and nothing there.
    texts = ("wrong", token_for(taken_over, "amara"))
    for name, operation in drawn.items():
        good = tuple(one.body for one in ASKED[name] if one.status < 300)
        place = {name: {"slug": ("gb-taken",)}}
        askers = [Asker(text, place, {name: good}, ("zqcanary",)) for text in texts]
        met = Counter()
        with kept_connections(), rolled_back():
            play_opened(operation, met, askers)
        said = {int(status) for status in ANYBODYS[name]["responses"]}
        assert set(met) <= said | {405}, name
        assert met.total() >= CASES, name
