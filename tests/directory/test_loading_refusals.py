"""What is not as an export writes it is refused, and nothing of it stays."""

import io
import json
import struct
import uuid
import zipfile

import pytest
from django.core.management import CommandError, call_command

from directory.actions.importing import ImportFileError
from directory.actions.moving import archive
from directory.models import (
    Program,
)
from network.models import Upload
from network.tenancy import acting
from network.uploads.storage import UPLOADS
from tests.directory.moved import OPERATOR, packed, parts_of
from tests.directory.test_loading import fingerprint, load, moved, taken
from tests.pictures import jpeg_with_everything
from tests.uploaded import files, files_of

__all__ = ["files", "load", "moved", "taken"]  # fixtures

pytestmark = pytest.mark.usefixtures("files")


def change(**values):
    return lambda row: row.update(values)


@pytest.mark.parametrize(
    "spoil",
    [
        change(slug="Has Capitals"),
        change(slug="../etc"),
        change(slug=7),
        change(status="whatever"),
        change(country="gb"),
        change(country="ZZ"),
        change(latitude=91.0),
        change(latitude="51.5"),
        change(latitude=True),
        change(languages=["English"]),
        change(languages="en"),
        change(services=["spying"]),
        change(website="javascript:alert(1)"),
        change(contact={"email": "x\u202ey"}),
        change(contact={"email": {"deep": "x"}}),
        change(contact=["post@example.org"]),
        change(withheld=["password"]),
        change(replaces=["not-an-id"]),
        change(version=0),
        change(version=2**40),
        change(confirmed_on="2999-01-01"),
        change(created_at="2999-01-01T00:00:00Z"),
        change(created_at="2020-01-01T00:00:00"),
        change(locality="x" * 200),
        change(locality="a\x00b"),
        change(published_at="2026-01-01T00:00:00Z"),
        change(organization="visiteurs-du-port"),
        lambda row: row.pop("status"),
        lambda row: row["texts"][0].update(name=""),
        lambda row: row["texts"][0].update(name="x" * 300),
        lambda row: row["texts"][0].update(description="Visiting A123456789"),
        lambda row: row["texts"][1].update(language="en"),
        lambda row: row["texts"][0].update(extra=1),
        lambda row: row["places"].append(dict(row["places"][0])),
        lambda row: row["places"][0].update(name=None),
        lambda row: row["texts"].extend([{}] * 300),
    ],
)
def test_a_program_that_is_not_as_an_export_writes_it_is_refused(cast, moved, load, spoil):
    spoil(moved["programs.jsonl"][1])
    moved["uploads.jsonl"] = []
    report = load(moved)
    assert [(one["part"], one["line"]) for one in report.refused] == [("programs", 2)]
    assert report.refused[0]["reason"]
    with acting(OPERATOR):
        assert [p.slug for p in Program.objects.filter(organization_id=cast.a.pk)] == ["harbour"]


@pytest.mark.parametrize(
    "values",
    [
        {"slug": "No Slug"},
        {"name": "x\u202e"},
        {"name": "x" * 300},
        {"kind": "state"},
        {"country": "Britain"},
        {"names": ["x"]},
        {"website": "ftp://x.example"},
        {"id": "1"},
        {"extra": 1},
    ],
)
def test_an_organization_that_is_not_fit_stops_the_whole(cast, moved, load, values):
    before = fingerprint()
    moved["organization.json"].update(values)
    with pytest.raises(ImportFileError):
        load(moved)
    assert fingerprint() == before


def with_file(parts, content, **values):
    """The parts with another file in the place of the photo."""
    import hashlib

    (row,) = (row for row in parts["uploads.jsonl"] if row["kind"] == "photo")
    parts[f"files/{row['id']}"] = content
    row.update(sha256=hashlib.sha256(content).hexdigest(), bytes=len(content), **values)
    return parts


