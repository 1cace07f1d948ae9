"""Languages as people write them: by name in the languages of this site, their own, or by code."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from babel import Locale
from babel.core import UnknownLocaleError
from babel.languages import get_territory_language_info
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from directory.validators import normalise_language
from frontend.templatetags.atlas import language_name

UNKNOWN_LANGUAGE = _(
    "We know no language called %(word)s. Write its name, or its code such as fr."
)
MOST = 30
_OF_COUNTRY = 8
# Spoken by many of the people whom groups visit, wherever they are.
_OFTEN = (
    *("en", "es", "fr", "ar", "fa", "ps", "pt", "ru", "tr", "ku", "ur", "so", "ti", "am", "zh"),
    *("hi", "pa", "bn", "sw", "uk", "ka", "sq", "ta", "vi", "ha", "ht", "ro", "wo", "ckb"),
)
# Names in common use that the tables do not have.
_ALIASES = {
    "bengali": "bn",
    "castellano": "es",
    "farsi": "fa",
    "kurmanji": "ku",
    "mandarin": "zh",
    "sorani": "ckb",
}


def common_languages(country: str) -> list[str]:
    """The codes of at most thirty languages: the most spoken of a country, then those of many."""
    spoken = get_territory_language_info(country)
    most = sorted(spoken, key=lambda code: -float(spoken[code]["population_percent"] or 0))
    own = [code for code in most if "_" not in code and code in Locale("en").languages]
    return list(dict.fromkeys((*own[:_OF_COUNTRY], *_OFTEN)))[:MOST]


def code_of(word: str) -> str:
    """The code of a language that somebody wrote.

    A code in small letters is one; then names count, in the language of the page first.

    Raises:
        ValidationError: `language`, where it is neither.
    """
    word = " ".join(word.split())
    if word in Locale("en").languages:
        return normalise_language(word)
    found = codes_by_name(get_language() or "en").get(word.casefold())
    return found or normalise_language(word)


def read_words(text: str) -> list[str]:
    """The words between commas, each once."""
    words = text.replace("،", ",").replace("、", ",").replace(";", ",").replace("\n", ",")
    return list(dict.fromkeys(word for part in words.split(",") if (word := part.strip())))


def name_of(code: str) -> str:
    """The name of a language on this page; one of its own, such as Dari, where it has one."""
    names = Locale.parse(get_language() or "en", sep="-").languages
    return str(names.get(code.replace("-", "_")) or language_name(code))


def written(codes: Iterable[str]) -> str:
    """Languages as a box shows them, so that reading them gives the same codes."""
    return ", ".join(_written(str(code)) for code in codes)


@lru_cache(maxsize=8)
def codes_by_name(page: str) -> dict[str, str]:
    """The codes of languages by their names in small letters: on the page, here, and their own."""
    found: dict[str, str] = {}
    for speaker in dict.fromkeys((page, "en", *dict(settings.LANGUAGES))):
        for code, name in Locale.parse(speaker, sep="-").languages.items():
            found.setdefault(name.casefold(), code.replace("_", "-"))
    for code in list(Locale("en").languages):
        try:
            own = Locale.parse(code).get_display_name()
        except (UnknownLocaleError, ValueError):
            continue
        if own:
            found.setdefault(own.casefold(), code.replace("_", "-"))
    return {**_ALIASES, **found}


def _written(code: str) -> str:
    name = name_of(code)
    if len(read_words(name)) != 1:
        return code
    try:
        return name if code_of(name) == code else code
    except ValidationError:
        return code
