"""The document of what needs a token: complete, and true of every answer."""

import json

import pytest

from api.v1.document import document
from api.v1.operations.described import JSONL
from network.enums import Scope
from tests.api.bearing import ask, token_for
from tests.api.every_opened import OPENED, fill_opened
from tests.api.test_schema import ANYBODYS, EVERY, OPERATIONS, faults
from tests.matrix.asking import rolled_back

OPERATIONS_OPENED = {
    name: one for name, one in EVERY.items() if name not in OPERATIONS and name not in ANYBODYS
}
METHODS = {
    operation["operationId"]: method.upper()
    for methods in document()["paths"].values()
    for method, operation in methods.items()
}


def scopes_of(operation):
    [security] = operation["security"]
    [scopes] = security.values()
    return scopes


def test_every_operation_names_its_scheme_and_known_scopes():
    assert set(document()["components"]["securitySchemes"]) == {"bearer"}
    assert document()["components"]["securitySchemes"]["bearer"]["scheme"] == "bearer"
    for name, operation in OPERATIONS_OPENED.items():
        assert list(operation["security"][0]) == ["bearer"], name
        assert set(scopes_of(operation)) <= set(Scope.values), name
        assert scopes_of(operation) or name == "getMe"


def test_every_operation_says_what_it_does_and_every_status():
    for name, operation in OPERATIONS_OPENED.items():
        method, said = METHODS[name], set(operation["responses"])
        assert operation["summary"], name
        assert operation["description"], name
        assert {"400", "401", "429"} <= said, name
        assert ({"413", "415"} <= said) == (method != "GET"), name
        assert ({"409", "422"} <= said) == (method == "POST"), name
        named = any(one in operation["path"] for one in ("{slug}", "{id}"))
        # There the body names an organization.
        named = named or name == "newTicket"
        assert ({"403", "404"} <= said) == named, name
        for parameter in operation.get("parameters", ()):
            assert parameter["description"], (name, parameter["name"])
        sent = {one["name"] for one in operation.get("parameters", ()) if one["in"] == "header"}
        assert ("Idempotency-Key" in sent) == (method == "POST"), name
        assert ("If-Match" in sent) == ("428" in said), name


def test_every_operation_is_asked_here():
    assert set(OPENED) == set(OPERATIONS_OPENED)


def questions(filled):
    """Each operation and its questions, asked of the same rows; what they change is undone."""
    for name, asked in OPENED.items():
        with rolled_back():
            for question in asked:
                yield name, question, question.path.format(**filled.places)


@pytest.mark.django_db
def test_every_answer_is_as_the_document_says(cast, settings):
    settings.API_RATE_READ = settings.API_RATE_WRITE = 100_000
    filled = fill_opened(cast)
    for name, question, _path in questions(filled):
        answer = filled.ask(question)
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        told = OPERATIONS_OPENED[name]["responses"][str(answer.status_code)]
        assert answer.status_code == question.status, (question, content)
        for header, about in told.get("headers", {}).items():
            assert header in answer or not about.get("required"), header
        assert answer["Cache-Control"] == "no-store", question
        assert "canary" not in content.decode(), question
        if content:
            media_type = answer["Content-Type"]
            schema = told["content"][media_type]["schema"]
            value = content.decode() if media_type == JSONL else json.loads(content)
            assert faults(value, schema) == [], question
        else:
            assert "content" not in told, question


@pytest.mark.django_db
def test_without_the_scope_that_is_named_it_is_403_and_without_a_token_401(cast, settings):
    settings.API_RATE_READ = settings.API_RATE_WRITE = 100_000
    filled, refusals = fill_opened(cast), 0
    for name, question, path in questions(filled):
        needed = scopes_of(OPERATIONS_OPENED[name])
        others = [scope for scope in Scope.values if scope not in needed]
        asked = {"method": question.method, "body": question.body, "headers": question.headers}
        assert ask(path, **asked).status_code == 401, question
        if needed:
            refused = ask(path, token_for(cast, "amara", *others), **asked)
            assert refused.status_code == 403, question
            assert json.loads(refused.content)["scope"] in needed, question
            refusals += 1
    assert refusals >= len(OPENED) - 1


@pytest.mark.django_db
def test_a_token_of_another_organization_finds_nothing_there(cast, settings):
    settings.API_RATE_READ = settings.API_RATE_WRITE = 100_000
    filled, compared = fill_opened(cast), 0
    for _name, question, path in questions(filled):
        if "/organizations/" not in path:
            continue
        missing = path.replace("harbour-visitors", "nowhere")
        asked = {"method": question.method, "body": question.body, "headers": question.headers}
        stranger = token_for(cast, "chiara")
        answers = [ask(one, stranger, **asked) for one in (path, missing)]
        assert [one.status_code for one in answers] == [404, 404], question
        assert answers[0].content == answers[1].content, question
        compared += 1
    assert compared >= len(OPENED) - 1
