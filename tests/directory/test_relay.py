"""The contact relay: who switches it, whose yes it needs, what is carried, what is not kept."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils import timezone

from directory.actions.programs.deleting import delete_program
from directory.actions.programs.purging import purge_programs
from directory.actions.publishing import publish_program, unpublish_program
from directory.actions.relaying import (
    Note,
    TooManyNotesError,
    carry_note,
    carrying,
    confirm_relay,
    switch_off_relay,
)
from directory.actions.relaying.carrying import LONGEST_TEXT, NOTES_OF_LISTING
from directory.models import Listing, Program, Relay
from directory.queries.relays import relay_open_at
from network.actions.limits import forget_attempts
from network.actions.lockdown import lock_organization
from network.actions.mail import send_due_mails
from network.enums import OrganizationStatus
from network.models import AuditEntry, Organization
from network.permissions import Refused
from network.tenancy import Purpose, acting, system, visitor
from tests.directory.desk import LONG_AGO, Desk, release_all
from tests.directory.relaying import (
    ADDRESS,
    NOTE,
    SLUG,
    mails,
    mails_to,
    no_mails,
    published_with_relay,
    switch_on,
    token_to,
)
from tests.directory.stating import refusals

EYES = system(Purpose.OPERATOR)
MARK = "Marked 4f7a of a reader"


@pytest.fixture
def desk(cast):
    return Desk(cast)


@pytest.fixture
def program(desk):
    return published_with_relay(desk)


def carry(note=NOTE, slug=SLUG, **more):
    carry_note(visitor(), slug=slug, note=note, **more)


def rows():
    with acting(EYES):
        return list(Relay.objects.all())


@pytest.mark.parametrize("name", ["edna", "bilal", "omar", "claude", "edo"])
def test_who_may_not_switch_it(desk, program, name):
    with pytest.raises(Refused):
        switch_on(desk, program, "mine@example.org", by=name)
    with acting(desk.actor(name)) as actor, pytest.raises(Refused):
        switch_off_relay(actor, program=program)
    assert [one.email for one in rows()] == [ADDRESS]


def test_nothing_goes_to_an_address_that_has_not_said_yes(desk):
    program = desk.create()
    with acting(desk.actor("carla")) as carla:
        publish_program(carla, program=program)
    switch_on(desk, program)
    assert not Listing.objects.get(pk=program.pk).has_relay
    with pytest.raises(Listing.DoesNotExist):
        carry()
    # Not even publishing again.
    with acting(desk.actor("carla")) as carla:
        publish_program(carla, program=program)
    assert not Listing.objects.get(pk=program.pk).has_relay
    [asked] = mails_to(ADDRESS)
    assert MARK not in asked.text
    assert token_to() not in str([one.__dict__ for one in rows()])
    assert confirm_relay(visitor(), token="x" * 43) is None
    version = Listing.objects.get(pk=program.pk).version
    token = token_to()
    assert confirm_relay(visitor(), token=token)
    release_all()
    listing = Listing.objects.get(pk=program.pk)
    assert (listing.has_relay, listing.version) == (True, version + 1)
    # The link works once.
    assert confirm_relay(visitor(), token=token) is None
    carry()


def test_a_link_is_over_after_seven_days(desk):
    program = desk.create()
    switch_on(desk, program)
    with acting(EYES):
        Relay.objects.update(asked_at=timezone.now() - dt.timedelta(days=7, minutes=1))
    assert confirm_relay(visitor(), token=token_to()) is None


def test_the_coordinators_are_told(desk):
    switch_on(desk, desk.create())
    assert confirm_relay(visitor(), token=token_to())
    told = [one.to for one in mails() if one.to != ADDRESS]
    assert set(told) == {"amara@example.org", "carla@example.org"}


@pytest.mark.parametrize(
    "email", ["", "x", "a@b", "a@example.org\nBcc: b@example.org", "a@example.org, b@example.org"]
)
def test_what_is_no_address(desk, email):
    program = desk.create()
    with pytest.raises(ValidationError) as refused:
        switch_on(desk, program, email)
    assert refusals(refused) == {"email": ["email"]}
    assert rows() == []
    assert not mails()


def test_mails_that_ask_are_five_minutes_apart(desk):
    program = desk.create()
    switch_on(desk, program)
    with pytest.raises(ValidationError) as refused:
        switch_on(desk, program, "other@example.org")
    assert refusals(refused) == {"email": ["soon"]}
    with acting(EYES):
        Relay.objects.update(asked_at=timezone.now() - dt.timedelta(minutes=6))
    first = token_to()
    switch_on(desk, program, "other@example.org")
    # The first address can say yes no longer.
    assert confirm_relay(visitor(), token=first) is None
    assert confirm_relay(visitor(), token=token_to("other@example.org"))


def test_another_address_takes_nothing_before_its_yes_and_the_old_one_nothing_more(desk, program):
    switch_on(desk, program)
    assert rows()[0].confirmed_at  # the same again changes nothing
    with acting(EYES):
        Relay.objects.update(asked_at=timezone.now() - dt.timedelta(minutes=6))
    switch_on(desk, program, "other@example.org")
    assert not Listing.objects.get(pk=program.pk).has_relay
    with pytest.raises(Listing.DoesNotExist):
        carry()


def test_a_note_is_one_mail_and_a_number(desk, program):
    carry(Note(text=f"Hello,\n{MARK}", language="ar", name="Esi", answer="esi@example.org"))
    [sent] = mails()
    assert sent.to == ADDRESS
    assert sent.headers == {"Reply-To": "esi@example.org"}
    assert sent.html == ""
    assert "Harbour Visitors" in sent.subject
    assert f"\n\nHello,\n{MARK}\n\n" in sent.text
    assert "Name: Esi\nAnswer to: esi@example.org\nLanguage: Arabic" in sent.text
    assert "Nobody reads answers" not in sent.text
    assert send_due_mails(system(Purpose.MAIL))["sent"] == 1
    [message] = mail.outbox
    assert message.message()["Reply-To"] == "esi@example.org"
    assert not mails()
    assert [one.notes for one in rows()] == [1]
    with acting(EYES):
        log = str(list(AuditEntry.objects.values()))
    for text in (MARK, "esi@example.org", ADDRESS):
        assert text not in log
    assert MARK not in everything()


def everything():
    """All rows of all tables, as text; the schema knows none that is left out."""
    with connection.cursor() as cursor, acting(EYES):
        found = []
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            found.append(str(cursor.fetchall()))
    return "\n".join(found)


def test_a_note_is_introduced_in_the_language_of_the_group(desk):
    program = desk.create()
    with acting(desk.actor("carla")) as carla:
        publish_program(carla, program=program)
    switch_on(desk, program, language="fr")
    confirm_relay(visitor(), token=token_to())
    release_all()
    carry(Note(text="Hi", language="ar"))
    assert "arabe" in mails_to(ADDRESS)[-1].text
    assert "Reply-To" not in mails_to(ADDRESS)[-1].headers


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"text": " "}, "text"),
        ({"text": "x" * (LONGEST_TEXT + 1)}, "text"),
        ({"text": "a\u202eb"}, "text"),
        ({"text": "a\x00b"}, "text"),
        ({"language": ""}, "language"),
        ({"language": "english"}, "language"),
        ({"name": "x" * 101}, "name"),
        ({"name": "Esi\nBcc: x@example.org"}, "name"),
        ({"answer": "esi"}, "answer"),
        ({"answer": "esi@"}, "answer"),
        ({"answer": "esi@example.org\nBcc: x@example.org"}, "answer"),
        ({"answer": "esi@example.org\r\nBcc: x@example.org"}, "answer"),
        ({"answer": "esi@example.org, x@example.org"}, "answer"),
        ({"answer": "Esi <esi@example.org>"}, "answer"),
        ({"answer": "esi@example.org\u2028Bcc: x@example.org"}, "answer"),
    ],
)
def test_what_no_note_holds(desk, program, change, field):
    values = {"text": "Hello", "language": "en", "name": "", "answer": "", **change}
    with pytest.raises(ValidationError) as refused:
        carry(Note(**values))
    assert list(refused.value.error_dict) == [field]
    assert not mails()
    assert [one.notes for one in rows()] == [0]


def test_a_telephone_number_is_said_and_heads_nothing(desk, program):
    carry(Note(text="Hello", language="en", answer="+44 20 7946 0000"))
    [sent] = mails()
    assert sent.headers == {}
    assert "+44 20 7946 0000" in sent.text


def test_a_note_that_could_identify_is_asked_about(desk, program):
    note = Note(text="He is A 123 456 789", language="en")
    with pytest.raises(ValidationError) as refused:
        carry(note)
    assert refusals(refused) == {"text": ["identifies"]}
    assert not mails()
    carry(note, has_looked=True)
    assert len(mails()) == 1


def test_a_day_takes_so_many_notes_for_one_program_and_for_the_site(desk, program, monkeypatch):
    for _number in range(NOTES_OF_LISTING):
        carry()
    with pytest.raises(TooManyNotesError):
        carry()
    assert len(mails()) == NOTES_OF_LISTING
    forget_attempts("relay.listing", str(program.pk))
    carry()
    # All programs together.
    monkeypatch.setattr(carrying, "NOTES_OF_NODE", NOTES_OF_LISTING + 1)
    with pytest.raises(TooManyNotesError):
        carry()
    assert [one.notes for one in rows()] == [NOTES_OF_LISTING + 1]


def _status(status):
    def change(desk, program):
        with acting(EYES):
            Organization.objects.filter(pk=desk.cast.a.pk).update(status=status)

    return change


def _lock(desk, program):
    with acting(desk.actor("amara")) as amara:
        lock_organization(amara, organization=desk.cast.a)


def _off(desk, program):
    with acting(desk.actor("carla")) as carla:
        switch_off_relay(carla, program=program)


def _unpublish(desk, program):
    with acting(desk.actor("carla")) as carla:
        unpublish_program(carla, program=program)


def _delete(desk, program):
    with acting(desk.actor("amara")) as amara:
        delete_program(amara, program=program, base_version=1)


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(_status(OrganizationStatus.SUSPENDED), id="suspended"),
        pytest.param(_status(OrganizationStatus.LEFT), id="left"),
        pytest.param(_status(OrganizationStatus.APPLIED), id="applied"),
        pytest.param(_lock, id="locked"),
        pytest.param(_off, id="off"),
        pytest.param(_unpublish, id="unpublished"),
        pytest.param(_delete, id="deleted"),
    ],
)
def test_when_nobody_can_be_written_to(desk, program, change):
    assert relay_open_at(EYES, SLUG)
    change(desk, program)
    no_mails()
    assert relay_open_at(EYES, SLUG) is None
    with pytest.raises(Listing.DoesNotExist):
        carry()
    assert not mails()


def test_switched_off_it_is_forgotten_and_the_log_has_the_number(desk, program):
    carry()
    for _twice in range(2):
        _off(desk, program)
    assert rows() == []
    assert not Listing.objects.get(pk=program.pk).has_relay
    with acting(EYES):
        entries = AuditEntry.objects.filter(verb__startswith="program.relay")
        said = [(one.verb, one.details) for one in entries.order_by("created_at")]
    assert said == [
        ("program.relay_asked", {}),
        ("program.relay_confirmed", {}),
        ("program.relay_ended", {"notes": 1}),
    ]


def test_it_goes_with_its_program(desk, program):
    _delete(desk, program)
    with acting(EYES):
        Program.objects.filter(pk=program.pk).update(deleted_at=LONG_AGO)
    purge_programs(system(Purpose.PURGE))
    assert rows() == []


def test_published_again_it_can_be_written_to_at_once(desk, program):
    _unpublish(desk, program)
    with acting(desk.actor("carla")) as carla:
        publish_program(carla, program=desk.fresh(program))
    carry()


def test_a_withheld_contact_does_not_matter(desk, program):
    desk.edit(program, withheld=["contact"])
    with acting(desk.actor("carla")) as carla:
        publish_program(carla, program=desk.fresh(program))
    assert Listing.objects.get(pk=program.pk).contact == {}
    carry()


def test_one_group_sees_nothing_of_anothers(desk, program):
    with acting(desk.actor("claude")):
        assert not Relay.objects.exists()
    with acting(visitor()):
        assert not Relay.objects.exists()
    if connection.vendor == "postgresql":
        with acting(desk.actor("claude")):
            assert not Relay.objects.beyond_scope().exists()
        with acting(system(Purpose.PURGE)):
            assert not Relay.objects.beyond_scope().exists()
