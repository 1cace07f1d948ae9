"""Texts that exist in several languages: which one a reader gets, and how it is marked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import get_language

from directory.enums import Claim
from directory.models import Listing, OrganizationCard

SCRIPT_LENGTH = 4
# Scripts that run from right to left: those of BCP 47 script codes, and of languages that are
# usually written in one (CLDR, "characters" of layout/orientation).
RTL_SCRIPTS = frozenset(("Adlm", "Arab", "Hebr", "Mand", "Nkoo", "Rohg", "Samr", "Syrc", "Thaa"))
RTL_LANGUAGES = frozenset(
    ("ar", "arc", "ckb", "dv", "fa", "he", "ks", "nqo", "ps", "sd", "syr", "ug", "ur", "yi")
)


@dataclass(frozen=True, slots=True)
class Text:
    """A text with the language that it is in, empty where that is not known."""

    value: str
    lang: str

    @property
    def dir(self) -> str:
        """The direction of the text: `rtl` or `ltr`, `auto` where the language is not known."""
        return direction(self.lang)


def direction(code: str) -> str:
    """The direction in which a language is written; `auto` for none."""
    if not code:
        return "auto"
    parts = code.lower().split("-")
    scripts = [part.title() for part in parts[1:] if len(part) == SCRIPT_LENGTH]
    if scripts:
        return "rtl" if scripts[0] in RTL_SCRIPTS else "ltr"
    return "rtl" if parts[0] in RTL_LANGUAGES else "ltr"


def pick(texts: Mapping[str, str] | None, own: str = "") -> Text | None:
    """The text in the reader's language, else in `own`, else in English, else the first."""
    found = {code: text for code, text in (texts or {}).items() if text}
    reader = get_language() or "en"
    for code in (reader, reader.split("-")[0], own, "en", *found):
        if code in found:
            return Text(found[code], code)
    return None


def language_of(row: object) -> str:
    """The language of a row's own sentences; empty for an entry that a group wrote itself.

    Sentences of sources carry theirs. A group's short remarks say nothing of their language.
    """
    if isinstance(row, Listing) and row.claim != Claim.UNCLAIMED:
        return ""
    return str(getattr(row, "text_language", "en"))


def is_foreign(code: str) -> bool:
    """Whether a language differs from the page's, so that a text in it must be marked."""
    return code != (get_language() or "en")


def own_name(row: Listing | OrganizationCard) -> Text:
    """The name as its bearer or the source writes it."""
    code = getattr(row, "name_language", "")
    same = (language for language, name in row.names.items() if name == row.name)
    return Text(row.name, code or next(same, ""))


def other_names(row: Listing | OrganizationCard) -> list[Text]:
    """The names in other languages, the reader's first, none that says the same."""
    reader = (get_language() or "en").split("-")[0]
    names = [Text(name, code) for code, name in row.names.items() if name and name != row.name]
    return sorted(names, key=lambda text: (text.lang.split("-")[0] != reader, text.lang))


def reader_name(row: Listing | OrganizationCard) -> Text | None:
    """The name in the reader's language, where there is one and the own name is in another."""
    reader = (get_language() or "en").split("-")[0]
    found = other_names(row)
    if own_name(row).lang.split("-")[0] == reader or not found:
        return None
    return found[0] if found[0].lang.split("-")[0] == reader else None
