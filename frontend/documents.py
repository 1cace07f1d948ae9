"""The documentation that this version carries: found, and kept in memory once rendered.

All but one are files; the reference of the API is made from what the API says of itself. Each is
written in English; a translation lies beside it, in a folder with the code of its language.

A document's key is its shelf and file name without the ending, `people/start-a-program`. Keys are
only ever looked up among the files that exist; nothing that a reader sends becomes a path.
"""

from __future__ import annotations

import dataclasses
from pathlib import Path

from frontend import reference, translated_docs
from frontend.markup import ORIGINAL, Document, rendered

ROOT = Path(__file__).resolve().parent / "docs"

# The shelves, and what is read first on each; the rest follows by its file name.
SHELVES: dict[str, tuple[str, ...]] = {
    "people": (
        "is-someone-held",
        "finding-a-program",
        "start-a-program",
        "how-an-entry-gets-here",
        "reading-the-ledger",
        "following",
        "stating-things",
        "coalitions",
        "register",
        "claim-or-remove",
        "vouch",
        "second-step",
        "what-we-keep",
    ),
    "operators": (
        "run-a-node",
        "backup",
        "stewards",
        "importing",
        "take-us-off",
        "data-protection",
    ),
    "developers": (
        "first-five-minutes",
        reference.KEY,
        "architecture",
        "style",
        "adding-a-page",
        "map-and-search",
        "feeds",
        "hsds",
        "speed",
    ),
    "decisions": (),
}

_kept: dict[Path, tuple[tuple[int, ...], Document]] = {}


def documents() -> dict[str, Path]:
    """The key and file of every document, shelf by shelf, in the order of reading."""
    return {
        f"{name}/{path.stem}": path
        for name, first in SHELVES.items()
        for path in sorted((ROOT / name).glob("*.md"), key=lambda path: _place(path.stem, first))
    }


def _place(stem: str, first: tuple[str, ...]) -> tuple[int, str]:
    """Where a document stands on its shelf."""
    return (first.index(stem) if stem in first else len(first), stem)


def document(key: str, language: str = ORIGINAL) -> Document | None:
    """The document of a key in a language, else in English; nothing where there is none.

    `language` is the code of a language of this node.
    """
    known = documents()
    if key == reference.KEY:
        return reference.reference(frozenset(known))
    path = known.get(key)
    return None if path is None else _in_language(key, path, language, frozenset(known))


def shelf_of(key: str) -> str:
    """The shelf on which the document of a key stands."""
    return reference.SHELF if key == reference.KEY else key.partition("/")[0]


def shelf(name: str, language: str = ORIGINAL) -> list[Document]:
    """The documents of one shelf, in order, each in a language if it is translated."""
    known = documents()
    found = [
        _in_language(key, path, language, frozenset(known))
        for key, path in known.items()
        if key.startswith(f"{name}/")
    ]
    if name == reference.SHELF:
        found.append(reference.reference(frozenset(known)))
    return sorted(found, key=lambda one: _place(one.key.rpartition("/")[2], SHELVES[name]))


def _in_language(key: str, path: Path, language: str, known: frozenset[str]) -> Document:
    """The document in a file, or its translation where there is one."""
    original = _document(key, path, known)
    file = translated_docs.file_of(path, language)
    if language == ORIGINAL or not file.is_file():
        return original
    changed = (path.stat().st_mtime_ns, file.stat().st_mtime_ns)
    kept = _kept.get(file)
    if kept is None or kept[0] != changed:
        translation = translated_docs.read(file)
        document = dataclasses.replace(
            rendered(key, translation.text, known, original),
            language=language,
            is_older=translation.is_older_than(path.read_text(encoding="utf-8")),
        )
        kept = _kept[file] = (changed, document)
    return kept[1]


def _document(key: str, path: Path, known: frozenset[str]) -> Document:
    """The document in a file, rendered again only when the file has changed."""
    changed = (path.stat().st_mtime_ns,)
    kept = _kept.get(path)
    if kept is None or kept[0] != changed:
        kept = _kept[path] = (changed, rendered(key, path.read_text(encoding="utf-8"), known))
    return kept[1]
