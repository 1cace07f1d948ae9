"""Nodes that are backed up: committed rows, and a data directory of their own."""

from __future__ import annotations

import pytest
from django.db import connection

from directory.actions.importing import Countries, Programs
from directory.actions.programs.editing import create_program
from directory.actions.publishing import publish_program
from directory.actions.sample import SAMPLE_DIR
from network.actions.uploads import add_document
from network.tenancy import Purpose, acting, system
from tests.backup.commands import end_other_connections
from tests.cast import make_cast
from tests.directory.importing import PROGRAM, load, write_csv
from tests.matrix.world import make_world
from tests.uploaded import inspected


@pytest.fixture
def place(committed, settings, tmp_path):
    """A data directory of the test's own; nobody else is connected."""
    settings.FILES_DIR = settings.DATA_DIR = tmp_path / "data"
    if connection.vendor == "postgresql":
        end_other_connections()
    return tmp_path


@pytest.fixture
def cast(place):
    """The cast, committed."""
    with acting(system(Purpose.OPERATOR)) as actor:
        return make_cast(actor)


@pytest.fixture
def world(cast):
    """Two organizations with something in every private table."""
    return make_world(cast)


@pytest.fixture
def small(cast, place):
    """Two listings of sources, a published program of A with a document: its id comes back."""
    load(Countries, SAMPLE_DIR / "countries.csv")
    load(Programs, write_csv(place / "p.csv", PROGRAM, {**PROGRAM, "slug": "gb-other"}))
    amara = cast.actor("amara")
    with acting(amara):
        program = create_program(amara, values={"names": {"en": "Tea"}, "country": "GB"})
        publish_program(amara, program=program)
        add_document(amara, inspected=inspected(), title="Minutes")
    return program
