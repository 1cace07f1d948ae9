"""Secrets that stand in links and in other people's software: kept as a hash alone."""

from __future__ import annotations

from hashlib import sha256


def hash_of(token: str) -> str:
    """The form in which the secret of a link or a token is kept: 64 hexadecimal digits.

    Its 256 random bits need no salt and no slow hash. What is asked for may be any text, halves
    of characters among it: it is then the hash of nothing that was ever given out.
    """
    return sha256(token.encode(errors="replace")).hexdigest()
