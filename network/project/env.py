"""Strict small readers of the environment.

Each reads NAME, or the file that NAME_FILE names. An odd value stops the start with one line that
says what to write instead.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit


class BadSetting(SystemExit):
    """One line for whoever starts the server, and the exit code 1."""

    def __init__(self, name: str, advice: str) -> None:
        """Name the setting and say what to write."""
        super().__init__(f"{name}: {advice}")


def text(name: str, default: str = "") -> str:
    """The value of NAME, or the trimmed content of the file that NAME_FILE names."""
    path = os.environ.get(f"{name}_FILE")
    if not path:
        return os.environ.get(name, default)
    if name in os.environ:
        raise BadSetting(name, f"write {name} or {name}_FILE, not both")
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise BadSetting(f"{name}_FILE", f"{path} cannot be read ({error.strerror})") from error


def flag(name: str, default: bool = False) -> bool:
    """Whether NAME is on: `1` or `0`."""
    value = text(name, "1" if default else "0")
    if value not in ("0", "1"):
        raise BadSetting(name, f"write 1 or 0, not {value!r}")
    return value == "1"


def number(name: str, default: int, low: int, high: int) -> int:
    """The whole number in NAME, between `low` and `high`."""
    value = text(name, str(default))
    if not value.isascii() or not value.isdigit() or not low <= int(value) <= high:
        raise BadSetting(name, f"write a whole number from {low} to {high}, not {value!r}")
    return int(value)


def words(name: str, default: str = "") -> list[str]:
    """The comma-separated words in NAME, without blanks."""
    return [word for word in (part.strip() for part in text(name, default).split(",")) if word]


def origin(name: str, default: str) -> str:
    """The scheme, host and port in NAME, without a path."""
    value = text(name, default).rstrip("/")
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path or parts.query:
        raise BadSetting(name, f"write an origin such as https://visits.example, not {value!r}")
    return value


def postgres(name: str) -> dict[str, Any] | None:
    """Django's settings for the PostgreSQL address in NAME; nothing where it is absent."""
    value = text(name)
    if not value:
        return None
    try:
        parts = urlsplit(value)
        port = parts.port
    except ValueError:
        raise _bad_database(name) from None
    database = unquote(parts.path.lstrip("/"))
    if parts.scheme not in ("postgres", "postgresql") or not database or parts.query:
        raise _bad_database(name)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": database,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(port or ""),
    }


def redis(name: str) -> str:
    """The Redis address in NAME, or an empty text where it is absent."""
    value = text(name)
    if value and urlsplit(value).scheme not in ("redis", "rediss", "unix"):
        raise BadSetting(name, "write an address such as redis://localhost:6379/0")
    return value


def mail(name: str) -> dict[str, Any]:
    """How the relay in NAME is reached, as Django's settings name it; nothing where it is absent.

    `smtps://` speaks TLS from the first byte, `smtp+tls://` begins it, `smtp://` has none.
    """
    value = text(name)
    if not value:
        return {}
    try:
        parts = urlsplit(value)
        port = parts.port
    except ValueError:
        raise _bad_mail(name) from None
    ports = {"smtp": 25, "smtps": 465, "smtp+tls": 587}
    if parts.scheme not in ports or not parts.hostname or parts.path not in ("", "/"):
        raise _bad_mail(name)
    return {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "HOST": parts.hostname,
        "PORT": port or ports[parts.scheme],
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "USE_SSL": parts.scheme == "smtps",
        "USE_TLS": parts.scheme == "smtp+tls",
    }


def _bad_mail(name: str) -> BadSetting:
    return BadSetting(name, "write an address such as smtp+tls://user:password@host:587")


def _bad_database(name: str) -> BadSetting:
    return BadSetting(name, "write an address such as postgresql://user:password@host:5432/name")
