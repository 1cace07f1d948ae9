"""Who may do what to whom, over every surface, and that nobody sees or changes another's.

Foreign and missing are the same bytes; whoever is refused changes no row; no answer carries the
canary of another organization.
"""

import pytest
from django.urls import get_resolver

from tests.isolation.patterns import PRIVATE, walk
from tests.matrix.asking import ask, rolled_back
from tests.matrix.cells import Matrix
from tests.matrix.rows import API, DESK, OPEN, PERSONAL
from tests.matrix.rows_stewards import STEWARD
from tests.matrix.world import make_world
from tests.uploaded import files

__all__ = ["files"]  # a fixture

ROWS = {**DESK, **API}
# Asked by everybody, without a token and with any: `tests/isolation` asks those.
OF_ONE = ("api/v1/organizations/", "api/v1/applications/")
OF_PERSON = ("api/v1/conversations/", "api/v1/realtime/")
PUBLIC_API = {"api:organizations", "api:organization"}
# A first step is anybody's: `tests/isolation` asks it.
ANYBODYS = {("api:applications", "POST")}


def private_surfaces():
    """The name of every address where people or machines sign in."""
    found = set()
    for name, route, _view in walk(get_resolver().url_patterns, "", ()):
        of_one = route.startswith(OF_ONE) and name not in PUBLIC_API
        of_person = name == "api:me" or route.startswith(OF_PERSON)
        if name.startswith(PRIVATE) or of_one or of_person:
            found.add(name)
    return found


def test_every_surface_has_its_row():
    known = {*ROWS, *PERSONAL, *OPEN, *STEWARD}
    assert private_surfaces() == known, (
        f"New: {sorted(private_surfaces() - known)}; gone: {sorted(known - private_surfaces())}. "
        "Add a row to tests/matrix/rows.py: it says who may."
    )


@pytest.mark.django_db
@pytest.mark.parametrize("part", range(6))
def test_the_matrix(cast, part, record_property, settings, files):
    settings.API_RATE_READ = settings.API_RATE_WRITE = settings.API_RATE_WRONG = 100_000
    settings.INVITATIONS_A_DAY = 1000
    world = make_world(cast)
    wrong, asked = [], 0
    for name in sorted(ROWS)[part::6]:
        matrix = Matrix(world, name, ROWS[name])
        matrix.run()
        wrong += matrix.wrong
        asked += matrix.asked
    record_property("cells", asked)
    assert not wrong, "\n".join([f"{len(wrong)} of {asked}", *wrong])
    assert asked > 300


@pytest.mark.django_db
def test_rows_name_every_method(cast, settings, files):
    """What a row leaves out the surface does not take: not even its owner gets through."""
    settings.API_RATE_READ = settings.API_RATE_WRITE = settings.API_RATE_WRONG = 100_000
    world = make_world(cast)
    owner = next(one for one in world.askers if one.name == "owner")
    objects = world.objects["a"]
    taken = []
    for name, row in ROWS.items():
        matrix = Matrix(world, name, row)
        path = matrix.path(objects["organization"], objects)
        for method in ("GET", "POST", "PATCH", "PUT", "DELETE"):
            if method in row.methods or (not matrix.is_api and method not in ("GET", "POST")):
                continue
            with rolled_back():
                answer = ask(owner, method, path, row.body, is_api=matrix.is_api, versions='"1"')
            if answer.status_code != 405 and (name, method) not in ANYBODYS:
                taken.append(f"{name} {method}: {answer.status_code}")
    assert not taken, "\n".join(taken)


def test_there_are_enough_cells():
    """Each row is asked by 14 in at least two ways for each method."""
    assert sum(len(row.methods) * 14 * 2 for row in ROWS.values()) >= 2000
