"""The reference of the API: a page of the documentation that says all that the document says."""

import re

import pytest
from django.conf import settings
from django.test import Client
from django.utils.module_loading import import_string

from frontend import documents, reference
from frontend.forms_of_schemas import form
from frontend.markup import rendered

DOCUMENT = import_string(settings.API_DOCUMENT)()
OPERATIONS = [
    (path, method.upper(), operation)
    for path, methods in DOCUMENT["paths"].items()
    for method, operation in methods.items()
]


@pytest.fixture
def page(client):
    return client.get("/docs/api/").content.decode()


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_it_is_only_read(client, method):
    assert getattr(client, method)("/docs/api/").status_code == 405


def test_a_document_without_a_page_is_not_one(client):
    assert client.get("/docs/api/x/").status_code == 404
    assert client.get("/docs/developers/api/").status_code == 404


def test_it_is_a_page_of_the_documentation_with_its_headers(client):
    answer, other = client.get("/docs/api/"), client.get("/docs/developers/style/")
    assert answer.status_code == 200
    for name in ("Cache-Control", "Content-Security-Policy", "Vary", "Content-Language"):
        assert answer[name] == other[name]
    assert set(answer.headers) == set(other.headers)
    again = client.get("/docs/api/", headers={"If-None-Match": answer["ETag"]})
    assert again.status_code == 304
    assert client.get("/docs/api").status_code == 301
    assert not answer.cookies


def test_it_is_in_english_in_every_language(client):
    page = client.get("/ar/docs/api/").content.decode()
    assert '<html lang="ar" dir="rtl">' in page
    assert '<article class="prose flow doc is-wide" lang="en" dir="ltr">' in page
    assert "List programs" in page


def test_it_stands_on_the_shelf_of_developers_after_the_guide(client):
    index = client.get("/docs/").content.decode()
    assert 'href="/docs/api/"' in index
    keys = [one.key for one in documents.shelf("developers")]
    assert keys[:3] == ["developers/first-five-minutes", "api", "developers/architecture"]
    assert index.index("/docs/developers/first-five-minutes/") < index.index("/docs/api/")
    assert [one.key for one in documents.shelf("people")].count("api") == 0


def test_every_operation_parameter_and_status_is_told(page):
    for path, method, operation in OPERATIONS:
        part = page.split(f">{operation['summary']}</h3>")[1].split("<h3")[0]
        assert f"<code>{method} {path}</code>" in part
        assert operation["operationId"] in part
        for parameter in operation.get("parameters", ()):
            assert f"<code>{parameter['name']}</code>" in part
        for status in operation["responses"]:
            assert f"<code>{status}</code>" in part


def test_every_field_and_every_word_of_a_vocabulary_is_told(page):
    for name, schema in DOCUMENT["components"]["schemas"].items():
        part = page.split(f">{name}</h3>")[1].split("<h3")[0]
        for word in (*schema.get("properties", ()), *schema.get("enum", ())):
            assert f"<code>{word}</code>" in part, (name, word)


def test_every_link_within_it_leads_somewhere(page):
    anchors = re.findall(r'<h[1-4] id="([^"]+)"', page)
    assert len(anchors) == len(set(anchors))
    links = set(re.findall(r'href="#([^"]+)"', page)) - {"content", "languages"}
    assert len(links) > 50
    assert links <= set(anchors)


@pytest.mark.django_db
def test_every_link_out_of_it_leads_somewhere(client, page):
    article = page.split("<article")[1].split("</article>")[0]
    links = [link for link in re.findall(r'href="([^"]+)"', article) if link[0] != "#"]
    assert sorted(links) == ["../developers/first-five-minutes/", "/api/v1/schema/"]
    assert client.get("/docs/developers/first-five-minutes/").status_code == 200
    assert Client().get("/api/v1/schema/").status_code == 200


def test_what_a_document_says_is_text_and_stays_in_its_cell():
    text = "\n".join(
        [
            "# T",
            "",
            reference._table(("A", "B"), [("<script>x</script>", "a|b\nc"), ("`x|y`", "")]),
        ]
    )
    body = str(rendered("api", text, frozenset()).body)
    assert "<script" not in body
    assert ">a|b c</td>" in body
    assert "<code>x|y</code>" in body


@pytest.mark.parametrize(
    ("schema", "words"),
    [
        ({"$ref": "#/components/schemas/Point"}, "[Point](#point)"),
        ({"type": ["string", "null"]}, "text or null"),
        ({"type": "string", "format": "date-time"}, "moment"),
        ({"type": "string", "maxLength": 3, "pattern": "^a"}, "text, at most 3 characters"),
        ({"type": "integer", "minimum": 0}, "whole number, 0 or more"),
        ({"type": "integer", "minimum": 0, "maximum": 18}, "whole number, 0 to 18"),
        ({"type": "array", "items": {"type": "boolean"}}, "list of true or false"),
        ({"oneOf": [{"type": "number"}, {"type": "null"}]}, "number or null"),
        ({"const": True}, "`true`"),
        ({"enum": ["a", "b"]}, "`a`, `b`"),
        ({"type": "object", "additionalProperties": {"type": "string"}}, "object of text by name"),
        ({"type": "object", "additionalProperties": True}, "object"),
    ],
)
def test_forms_in_words(schema, words):
    assert form(schema) == words
