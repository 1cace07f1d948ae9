"""The outermost scope of a request on PostgreSQL: with no transaction of the test around it."""

from contextlib import suppress

import pytest
from django.conf import settings
from django.db import DatabaseError, connection
from django.db.transaction import TransactionManagementError

from network.models import Person
from network.tenancy import Purpose, acting, system
from tests.cast import make_cast

pytestmark = [
    pytest.mark.usefixtures("committed"),
    pytest.mark.skipif(
        not settings.HAS_OWNER_ROLE,
        reason="row security needs PostgreSQL with two roles; SQLite has none",
    ),
]


@pytest.fixture
def cast(committed):
    with acting(system(Purpose.OPERATOR)) as operator:
        return make_cast(operator)


def test_an_outermost_scope_leaves_nothing_on_its_connection(cast):
    def settings():
        with connection.cursor() as cursor:
            names = ("organization", "person", "purpose")
            asked = ", ".join(f"coalesce(current_setting('app.{one}', true), '')" for one in names)
            cursor.execute(f"SELECT {asked}")
            return cursor.fetchone()

    with acting(cast.actor("amara")):
        outer = settings()
        with acting(cast.actor("chiara")):
            assert settings()[0] == str(cast.b.pk)
        assert settings() == outer == (str(cast.a.pk), str(cast.amara.pk), "")
    assert settings() == ("", "", "")
    with pytest.raises(RuntimeError), acting(cast.actor("amara")):
        raise RuntimeError
    assert settings() == ("", "", "")


def test_a_scope_that_passes_over_an_error_does_not_end_well(cast):
    with pytest.raises(TransactionManagementError), acting(system(Purpose.OPERATOR)):
        Person.objects.filter(pk=cast.amara.pk).update(display_name="Written")
        with suppress(DatabaseError), connection.cursor() as cursor:
            cursor.execute("SELECT 1 / 0")
    with acting(system(Purpose.OPERATOR)):
        assert Person.objects.get(pk=cast.amara.pk).display_name != "Written"
