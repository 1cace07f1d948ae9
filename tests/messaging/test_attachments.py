"""Files of messages: who may send and fetch them, once, and that they go with their message."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from messaging.actions.attaching import LONGEST_NAME, MOST, file_name, looked_at
from messaging.actions.purging import purge_attachments, purge_messages
from messaging.actions.sending import delete_message, edit_message
from messaging.actions.standing import forget_organization, reconcile
from messaging.enums import EventKind
from messaging.errors import ConversationClosed
from messaging.folding import fold
from messaging.models import Attachment, Conversation
from messaging.queries.attachments import attachment_for, attachments_of
from messaging.queries.events import message_for, visible_events
from network.models import Node
from network.permissions import Refused
from network.tenancy import Purpose, acting, system
from network.uploads.storage import ATTACHMENTS
from tests.messaging.talking import (
    MESSENGER,
    PURGE,
    ask,
    channel,
    group,
    join,
    log_of,
    say,
    text_file,
    third,
)
from tests.pictures import picture
from tests.uploaded import age, files, files_of

__all__ = ["files"]  # a fixture

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("files")]
DAY = 24 * 60 * 60


def file(words="Minutes of May", name="Minutes.txt"):
    return text_file(words, name)


def rows():
    with acting(MESSENGER, is_reading=True):
        return list(Attachment.objects.beyond_scope().order_by("event", "ordinal"))


def seen_by(actor, message_id):
    with acting(actor, is_reading=True):
        return [one.name for one in attachments_of(actor, [message_id]).get(message_id, ())]


def can_fetch(actor, row):
    with acting(actor, is_reading=True):
        try:
            attachment_for(actor, conversation_id=row.conversation_id, attachment_id=row.pk)
        except Attachment.DoesNotExist:
            return False
    return True


def in_days(days):
    return timezone.now() + dt.timedelta(days=days)


# Refusals first.


def test_who_takes_no_part_sees_and_sends_no_file(cast):
    omar, amara = cast.actor("omar"), cast.actor("amara")
    hidden = group(omar)
    sent = say(omar, hidden, files=(file("zqsecret"),))
    _other, olga = third()
    (row,) = rows()
    for actor in (amara, olga, cast.actor("chiara"), cast.actor("bilal")):
        assert not can_fetch(actor, row)
        assert seen_by(actor, sent.id) == []
    with pytest.raises(Conversation.DoesNotExist):
        say(amara, hidden, files=(file(),))
    with pytest.raises(Refused):
        say(cast.actor("bilal"), hidden, files=(file(),))
    assert len(files_of(ATTACHMENTS)) == 1


def test_a_file_at_another_conversation_is_not_found(cast):
    omar = cast.actor("omar")
    one, other = group(omar), group(omar)
    say(omar, one, files=(file(),))
    (row,) = rows()
    with acting(omar, is_reading=True), pytest.raises(Attachment.DoesNotExist):
        attachment_for(omar, conversation_id=other.pk, attachment_id=row.pk)


def test_a_first_contact_brings_no_file(cast):
    conversation = ask(cast.actor("omar"), cast.b)
    with pytest.raises(ConversationClosed, match="requested"):
        say(cast.actor("omar"), conversation, files=(file(),))
    with pytest.raises(ConversationClosed, match="unanswered"):
        say(cast.actor("chiara"), conversation, files=(file(),))
    assert files_of(ATTACHMENTS) == set()


def test_a_topic_brings_no_file(cast):
    with pytest.raises(ValidationError) as refused:
        say(cast.actor("omar"), channel(cast), "May", kind=EventKind.TOPIC, files=(file(),))
    assert set(refused.value.error_dict) == {"files"}


def test_a_conversation_of_another_node_takes_no_file_yet(cast):
    omar = cast.actor("omar")
    talk = group(omar)
    with acting(MESSENGER):
        node = Node.objects.create(origin="https://other.example.org", name="Other node")
        Conversation.objects.filter(pk=talk.pk).update(home_node=node)
    with pytest.raises(ValidationError) as refused:
        say(omar, talk, files=(file(),))
    assert refused.value.error_dict["files"][0].code == "away"
    assert files_of(ATTACHMENTS) == set()


def test_too_many_too_long_and_unfit_files_are_named_at_their_field():
    def refusal(*sent):
        with pytest.raises(ValidationError) as refused:
            looked_at(sent)
        assert set(refused.value.error_dict) == {"files"}
        return refused.value.error_dict["files"][0]

    text = ("a.txt", b"words")
    assert refusal(*[text] * (MOST + 1)).code == "too_many"
    half = ("half.txt", b"a" * (3 * 1024 * 1024))
    assert refusal(half, half).code == "long"
    assert refusal(("whole.txt", b"a" * (6 * 1024 * 1024))).code == "long"
    unfit = refusal(text, ("x\u202egnp.exe", b"MZ\x00\x01\x02"))
    assert str(unfit.message).startswith("xgnp.exe: ")


def test_what_a_group_may_keep_is_counted_over_all_its_people_and_talks(cast, settings):
    settings.MESSAGE_FILES = 100
    omar, amara = cast.actor("omar"), cast.actor("amara")
    # A talk that Amara knows nothing of, and a message that was deleted, count all the same.
    hidden, shared = group(omar), channel(cast)
    sent = say(omar, hidden, files=(file("x" * 60),))
    with acting(omar):
        delete_message(omar, conversation_id=hidden.pk, client_id=uuid.uuid4(), target=sent.id)
    before = len(log_of(shared))
    with pytest.raises(ValidationError) as refused:
        say(amara, shared, "Kept", files=(file("x" * 41),))
    assert refused.value.error_dict["files"][0].code == "quota"
    assert len(log_of(shared)) == before
    say(amara, shared, files=(file("y" * 40),))
    # The other group has room of its own.
    say(cast.actor("chiara"), shared, files=(file("z" * 100),))
    assert len(files_of(ATTACHMENTS)) == 3


def test_nothing_is_left_of_files_where_one_cannot_be_kept(cast, monkeypatch):
    conversation, written = channel(cast), []
    write = ATTACHMENTS.write

    def full(parts):
        if written:
            raise ValidationError("full", code="no_room")
        written.append(write(parts))
        return written[-1]

    monkeypatch.setattr(ATTACHMENTS, "write", full)
    before = len(log_of(conversation))
    with pytest.raises(ValidationError) as refused:
        say(cast.actor("omar"), conversation, "Two", files=(file("one"), file("two")))
    assert refused.value.error_dict["files"][0].code == "no_room"
    assert written
    assert files_of(ATTACHMENTS) == set()
    assert len(log_of(conversation)) == before


# Sent once.


def test_a_message_with_files_is_one_send_and_sent_again_keeps_nothing_twice(cast):
    conversation, omar = channel(cast), cast.actor("omar")
    client_id = uuid.uuid4()
    both = (file("one", "One.txt"), file("two", "Two.txt"))
    first = say(omar, conversation, "Here", client_id=client_id, files=both)
    again = say(omar, conversation, "Here", client_id=client_id, files=both)
    assert (again.id, again.is_repeat, first.is_repeat) == (first.id, True, False)
    assert [one.name for one in rows()] == ["One.txt", "Two.txt"]
    assert files_of(ATTACHMENTS) == {one.file for one in rows()}
    assert {ATTACHMENTS.read(one.file) for one in rows()} == {b"one", b"two"}
    assert seen_by(cast.actor("chiara"), first.id) == ["One.txt", "Two.txt"]
    assert log_of(conversation)[-1].data == {"files": 2}


def test_files_need_no_words(cast):
    conversation = channel(cast)
    sent = say(cast.actor("omar"), conversation, "", files=(file(),))
    chiara = cast.actor("chiara")
    with acting(chiara, is_reading=True):
        found = message_for(chiara, conversation_id=conversation.pk, message_id=sent.id)
    assert (found.body, found.files) == ("", 1)
    with pytest.raises(ValidationError):
        say(cast.actor("omar"), conversation, "")


def test_a_file_is_seen_in_the_range_in_which_its_message_is(cast):
    conversation = channel(cast)
    before = say(cast.actor("omar"), conversation, files=(file(),))
    late = join(cast.b, "late")
    reconcile(MESSENGER, organization_id=cast.b.pk)
    assert seen_by(late, before.id) == []
    after = say(cast.actor("omar"), conversation, files=(file("later"),))
    assert seen_by(late, after.id) == ["Minutes.txt"]
    assert {one.event_id: can_fetch(late, one) for one in rows()} == {
        before.id: False,
        after.id: True,
    }


# Gone with the message.


def test_a_deleted_message_hands_out_no_file_at_once_and_keeps_none_after_a_week(cast):
    conversation, omar, chiara = channel(cast), cast.actor("omar"), cast.actor("chiara")
    sent = say(omar, conversation, "Canary", files=(file("zqcanary", "Canary.txt"),))
    (row,) = rows()
    assert can_fetch(chiara, row)
    with acting(omar):
        delete_message(
            omar, conversation_id=conversation.pk, client_id=uuid.uuid4(), target=sent.id
        )
    for actor in (omar, chiara, cast.actor("amara")):
        assert not can_fetch(actor, row)
        assert seen_by(actor, sent.id) == []
        with acting(actor, is_reading=True):
            found = message_for(actor, conversation_id=conversation.pk, message_id=sent.id)
        assert (found.is_deleted, found.files) == (True, 0)
    purge_messages(PURGE, now=in_days(6))
    assert rows() == [row]
    purge_messages(PURGE, now=in_days(8))
    assert rows() == []
    age(ATTACHMENTS, row.file, 2 * DAY)
    assert purge_attachments(PURGE) == {"files_of_messages": 1}
    assert files_of(ATTACHMENTS) == set()
    with acting(MESSENGER, is_reading=True):
        state = fold(log_of(conversation), {})
    assert state.messages[str(sent.id)].files == 0


def test_a_file_goes_with_its_message_by_age_and_no_sooner(cast):
    conversation, omar = channel(cast), cast.actor("omar")
    sent = say(omar, conversation, files=(file(),))
    (row,) = rows()
    age(ATTACHMENTS, row.file, 100 * DAY)
    purge_messages(PURGE, now=in_days(89))
    assert purge_attachments(PURGE) == {"files_of_messages": 0}
    assert seen_by(omar, sent.id) == ["Minutes.txt"]
    purge_messages(PURGE, now=in_days(91))
    assert rows() == []
    assert purge_attachments(PURGE) == {"files_of_messages": 1}


def test_an_edit_leaves_the_files_as_they_are(cast):
    conversation, omar = channel(cast), cast.actor("omar")
    sent = say(omar, conversation, "Draft", files=(file(),))
    with acting(omar):
        edit_message(
            omar,
            conversation_id=conversation.pk,
            client_id=uuid.uuid4(),
            target=sent.id,
            body="Better",
        )
    assert seen_by(cast.actor("chiara"), sent.id) == ["Minutes.txt"]


def test_a_send_that_came_to_nothing_leaves_its_file_to_the_purge(cast):
    conversation, omar = channel(cast), cast.actor("omar")
    purge_attachments(PURGE)
    with transaction.atomic():
        say(omar, conversation, files=(file(),))
        transaction.set_rollback(True)
    assert rows() == []
    (left,) = files_of(ATTACHMENTS)
    assert purge_attachments(PURGE) == {"files_of_messages": 0}
    age(ATTACHMENTS, left, 2 * DAY)
    assert purge_attachments(PURGE) == {"files_of_messages": 1}
    with pytest.raises(ValueError, match="only the purge"):
        purge_attachments(system(Purpose.OPERATOR))


def test_a_group_that_goes_takes_its_files_along(cast):
    conversation = channel(cast)
    say(cast.actor("omar"), conversation, files=(file("ours"),))
    theirs = say(cast.actor("chiara"), conversation, files=(file("theirs"),))
    forget_organization(cast.a.pk)
    assert [one.event_id for one in rows()] == [theirs.id]


# Names.


@pytest.mark.parametrize(
    ("name", "media_type", "shown"),
    [
        ("C:\\Users\\Amara\\Desktop\\Plan.TXT", "text/plain", "Plan.txt"),
        ("/photos/amara/plan.jpeg", "image/jpeg", "plan.jpg"),
        ("photo.webp", "image/png", "photo.png"),
        ("notes.md", "text/plain", "notes.md.txt"),
        ("minutes\u202etxt.pdf", "application/pdf", "minutestxt.pdf"),
        ("a\r\nSet-Cookie: x.txt", "text/plain", "aSet-Cookie: x.txt"),
        ("محضر أيار.pdf", "application/pdf", "محضر أيار.pdf"),
        ("", "text/plain", "file.txt"),
        ("....", "image/png", "file.png"),
        ("\u200e.txt", "text/plain", "\u200e.txt"),
    ],
)
def test_what_a_file_is_called(name, media_type, shown):
    assert file_name(name, media_type) == shown


def test_a_long_name_is_cut_and_keeps_its_ending():
    found = file_name("x" * 500 + ".pdf", "application/pdf")
    assert (len(found), found[-5:]) == (LONGEST_NAME, "x.pdf")


@pytest.mark.django_db
def test_a_picture_is_written_anew_and_named_for_what_it_became():
    (found,) = looked_at([("place.webp", picture((8, 6), form="WEBP"))])
    assert found.name in ("place.jpg", "place.png")
    assert found.inspected.media_type in ("image/jpeg", "image/png")


# The database alone.


@pytest.mark.skipif(connection.vendor != "postgresql", reason="row security")
def test_row_security_alone_hides_and_refuses(cast):
    omar, amara, chiara = (cast.actor(name) for name in ("omar", "amara", "chiara"))
    hidden, conversation = group(omar), channel(cast)
    say(omar, hidden, files=(file("hidden"),))
    sent = say(omar, conversation, files=(file("shown"),))

    def every(actor):
        with acting(actor, is_reading=True):
            return {one.event_id for one in Attachment.objects.beyond_scope()}

    assert every(amara) == every(chiara) == {sent.id}
    said = say(chiara, conversation, "Mine")
    values = {"name": "x", "media_type": "text/plain", "bytes": 1, "ordinal": 3}
    for actor, event_id in ((amara, sent.id), (omar, said.id), (amara, said.id)):
        new = Attachment(
            conversation_id=conversation.pk,
            event_id=event_id,
            organization_id=actor.organization_id,
            file=uuid.uuid4().hex,
            **values,
        )
        with acting(actor), pytest.raises(DatabaseError), transaction.atomic():
            new.save(force_insert=True)
    for actor in (omar, chiara):
        with acting(actor):
            own = Attachment.objects.beyond_scope()
            assert own.update(name="zq") == own.delete()[0] == 0
    with acting(system(Purpose.OPERATOR), is_reading=True):
        assert not Attachment.objects.beyond_scope().exists()
    with acting(omar):
        delete_message(
            omar, conversation_id=conversation.pk, client_id=uuid.uuid4(), target=sent.id
        )
    assert every(amara) == every(chiara) == set()


def test_what_is_visible_never_names_a_file(cast):
    """The log holds how many there are and no word of them."""
    conversation = channel(cast)
    say(cast.actor("omar"), conversation, files=(file("zqwords", "zqname.txt"),))
    omar = cast.actor("omar")
    with acting(omar, is_reading=True):
        told = [str(one.__dict__) for one in visible_events(omar)]
    assert not [one for one in told if "zq" in one]
