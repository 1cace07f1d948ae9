"""Guards taken away one at a time: the matrix must notice each, on every surface that has it.

Not collected with the tests: `python -m tests.benchmarks isolation_mutants` runs it. What is
taken away is named by `GUARDS`; each guard at each surface is one mutant.
"""

import contextlib
import json
import os
from pathlib import Path

import pytest

from api.v1.tenant import TenantView
from frontend.desk import page
from network import permissions
from network.enums import Role
from network.permissions import OF_ROLE
from network.queries import memberships
from tests.matrix.cells import Matrix
from tests.matrix.rows import API, DESK
from tests.matrix.switching_off import drop_owners
from tests.matrix.world import make_world
from tests.uploaded import files

__all__ = ["files"]  # a fixture

ROWS = {**DESK, **API}
# What every member may is no guard at all; what rests is refused to all.
GUARDED = {
    name: row
    for name, row in ROWS.items()
    if not row.rests and not set(row.methods.values()) <= OF_ROLE[Role.MEMBER]
}
NAMING = {name: row for name, row in API.items() if not row.of_token}
OF_ONE = {
    name: row
    for name, row in ROWS.items()
    if row.names
    and not (row.rests or row.is_shared or row.forgives)
    and any(not one.startswith("'") for one in row.names.values())
}


@contextlib.contextmanager
def open_gate(patch):
    """The gate lets every member through, whatever the role."""
    patch.setattr(permissions, "can", lambda *_: True)
    patch.setattr("api.v1.tenant.can", lambda *_: True)
    yield


@contextlib.contextmanager
def every_role(patch):
    """Whoever asks for an organization counts as its owner."""
    for module in (memberships, permissions):
        patch.setattr(module, "role_of", lambda _actor: Role.OWNER)
    patch.setattr("api.v1.tenant.role_of", lambda _actor: Role.OWNER)
    patch.setattr(page, "seat_at", _any_seat)
    yield


@contextlib.contextmanager
def any_slug(patch):
    """A token is good at the address of every organization."""
    patch.setattr(
        TenantView,
        "_within",
        lambda _view, kwargs: {name: one for name, one in kwargs.items() if name != "slug"},
    )
    yield


@contextlib.contextmanager
def no_owner(patch):
    """No query asks whose a row is."""
    drop_owners(patch, "organization")
    yield


def _any_seat(person, slug):
    from network.models import Organization
    from network.tenancy import Purpose, acting, system

    with acting(system(Purpose.OPERATOR), is_reading=True):
        found = Organization.objects.filter(slug=slug).first()
    return found and (found, memberships.Standing(Role.OWNER, True, False, False))


# Where a second guard holds what the first one let go: the overview asks for the membership of who
# looks, and a token is looked up among those of its own organization.
HELD_TWICE = {"the role": ["desk:overview"], "the token's organization": ["api:token"]}
GUARDS = {
    "the gate": (open_gate, GUARDED),
    "the role": (every_role, {name: row for name, row in DESK.items() if not row.rests}),
    "the token's organization": (
        any_slug,
        {name: row for name, row in API.items() if not row.of_token},
    ),
    "whose a row is": (no_owner, OF_ONE),
}


# The proof that runs it has a bound of its own.
@pytest.mark.timeout(0)
@pytest.mark.django_db
def test_each_guard_is_missed_when_it_is_gone(cast, files, settings):
    settings.API_RATE_READ = settings.API_RATE_WRITE = settings.API_RATE_WRONG = 100_000
    settings.INVITATIONS_A_DAY = 1000
    world = make_world(cast)
    killed, survived = {}, {}
    for guard, (take_away, rows) in GUARDS.items():
        for name, row in sorted(rows.items()):
            matrix = Matrix(world, name, row)
            with pytest.MonkeyPatch.context() as patch, take_away(patch):
                try:
                    matrix.run()
                except Exception as error:  # noqa: BLE001 - an error is noticed, too
                    matrix.wrong.append(type(error).__name__)
            (killed if matrix.wrong else survived).setdefault(guard, []).append(name)
    result = {
        "killed": {guard: len(names) for guard, names in killed.items()},
        "survived": survived,
    }
    if told := os.environ.get("MUTANTS_RESULT"):
        Path(told).write_text(json.dumps(result))
    assert sum(result["killed"].values()) >= 30
    assert survived == HELD_TWICE, survived
