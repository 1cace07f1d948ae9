"""The command: files that are none, the forms a file may have, the answer and the exit code."""

import io
import json

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from directory.actions.importing import Countries
from directory.actions.sample import SAMPLE_DIR
from directory.models import Listing
from tests.directory.importing import DATA, PROGRAM, load, load_places, write_csv

pytestmark = pytest.mark.django_db
HEAD = b"slug,name,country,source_url\n"
ROW = b"gb-harbour,Harbour Visitors,GB,https://example.org\n"


def run(path, *options):
    """Exit code, standard output, standard error."""
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("import_programs", str(path), *options, stdout=out, stderr=err)
    except SystemExit as end:
        return end.code, out.getvalue(), err.getvalue()
    return 0, out.getvalue(), err.getvalue()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "The file is empty"),
        (b"   \n", "The file is empty"),
        (b"\n", "The file is empty"),
        (HEAD.replace(b",", b";") + ROW.replace(b",", b";"), "separated by semicolons"),
        (HEAD.replace(b",", b"\t") + ROW.replace(b",", b"\t"), "separated by tabs"),
        (b"slug,name,source_url\na,b,https://example.org\n", "column country is missing"),
        (b"name\nb\n", "columns slug, country, source_url are missing"),
        (b"slug,name,slug,country,source_url\n", "column slug is there twice"),
        (HEAD + ROW.replace(b"Harbour", "Häfen".encode("latin-1")), "not UTF-8"),
        ((HEAD + ROW).decode().encode("utf-16"), "not CSV in UTF-8"),
        ((HEAD + ROW).decode().encode("utf-16-le"), "not UTF-8"),
        (b"PK\x03\x04rest of a spreadsheet", "not CSV in UTF-8"),
        (HEAD + ROW + b'gb-2,"never closed,GB,https://example.org\n' + ROW, "opens on line 3"),
        (HEAD + ROW + b'gb-2,"one\ntwo" three,GB,https://example.org\n', "opens on line 3"),
        (HEAD + ROW + b"x" * 1_000_001, "Line 3 is longer"),
        (b'"slug,name\n', "The first line"),
    ],
)
def test_a_file_that_is_none_is_refused_whole(tmp_path, content, reason):
    load(Countries, SAMPLE_DIR / "countries.csv")
    path = tmp_path / "file.csv"
    path.write_bytes(content)
    with pytest.raises(CommandError, match=reason) as found:
        run(path)
    assert found.value.returncode == 2
    assert "\n" not in str(found.value)
    assert not Listing.objects.exists()


def test_a_missing_file_and_a_folder_are_refused(tmp_path):
    load(Countries, SAMPLE_DIR / "countries.csv")
    with pytest.raises(CommandError, match="There is no file"):
        run(tmp_path / "none.csv")
    with pytest.raises(CommandError, match="is not a file"):
        run(tmp_path)


def test_without_countries_it_says_what_to_import_first(tmp_path):
    with pytest.raises(CommandError, match="import_countries"):
        run(write_csv(tmp_path / "p.csv", PROGRAM))


@pytest.mark.parametrize(
    "content",
    [
        HEAD + ROW,
        b"\xef\xbb\xbf" + HEAD + ROW,
        (HEAD + ROW).replace(b"\n", b"\r\n"),
        (HEAD + ROW).replace(b"\n", b"\r"),
        (HEAD + b"\n\n" + ROW).rstrip(b"\n"),
        HEAD.replace(b"slug,", b"slug , ") + ROW,
    ],
)
def test_the_usual_forms_of_csv_are_read(tmp_path, content):
    load(Countries, SAMPLE_DIR / "countries.csv")
    path = tmp_path / "file.csv"
    path.write_bytes(content)
    code, out, _err = run(path, "--json")
    assert (code, json.loads(out)["created"]) == (0, 1)


def test_damaged_rows_of_a_utf8_file_are_refused_one_by_one(tmp_path):
    load(Countries, SAMPLE_DIR / "countries.csv")
    path = tmp_path / "file.csv"
    path.write_bytes(
        HEAD
        + ROW
        + "gb-2,Café,GB,https://example.org\n".encode()
        + b"gb-3,\xe9,GB,https://example.org\n"
    )
    code, out, _err = run(path, "--json")
    document = json.loads(out)
    assert (code, document["created"]) == (3, 2)
    assert [refusal["line"] for refusal in document["refused"]] == [4]


def test_the_document_has_the_shape_that_others_rely_on(tmp_path):
    load_places()
    code, out, err = run(DATA / "bad_programs.csv", "--json")
    document = json.loads(out)
    assert code == 3
    assert err == ""
    assert all(type(document[key]) is int for key in ("created", "updated", "unchanged", "kept"))
    assert all(set(refusal) == {"line", "reason"} for refusal in document["refused"])
    assert document["ignored_columns"] == ["expected"]


def test_people_get_the_same_in_words(tmp_path):
    load_places()
    code, out, _err = run(DATA / "bad_programs.csv", "--all-or-nothing")
    assert code == 3
    assert "line 3: slug is empty" in out
    assert "Nothing was written, because rows were refused." in out
    assert "ignored: expected" in out


def test_a_dry_run_reports_the_same_and_writes_nothing():
    load_places()
    code, tried, _err = run(DATA / "bad_programs.csv", "--json", "--dry-run")
    assert code == 3
    assert not Listing.objects.exists()
    _code, done, _err = run(DATA / "bad_programs.csv", "--json")
    tried, done = json.loads(tried), json.loads(done)
    assert tried.pop("dry_run") is True
    assert done.pop("dry_run") is False
    assert tried == done
    assert Listing.objects.count() == done["created"] > 0


@pytest.mark.parametrize(
    "command",
    ["programs", "facilities", "countries", "country_access", "access_events", "visiting_rules"],
)
def test_each_kind_has_its_command_with_examples(command, capsys):
    with pytest.raises(SystemExit) as end:
        from django.core.management import execute_from_command_line

        execute_from_command_line(["manage.py", f"import_{command}", "--help"])
    assert end.value.code == 0
    assert f"manage.py import_{command} directory/sample/{command}.csv" in capsys.readouterr().out


def test_a_fault_late_in_the_file_undoes_the_batches_before_it(tmp_path):
    load(Countries, SAMPLE_DIR / "countries.csv")
    rows = b"".join(ROW.replace(b"gb-harbour", f"gb-{n}".encode()) for n in range(1200))
    path = tmp_path / "file.csv"
    path.write_bytes(HEAD + rows + b'gb-last,"never closed,GB,https://example.org\n')
    with pytest.raises(CommandError, match="opens on line 1202"):
        run(path)
    assert not Listing.objects.exists()
    path.write_bytes(HEAD + rows + b"gb-last,Last,ZZ,https://example.org\n")
    code, out, _err = run(path, "--all-or-nothing", "--json")
    assert (code, json.loads(out)["rolled_back"]) == (3, True)
    assert not Listing.objects.exists()
    code, out, _err = run(path, "--json")
    assert json.loads(out)["refused"][0]["line"] == 1202
    assert (code, Listing.objects.count()) == (3, 1200)
