"""Catalogues of translations: read from the sources, checked and compiled without gettext.

Babel reads and writes the files; what is said in Python is found in its syntax tree, what is said
in templates by Django's own `templatize`.
"""

from __future__ import annotations

import ast
import contextlib
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from string import Formatter

from babel.messages.catalog import Catalog
from babel.messages.catalog import Message as Entry
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
LOCALE = Path(__file__).resolve().parent / "locale"
PACKAGES = ("network", "directory", "messaging", "api", "frontend")

# Function to the places of context, singular and plural among its arguments.
_CALLS = {
    "_": (None, 0, None),
    "gettext": (None, 0, None),
    "gettext_lazy": (None, 0, None),
    "ngettext": (None, 0, 1),
    "ngettext_lazy": (None, 0, 1),
    "pgettext": (0, 1, None),
    "pgettext_lazy": (0, 1, None),
    "npgettext": (0, 1, 2),
    "npgettext_lazy": (0, 1, 2),
}
_LITERAL = r"""u?(?:'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")"""
_IN_TEMPLATE = re.compile(rf"\b(n?p?gettext|_)\(\s*({_LITERAL}(?:\s*,\s*{_LITERAL})*)", re.DOTALL)
_HEADER = "# Translations of the visitation network; see docs/developers/translating."
_NAMED = re.compile(r"%\((\w+)\)[a-z]")


@dataclass(frozen=True, slots=True)
class Said:
    """Something that the product says: its English, its context and plural, and in which file."""

    singular: str
    plural: str | None
    context: str | None
    place: str

    @property
    def id(self) -> str | tuple[str, str]:
        """The id under which catalogues keep it."""
        return self.singular if self.plural is None else (self.singular, self.plural)


def sayings() -> dict[tuple[str | None, str], list[Said]]:
    """Everything the product says, by context and singular, in the order of the files."""
    found: dict[tuple[str | None, str], list[Said]] = {}
    for path in sorted(_sources()):
        read = _in_template if path.suffix == ".html" else _in_python
        for said in read(path):
            found.setdefault((said.context, said.singular), []).append(said)
    return found


def languages() -> list[str]:
    """The languages that have a catalogue, by code."""
    return sorted(path.parent.parent.name for path in LOCALE.glob("*/LC_MESSAGES/django.po"))


def catalogue(language: str) -> Catalog:
    """The catalogue of a language as it lies in the sources; empty where there is none yet."""
    path = _po(language)
    if not path.exists():
        return Catalog(locale=language, domain="django", fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale=language, domain="django")


def update(language: str) -> int:
    """Bring a catalogue in line with the sources; how many texts still wait for a translation.

    Translations of texts that are still said are kept, those of others are dropped. Nothing is
    guessed: a text that has changed is a new one.
    """
    old = catalogue(language)
    new = Catalog(locale=language, domain="django", fuzzy=False, header_comment=_HEADER)
    waiting = 0
    for (context, _singular), places in sayings().items():
        said = next((one for one in places if one.plural is not None), places[0])
        before = old.get(said.id, context)
        kept = before.string if before is not None and before.id == said.id else None
        where = [(place, 0) for place in dict.fromkeys(one.place for one in places)]
        entry = new.add(said.id, kept, locations=where, context=context)
        waiting += not _is_translated(entry)
    _po(language).parent.mkdir(parents=True, exist_ok=True)
    with _po(language).open("wb") as file:
        write_po(file, new, width=98, include_lineno=False, omit_header=False)
    _drop_dates(_po(language))
    return waiting


def problems(language: str) -> list[str]:
    """What keeps a catalogue from being complete, a line each; nothing where it is."""
    entries = {(entry.context, _key(entry)): entry for entry in catalogue(language) if entry.id}
    said = sayings()
    found = [
        f"missing: {singular!r}"
        for context, singular in said
        if (context, singular) not in entries
    ]
    found += [f"no longer said: {key[1]!r}" for key in entries if key not in said]
    for key, entry in entries.items():
        if key in said:
            found += _faults(entry)
    return found


