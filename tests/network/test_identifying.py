"""Signs by which somebody in detention could be recognised."""

from __future__ import annotations

import csv
import json
import re._constants as codes
import re._parser as parser
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from network.identifying import (
    CODE,
    Kind,
    folded,
    is_question,
    kinds_found,
    require_looked_at,
    signs_in,
    validate_looked_at,
)
from network.identifying_words import PATTERNS
from tests.network.identified import HARMLESS, HITS

MOST_STEPS = 400


def _numbered(texts: Any) -> Any:
    return [pytest.param(*text, id=f"{number}") for number, text in enumerate(texts)]


@pytest.mark.parametrize(("kind", "text"), _numbered(HITS))
def test_what_could_identify(kind, text):
    assert Kind(kind) in kinds_found(text)
    assert Kind(kind) in kinds_found(f"We visit every week.\n{text}\nWrite to us.")


@pytest.mark.parametrize("text", _numbered((one,) for one in HARMLESS))
def test_what_only_looks_so(text):
    assert not kinds_found(text)


def test_the_tables_are_large_enough():
    assert len(HITS) >= 60
    assert len(HARMLESS) >= 80
    assert {kind for kind, _text in HITS} == set(Kind.values)
    assert set(PATTERNS) == set(Kind.values)


def test_the_line_is_told_and_the_text_is_not():
    text = "We visit.\r\n\r\nHis passport number is AB1234567, born 12.03.1990"
    assert [(sign.kind, sign.line) for sign in signs_in(text)] == [
        (Kind.PASSPORT, 3),
        (Kind.BIRTH, 3),
    ]
    with pytest.raises(ValidationError) as found:
        require_looked_at({"contact": {"note": text}, "names": {"en": "Us"}}, has_looked=False)
    assert is_question(found.value)
    [(field, [message])] = found.value.message_dict.items()
    assert field == "contact.note"
    assert "the number of a passport (line 3), a date of birth (line 3)" in message
    assert "1234567" not in repr(found.value.__dict__)
    assert "1990" not in repr(found.value.__dict__)


def test_lists_and_what_lies_in_them_are_read():
    values = {"items_barred": ["knives", "A123456789"], "facilities": [{"name": "NIE X1234567L"}]}
    with pytest.raises(ValidationError) as found:
        require_looked_at(values, has_looked=False)
    assert set(found.value.message_dict) == set(values)
    require_looked_at(values, has_looked=True)
    require_looked_at({"population": 123456789, "website": None}, has_looked=False)


def test_who_has_looked_is_not_asked():
    with pytest.raises(ValidationError) as found:
        validate_looked_at("A123456789", has_looked=False)
    assert found.value.code == CODE
    validate_looked_at("A123456789", has_looked=True)
    assert not is_question(ValidationError("no", code="long"))


def test_the_question_is_asked_in_the_readers_language():
    with pytest.raises(ValidationError) as found:
        validate_looked_at("A123456789", has_looked=False)
    # Written when it is read: the page may speak another language than the action did.
    with translation.override("en"):
        assert "an A-number (line 1)" in found.value.messages[0]


@pytest.mark.parametrize(
    ("raw", "plain"),
    [
        ("٠١٢۳۴۵", "012345"),
        ("\uff11\uff12", "12"),
        ("1\u200b2\u200d3\u00ad4", "1234"),
        ("né(e) à", "ne(e) a"),
        ("رَقْمُ القَيْدِ", "رقم القيد"),
        ("أحمـــد إقامة", "احمد اقامه"),
        ("a\u2013b\u00a0c\td", "a-b c d"),
        ("one\r\ntwo\rthree", "one\ntwo\nthree"),
        ("n\u00ba 5", "no 5"),
    ],
)
def test_texts_are_read_as_one_script(raw, plain):
    assert folded(raw) == plain


def test_nothing_of_the_sample_is_warned_of(request):
    """The rate of false alarms on the data that the product comes with: none."""
    folder = request.config.rootpath / "directory" / "sample"
    cells = [
        cell
        for path in sorted(folder.glob("*.csv"))
        for row in csv.reader(path.open(encoding="utf-8", newline=""))
        for cell in row
        if cell
    ]
    profiles = json.loads((folder / "profiles_multilingual.json").read_text(encoding="utf-8"))
    cells += [text for one in profiles for text in one.values() if isinstance(text, str)]
    assert len(cells) > 20_000
    assert [cell for cell in cells if kinds_found(cell)] == []


@pytest.mark.parametrize(
    "pattern",
    [
        pytest.param(one, id=f"{kind}-{number}")
        for kind, patterns in PATTERNS.items()
        for number, one in enumerate(patterns)
    ],
)
def test_no_text_makes_a_pattern_slow(pattern):
    """By structure: every repetition ends, and those within others can match only a few times."""
    for depth, most in _repetitions(parser.parse(pattern.pattern, pattern.flags)):
        assert most != codes.MAXREPEAT, "without an end"
        assert depth <= MOST_STEPS, "repetitions within repetitions"


def _repetitions(part: Any, before: int = 1) -> Iterator[tuple[int, int]]:
    """Each repetition: how often it can be entered at most together with those around it."""
    for name, value in part:
        if name in (codes.MAX_REPEAT, codes.MIN_REPEAT):
            _least, most, inner = value
            yield before * most, most
            yield from _repetitions(inner, before * most)
        else:
            for inner in _inside(value):
                yield from _repetitions(inner, before)


def _inside(value: Any) -> Iterator[Any]:
    if isinstance(value, parser.SubPattern):
        yield value
    elif isinstance(value, tuple | list):
        for one in value:
            yield from _inside(one)
