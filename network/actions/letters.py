"""Letters: what a mail says, once, as text and as HTML."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from unicodedata import bidirectional

from babel import Locale
from babel.dates import format_date
from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

_MARKS = {"L": "\N{LEFT-TO-RIGHT MARK}", "R": "\N{RIGHT-TO-LEFT MARK}"}
_FIRST, _POP = "\N{FIRST STRONG ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"


def directed(line: str) -> str:
    """A line of plain text that programs show in the direction of the present language.

    They go by its first letter: a sentence that begins with a name in another script would be
    shown back to front. A line without a letter of the language's direction stays as it is.
    """
    sides = _sides(line)
    return _MARKS[_wanted()] + line if _wanted() in sides and sides[0] != _wanted() else line


def isolated(words: Mapping[str, Any]) -> dict[str, Any]:
    """What is put into a sentence, each in its own direction where that is not the language's.

    So a full stop or a question mark of a name does not wander to its other end.
    """
    return {name: _isolated(one) if isinstance(one, str) else one for name, one in words.items()}


def is_foreign(text: str) -> bool:
    """Whether a text has letters, and none of the present language's direction."""
    sides = _sides(text)
    return bool(sides) and _wanted() not in sides


def written_day(day: dt.date) -> str:
    """A day in words of the present language; English writes days as the pages do."""
    code = translation.get_language() or "en"
    locale = Locale.parse("en-GB" if code == "en" else code, sep="-")
    return format_date(day, "long", locale=locale)


def _isolated(text: str) -> str:
    """An isolate ends with its line."""
    lines = text.split("\n")
    if _wanted() in _sides(text)[:1] or not _sides(text):
        return text
    return "\n".join(f"{_FIRST}{line}{_POP}" for line in lines)


def _wanted() -> str:
    return "R" if translation.get_language_bidi() else "L"


def _sides(text: str) -> list[str]:
    """L or R for each letter that has a direction of its own, in order."""
    sides = {"L": "L", "R": "R", "AL": "R"}
    return [sides[kind] for letter in text if (kind := bidirectional(letter)) in sides]


@dataclass(frozen=True, slots=True)
class WrittenLetter:
    """A letter in one language, ready to be sent."""

    subject: str
    text: str
    html: str


@dataclass(frozen=True, slots=True)
class Item:
    """One thing of several that a letter tells: a heading, lines, words of a source, its address.

    `place` stands before the heading; it may be in another script, and so may `quote`, which keeps
    its own language and direction. `source` is shown as a link where it is one.
    """

    place: str
    heading: str
    lines: tuple[str, ...] = ()
    quote: str = ""
    quote_language: str = ""
    quote_direction: str = "auto"
    source: str = ""

    @property
    def colon(self) -> str:
        """What stands between place and heading, in the present language."""
        return pgettext("after a label", ": ") if self.place else ""

    @property
    def title(self) -> str:
        """Place and heading on one line."""
        return f"{self.place}{self.colon}{self.heading}"

    @property
    def has_link(self) -> bool:
        """Whether the source is an address of the web."""
        return self.source.startswith(("https://", "http://"))

    def as_text(self) -> str:
        """Line by line, the heading first."""
        quote = f"\N{LEFT DOUBLE QUOTATION MARK}{self.quote}\N{RIGHT DOUBLE QUOTATION MARK}"
        lines = (f"* {self.title}", *self.lines, quote if self.quote else "", self.source)
        return "\n".join(line for line in lines if line)


@dataclass(frozen=True, slots=True)
class Letter:
    """A subject, paragraphs, items, and at most one link to a page with one button.

    Nothing that a link opens acts on being opened: mail scanners open every link. `end` leads to
    the page that ends mails of this kind, where somebody asked for them.
    `sender` stands at the end instead of the usual words, where answers do not come back to this
    site.
    """

    subject: str
    paragraphs: tuple[str, ...]
    link: str = ""
    label: str = ""
    items: tuple[Item, ...] = ()
    after: tuple[str, ...] = ()
    end: str = ""
    end_label: str = ""
    sender: str = ""

    @staticmethod
    def written(compose: Callable[[], Letter], language: str) -> WrittenLetter:
        """What `compose` gives while this language is spoken, as text and as HTML."""
        with translation.override(language):
            letter = compose()
            text = "\n".join(directed(line) for line in letter.as_text().split("\n"))
            return WrittenLetter(directed(letter.subject), text, letter.as_html())

    def as_text(self) -> str:
        """Paragraphs, the link on a line of its own, and who sends it."""
        parts = [*self.paragraphs, *(item.as_text() for item in self.items), *self.after]
        if self.link:
            parts.append(f"{self.label}\n{self.link}")
        if self.end:
            parts.append(f"{self.end_label}\n{self.end}")
        return "\n\n".join([*parts, f"-- \n{self._sender()}"]) + "\n"

    def as_html(self) -> str:
        """The same for programs that show HTML; no picture, nothing from elsewhere."""
        return render_to_string(
            "network/letter.html",
            {
                "letter": self,
                "paragraphs": [(one, is_foreign(one)) for one in self.paragraphs],
                "sender": self._sender(),
                "language": translation.get_language(),
                "direction": "rtl" if translation.get_language_bidi() else "ltr",
            },
        )

    def _sender(self) -> str:
        if self.sender:
            return self.sender
        name = settings.NODE_NAME or settings.PUBLIC_ORIGIN
        return _("Sent by %(name)s. Nobody reads answers to this address.") % {"name": name}
