"""The documentation: served as it stands in the tree, and nothing but it."""

from __future__ import annotations

import os
import posixpath
import re

import pytest
from django.test import Client

from frontend import documents
from frontend.markup import rendered

KNOWN = frozenset({"people/start", "people/other", "operators/run"})


def body(text: str) -> str:
    return str(rendered("people/start", text, KNOWN).body)


def test_the_index_names_every_document(client: Client):
    page = client.get("/docs/").content.decode()
    assert page.index('id="people"') < page.index('id="operators"') < page.index('id="decisions"')
    for key in documents.documents():
        assert f'href="/docs/{key}/"' in page


@pytest.mark.parametrize("key", documents.documents())
def test_every_document_is_a_page(client: Client, key: str):
    response = client.get(f"/docs/{key}/")
    assert response.status_code == 200
    page = response.content.decode()
    document = documents.document(key)
    assert document is not None
    assert page.count("<h1") == 1
    assert 'lang="en" dir="ltr"' in page
    assert f'href="/docs/{key}/" aria-current="page"' in page
    for heading in document.headings:
        assert f'id="{heading.anchor}"' in page


@pytest.mark.django_db
@pytest.mark.parametrize("key", documents.documents())
def test_no_link_between_documents_is_broken(client: Client, key: str):
    document = documents.document(key)
    assert document is not None
    assert "<a>" not in document.body, "a link to a document that does not exist"
    for link in re.findall(r'<a href="([^":]+)"', document.body):
        path, _, anchor = link.partition("#")
        address = posixpath.normpath(posixpath.join(f"/docs/{key}", path)) + "/"
        response = client.get(address) if path else client.get(f"/docs/{key}/")
        assert response.status_code == 200 or address.startswith("/api/"), link
        if anchor:
            assert f'id="{anchor}"' in response.content.decode(), link


@pytest.mark.parametrize(
    "path",
    [
        "people",
        "people/nothing-here",
        "../views/docs",
        "people/../../views/docs",
        "people/../people/what-we-keep",
        "people//what-we-keep",
        "/etc/passwd",
        "people/what-we-keep.md",
        "%2e%2e/%2e%2e/network/project/settings",
        "PEOPLE/what-we-keep",
        "people/what-we-keep/x",
        "people\\what-we-keep",
    ],
)
def test_nothing_else_can_be_read(client: Client, path: str):
    response = client.get(f"/docs/{path}/")
    assert response.status_code == 404
    assert b"SECRET" not in response.content


def test_script_in_a_document_is_shown_as_text():
    html = body("# T\n\n<script>alert(1)</script>\n\n<img src=x onerror=alert(1)> <b>x</b>")
    assert "<script" not in html
    assert "<img" not in html
    assert "<b>" not in html
    assert "&lt;script&gt;" in html


@pytest.mark.parametrize(
    "target",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "vbscript:x",
        "file:///etc/passwd",
    ],
)
def test_a_link_that_runs_something_leads_nowhere(target: str):
    html = body(f"[press]({target}) [again][1]\n\n[1]: {target}")
    assert "href=" not in html


def test_pictures_are_left_out():
    assert "<img" not in body("![map](https://example.org/map.png)")


def test_links_between_files_become_links_between_pages():
    assert 'href="../../operators/run/#later"' in body("[r](../operators/run.md#later)")
    assert 'href="../other/"' in body("[o](other.md)")
    assert 'href="../../../about/data/"' in body("[d](/about/data/)")
    assert "href" not in body("[n](nothing.md)")
    assert "href" not in body("[s](../../../settings.md)")
    assert 'href="https://example.org/a.md" rel="noreferrer"' in body(
        "[x](https://example.org/a.md)"
    )


def test_headings_can_be_linked_to_and_differ():
    document = rendered("people/start", "# One\n\n## Two\n\n## Two\n\n## `Three` & *four*", KNOWN)
    assert document.title == "One"
    assert [h.text for h in document.headings] == ["Two", "Two", "Three & four"]
    assert len({h.anchor for h in document.headings}) == 3


def test_tables_keep_their_meaning_on_a_phone():
    html = body("| Shape | Meaning |\n|:--|--|\n| ring | unknown |\n| disc | **open** |")
    assert html.count('data-label="Meaning"') == 2
    assert 'role="columnheader"' in html
    assert "style" not in html


def test_a_changed_file_is_read_again(tmp_path, monkeypatch):
    shelf = tmp_path / "people"
    shelf.mkdir()
    monkeypatch.setattr(documents, "ROOT", tmp_path)
    (shelf / "new.md").write_text("# First")
    first = documents.document("people/new")
    assert first is not None
    assert first.title == "First"
    assert documents.document("people/new") is first
    (shelf / "new.md").write_text("# Second")
    os.utime(shelf / "new.md", ns=(1, 1))
    second = documents.document("people/new")
    assert second is not None
    assert second.title == "Second"
