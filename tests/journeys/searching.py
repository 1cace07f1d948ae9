"""Everything that a served site has written, by the place where it stands, to be searched."""

from __future__ import annotations

import base64
import binascii
import json
import sqlite3
import zlib
from pathlib import Path

import psycopg

BARE = "network.sqlite3"


def tables(site, only=None):
    """All rows of all tables as text, by the table, or of one; as the owner of PostgreSQL sees.

    The owner lifts row security in a transaction that is taken back: nothing is hidden from the
    search.
    """
    owner = site.environment.get("DATABASE_OWNER_URL")
    if not owner:
        return _of_sqlite(site.data_dir / BARE, only)
    with psycopg.connect(owner) as connection:
        names = connection.execute(
            "SELECT relname, relforcerowsecurity FROM pg_class "
            "WHERE relkind IN ('r', 'm') AND relnamespace = 'public'::regnamespace"
        ).fetchall()
        found = {}
        for name, is_forced in names:
            if only not in (None, name):
                continue
            if is_forced:
                connection.execute(f'ALTER TABLE "{name}" NO FORCE ROW LEVEL SECURITY')
            rows = connection.execute(f'SELECT one::text FROM "{name}" AS one')
            found[name] = "\n".join(row[0] for row in rows)
        connection.rollback()
    return found


def _of_sqlite(path, only):
    connection = sqlite3.connect(path)
    try:
        names = connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table'"
        ).fetchall()
        return {
            name: "\n".join(repr(row) for row in connection.execute(f'SELECT * FROM "{name}"'))
            for (name,) in names
            if only in (None, name)
        }
    finally:
        connection.close()


def all_sent(site):
    """Whether no mail waits."""
    name = "network_outgoingmail"
    return not tables(site, name)[name]


def everything(site, *folders):
    """Each place and its content: tables, files of the data directory and folders, the log.

    A file of the database stands as the bytes that it is, so that what was deleted and not wiped
    is found. Mails and files of groups stand under the name of their folder.
    """
    found = {name: text.encode() for name, text in tables(site).items()}
    found["network_session"] += b"\n".join(_opened(found["network_session"].decode()))
    for folder in (site.data_dir, *folders):
        for path in folder.rglob("*"):
            if path.is_file():
                place = str(_place(folder, path))
                found[place] = found.get(place, b"") + b"\n" + path.read_bytes()
    found["log"] = site.output.read_bytes()
    return found


def _place(folder: Path, path: Path):
    inner = path.relative_to(folder)
    top = inner.parts[0]
    if top in ("mail", "uploads") or top.startswith(BARE):
        return f"{folder.name}/{top}"
    return f"{folder.name}/{inner}"


def _opened(text):
    """What sessions hold, which Django squeezes and signs but does not hide."""
    for word in text.replace("'", " ").replace(",", " ").split():
        part = word.removeprefix(".").split(":")[0]
        if len(part) > 20:
            try:
                raw = base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))
                yield zlib.decompress(raw) if word.startswith(".") else raw
            except (binascii.Error, zlib.error, ValueError):
                continue


def places_of(mark, found):
    """Where a mark stands: as it is, as JSON escapes it, in hexadecimal, or in base64."""
    raw = mark if isinstance(mark, bytes) else mark.encode()
    forms = {raw, raw.hex().encode(), *_in_base64(raw)}
    if isinstance(mark, str):
        forms.add(json.dumps(mark)[1:-1].encode())
    return {place for place, content in found.items() if any(form in content for form in forms)}


def _in_base64(raw):
    """The middle of it in base64, at each of the three places where it may begin."""
    for before in range(3):
        coded = base64.b64encode(b"\0" * before + raw)
        inner = coded[4 if before else 0 : -4]
        if len(inner) >= 8:
            yield inner
