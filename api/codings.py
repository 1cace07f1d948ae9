"""Which codings of an answer a client takes."""

from __future__ import annotations

from django.http import HttpRequest


def takes_gzip(request: HttpRequest) -> bool:
    """Whether `Accept-Encoding` names gzip, or anything, and not with a weight of nought.

    RFC 9110, 12.5.3. Without the header nothing is compressed.
    """
    weights: dict[str, float] = {}
    for part in request.headers.get("Accept-Encoding", "").lower().split(","):
        name, _, weight = part.partition(";")
        weights[name.strip()] = _weight(weight)
    return weights.get("gzip", weights.get("*", 0)) > 0


def _weight(text: str) -> float:
    """What `q=...` says; one where it says nothing that can be read."""
    name, _, value = text.partition("=")
    try:
        return float(value) if name.strip() == "q" else 1.0
    except ValueError:
        return 1.0
