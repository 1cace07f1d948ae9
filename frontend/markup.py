"""Markdown to clean HTML: HTML in it is shown as text, unknown tags and links fall away."""

from __future__ import annotations

import itertools
import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

import nh3
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from markdown_it import MarkdownIt
from markdown_it.token import Token

from frontend.addresses import is_twinned

_MARKDOWN = MarkdownIt("commonmark", {"html": False, "typographer": False}).enable("table")
_TAGS = frozenset(
    [
        "a",
        "blockquote",
        "br",
        "code",
        "em",
        "h1",
        "h2",
        "h3",
        "h4",
        "hr",
        "li",
        "ol",
        "p",
        "pre",
        "strong",
        "table",
        "tbody",
        "td",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
_ATTRIBUTES = {
    "a": {"href", "rel"},
    **{heading: {"id"} for heading in ("h1", "h2", "h3", "h4")},
    "ol": {"start"},
    "pre": {"tabindex"},
    "table": {"class", "role"},
    "thead": {"role"},
    "tbody": {"role"},
    "tr": {"role"},
    "th": {"role", "scope"},
    "td": {"role", "data-label"},
}
_ROLES = {
    "table_open": {"class": "tbl", "role": "table"},
    "thead_open": {"role": "rowgroup"},
    "tbody_open": {"role": "rowgroup"},
    "tr_open": {"role": "row"},
    "th_open": {"role": "columnheader", "scope": "col"},
    "td_open": {"role": "cell"},
}


@dataclass(frozen=True)
class Heading:
    """A second-level heading and the anchor that it can be reached at."""

    anchor: str
    text: str


@dataclass(frozen=True)
class Document:
    """One document: its title, its parts, and its body as clean HTML."""

    key: str
    title: str
    headings: tuple[Heading, ...]
    body: SafeString


def rendered(key: str, text: str, known: frozenset[str]) -> Document:
    """The document of a key from its Markdown.

    `known` are the keys of all documents, so that links between their files become links between
    their pages.
    """
    tokens = _MARKDOWN.parse(text)
    title, headings = _anchored(key, tokens)
    _label_tables(tokens)
    for token in tokens:
        if token.type in ("fence", "code_block"):
            token.type = "code_block"  # a fence puts its attributes on the inner element
            token.attrSet("tabindex", "0")  # wide code is scrolled with the keyboard
        for child in token.children or ():
            if child.type == "link_open":
                _lead(child, key, known)
    html = nh3.clean(
        _MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {}),
        tags=set(_TAGS),
        attributes=_ATTRIBUTES,
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
    )
    # nh3 has just reduced it to the tags and attributes above.
    return Document(key, title, headings, mark_safe(html))  # noqa: S308 - see the line above


def _anchored(key: str, tokens: list[Token]) -> tuple[str, tuple[Heading, ...]]:
    """Give each heading an anchor of its own; the title and the second-level headings."""
    title = key.rpartition("/")[2]
    headings: list[Heading] = []
    taken: set[str] = set()
    for token, inline in _headings(tokens):
        words = _plain(inline)
        anchor = slugify(words, allow_unicode=True) or "part"
        if anchor in taken:
            anchor = f"{anchor}-{len(taken)}"
        taken.add(anchor)
        token.attrSet("id", anchor)
        if token.tag == "h1":
            title = words
        elif token.tag == "h2":
            headings.append(Heading(anchor, words))
    return title, tuple(headings)


def _headings(tokens: list[Token]) -> Iterator[tuple[Token, Token]]:
    """Each heading with the token that holds its words."""
    for token, inline in itertools.pairwise(tokens):
        if token.type == "heading_open":
            yield token, inline


def _plain(inline: Token) -> str:
    """The words of a line without its marks."""
    return "".join(child.content for child in inline.children or ())


def _label_tables(tokens: list[Token]) -> None:
    """Give tables their roles and each cell its column's name: on a phone they become blocks."""
    columns: list[str] = []
    place = 0
    for token, inline in zip(tokens, [*tokens[1:], Token("", "", 0)], strict=True):
        for name, value in _ROLES.get(token.type, {}).items():
            token.attrSet(name, value)
        if token.type == "table_open":
            columns = []
        elif token.type == "tr_open":
            place = 0
        elif token.type == "th_open":
            columns.append(_plain(inline))
        elif token.type == "td_open":
            token.attrSet("data-label", columns[place])
            place += 1
        if token.type in ("th_open", "td_open"):
            token.attrs.pop("style", None)


def _lead(link: Token, key: str, known: frozenset[str]) -> None:
    """Make a link between files a link between pages; a link to no document leads nowhere.

    Addresses stay relative, so that the same body serves every language.
    """
    parts = urlsplit(str(link.attrGet("href") or ""))
    if parts.scheme in ("http", "https"):
        link.attrSet("rel", "noreferrer")
    elif parts.path.startswith("/") and not parts.netloc and is_twinned(parts.path):
        address = posixpath.relpath(parts.path, f"/docs/{key}")
        link.attrSet("href", address + "/" + (f"#{parts.fragment}" if parts.fragment else ""))
    elif not parts.scheme and parts.path.endswith(".md"):
        target = posixpath.normpath(posixpath.join(posixpath.dirname(key), parts.path[:-3]))
        fragment = f"#{parts.fragment}" if parts.fragment else ""
        if target in known:
            link.attrSet("href", posixpath.relpath(target, key) + "/" + fragment)
        else:
            link.attrs.pop("href", None)