@pytest.mark.parametrize(
    ("content", "values", "reason"),
    [
        (jpeg_with_everything(), {}, "more than pixels"),
        (b"\xff\xd8\xff not a picture", {}, "damaged"),
        (b"<script>", {}, "picture"),
        (None, {"width": 5}, "kind or size"),
        (None, {"media_type": "text/html"}, "more than pixels"),
        (None, {"sha256": "0" * 64}, "not the one"),
        (None, {"subject": str(uuid.uuid4())}, "not loaded"),
        (None, {"subject": None}, "Only a photo"),
        (None, {"kind": "logo", "subject": None}, "another picture"),
        (None, {"kind": "film", "subject": None}, "vocabulary"),
        (None, {"title": "x\ny"}, "control"),
        (None, {"alt": {"qq": "x"}}, "language"),
    ],
)
def test_a_file_is_looked_at_like_one_that_somebody_sends(
    cast, moved, load, content, values, reason
):
    (row,) = (row for row in moved["uploads.jsonl"] if row["kind"] == "photo")
    if content is not None:
        with_file(moved, content)
    row.update(values)
    report = load(moved)
    (refused,) = report.refused
    assert refused["part"] == "uploads"
    assert reason in refused["reason"]
    assert len(files_of(UPLOADS) & {u.name for u in uploads(cast)}) == 3


def uploads(cast):
    with acting(OPERATOR):
        return list(Upload.objects.filter(organization_id=cast.a.pk))


def test_the_quota_of_this_node_holds(cast, moved, load, settings):
    settings.UPLOAD_QUOTA = 100
    report = load(moved)
    assert all("UPLOAD_QUOTA_MB" in one["reason"] for one in report.refused)
    assert len(report.refused) == 2


def test_a_loading_that_breaks_in_the_middle_leaves_nothing(cast, moved, load, monkeypatch):
    from directory.actions.moving import loading

    def breaks(*_arguments):
        raise RuntimeError("power")

    monkeypatch.setattr(loading, "load_entry", breaks)
    before = fingerprint()
    with pytest.raises(RuntimeError):
        load(moved)
    assert fingerprint() == before


