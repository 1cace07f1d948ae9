"""When its time is over nothing is left of what somebody said, in no cell and in no file."""

from __future__ import annotations

import base64
import os
import time

import pytest
from django.conf import settings as configured
from django.db import connection, connections
from django.utils import timezone

from network.models import Person
from network.project.backup.database import one_moment
from network.project.purging import purge_everything
from network.tenancy import Purpose, Via, acting, system
from tests.cast import make_cast
from tests.messaging.planting import PLANTERS
from tests.messaging.talking import channel, say, text_file
from tests.network.members import later

AGE = 100


@pytest.fixture
def place(committed, settings, tmp_path):
    """A data directory of the test's own, in which all is committed as a node does it."""
    settings.FILES_DIR = settings.DATA_DIR = tmp_path
    settings.EMAIL_FILE_PATH = tmp_path / "mail"
    settings.MESSAGE_BURST = 10_000
    return tmp_path


def forms_of(word):
    """A word as bytes, as it could lie in a database or a file."""
    plain = word.encode()
    # In base64 three ways, by where it begins; the ends hang on what stands beside it.
    coded = [base64.b64encode(b"\0" * pad + plain)[4 if pad else 0 : -4] for pad in (0, 1, 2)]
    return [plain, word.encode("utf-16-le"), plain.hex().encode(), *coded]


def cells():
    """Every value of every table that the database has, whoever it belongs to, as bytes."""
    with one_moment() as alias, connections[alias].cursor() as cursor:
        quote = connections[alias].ops.quote_name
        for table in connections[alias].introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {quote(table)}")
            for row in cursor.fetchall():
                for value in row:
                    is_raw = isinstance(value, bytes | memoryview)
                    yield table, bytes(value) if is_raw else str(value).encode()


def left_in_tables(words):
    """In which tables which words are."""
    forms = {word: forms_of(word) for word in words}
    return {
        (table, word)
        for table, value in cells()
        for word, ways in forms.items()
        if any(way in value for way in ways)
    }


def left_in_files(words, folder):
    """In which files of a node which words are: its database too, where that is a file."""
    found = set()
    for path in folder.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            found |= {
                (str(path.relative_to(folder)), word)
                for word in words
                if any(way in content for way in forms_of(word))
            }
    return found


def grow_old(folder, monkeypatch):
    """Let so many days pass, for rows and for files."""
    later(monkeypatch, days=AGE)
    moment = time.time() - AGE * 24 * 3600
    for path in folder.rglob("*"):
        if path.is_file() and "sqlite3" not in path.name:
            os.utime(path, (moment, moment))


def test_zero_bytes_of_what_was_said_are_left_when_its_time_is_over(place, monkeypatch):
    with acting(system(Purpose.OPERATOR)) as operator:
        cast = make_cast(operator)
        # Whose second step is due long after would have no messages any more.
        Person.objects.update(second_factor_since=timezone.now())
    conversation = channel(cast)
    words = {planter: f"zq{planter.__name__.replace('_', '')}" for planter in PLANTERS}
    for planter, word in words.items():
        planter(cast, conversation, word)

    # All of it is found by the same looks, so that finding nothing later says something.
    found = left_in_tables(words.values()) | left_in_files(words.values(), place)
    assert {word for _where, word in found} == set(words.values())
    tables = {where for where, _word in found}
    assert {"messaging_event", "messaging_attachment", "messaging_participant"} <= tables
    assert any(where.startswith("attachments/") for where in tables)
    assert (connection.vendor == "sqlite") == any("sqlite3" in where for where in tables)

    with monkeypatch.context() as time_passed:
        grow_old(place, time_passed)
        purge_everything(Via.WORKER)
    assert left_in_tables(words.values()) == set()
    assert left_in_files(words.values(), place) == set()
    # The conversation goes on, and what is young stays.
    first = say(cast.actor("omar"), conversation, "zqyoung", files=(text_file("zqyoung"),))
    purge_everything(Via.WORKER)
    assert {table for table, _word in left_in_tables(["zqyoung"])} == {
        "messaging_event",
        "messaging_attachment",
        "messaging_messageword",
    }
    assert say(cast.actor("chiara"), conversation, "Hello").seq == first.seq + 1


@pytest.mark.skipif(configured.HAS_OWNER_ROLE, reason="PostgreSQL keeps files of its own")
def test_the_file_of_the_database_is_written_anew_by_a_purge(place):
    """Rows that moved leave copies behind, which `secure_delete` alone does not reach."""
    with acting(system(Purpose.OPERATOR)) as operator:
        make_cast(operator)
    path = place / "committed.sqlite3"
    purge_everything(Via.COMMAND)
    with connection.cursor() as cursor:
        assert cursor.execute("PRAGMA secure_delete").fetchone() == (1,)
        assert cursor.execute("PRAGMA freelist_count").fetchone() == (0,)
    log = path.with_name(f"{path.name}-wal")
    assert not log.exists() or log.stat().st_size == 0
