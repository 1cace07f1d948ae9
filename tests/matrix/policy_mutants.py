"""Policies of PostgreSQL taken away one at a time: what happens to foreign rows tells each.

Not collected with the tests: `python -m tests.benchmarks policy_mutants` runs it. A policy is
taken away by letting everything through; it is noticed where its verb then does what it did not
do before, see `tests.matrix.foreign_rows`.
"""

import json
import os
from pathlib import Path

import pytest
from django.db import connections

from network.models import Person
from network.tenancy import Purpose, acting, member, system
from tests.cast import make_cast
from tests.matrix.foreign_rows import VERBS, tables_of
from tests.matrix.world import make_world
from tests.uploaded import files

__all__ = ["files"]  # a fixture

OPEN = {"SELECT": "USING (true)", "INSERT": "WITH CHECK (true)", "DELETE": "USING (true)"}
OPEN["UPDATE"] = "USING (true) WITH CHECK (true)"
# Where a second guard holds although the policy is gone: the serving role lacks the right, or a
# trigger lets nobody change what is only ever added to.
HELD = {
    "directory_programversion DELETE removed": "a trigger: append-only",
    "directory_programversion UPDATE changed": "no right to change",
    "network_auditentry UPDATE changed": "no right to change",
    "network_coalitionmembership UPDATE changed": "a trigger: between whom it is stays",
}


def policies():
    """Name, table, verb and conditions of each policy."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "SELECT policyname, tablename, cmd, qual, with_check FROM pg_policies "
            # That of backups is the owner's alone.
            "WHERE schemaname = 'public' AND policyname <> 'backup' ORDER BY tablename, cmd"
        )
        return cursor.fetchall()


def alter(name, table, conditions):
    with connections["owner"].cursor() as cursor:
        cursor.execute(f'ALTER POLICY "{name}" ON "{table}" {conditions}')


def conditions_of(using, check):
    said = [f"USING ({using})" if using else "", f"WITH CHECK ({check})" if check else ""]
    return " ".join(said)


# The proof that runs it has a bound of its own.
@pytest.mark.timeout(0)
def test_each_policy_is_missed_when_it_is_gone(committed, files):
    with acting(system(Purpose.OPERATOR)) as actor:
        cast = make_cast(actor)
    make_world(cast)
    with acting(system(Purpose.OPERATOR)):
        owner = Person.objects.get(email__startswith="other_owner.")
    other_owner = member(owner.pk, cast.b.pk)
    tables = {table.name: table for table in tables_of(other_owner)}
    result = {"killed": [], "survived": {}, "read by all": [], "without a row of another": []}
    for name, table, verb, using, check in policies():
        if table not in tables or verb not in VERBS:
            result["without a row of another"].append(f"{table} {verb}")
            continue
        before = tables[table].breach(verb, other_owner)
        if before and not before.startswith("?"):
            result["read by all"].append(f"{table} {verb}")
            continue
        alter(name, table, OPEN[verb])
        try:
            after = tables[table].breach(verb, other_owner)
        finally:
            alter(name, table, conditions_of(using, check))
        if after != before:
            result["killed"].append(f"{table} {verb} {name}")
        else:
            result["survived"][f"{table} {verb} {name}"] = after or "nothing was reached"
    if told := os.environ.get("MUTANTS_RESULT"):
        Path(told).write_text(json.dumps(result))
    assert len(result["killed"]) >= 30
    assert result["survived"].keys() == HELD.keys(), result
