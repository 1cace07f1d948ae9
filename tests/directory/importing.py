"""What the tests of the importers share."""

from __future__ import annotations

import csv
from pathlib import Path

from directory.actions.importing import Countries, Facilities, run_import
from directory.actions.sample import SAMPLE_DIR
from network.tenancy import Purpose, system

DATA = Path(__file__).parent / "data"
ACTOR = system(Purpose.IMPORT)
PROGRAM = {
    "slug": "gb-harbour",
    "name": "Harbour Visitors",
    "country": "GB",
    "source_url": "https://example.org/about",
}
EVENT = {
    "facility_slug": "",
    "facility_name": "New Place",
    "country": "GB",
    "visitor_category": "legal",
    "status": "open",
    "effective_from": "2020",
    "source_url": "https://example.org/news",
    "statement": "Visits were open",
}
RULE = {
    "facility_slug": "",
    "facility_name": "New Place",
    "country": "GB",
    "visitor_category": "legal",
    "days_hours": "daily",
    "source_url": "https://example.org/rules",
}
PLACE = {
    "slug": "gb-new-place",
    "name": "New Place",
    "country": "GB",
    "kind": "hotel",
    "status": "open",
    "capacity": "10",
    "as_of": "2020",
    "source_url": "https://example.org/list",
}


def write_csv(path, *rows, newline="\n", encoding="utf-8"):
    """A file with the columns of the first row."""
    with path.open("w", newline="", encoding=encoding) as handle:
        writer = csv.DictWriter(handle, fieldnames=list(rows[0]), lineterminator=newline)
        writer.writeheader()
        writer.writerows(rows)
    return path


def load(kind, path, **options):
    return run_import(ACTOR, kind, path, **options)


def load_places():
    load(Countries, SAMPLE_DIR / "countries.csv")
    load(Facilities, SAMPLE_DIR / "facilities.csv")


def planted(path):
    """The records of a planted file with the line on which each begins and what is expected."""
    with path.open(newline="", encoding="utf-8", errors="surrogateescape") as handle:
        rows = csv.reader(handle)
        header = next(rows)
        place = header.index("expected")
        line = rows.line_num + 1
        while True:
            try:
                cells = next(rows)
            except StopIteration:
                return
            except csv.Error:
                cells = []
            yield line, dict(zip(header, cells, strict=False)), "".join(cells[place : place + 1])
            line = rows.line_num + 1


def counts(report):
    return (report.created, report.updated, report.unchanged, report.kept.total())
