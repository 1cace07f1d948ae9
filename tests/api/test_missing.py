import json

import pytest


@pytest.mark.parametrize("path", ["programs", "nothing", "nothing/", "programs/%00/"])
@pytest.mark.parametrize("method", ["get", "post", "put", "delete"])
def test_what_is_not_there_is_a_problem_document(client, path, method):
    answer = getattr(client, method)(f"/api/v1/{path}")
    assert answer.status_code == 404
    assert answer["Content-Type"] == "application/problem+json"
    assert json.loads(answer.content) == {
        "type": "about:blank",
        "title": "Not Found",
        "status": 404,
    }
    assert not answer.cookies
