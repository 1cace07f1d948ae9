"""Fixtures of the tests of the importers."""

import pytest

from directory.actions.importing import Countries
from directory.actions.sample import SAMPLE_DIR
from tests.directory.importing import load, write_csv


@pytest.fixture
def _countries(db):
    load(Countries, SAMPLE_DIR / "countries.csv")


@pytest.fixture
def files(tmp_path, _countries):
    """Writes rows to a file and imports it."""

    def send(kind, *rows, **options):
        return load(kind, write_csv(tmp_path / "file.csv", *rows), **options)

    return send
