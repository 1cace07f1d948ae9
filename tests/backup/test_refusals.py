"""What a restore refuses, and that nothing has changed then."""

import hashlib
import json
import zipfile

import psycopg
import pytest
from django.core.management.base import CommandError
from django.db import connection, connections

from network.models import Person
from network.project.backup import database
from network.project.lock import BeingRestored, at_work, nobody_else
from network.tenancy import Purpose, acting, system
from network.uploads.storage import UPLOADS
from tests.backup.commands import everything, run
from tests.uploaded import files_of

PEOPLE = "rows/network.Person.jsonl"


def altered(path, target, **changes):
    """A copy of an archive in which parts were changed; `None` takes one out."""
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            kind = name.partition("/")[0].partition(".")[0] if name != PEOPLE else "people"
            content = changes.get(kind, lambda same: same)(old.read(name))
            if content is not None:
                new.writestr(name, content)
    return target


def in_manifest(change):
    def changed(content):
        manifest = json.loads(content)
        change(manifest)
        return json.dumps(manifest).encode()

    return changed


def twice(rows):
    return rows + rows.splitlines(keepends=True)[0]


def refused(path, words, *more):
    """It says so in one line, and no row or file is another than before."""
    before, files = everything(), files_of(UPLOADS)
    with pytest.raises(CommandError, match=words) as found:
        run("restore", path, *(more or ["--replace"]))
    assert "\n" not in str(found.value)
    assert everything() == before
    assert files_of(UPLOADS) == files


def test_what_is_not_as_it_should_be_changes_nothing(small, place, settings):
    made = place / "a.zip"
    run("backup", made)
    for name in files_of(UPLOADS):
        UPLOADS.path(name).unlink()
    with zipfile.ZipFile(made) as archive:
        more = twice(archive.read(PEOPLE))
    told = {"sha256": hashlib.sha256(more).hexdigest(), "bytes": len(more)}
    later = in_manifest(lambda m: m["migrations"].append("network.9999_tomorrow"))
    earlier = in_manifest(lambda m: m["migrations"].remove("network.0011_bounces"))
    counted = in_manifest(lambda m: m["tables"]["directory.Listing"].update(count=1))
    doubled = in_manifest(lambda m: m["parts"].update({PEOPLE: told}))
    for changes, words in (
        ({"people": lambda rows: rows.replace(b"omar@", b"rosa@")}, "damaged"),
        ({"files": lambda _content: None}, "damaged"),
        ({"manifest": lambda _content: b"{}"}, "no backup of a node"),
        ({"manifest": lambda _content: b"[1"}, "damaged"),
        ({"manifest": in_manifest(lambda m: m.update(version=2))}, "version 2"),
        ({"manifest": later}, "later release"),
        ({"manifest": earlier}, "earlier release"),
        ({"manifest": counted}, "otherwise than it was saved"),
        ({"manifest": doubled, "people": twice}, "could not be loaded"),
    ):
        refused(altered(made, place / "wrong.zip", **changes), words)
    (place / "short.zip").write_bytes(made.read_bytes()[:-40])
    refused(place / "short.zip", "damaged")
    refused(place / "none.zip", "not there")
    refused(made, "not empty", "--also-gone", place / "p.csv")
    refused(made, "cannot be read", "--also-gone", place / "none.log")
    with at_work(settings.DATA_DIR):
        refused(made, "being served")


def test_another_key_wants_a_word(small, cast, place, settings):
    run("backup", place / "a.zip")
    settings.SECRET_KEY = "k" * 64
    refused(place / "a.zip", "another SECRET_KEY")
    run("restore", place / "a.zip", "--replace", "--other-key")
    with acting(system(Purpose.OPERATOR)):
        assert Person.objects.filter(pk=cast.amara.pk).exists()


@pytest.mark.skipif(connection.vendor != "postgresql", reason="one file, one machine")
def test_a_site_on_another_machine_is_seen(small, place, monkeypatch):
    monkeypatch.setattr(database, "GOODBYE_SECONDS", 0.1)
    run("backup", place / "a.zip")
    named = connections["owner"].get_connection_params()
    wanted = ("dbname", "user", "password", "host", "port")
    with psycopg.connect(**{key: named[key] for key in wanted if key in named}):
        refused(place / "a.zip", "Other connections")


def test_nobody_serves_while_a_backup_is_restored(tmp_path):
    with nobody_else(tmp_path), pytest.raises(BeingRestored):
        with at_work(tmp_path):
            pass
    with at_work(tmp_path), at_work(tmp_path):
        pass