def compile_stale() -> list[str]:
    """Compile each catalogue that is newer than what was compiled from it; which these were."""
    done = []
    for language in languages():
        source, target = _po(language), _po(language).with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        part = target.with_suffix(f".{os.getpid()}")
        with part.open("wb") as file:
            write_mo(file, catalogue(language))
        part.replace(target)
        done.append(language)
    return done


def _sources() -> Iterator[Path]:
    for package in PACKAGES:
        for path in (ROOT / package).rglob("*.py"):
            if "migrations" not in path.parts:
                yield path
        yield from (ROOT / package).rglob("templates/**/*.html")


def _in_python(path: Path) -> Iterator[Said]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    known = _imported(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute):
            name = node.func.id if isinstance(node.func, ast.Name) else node.func.attr
            name = known.get(name, name)
            texts = [arg.value for arg in node.args if isinstance(arg, ast.Constant)]
            yield from _said(name, [text for text in texts if isinstance(text, str)], path)


def _imported(tree: ast.Module) -> dict[str, str]:
    """Under which names a module imported the functions of translation."""
    return {
        alias.asname or alias.name: alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for alias in node.names
    }


def _in_template(path: Path) -> Iterator[Said]:
    source = templatize(path.read_text(encoding="utf-8"), origin=str(path))
    for name, literals in _IN_TEMPLATE.findall(source):
        texts = [ast.literal_eval(one) for one in re.findall(_LITERAL, literals, re.DOTALL)]
        yield from _said(name, texts, path)


def _said(name: str, texts: list[str], path: Path) -> Iterator[Said]:
    places = _CALLS.get(name)
    if places is None or not texts:
        return
    context, singular, plural = places
    last = max(place for place in places if place is not None)
    if len(texts) > last and texts[singular]:
        yield Said(
            texts[singular],
            None if plural is None else texts[plural],
            None if context is None else texts[context],
            path.relative_to(ROOT).as_posix(),
        )


def _po(language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def _key(entry: Entry) -> str:
    return entry.id[0] if isinstance(entry.id, list | tuple) else entry.id


def _forms(entry: Entry) -> list[str]:
    texts = entry.string if isinstance(entry.string, list | tuple) else [entry.string]
    return [text or "" for text in texts]


def _is_translated(entry: Entry) -> bool:
    return all(_forms(entry))


def _faults(entry: Entry) -> Iterable[str]:
    name = _key(entry)
    if not _is_translated(entry):
        yield f"not translated: {name!r}"
        return
    if entry.fuzzy:
        yield f"uncertain: {name!r}"
    english = entry.id if isinstance(entry.id, list | tuple) else [entry.id]
    allowed = set().union(*(_parts(text) for text in english))
    needed = _parts(english[-1])
    for form in _forms(entry):
        parts = _parts(form)
        # A form for one or two things may leave the number out, never anything else.
        if not parts <= allowed or (needed - parts and len(english) == 1):
            yield f"other placeholders: {name!r} in {form!r}"
        if form != form.strip() and name == name.strip():
            yield f"blanks around: {name!r}"


def _parts(text: str) -> set[str]:
    """The placeholders of a text, `%(name)s` and `{name}`."""
    named = set(_NAMED.findall(text))
    with contextlib.suppress(ValueError):  # braces that are no placeholder
        named |= {f"{{{field}}}" for _l, field, _f, _c in Formatter().parse(text) if field}
    return named


def _drop_dates(path: Path) -> None:
    """Take what differs from day to day out of the header: the same texts are the same file."""
    changing = (
        "POT-Cre",
        "PO-Rev",
        "Last-Tr",
        "Language-Team",
        "Project-Id",
        "Report-",
        "Generated",
    )
    lines = path.read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if not line.startswith(tuple(f'"{one}' for one in changing))]
    path.write_text("\n".join(kept).rstrip() + "\n", encoding="utf-8")
