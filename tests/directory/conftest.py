"""Fixtures of the tests of the importers and of the search."""

import pytest
from django.db import transaction

from directory.actions.importing import Countries
from directory.actions.sample import SAMPLE_DIR, load_sample
from tests.directory.desk import Desk
from tests.directory.importing import ACTOR, load, write_csv
from tests.directory.searched import plant


@pytest.fixture
def _countries(db):
    load(Countries, SAMPLE_DIR / "countries.csv")


@pytest.fixture
def files(tmp_path, _countries):
    """Writes rows to a file and imports it."""

    def send(kind, *rows, **options):
        return load(kind, write_csv(tmp_path / "file.csv", *rows), **options)

    return send


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """The sample and what is planted, once for all cases; undone at the end."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_sample(ACTOR)
        plant()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def desk(cast):
    """Organization A at its desk, with a colleague, a coalition and a stranger with a program."""
    return Desk(cast)
