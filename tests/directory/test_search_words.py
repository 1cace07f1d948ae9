"""Words of a text and words a letter apart, whatever the text is."""

# ruff: noqa: RUF001 - names as they are written

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.queries.search.spelling import is_one_letter_off, letters_apart, shortened
from network.words.folding import fold
from network.words.tokens import asked_tokens, runs_of, tokens_of

LETTERS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc",), exclude_characters="\0"), max_size=40
)


@given(LETTERS)
@settings(max_examples=500, deadline=None)
def test_folding_twice_changes_nothing_and_words_find_their_text(text):
    assert fold(fold(text)) == fold(text)
    tokens = set(tokens_of(text))
    assert {token for run in runs_of(text) for token in asked_tokens(run)} <= tokens
    assert tokens == set(tokens_of(fold(text)))
    for token in tokens:
        assert not re.search(r"[\s:%'\"]", token)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("زيارة", "زياره"),
        ("مستشفى", "مستشفي"),
        ("أإآٱا", "ااااا"),
        ("زِيَارَةٌ", "زياره"),
        ("ســـجن", "سجن"),
        ("کتابی", "كتابي"),
        ("ہھے", "ههي"),
        ("٢٤ ۲۴ २४", "24 24 24"),
        ("می\u200cخواهم", "ميخواهم"),
        ("ΑΘΉΝΑΣ", "αθηνασ"),
        ("Ёж", "еж"),
        ("Łódź Ærø", "lodz aero"),
        ("ｶﾞｰﾄﾞ", "ガード"),
    ],
)
def test_letters_that_are_one(text, folded):
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("", []),
        ("L'asile, 127bis!", ["l", "asile", "127bis"]),
        ("BOND外国人", ["bond", "外国", "国人", "人"]),
        ("난민 면회", ["난민", "민", "면회", "회"]),
        ("人", ["人"]),
        ("%_'\"", []),
        ("x" * 99, ["x" * 40]),
    ],
)
def test_the_words_of_a_text(text, tokens):
    assert tokens_of(text) == tokens


WORDS = st.text("abcdé", min_size=1, max_size=6)


@given(WORDS, WORDS)
@settings(max_examples=500, deadline=None)
def test_one_letter_off_is_a_distance_of_one(one, other):
    assert is_one_letter_off(one, other) == (letters_apart(one, other) == 1)


@given(st.text("abcé", min_size=3, max_size=7), st.integers(0, 7), st.sampled_from("abcéx"))
@settings(max_examples=500, deadline=None)
def test_every_word_one_letter_off_shares_a_form(word, place, letter):
    swapped = word[:place] + word[place : place + 2][::-1] + word[place + 2 :]
    for other in (
        word[:place] + word[place + 1 :],
        word[:place] + letter + word[place:],
        word[:place] + letter + word[place + 1 :],
        swapped,
    ):
        if is_one_letter_off(word, other):
            assert (shortened(word) | {word}) & (shortened(other) | {other})


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [("abc", "abc", 0), ("abc", "acb", 1), ("abc", "ab", 1), ("abcd", "badc", 2), ("", "ab", 2)],
)
def test_letters_apart(one, other, apart):
    assert letters_apart(one, other) == apart
    assert letters_apart(other, one) == apart
