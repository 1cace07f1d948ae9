"""What PostgreSQL alone lets through of reminders, and of mails that come back."""

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from directory.models import Reminder
from network.actions.bounces import mark_address
from network.models import MemberName, Membership, Person
from network.tenancy import Purpose, acting, system, visitor
from tests.directory.desk import Desk
from tests.directory.reminded import aged, published, remind, rows, today

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(
        not settings.HAS_OWNER_ROLE,
        reason="row security needs PostgreSQL with two roles; SQLite has none",
    ),
]
EVERYTHING = Reminder._base_manager


@pytest.fixture
def desk(cast):
    return Desk(cast)


@pytest.fixture
def program(desk):
    program = aged(published(desk), 100)
    remind()
    return program


def refused(write):
    try:
        with transaction.atomic():
            return not write()
    except DatabaseError:
        return True


def copy_of(row, **values):
    return Reminder(
        **{
            "organization_id": row.organization_id,
            "program_id": row.program_id,
            "membership_id": row.membership_id,
            "token_hash": "0" * 64,
            "sent_at": timezone.now(),
            "expires_at": timezone.now(),
            **values,
        }
    )


def test_strangers_and_visitors_see_none_of_them(desk, program):
    strangers = (desk.actor("claude"), visitor(), system(Purpose.MAIL), system(Purpose.IMPORT))
    for actor in strangers:
        with acting(actor):
            assert EVERYTHING.count() == 0
            assert EVERYTHING.update(used_at=timezone.now()) == 0
            assert EVERYTHING.all().delete()[0] == 0
    assert [row.used_at for row in rows()] == [None, None]


def test_the_group_reads_them_and_changes_none(desk, program):
    with acting(desk.actor("amara")):
        assert EVERYTHING.count() == 2
        assert EVERYTHING.update(used_at=timezone.now()) == 0
        assert EVERYTHING.all().delete()[0] == 0


def test_nobody_but_the_mail_worker_writes_one(desk, program):
    row = rows()[0]
    hands = (
        desk.actor("amara"),
        desk.actor("claude"),
        visitor(),
        system(Purpose.SIGN_IN),
        system(Purpose.MAIL),
        system(Purpose.MAIL, organization_id=desk.cast.b.pk),
    )
    for hand in hands:
        with acting(hand):
            assert refused(lambda: EVERYTHING.bulk_create([copy_of(row)])), hand


def test_none_names_a_program_or_a_member_of_another_group(desk, program):
    row = rows()[0]
    with acting(system(Purpose.OPERATOR)):
        foreign = Membership.objects.get(person=desk.claude)
    for wrong in ({"program_id": desk.of_b.pk}, {"membership_id": foreign.pk}):

        def write(wrong=wrong):
            with acting(system(Purpose.MAIL, organization_id=desk.cast.a.pk)):
                EVERYTHING.bulk_create([copy_of(row, **wrong)])
                connection.check_constraints()
                return True

        assert refused(write), wrong


def test_only_its_bearer_and_the_operator_touch_a_mark(desk, program):
    mark_address(system(Purpose.OPERATOR), email="amara@example.org")
    marks = MemberName._base_manager.filter(person_id=desk.cast.amara.pk)
    for actor in (desk.actor("carla"), desk.actor("claude"), visitor(), system(Purpose.MAIL)):
        with acting(actor):
            assert marks.update(mail_bounced_on=None) == 0
            assert Person.objects.filter(pk=desk.cast.amara.pk).count() == 0
    with acting(desk.actor("claude")):
        assert not marks.exists()
    with acting(desk.actor("carla")):
        assert marks.get().mail_bounced_on == today()