def raw(names, **entry):
    """An archive with these parts, without regard to what an export is."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as made:
        for name in names:
            info = zipfile.ZipInfo(name)
            for key, value in entry.items():
                setattr(info, key, value)
            made.writestr(info, b"{}")
    return file.getvalue()


def test_archives_made_to_harm_are_refused(cast, moved, load):
    good = packed(moved)
    told = moved["manifest.json"]
    end = struct.Struct("<4sHHHHIIH")
    bomb = dict(moved)
    bomb["audit.jsonl"] = b"\0" * (archive.MAX_ROWS_PART // 16)
    harmful = {
        "nothing": b"",
        "no archive": b"words" * 100,
        "cut off": good[:-100],
        "with a tail": good + b"x",
        "with a comment": good[:-2] + b"\x01\x00x",
        "many entries": good[: -end.size] + end.pack(b"PK\x05\x06", 0, 0, 60000, 60000, 9, 9, 0),
        "long list": good[: -end.size] + end.pack(b"PK\x05\x06", 0, 0, 9, 9, 2**31, 9, 0),
        "no manifest": raw(["organization.json"]),
        "up the tree": raw(["manifest.json", "../../etc/passwd"]),
        "absolute": raw(["manifest.json", "/etc/passwd"]),
        "files up": raw(["manifest.json", "files/../../../secret_key"]),
        "backslash": raw(["manifest.json", "files\\..\\x"]),
        "a folder": raw(["manifest.json", "files/"]),
        "a link": raw(["manifest.json", "organization.json"], external_attr=0o120777 << 16),
        "locked": raw(["manifest.json"]).replace(
            b"PK\x01\x02\x14\x03\x14\0\0\0", b"PK\x01\x02\x14\x03\x14\0\1\0"
        ),
        "other packing": packed(moved, compress_type=zipfile.ZIP_BZIP2),
        "unknown part": packed({**moved, "people.jsonl": []}),
        "another version": packed(moved, {"version": 4}),
        "a version that is none": packed(moved, {"version": "1"}),
        "a later version without its parts": packed(
            {name: part for name, part in moved.items() if name != "vouches.jsonl"}
        ),
        "another format": packed(moved, {"format": "something-else"}),
        "no node": packed(moved, {"node": None}),
        "parts missing": packed(moved, {"parts": {}}),
        "a wrong hash": packed(moved, {"parts": told["parts"]}),
        "a negative length": packed(
            moved, {"parts": {n: {**t, "bytes": -1} for n, t in told["parts"].items()}}
        ),
        "a length that is none": packed(
            moved, {"parts": {n: {**t, "bytes": True} for n, t in told["parts"].items()}}
        ),
        "a bomb": packed(
            bomb, {"parts": {n: {**t, "bytes": 10} for n, t in told["parts"].items()}}
        ),
        "half a line": packed({**moved, "audit.jsonl": b'{"id": 1'}),
        "no JSON": packed({**moved, "programs.jsonl": b"{]\n"}),
        "deep": packed({**moved, "programs.jsonl": b"[" * 100_000 + b"\n"}),
        "a line without an end": packed({**moved, "audit.jsonl": b"x" * (archive.MAX_LINE * 2)}),
    }
    before = fingerprint()
    for name, data in harmful.items():
        with pytest.raises(ImportFileError):
            load(data)
            pytest.fail(name)
    assert fingerprint() == before


def manifest_with(parts, name, **told):
    """A manifest that fits the parts but for what it says of one of them."""
    whole = parts_of(packed(parts))["manifest.json"]["parts"]
    return {"parts": {**whole, name: {**whole[name], **told}}}


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        ({"sha256": "0" * 64}, "not what the manifest says"),
        ({"bytes": 10}, "longer than it says"),
        ({"bytes": 10_000_000}, "shorter than it says"),
        ({"bytes": archive.MAX_ROWS_PART + 1}, "too long"),
        ({"sha256": "none"}, "no hash"),
    ],
)
def test_a_part_is_held_against_what_the_manifest_says(cast, moved, load, told, reason):
    before = fingerprint()
    with pytest.raises(ImportFileError, match=reason):
        load(packed(moved, manifest_with(moved, "audit.jsonl", **told)))
    assert fingerprint() == before


def test_two_parts_of_one_name_are_refused(cast, moved, load):
    file = io.BytesIO(packed(moved))
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(file, "a") as made:
        made.writestr("organization.json", b"{}")
    with pytest.raises(ImportFileError, match="no export"):
        load(file.getvalue())


def test_the_command_reports_and_says_how_it_ended(cast, moved, tmp_path, capsys):
    path = tmp_path / "export.zip"
    path.write_bytes(packed(moved))
    call_command("import_organization", str(path), "--dry-run", "--json")
    tried = json.loads(capsys.readouterr().out)
    assert tried["dry_run"] is True
    call_command("import_organization", str(path), "--json")
    done = json.loads(capsys.readouterr().out)
    assert {**tried, "dry_run": False} == done
    assert set(done) >= {"created", "updated", "unchanged", "kept", "refused"}
    assert done["organization"] == {"id": str(cast.a.pk), "slug": cast.a.slug}
    call_command("import_organization", str(path))
    text = capsys.readouterr().out
    assert "unchanged" in text
    assert "To invite again" in text


def test_the_command_ends_with_three_where_rows_were_refused(cast, moved, tmp_path, capsys):
    moved["programs.jsonl"][1]["status"] = "whatever"
    path = tmp_path / "export.zip"
    path.write_bytes(packed(moved))
    with pytest.raises(SystemExit) as ended:
        call_command("import_organization", str(path), "--json")
    assert ended.value.code == 3
    assert json.loads(capsys.readouterr().out)["refused"][0]["line"] == 2


def test_the_command_ends_with_two_where_the_file_is_not_fit(cast, tmp_path):
    for path in (tmp_path / "missing.zip", tmp_path):
        with pytest.raises(CommandError) as ended:
            call_command("import_organization", str(path))
        assert ended.value.returncode == 2
    with pytest.raises(CommandError, match="OLD=NEW"):
        call_command("import_organization", "x.zip", "--rename", "a=No Slug")
