"""An owner of one organization against the rows of another, with nothing but SQL between them."""

import pytest
from django.conf import settings

from network.models import Person
from network.tenancy import Purpose, acting, member, system
from tests.matrix.foreign_rows import VERBS, tables_of
from tests.matrix.world import make_world
from tests.uploaded import files

__all__ = ["files"]  # a fixture

# What the public reads.
READ_BY_ALL = ["directory_facilityclaim", "directory_listing", "directory_visitingrule"]
# What was shown to this very group: it is asked to vouch, offered help, asked for help. That
# nobody else reads it is for test_vouching.py and test_mentoring_row_security.py.
SHOWN = ["directory_application", "directory_mentoroffer", "directory_mentorrequest"]


@pytest.mark.django_db
@pytest.mark.skipif(
    not settings.HAS_OWNER_ROLE,
    reason="row security needs PostgreSQL with two roles; SQLite has none",
)
def test_no_verb_reaches_a_row_of_another(cast, files):
    make_world(cast)
    with acting(system(Purpose.OPERATOR)):
        owner = Person.objects.get(email__startswith="other_owner.")
    other_owner = member(owner.pk, cast.b.pk)
    tables = list(tables_of(other_owner))
    found = {
        f"{verb} {table.name}"
        for table in tables
        for verb in VERBS
        if (breach := table.breach(verb, other_owner)) and not breach.startswith("?")
    }
    assert found == {f"SELECT {name}" for name in (*READ_BY_ALL, *SHOWN)}
    assert len(tables) >= 20
