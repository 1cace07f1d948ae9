"""What PostgreSQL alone lets through of second factors."""

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction

from network.actions.second_factors import make_recovery_codes
from network.models import RecoveryCode, SecondFactor
from network.tenancy import Purpose, acting, system, visitor
from tests.network.second_factors.people import alone, with_app

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(
        not settings.HAS_OWNER_ROLE,
        reason="row security needs PostgreSQL with two roles; SQLite has none",
    ),
]
TABLES = (SecondFactor, RecoveryCode)


@pytest.fixture
def two(cast):
    """Omar and Chiara have second factors and codes."""
    for person in (cast.omar, cast.chiara):
        with_app(person)
        with acting(alone(person)) as actor:
            make_recovery_codes(actor)
    return cast


def refused(write):
    try:
        with transaction.atomic():
            return not write()
    except DatabaseError:
        return True


def test_both_tables_force_row_security():
    names = [model._meta.db_table for model in TABLES]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity "
            "AND relname = ANY(%s)",
            [names],
        )
        assert {name for (name,) in cursor.fetchall()} == set(names)


def test_a_person_sees_their_own_and_an_owner_nobodys(two):
    for model in TABLES:
        with acting(two.actor("chiara")):
            assert {row.person_id for row in model.objects.all()} == {two.chiara.pk}
        for actor in (two.actor("amara"), visitor(), system(Purpose.MAIL), system(Purpose.PURGE)):
            with acting(actor):
                assert not model.objects.exists()
        assert not model.objects.exists()
        for purpose in (Purpose.SIGN_IN, Purpose.OPERATOR):
            with acting(system(purpose)):
                assert {r.person_id for r in model.objects.all()} == {two.omar.pk, two.chiara.pk}


def test_nobody_writes_anothers_and_nobody_plants_one(two):
    with acting(two.actor("amara")):
        for model in TABLES:
            assert refused(
                lambda model=model: model.objects.filter(person=two.omar).update(
                    created_at="2026-01-01T00:00Z"
                )
            )
            assert refused(lambda model=model: model.objects.filter(person=two.omar).delete()[0])
    for actor in (two.actor("amara"), system(Purpose.OPERATOR), system(Purpose.SIGN_IN)):
        with acting(actor):
            assert refused(
                lambda: SecondFactor.objects.create(person=two.omar, kind="totp", secret="planted")
            )
            assert refused(
                lambda: RecoveryCode.objects.create(person=two.omar, code_hash="planted")
            )


def test_the_sign_in_takes_nothing_away_and_the_operator_changes_nothing(two):
    with acting(system(Purpose.SIGN_IN)):
        assert refused(lambda: SecondFactor.objects.all().delete()[0])
        assert refused(lambda: RecoveryCode.objects.all().delete()[0])
    with acting(system(Purpose.OPERATOR)):
        assert refused(lambda: SecondFactor.objects.update(secret="planted"))
        assert refused(lambda: RecoveryCode.objects.update(used_at=None))
