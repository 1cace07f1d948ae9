"""The form in which secrets of links are kept."""

from hashlib import sha256

import pytest

from network.links import hash_of


def test_it_is_the_hash_that_rows_hold_already():
    assert hash_of("a-Token_1") == sha256(b"a-Token_1").hexdigest()


@pytest.mark.parametrize("token", ["\ud800", "", "é", "\x00"], ids=["half", "none", "é", "nul"])
def test_whatever_is_asked_for_has_one(token):
    assert len(hash_of(token)) == 64
