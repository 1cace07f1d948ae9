"""Answers in JSON, kept until the directory changes."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse

from api.middleware.kept import kept
from network.serialization import json_bytes

JSON = "application/json"


def json_answer(value: Any, mark: str, links: str = "") -> HttpResponse:
    """A document as an answer that is kept while the directory has this mark.

    `links` is the value of the `Link` header, RFC 8288.
    """
    answer = HttpResponse(json_bytes(value), content_type=JSON)
    # Until `KeptAnswers` says otherwise; so nobody before it reckons an entity tag as well.
    answer.headers["Cache-Control"] = "no-store"
    if links:
        answer.headers["Link"] = links
    return kept(answer, mark)
