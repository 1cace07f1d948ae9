"""With every filter of the application switched off the database still keeps groups apart."""

import pytest
from django.db import connection

from network import permissions
from tests.matrix.asking import CANARIES, ask, told
from tests.matrix.cells import Matrix
from tests.matrix.rows import API, DESK
from tests.matrix.switching_off import drop_owners
from tests.matrix.world import make_world
from tests.uploaded import files

__all__ = ["files"]  # a fixture


def switch_off(monkeypatch):
    """From now on no query asks whose a row is, and the gate lets everything through."""
    drop_owners(monkeypatch, "organization", "memberships__")
    monkeypatch.setattr(permissions, "can", lambda *_arguments: True)


@pytest.mark.django_db
def test_no_foreign_row_comes_out_of_postgresql(cast, settings, files, monkeypatch):
    """SQLite, which has no row security, is the control: there it does."""
    settings.API_RATE_READ = 100_000
    world = make_world(cast)
    switch_off(monkeypatch)
    a, b = world.objects["a"], world.objects["b"]
    leaks, asked = set(), 0
    insiders = [one for one in world.askers if one.name in ("member", "owner")]
    for name, row in {**DESK, **API}.items():
        if "GET" not in row.methods or row.rests:
            continue
        matrix = Matrix(world, name, row)
        for asker in insiders:
            for organization, objects in ((a, b), (b, b)):
                path = matrix.path(organization["organization"], objects)
                answer = ask(asker, "GET", path, {}, is_api=matrix.is_api, versions="")
                asked += 1
                if CANARIES["b"] in told(answer, {}).plain.replace(path.lower().encode(), b""):
                    leaks.add(name)
    assert asked > 100
    if connection.vendor == "postgresql":
        assert leaks == set()
    else:
        assert len(leaks) >= 5, leaks
