"""The patterns of the URL configuration, each under a name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, resolve

from frontend.addresses import split_language

# Where people sign in: asked by role in `tests/matrix`, not here.
PRIVATE = ("account:", "desk:", "follow:", "join:", "messages:", "report:", "steward:")


def names_of_patterns() -> set[str]:
    """The name of every public pattern; one without a name by its route and its view.

    A pattern that is another one with a slash at its end has the name of that one.
    """
    return {name for name in _patterns().values() if not name.startswith(PRIVATE)}


def name_of(path: str) -> str:
    """The name of the pattern to which an address leads."""
    match = resolve(split_language(path.partition("?")[0])[1])
    return _patterns()[match.route, _view(match.func)]


@cache
def _patterns() -> dict[tuple[str, str], str]:
    """The names by route and view."""
    found = list(walk(get_resolver().url_patterns, "", ()))
    named = {(route, view): name for name, route, view in found if name}
    others = {
        (route, view): named.get((route.removesuffix("/"), view), f"{route} {view}")
        for name, route, view in found
        if not name
    }
    return others | named


def walk(
    patterns: Iterable[Any], route: str, spaces: tuple[str, ...]
) -> Iterator[tuple[str, str, str]]:
    """Name with its namespaces, route and view of each pattern."""
    for pattern in patterns:
        part = str(pattern.pattern)
        here = route + (part.removeprefix("^") if route else part)
        if isinstance(pattern, URLResolver):
            inner = (*spaces, pattern.namespace) if pattern.namespace else spaces
            yield from walk(pattern.url_patterns, here, inner)
        elif isinstance(pattern, URLPattern):
            name = ":".join((*spaces, pattern.name)) if pattern.name else ""
            yield name, here, _view(pattern.callback)


def _view(view: Any) -> str:
    return str(getattr(view, "view_class", getattr(view, "cls", view)).__name__)
