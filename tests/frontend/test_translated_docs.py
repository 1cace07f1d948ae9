"""A page of help in the reader's language, else in English and said so."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from django.test import Client

from frontend import documents, translated_docs

ENGLISH = (
    "# Vouch\n\nPress *Object*.\n\n## Which count\n\nTwo, see [other](other.md#last).\n\n## End\n"
)
ARABIC = "# التزكية\n\nزرّ.\n\n## أيّها يُحسب\n\n[الأخرى](other.md#last).\n\n## نهاية\n"


@pytest.fixture(autouse=True)
def _own_pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two pages, of which the first is translated into Arabic."""
    monkeypatch.setattr(documents, "ROOT", tmp_path)
    (tmp_path / "people" / "ar").mkdir(parents=True)
    (tmp_path / "people" / "vouch.md").write_text(ENGLISH)
    (tmp_path / "people" / "other.md").write_text("# Other\n\n## Last\n")
    _translate(tmp_path, ARABIC)


def _translate(root: Path, text: str, made_from: str = ENGLISH) -> None:
    file = root / "people" / "ar" / "vouch.md"
    file.write_text(f"---\nmade-from: {translated_docs.fingerprint(made_from)}\n---\n\n{text}")


def article(page: str) -> str:
    found = re.search(r"<article.*</article>", page, re.DOTALL)
    assert found
    return found[0]


@pytest.mark.parametrize(("path", "words"), [("/ar", {}), ("", {"Accept-Language": "ar"})])
def test_it_stands_in_the_readers_language(client: Client, path: str, words: dict[str, str]):
    page = client.get(f"{path}/docs/people/vouch/", headers=words).content.decode()
    assert '<article class="prose flow doc" lang="ar" dir="rtl">' in page
    assert "<title>التزكية" in page
    assert "made-from" not in page
    assert "Press" not in page
    assert "هذه الصفحة بالإنجليزية" not in page


def test_links_to_parts_hold_in_every_language(client: Client):
    page = client.get("/ar/docs/people/vouch/").content.decode()
    assert '<h2 id="which-count">أيّها يُحسب</h2>' in page
    assert '<li><a href="#which-count">أيّها يُحسب</a></li>' in page
    assert 'href="../other/#last"' in article(page)


def test_titles_beside_it_are_marked_where_they_are_english(client: Client):
    for address in ("/ar/docs/people/vouch/", "/ar/docs/"):
        page = client.get(address).content.decode()
        assert '<span lang="en" dir="ltr">Other</span>' in page
        assert re.search(r'<a href="/ar/docs/people/vouch/"[^>]*>التزكية\s*</a>', page)
    assert '<span lang="en"' not in client.get("/en/docs/").content.decode()


@pytest.mark.parametrize("language", ["ar", "es"])
def test_without_a_translation_the_english_is_shown_and_said_so(client: Client, language: str):
    path = "other" if language == "ar" else "vouch"
    page = client.get(f"/{language}/docs/people/{path}/").content.decode()
    assert '<article class="prose flow doc" lang="en" dir="ltr">' in page
    assert {"ar": "هذه الصفحة بالإنجليزية.", "es": "Esta página está en inglés."}[language] in page


def test_the_english_page_says_nothing_of_translations(client: Client):
    page = client.get("/en/docs/people/vouch/").content.decode()
    assert '<article class="prose flow doc" lang="en" dir="ltr">' in page
    assert 'class="note"' not in page


def test_an_older_translation_says_so_and_leads_to_the_english(client: Client, tmp_path: Path):
    address = "/ar/docs/people/vouch/"
    english = '<a href="/en/docs/people/vouch/" hreflang="en">'
    assert english not in client.get(address).content.decode()
    page = tmp_path / "people" / "vouch.md"
    page.write_text(ENGLISH.replace("Two", "Three"))
    os.utime(page, ns=(1, 1))
    changed = client.get(address).content.decode()
    assert english in changed
    assert 'id="which-count"' in changed
    page.write_text("# Vouch\n\n## New\n")
    os.utime(page, ns=(2, 2))
    # No part of the English can be told to be this one.
    assert 'id="which-count"' not in client.get(address).content.decode()


def test_html_in_a_translation_is_text(client: Client, tmp_path: Path):
    _translate(tmp_path, "# التزكية\n\n<script>alert(1)</script> [x](javascript:alert(1))\n")
    page = article(client.get("/ar/docs/people/vouch/").content.decode())
    assert "<script" not in page
    assert "javascript:" not in re.sub(r"<p>[^<]*", "", page)


@pytest.mark.parametrize("path", ["people/ar/vouch", "ar/vouch", "people/vouch/ar"])
def test_a_translation_has_no_address_of_its_own(client: Client, path: str):
    assert client.get(f"/docs/{path}/").status_code == 404


def test_the_index_says_which_shelves_are_in_english(client: Client):
    page = client.get("/ar/docs/").content.decode()
    people, others = page.split('id="developers"')
    assert "هذه الصفحات بالإنجليزية." in others
    assert "هذه الصفحات بالإنجليزية." not in people
    assert "هذه الصفحات" not in client.get("/en/docs/").content.decode()
