"""The API under cases made from its document: no fault, nothing undocumented."""

from collections import Counter

import pytest
from django.core.handlers.wsgi import WSGIHandler

from api.v1.document import document
from network import streams
from tests.api.every_kind import fill
from tests.api.fuzzing import operations, play
from tests.depth import cases
from tests.frontend.asgi import kept_connections

CASES = cases(45, 90)
OPERATIONS = {
    operation["operationId"]: operation
    for methods in document()["paths"].values()
    for operation in methods.values()
    if "security" not in operation
}


def expected(operation):
    """The documented statuses that such cases lead to.

    Not several long answers at once, and no unknown parameter where the document names none.
    """
    has_query = any(one["in"] == "query" for one in operation["parameters"])
    return {int(status) for status in operation["responses"]} - {
        429,
        *(() if has_query else (400,)),
    }


@pytest.mark.parametrize("name", OPERATIONS)
def test_every_answer_is_as_the_document_says(name, cast):
    fill(cast)
    met = Counter()
    with kept_connections():
        play(operations(cases=CASES, app=WSGIHandler())[name], met)
    assert set(met) == expected(OPERATIONS[name]) | {405}
    assert met.total() >= CASES
    # Long answers were read to their end: every place is free again.
    assert streams.places._value == streams.AT_ONCE
