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

# Documents are written in this language; some are translated from it.
ORIGINAL = "en"

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
    """One document: its title, its parts, and its body as clean HTML.

    `anchors` has the tag and anchor of every heading; `language` is the code of the language it is
    written in; `is_older` says of a translation that the English page has changed since.
    """

    key: str
    title: str
    headings: tuple[Heading, ...]
    body: SafeString
    anchors: tuple[tuple[str, str], ...] = ()
    language: str = ORIGINAL
    is_older: bool = False


def parsed(text: str) -> list[Token]:
    """The tokens of a document's Markdown."""
    return _MARKDOWN.parse(text)


def rendered(
    key: str, text: str, known: frozenset[str], original: Document | None = None
) -> Document:
    """The document of a key from its Markdown.

    `known` are the keys of all documents, so that links between their files become links between
    their pages. A translation takes the anchors of its `original`, where the headings are the same
    ones, so that a link to a part holds in every language.
    """
    tokens = parsed(text)
    anchors = _anchors(tokens)
    if original is not None and _tags(original.anchors) == _tags(anchors):
        anchors = original.anchors
    title, headings = _anchored(key, tokens, anchors)
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
    body = mark_safe(html)  # noqa: S308 - see the line above
    return Document(key, title, headings, body, anchors)


def _anchors(tokens: list[Token]) -> tuple[tuple[str, str], ...]:
    """The tag of each heading, and an anchor of its own."""
    taken: dict[str, str] = {}
    for token, inline in _headings(tokens):
        anchor = slugify(_plain(inline), allow_unicode=True) or "part"
        if anchor in taken:
            anchor = f"{anchor}-{len(taken)}"
        taken[anchor] = token.tag
    return tuple((tag, anchor) for anchor, tag in taken.items())


def _tags(anchors: tuple[tuple[str, str], ...]) -> list[str]:
    return [tag for tag, _anchor in anchors]


def _anchored(
    key: str, tokens: list[Token], anchors: tuple[tuple[str, str], ...]
) -> tuple[str, tuple[Heading, ...]]:
    """Give each heading its anchor; the title and the second-level headings."""
    title = key.rpartition("/")[2]
    headings: list[Heading] = []
    for (token, inline), (_tag, anchor) in zip(_headings(tokens), anchors, strict=True):
        words = _plain(inline)
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
