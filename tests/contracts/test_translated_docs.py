"""Translated pages of help have the form of their English page, or say that they are older."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from frontend import documents, translated_docs
from tests.frontend import test_docs_content as content

FOLDER = documents.ROOT / "people"
# Both languages have one word for it.
SAME_WORD = {"people/fr/coalitions.md"}
OTHERS = [code for code, _name in settings.LANGUAGES if code != "en"]
TRANSLATED = sorted(documents.ROOT.glob("*/*/*.md"))
# A page that has every kind of thing in it.
ENGLISH = """# Vouch

Press *Object*, see [register](register.md) and [about](/about/).

## Rules

1. One `code`.
2. Two.

| A | B |
|---|---|
| x | y |

```html
<a title="words">
```
"""


def named(path: Path) -> str:
    return "/".join(path.parts[-3:])


@pytest.mark.parametrize("language", OTHERS)
def test_translations_have_the_form_of_their_pages(language: str):
    assert translated_docs.state(FOLDER, language).faults == []


def test_translations_are_of_languages_that_are_offered():
    assert {path.parent.name for path in TRANSLATED} <= set(OTHERS)
    assert {path.parent.parent.name for path in TRANSLATED} == {"people"}


@pytest.mark.parametrize("path", TRANSLATED, ids=named)
def test_a_translation_has_a_title_and_leads_where_links_lead(path: Path, tmp_path: Path):
    english = path.parent.parent / path.name
    assert [
        link for link in content.links(path) if not content.leads_somewhere(english, link)
    ] == []
    text = tmp_path / path.name
    text.write_text(translated_docs.read(path).text, encoding="utf-8")
    content.test_a_document_has_one_title_and_it_comes_first(text)
    content.test_texts_speak_of_the_product_only(text)
    same = content.headings(text, "h1") == content.headings(english, "h1")
    assert same == (named(path) in SAME_WORD)


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only page of a site of its own."""
    monkeypatch.setattr(documents, "ROOT", tmp_path)
    (tmp_path / "people" / "es").mkdir(parents=True)
    page = tmp_path / "people" / "vouch.md"
    page.write_text(ENGLISH)
    return page


def translate(page: Path, text: str, made_from: str | None = None) -> Path:
    file = translated_docs.file_of(page, "es")
    made_from = made_from or translated_docs.fingerprint(page.read_text())
    file.write_text(f"---\nmade-from: {made_from}\n---\n\n{text}")
    return file


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("## Rules", "### Rules", "part 3 is h3 heading_open, in English h2 heading_open"),
        ("2. Two.\n", "", "part 7 is table table_open, in English li list_item_open"),
        ("| x | y |\n", "| x | y |\n| z | z |\n", "part 18 is tr tr_open, in English"),
        ("(register.md)", "(claim.md)", "link is missing: register.md"),
        (" and [about](/about/)", "", "link is missing: /about/"),
        ("`code`", "`código`", "code is not in English: código"),
        ('<a title="words">', "<a\n>", "fence of 2 lines"),
        ("```html\n", "More.\n\n```html\n", "p paragraph_open"),
    ],
)
def test_another_form_is_found(page: Path, old: str, new: str, fault: str):
    assert old in ENGLISH
    translate(page, ENGLISH.replace(old, new))
    faults = translated_docs.state(page.parent, "es").faults
    assert any(fault in one for one in faults), faults
    with pytest.raises(CommandError, match="form of its English page"):
        call_command("translated_docs", "es", stdout=StringIO())


def test_words_and_their_order_may_differ(page: Path):
    text = ENGLISH.replace(
        "[register](register.md) and [about](/about/)", "[a](/about/) [r](register.md)"
    )
    text = text.replace("Vouch", "Responder").replace('title="words"', 'title="palabras"')
    translate(page, text)
    assert translated_docs.state(page.parent, "es") == translated_docs.State([], [], [])


def test_an_older_translation_is_named_and_fails_nothing(page: Path):
    file = translate(page, "# Responder\n", "0" * 16)
    out = StringIO()
    call_command("translated_docs", stdout=out)
    assert out.getvalue().splitlines() == [
        "ar: 1",
        "  missing: vouch",
        "es: 1",
        "  older than the English: vouch",
        "fr: 1",
        "  missing: vouch",
    ]
    with pytest.raises(CommandError):
        call_command("translated_docs", "es", "--mark", "vouch", stdout=StringIO())
    translate(page, ENGLISH.replace("Vouch", "Responder"), "0" * 16)
    out = StringIO()
    call_command("translated_docs", "es", "--mark", "vouch", "--json", stdout=out)
    assert json.loads(out.getvalue()) == {"es": {"missing": [], "older": [], "faults": []}}
    assert translated_docs.read(file).made_from == translated_docs.fingerprint(ENGLISH)
    assert translated_docs.read(file).text == ENGLISH.replace("Vouch", "Responder")


def test_what_names_no_text_or_belongs_to_no_page_is_a_fault(page: Path):
    translated_docs.file_of(page, "es").write_text("# Responder\n")
    (page.parent / "es" / "nothing.md").write_text("# Nada\n")
    assert translated_docs.state(page.parent, "es").faults == [
        "vouch: does not say which text it was made from",
        "nothing.md: there is no such page in English",
    ]


@pytest.mark.parametrize(
    "words",
    [
        ["pt"],
        ["en"],
        ["es", "--mark", "nothing"],
        ["es", "--mark", "../people/vouch"],
        ["es", "--mark", "vouch"],
    ],
    ids=["strange language", "english", "no page", "a path", "no translation"],
)
def test_a_wrong_name_is_refused_and_nothing_written(page: Path, words: list[str]):
    with pytest.raises(CommandError, match=r"No language|no translation"):
        call_command("translated_docs", *words, stdout=StringIO())
    assert sorted(page.parent.rglob("*.md")) == [page]
