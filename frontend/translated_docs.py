"""Translations of the documentation: each lies beside its page and says which text it was made of.

A translation begins with a block that names the fingerprint of the English text it was made from:

    ---
    made-from: 0123456789abcdef
    ---

A changed English page does not fail the build for a translator's work: readers are told that the
translation may be older, and `manage.py translated_docs` names it. As long as it is up to date, it
has the form of its English page.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

from markdown_it.token import Token

from frontend.markup import parsed

_BLOCK = re.compile(r"---\nmade-from: ([0-9a-f]{16})\n---\n\n?")


@dataclass(frozen=True, slots=True)
class Translation:
    """A translated page: the fingerprint of the English it was made from, and its Markdown."""

    made_from: str
    text: str

    def is_older_than(self, english: str) -> bool:
        """Whether it was made from another text than this English one."""
        return self.made_from != fingerprint(english)


@dataclass(frozen=True, slots=True)
class State:
    """How the translations of a folder into one language stand, by file name without ending.

    Pages that are missing, pages older than the English, and faults: a line each.
    """

    missing: list[str]
    older: list[str]
    faults: list[str]


def fingerprint(english: str) -> str:
    """16 hexadecimal digits that tell one English text from another."""
    return hashlib.sha256(english.encode()).hexdigest()[:16]


def file_of(path: Path, language: str) -> Path:
    """Where the translation of a page into a language lies, whether or not there is one."""
    return path.parent / language / path.name


def read(file: Path) -> Translation:
    """The translation in a file; one that names no text counts as made from another."""
    text = file.read_text(encoding="utf-8")
    block = _BLOCK.match(text)
    return Translation(block[1], text[block.end() :]) if block else Translation("", text)


def mark_current(path: Path, language: str) -> None:
    """Write into the translation of a page that it was made from the English as it is now.

    Raises:
        FileNotFoundError: there is no translation.
    """
    file = file_of(path, language)
    text = read(file).text
    made_from = fingerprint(path.read_text(encoding="utf-8"))
    file.write_text(f"---\nmade-from: {made_from}\n---\n\n{text}", encoding="utf-8")


def state(folder: Path, language: str) -> State:
    """How the translations of a folder's pages into a language stand."""
    found = State([], [], [])
    pages = sorted(folder.glob("*.md"))
    for path in pages:
        file = file_of(path, language)
        if not file.exists():
            found.missing.append(path.stem)
            continue
        english, translation = path.read_text(encoding="utf-8"), read(file)
        if not translation.made_from:
            found.faults.append(f"{path.stem}: does not say which text it was made from")
        elif translation.is_older_than(english):
            found.older.append(path.stem)
        else:
            faults = differences(english, translation.text)
            found.faults.extend(f"{path.stem}: {fault}" for fault in faults)
    others = {path.name for path in (folder / language).glob("*")} - {path.name for path in pages}
    found.faults.extend(f"{name}: there is no such page in English" for name in sorted(others))
    return found


def differences(english: str, translated: str) -> list[str]:
    """In what the form of a translation differs from its English page, a line each.

    Headings, paragraphs, lists and tables are the same ones in the same order. Links and code are
    the same, in whatever order a sentence of the language needs. Blocks of code have as many
    lines; words in them may be translated.
    """
    ours, theirs = parsed(english), parsed(translated)
    found = []
    pairs = zip_longest(_form(ours), _form(theirs), fillvalue="the end")
    for number, (wanted, is_there) in enumerate(pairs, start=1):
        if wanted != is_there:
            found.append(f"part {number} is {is_there}, in English {wanted}")
            break
    for what, held in (("link", _links), ("code", _code)):
        here, there = Counter(held(ours)), Counter(held(theirs))
        found += [f"{what} is missing: {text}" for text in here - there]
        found += [f"{what} is not in English: {text}" for text in there - here]
    return found


def _form(tokens: list[Token]) -> list[str]:
    """What a page is built of, in order."""
    return [
        f"{token.type} of {len(token.content.splitlines())} lines"
        if token.content
        else f"{token.tag} {token.type}"
        for token in tokens
        if token.nesting == 1 or token.type in ("fence", "code_block", "hr")
    ]


def _within(tokens: list[Token]) -> Iterator[Token]:
    for token in tokens:
        yield from token.children or ()


def _links(tokens: list[Token]) -> list[str]:
    return [str(one.attrGet("href")) for one in _within(tokens) if one.type == "link_open"]


def _code(tokens: list[Token]) -> list[str]:
    return [one.content for one in _within(tokens) if one.type == "code_inline"]
