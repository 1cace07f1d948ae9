"""What stands on the map, in words: for screen readers, for lists, for pages without pictures."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from directory.models import Country
from directory.queries.map_clusters import Cluster
from directory.queries.map_features import Single
from directory.queries.map_pyramid import Layer
from frontend.templatetags.gazetteer import in_sentence

# One number of each of the forms that languages have, by the names of Unicode's plural rules.
SAMPLES = {"zero": 0, "one": 1, "two": 2, "few": 3, "many": 11, "other": 100}


def apart(name: str) -> str:
    """A name between marks that keep its direction to itself, for plain text."""
    return f"\u2068{name}\u2069"


def _programs(number: int) -> str:
    return ngettext("{number} program", "{number} programs", number)


def _programs_near(number: int) -> str:
    return ngettext("{number} program near {place}", "{number} programs near {place}", number)


def _programs_in(number: int) -> str:
    return ngettext("{number} program in {place}", "{number} programs in {place}", number)


def _programs_somewhere(number: int) -> str:
    return ngettext(
        "{number} program somewhere in {country}",
        "{number} programs somewhere in {country}",
        number,
    )


def _programs_vague(number: int) -> str:
    return ngettext(
        "{number} program whose town is not stated",
        "{number} programs whose town is not stated",
        number,
    )


def _places(number: int) -> str:
    return ngettext("{number} place of detention", "{number} places of detention", number)


def _places_near(number: int) -> str:
    return ngettext(
        "{number} place of detention near {place}",
        "{number} places of detention near {place}",
        number,
    )


def _places_in(number: int) -> str:
    return ngettext(
        "{number} place of detention in {place}", "{number} places of detention in {place}", number
    )


def _places_somewhere(number: int) -> str:
    return ngettext(
        "{number} place of detention somewhere in {country}",
        "{number} places of detention somewhere in {country}",
        number,
    )


def _places_vague(number: int) -> str:
    return ngettext(
        "{number} place of detention whose town is not stated",
        "{number} places of detention whose town is not stated",
        number,
    )


WORDS: dict[Layer, dict[str, Callable[[int], str]]] = {
    Layer.PROGRAMS: {
        "plain": _programs,
        "near": _programs_near,
        "in": _programs_in,
        "somewhere": _programs_somewhere,
        "vague": _programs_vague,
    },
    Layer.FACILITIES: {
        "plain": _places,
        "near": _places_near,
        "in": _places_in,
        "somewhere": _places_somewhere,
        "vague": _places_vague,
    },
}


def cluster_words(layer: Layer, cluster: Cluster, country: Country | None) -> str:
    """What a symbol with a number stands for: "12 programs near Lyon"."""
    form = form_of(cluster.precision, cluster.locality, country, at=cluster.is_one_point)
    return WORDS[layer][form](cluster.count).format(
        number=cluster.count,
        place=apart(cluster.locality),
        country=apart(in_sentence(country)) if country else "",
    )


def form_of(precision: str, locality: str, country: Country | None, *, at: bool) -> str:
    """Which of the sentences fits."""
    if precision == "country":
        return "somewhere" if country else "vague"
    if not locality:
        return "plain"
    return "in" if at else "near"


def single_words(layer: Layer, single: Single, country: Country | None) -> str:
    """What a symbol without a number stands for: its name, and how vague its place is."""
    if single.cluster.precision == "country" and country:
        words = _("{name}, somewhere in {country}")
        return words.format(name=apart(single.name), country=apart(in_sentence(country)))
    if layer == Layer.FACILITIES:
        return _("{name}, place of detention").format(name=apart(single.name))
    return apart(single.name)


def words_for_scripts() -> dict[str, dict[str, dict[str, str]]]:
    """Every sentence in every plural form of the language, for names made in the browser.

    `{layer: {sentence: {plural category: words}}}` with `{number}`, `{place}` and `{country}`.
    """
    return {
        layer.value: {
            form: {category: words(number) for category, number in SAMPLES.items()}
            for form, words in sentences.items()
        }
        for layer, sentences in WORDS.items()
    }
