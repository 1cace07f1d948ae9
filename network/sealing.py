"""Small secrets at rest: sealed with keys that come from SECRET_KEY, and kept by hash with them.

A copy of the database without that key gives none of them away. Whoever loses the key loses what
is sealed: nobody can read it again, and it has to be set up anew. After a change of the key the
old one in SECRET_KEY_FALLBACKS still opens what it has sealed.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.utils.crypto import salted_hmac
from django.utils.encoding import force_str


class Unreadable(Exception):  # noqa: N818 - an answer, not a fault
    """Sealed with a key that this node has no more, or meant for another row."""


def seal(secret: bytes, *, purpose: str) -> str:
    """The secret in a form that only this node reads, and only for the same purpose.

    `purpose` names the row that holds it: copied into another row it cannot be opened.
    """
    return _box(purpose).encrypt(secret).decode("ascii")


def unseal(sealed: str, *, purpose: str) -> bytes:
    """The secret that `seal` was given.

    Raises:
        Unreadable: no key of this node opens it for this purpose.
    """
    try:
        return _box(purpose).decrypt(sealed.encode("ascii"))
    except (InvalidToken, UnicodeEncodeError):
        raise Unreadable(purpose) from None


def keyed_hashes(text: str, *, purpose: str) -> list[bytes]:
    """32 bytes for a text under each key of this node, the present key first.

    New hashes are made with the first; all of them are good for finding an old one.
    """
    return [
        salted_hmac(f"network.sealing {purpose}", text, secret=key, algorithm="sha256").digest()
        for key in _keys()
    ]


def _box(purpose: str) -> MultiFernet:
    return MultiFernet([Fernet(_derived(key, purpose)) for key in _keys()])


def _derived(key: str, purpose: str) -> bytes:
    info = f"network.sealing {purpose}".encode()
    kdf = HKDF(algorithm=SHA256(), length=32, salt=None, info=info)
    return base64.urlsafe_b64encode(kdf.derive(key.encode()))


def _keys() -> Iterator[str]:
    yield force_str(settings.SECRET_KEY)
    yield from map(force_str, settings.SECRET_KEY_FALLBACKS)
