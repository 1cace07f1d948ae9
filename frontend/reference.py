"""The reference of the API: an OpenAPI document as a page among the others of the documentation.

Frontend and API do not know each other. The settings name a function that gives the document, as
they name the handlers of errors, and what is shown here is what the document says, whoever made
it. So the page is one of the documentation: the same headers, languages, shelf and style.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.text import slugify

from frontend.forms_of_schemas import form, name_of
from frontend.markup import Document, rendered

KEY = "api"
SHELF = "developers"
TITLE = "API reference"
Schema = dict[str, Any]


@cache
def reference(known: frozenset[str]) -> Document:
    """The page; made once. `known` are the keys of all documents."""
    return rendered(KEY, "\n\n".join(_parts(import_string(settings.API_DOCUMENT)())), known)


def _parts(document: dict[str, Any]) -> Iterator[str]:
    """The page as Markdown, which is what descriptions in OpenAPI are written in."""
    operations = list(_operations(document))
    schemas: dict[str, Schema] = document["components"]["schemas"]
    yield f"# {TITLE}"
    yield document["info"]["description"].strip()
    yield (
        "How to begin: [The first five minutes](developers/first-five-minutes.md). This page is "
        "made from [the OpenAPI document](/api/v1/schema/), which tools read."
    )
    yield _table(("Operation", "Address"), (_entry(*one) for one in operations))
    for tag in document["tags"]:
        yield f"## {tag['name']}"
        yield tag["description"]
        for path, method, operation in operations:
            if operation["tags"][:1] == [tag["name"]]:
                yield from _operation(path, method, operation)
    yield "## What answers hold"
    for name, schema in schemas.items():
        if "enum" not in schema:
            yield from _schema(name, schema)
    yield "## Vocabularies"
    for name, schema in schemas.items():
        if "enum" in schema:
            yield f"### {name}"
            yield schema["description"]


def _operations(document: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            yield path, method.upper(), operation


def _entry(path: str, method: str, operation: dict[str, Any]) -> tuple[str, str]:
    """A row of the table of contents."""
    summary = operation["summary"]
    return f"[{summary}](#{slugify(summary)})", f"`{method} {path}`"


def _operation(path: str, method: str, operation: dict[str, Any]) -> Iterator[str]:
    yield f"### {operation['summary']}"
    yield f"`{method} {path}`, in tools `{operation['operationId']}`"
    yield operation["description"]
    yield from _needs(operation)
    if parameters := operation.get("parameters"):
        heads = ("Parameter", "Meaning", "Values", "Default")
        yield _table(heads, (_parameter(one) for one in parameters))
    answers = operation["responses"].items()
    yield _table(("Status", "Answer", "Holds"), (_answer(*one) for one in answers))
    done: dict[str, Any] = next((one for status, one in answers if status[0] == "2"), {})
    yield from _example(done.get("content", {}), "Example")


def _needs(operation: dict[str, Any]) -> Iterator[str]:
    """The token and the body that an operation needs, where it does."""
    kinds = operation.get("security", ())
    for security in kinds:
        for scopes in security.values():
            named = ", ".join(f"`{scope}`" for scope in scopes)
            needs = "Needs no token; takes one" if {} in kinds else "Needs a token"
            yield f"{needs} with {named}." if named else f"{needs}."
    if list(kinds) == [{}]:
        yield "Needs no token."
    content = operation.get("requestBody", {}).get("content", {})
    for media_type, one in content.items():
        yield f"Takes `{media_type}`: {form(one['schema'])}."
    yield from _example(content, "Example of what to send")


def _parameter(parameter: dict[str, Any]) -> tuple[str, str, str, str]:
    where = "" if parameter["in"] == "query" else f", in the {parameter['in']}"
    needed = ", required" if parameter.get("required") and not where.endswith("path") else ""
    default = parameter["schema"].get("default")
    return (
        f"`{parameter['name']}`{where}{needed}",
        parameter.get("description", ""),
        form(parameter["schema"]),
        "none" if default is None else f"`{default}`",
    )


def _answer(status: str, response: dict[str, Any]) -> tuple[str, str, str]:
    about = response["description"]
    if headers := response.get("headers"):
        about += " Headers: " + ", ".join(f"`{name}`" for name in headers) + "."
    holds = (
        f"`{media_type}`: {form(content['schema'])}"
        for media_type, content in response.get("content", {}).items()
    )
    return f"`{status}`", about, "; ".join(holds) or "nothing"


def _example(content: dict[str, Any], title: str) -> Iterator[str]:
    """The first example of the first form of a body."""
    for media_type, one in content.items():
        for example in one.get("examples", {}).values():
            yield f"{title}, `{media_type}`:"
            text = json.dumps(example["value"], indent=2, ensure_ascii=False)
            yield f"```\n{text}\n```"
            return


def _schema(name: str, schema: Schema) -> Iterator[str]:
    yield f"### {name}"
    yield schema["description"]
    fields = schema.get("properties", {})
    needed = schema.get("required", ())
    if fields:
        yield _table(
            ("Field", "Holds", "Meaning"),
            (
                (
                    f"`{field}`" + ("" if field in needed else ", not always there"),
                    form(one),
                    one.get("description", ""),
                )
                for field, one in fields.items()
            ),
        )
    elif not name_of(schema):
        yield f"Holds: {form(schema)}."


def _table(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """A table of Markdown; a cell is one line."""
    lines = [heads, tuple("---" for _ in heads), *rows]
    return "\n".join("| " + " | ".join(map(_cell, line)) + " |" for line in lines)


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
