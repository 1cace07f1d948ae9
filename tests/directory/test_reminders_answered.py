"""The link of a reminder acts for its person in their present role, once, and for nobody else."""

import datetime as dt

import pytest
from django.utils import timezone

from directory.actions.programs.deleting import delete_program
from directory.actions.publishing import publish_program, unpublish_program
from directory.actions.reminding.answering import (
    confirm_by_reminder,
    is_of_member,
    open_reminder,
    stop_reminders,
)
from directory.models import Reminder
from network.enums import OrganizationStatus, Role
from network.models import AuditEntry, MemberName, Membership, Person
from network.tenancy import Purpose, acting, system, visitor
from tests.directory.desk import Desk, listing_of
from tests.directory.reminded import (
    aged,
    change,
    confirmed_on,
    has_second_step,
    in_role,
    later,
    mail_to,
    published,
    remind,
    stands,
    today,
    token_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(cast):
    found = Desk(cast)
    has_second_step(found.carla, cast.amara, found.claude)
    return found


@pytest.fixture
def program(desk):
    return aged(published(desk), 200)


@pytest.fixture
def token(desk, program):
    remind()
    return token_of(mail_to("carla"))


def press(token):
    return confirm_by_reminder(visitor(), token=token)


def seen(token):
    return open_reminder(visitor(), token=token)


def expire(**values):
    with acting(system(Purpose.SIGN_IN)):
        Reminder.objects.update(**values)


def unpublish(desk, program):
    with acting(desk.actor("amara")) as amara:
        unpublish_program(amara, program=desk.fresh(program))


def delete(desk, program):
    with acting(desk.actor("amara")) as amara:
        delete_program(amara, program=desk.fresh(program))


REASONS = {
    "role taken": lambda desk, _program: in_role(desk.carla, role=Role.ORGANIZER),
    "member no more": lambda desk, _program: in_role(desk.carla, ended_at=timezone.now()),
    "suspended": lambda desk, _program: change(Person, {"pk": desk.carla.pk}, is_active=False),
    "no second step": lambda desk, _program: (
        change(Person, {"pk": desk.carla.pk}, second_factor_since=None),
        in_role(desk.carla, role_since=timezone.now() - dt.timedelta(days=8)),
    ),
    "group suspended": lambda desk, _program: stands(
        desk.cast.a, status=OrganizationStatus.SUSPENDED
    ),
    "group locked": lambda desk, _program: stands(desk.cast.a, locked_down_at=timezone.now()),
    "group leaves": lambda desk, _program: stands(desk.cast.a, status=OrganizationStatus.LEFT),
    "unpublished": unpublish,
    "deleted": delete,
    "expired": lambda _desk, _program: expire(expires_at=timezone.now()),
}


@pytest.mark.parametrize("reason", REASONS)
def test_a_link_that_may_do_nothing_any_more_does_nothing(desk, program, token, reason):
    REASONS[reason](desk, program)
    before = confirmed_on(program)
    assert seen(token) is None
    assert not press(token)
    assert confirmed_on(program) == before


@pytest.mark.parametrize("wrong", ["", "x", "é", "0" * 43, "%00", "\x00"])
def test_an_unknown_link_does_nothing(desk, program, token, wrong):
    assert seen(wrong) is None
    assert not press(wrong)
    assert not stop_reminders(visitor(), token=wrong)
    assert confirmed_on(program) == today() - dt.timedelta(days=200)


def test_looking_changes_nothing(desk, program, token):
    listing = listing_of(program)
    for _again in range(3):
        asked = seen(token)
    assert [one.pk for one in asked.listings] == [program.pk]
    assert asked.used_on is None
    after = listing_of(program)
    assert (after.version, after.updated_at) == (listing.version, listing.updated_at)
    assert confirmed_on(program) == today() - dt.timedelta(days=200)


def test_the_button_dates_the_programs_of_the_link_and_no_others(desk, program, token):
    other = aged(published(desk), 100)
    foreign = aged(published(desk, by="claude"), 100)
    assert press(token)
    assert confirmed_on(program) == today()
    assert confirmed_on(other) == confirmed_on(foreign) == today() - dt.timedelta(days=100)
    with acting(desk.actor("amara")):
        entry = AuditEntry.objects.get(verb="program.confirmed")
    assert (entry.person_id, entry.object_id) == (desk.carla.pk, program.pk)


def test_one_that_is_gone_is_left_out_of_a_link_for_two(desk, program):
    gone = aged(published(desk), 100)
    remind()
    both = token_of(mail_to("carla"))
    assert len(seen(both).listings) == 2
    unpublish(desk, gone)
    assert press(both)
    assert confirmed_on(program) == today()
    assert confirmed_on(gone) == today() - dt.timedelta(days=100)


def test_using_it_again_is_harmless(desk, program, token):
    assert press(token)
    assert seen(token).used_on == today()
    later(program, 20)
    version = listing_of(program).version
    assert press(token)
    assert confirmed_on(program) == today() - dt.timedelta(days=20)
    assert listing_of(program).version == version
    # A colleague's link is another one.
    assert press(token_of(mail_to("amara")))
    assert confirmed_on(program) == today()


def test_what_is_held_stays_held(desk, program, token):
    desk.edit(program, contact={"phone": "+44 20 7946 9999"})
    with acting(desk.actor("amara")) as amara:
        publish_program(amara, program=desk.fresh(program))
    aged(program, 200)
    held = desk.held(program)
    assert held is not None
    assert press(token)
    again = desk.held(program)
    assert (again.pk, again.held_until) == (held.pk, held.held_until)
    assert listing_of(program).contact["phone"] == "+44 20 7946 0000"
    assert confirmed_on(program) == today()


def test_what_was_edited_and_not_published_stays_unpublished(desk, program, token):
    desk.edit(program, status="paused")
    assert press(token)
    assert listing_of(program).status == "active"


def test_using_it_forgets_that_mails_came_back(desk, program, token):
    day = today() - dt.timedelta(days=3)
    people = (desk.carla, desk.cast.amara)
    for person in people:
        change(Person, {"pk": person.pk}, mail_bounced_on=day)
        change(MemberName, {"person_id": person.pk}, mail_bounced_on=day)
    assert press(token)
    with acting(system(Purpose.OPERATOR)):
        carla, amara = (Person.objects.get(pk=one.pk).mail_bounced_on for one in people)
        names = dict(MemberName.objects.values_list("person_id", "mail_bounced_on"))
    assert (carla, amara) == (None, day)
    assert (names[desk.carla.pk], names[desk.cast.amara.pk]) == (None, day)


def off_since(person):
    with acting(system(Purpose.OPERATOR)):
        return Membership.objects.get(person=person).reminders_off_on


def test_the_other_link_ends_them_for_its_person_alone(desk, program, token):
    assert is_of_member(visitor(), token=token)
    assert off_since(desk.carla) is None
    assert stop_reminders(visitor(), token=token)
    assert stop_reminders(visitor(), token=token)
    assert off_since(desk.carla) == today()
    assert off_since(desk.cast.amara) is None


def test_it_ends_them_also_after_the_link_to_confirm_ended(desk, program, token):
    expire(expires_at=timezone.now() - dt.timedelta(days=20))
    assert not press(token)
    assert stop_reminders(visitor(), token=token)
    assert off_since(desk.carla) == today()


def test_it_ends_nothing_for_who_does_not_belong_any_more(desk, program, token):
    in_role(desk.carla, ended_at=timezone.now())
    assert not is_of_member(visitor(), token=token)
    assert not stop_reminders(visitor(), token=token)
