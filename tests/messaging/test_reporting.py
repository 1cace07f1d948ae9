"""Reports: what somebody chose is copied and nothing else, and nobody learns who reported."""

import uuid

import pytest
from django.conf import settings as site
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.utils import timezone

from messaging.actions import reporting
from messaging.actions.leaving import invite
from messaging.actions.opening import open_channel
from messaging.actions.sending import delete_message, edit_message
from messaging.models import Conversation, Event, MessageReport, Party, ReportedWords
from messaging.queries.reports import (
    messages_to_report,
    report_rows,
    words_waiting,
)
from network.models import AuditEntry
from network.permissions import Refused
from network.tenancy import Purpose, acting, steward, system
from tests.counting import questions
from tests.messaging.reported import code_of, copies, decide, dov, mails, report, state_of, talk
from tests.messaging.talking import (
    accepts,
    ask,
    channel,
    group,
    log_of,
    row_of,
    say,
    third,
)

__all__ = ["dov", "talk"]  # fixtures
pytestmark = pytest.mark.django_db
KEYS = {"number", "shown_name", "body", "language", "said_at"}


# Refusals first.


@pytest.mark.parametrize("name", ["bilal", "edna"])
def test_whose_role_has_no_messages_reports_nothing(cast, talk, name):
    with pytest.raises(Refused):
        report(cast.actor(name), talk[0], talk[2])


def test_what_one_may_not_read_is_missing(cast, talk):
    conversation, said, own = talk
    _other, olga = third()
    with pytest.raises(Conversation.DoesNotExist):
        report(olga, conversation, said[0])
    foreign = ask(olga, cast.a, body="Zq elsewhere")
    theirs = next(one for one in log_of(foreign) if one.kind == "message")
    theirs.id = theirs.pk
    with pytest.raises(Event.DoesNotExist):
        report(cast.actor("chiara"), conversation, said[0], theirs)
    opened = next(one for one in log_of(conversation) if one.kind == "opened")
    with pytest.raises(Event.DoesNotExist):
        report(cast.actor("chiara"), conversation, opened)
    assert copies() == []
    assert own.seq


def test_what_was_said_before_one_came_is_missing(cast):
    omar, chiara = cast.actor("omar"), cast.actor("chiara")
    met = channel(cast)
    say(chiara, met, "Hello")
    people = group(omar)
    before = say(omar, people, "Zq before")
    theirs = (met.pk, row_of(chiara, met).handle_id)
    with acting(omar):
        invite(omar, conversation_id=people.pk, handles=[theirs])
    accepts(chiara, people)
    after = say(omar, people, "Zq after")
    with pytest.raises(Event.DoesNotExist):
        report(chiara, people, before, after)
    with acting(chiara, is_reading=True), pytest.raises(Event.DoesNotExist):
        messages_to_report(chiara, conversation_id=people.pk, message_id=before.id)
    assert report(chiara, people, after).state == "waiting"


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"said": ()}, {"messages": "required"}),
        ({"said": (3,)}, {"messages": "own"}),
        ({"said": (0, 3)}, {"messages": "own"}),
        ({"kind": "rude"}, {"kind": "kind"}),
        ({"note": "x" * 1001}, {"note": "too_long"}),
    ],
)
def test_what_is_wrong_is_said_at_its_field(cast, talk, values, code):
    conversation, said, own = talk
    everything = [*said, own]
    chosen = [everything[n] for n in values.pop("said", (0,))]
    with pytest.raises(ValidationError) as error:
        report(cast.actor("chiara"), conversation, *chosen, **values)
    assert code_of(error) == code
    assert copies() == []


def test_a_note_that_names_somebody_held_is_asked_about(cast, talk):
    conversation, said, _own = talk
    values = {"note": "It is about A-123 456 789."}
    with pytest.raises(ValidationError) as error:
        report(cast.actor("chiara"), conversation, said[0], **values)
    assert code_of(error) == {"note": "identifies"}
    assert report(cast.actor("chiara"), conversation, said[0], has_looked=True, **values)


def test_messages_of_two_groups_are_two_reports(cast):
    omar, chiara = cast.actor("omar"), cast.actor("chiara")
    channel(cast)
    other, olga = third()
    accepts(olga, ask(omar, other))
    with acting(omar):
        conversation = open_channel(
            omar,
            organizations=[cast.b.slug, other.slug],
            topic="Three",
            body="",
            client_id=uuid.uuid4(),
        )
    one, two = say(omar, conversation, "A"), say(olga, conversation, "C")
    with pytest.raises(ValidationError) as error:
        report(chiara, conversation, one, two)
    assert code_of(error) == {"messages": "several"}
    assert report(chiara, conversation, two).pk


def test_what_was_deleted_meanwhile_is_not_copied(cast, talk):
    conversation, said, _own = talk
    omar = cast.actor("omar")
    with acting(omar):
        delete_message(
            omar, conversation_id=conversation.pk, client_id=uuid.uuid4(), target=said[0].id
        )
    with pytest.raises(ValidationError) as error:
        report(cast.actor("chiara"), conversation, said[0])
    assert code_of(error) == {"messages": "deleted"}


def test_a_group_does_not_bury_the_stewards(cast, talk, monkeypatch):
    monkeypatch.setattr(reporting, "MAX_WAITING", 1)
    conversation, said, _own = talk
    report(cast.actor("chiara"), conversation, said[0])
    with pytest.raises(ValidationError) as error:
        report(cast.actor("chiara"), conversation, said[1])
    assert error.value.code == "waiting"


# What is copied, and who learns what.


def test_what_was_chosen_is_copied_as_it_stands_and_nothing_else(cast, talk):
    conversation, said, _own = talk
    omar = cast.actor("omar")
    with acting(omar):
        edit_message(
            omar,
            conversation_id=conversation.pk,
            client_id=uuid.uuid4(),
            target=said[2].id,
            body="Zq3 after the change",
            language="es",
        )
    report(cast.actor("chiara"), conversation, said[2], said[0])
    [words] = copies()
    assert [(one["body"], one["language"], one["number"]) for one in words.copies] == [
        ("Zq1 of Omar", "en", 1),
        ("Zq3 after the change", "es", 1),
    ]
    assert {key for one in words.copies for key in one} == KEYS
    assert (words.about_id, words.about_name, words.talk) == (cast.a.pk, cast.a.name, "channel")
    whole = str([getattr(words, one.attname) for one in words._meta.concrete_fields])
    for absent in ("Zq2", "Zq4", "May we talk", conversation.pk, cast.omar.pk, cast.chiara.pk):
        assert str(absent) not in whole
    # Deleted now, the words stay with the stewards.
    with acting(omar):
        delete_message(
            omar, conversation_id=conversation.pk, client_id=uuid.uuid4(), target=said[0].id
        )
    assert copies()[0].copies[0]["body"] == "Zq1 of Omar"


def test_sent_twice_it_is_there_once_and_what_was_deleted_since_is_no_matter(cast, talk):
    conversation, said, _own = talk
    chiara, key = cast.actor("chiara"), uuid.uuid4()
    first = report(chiara, conversation, said[0], client_id=key)
    assert report(chiara, conversation, said[0], said[1], client_id=key).pk == first.pk
    assert len(copies()) == 1


def test_the_reported_group_learns_nothing(cast, talk):
    conversation, said, _own = talk
    amara = cast.actor("amara")
    with acting(amara, is_reading=True):
        before = [str(one) for one in AuditEntry.objects.order_by("created_at")]
    log = [one.pk for one in log_of(conversation)]
    report(cast.actor("chiara"), conversation, said[0])
    with acting(amara, is_reading=True):
        assert [str(one) for one in AuditEntry.objects.order_by("created_at")] == before
        assert MessageReport.objects.count() == ReportedWords.objects.count() == 0
    assert list(report_rows(amara)) == []
    assert [one.pk for one in log_of(conversation)] == log
    assert {to for to, _text in mails()} == {cast.dov.email}
    assert "Zq" not in str(mails())
    assert cast.a.name not in str(mails())


def test_the_group_that_reported_reads_the_state_and_not_the_words(cast, talk, dov):
    conversation, said, _own = talk
    chiara = cast.actor("chiara")
    found = report(chiara, conversation, said[0])
    assert state_of(chiara) == ["waiting"]
    decide(dov, found, "dismissed", reason="")
    assert state_of(chiara) == ["dismissed"]
    [row] = report_rows(chiara)
    assert set(row) == {"id", "created_at", "kind", "state", "decided_at"}
    with acting(chiara, is_reading=True):
        verbs = list(AuditEntry.objects.values_list("verb", flat=True))
    assert verbs.count("message.reported") == verbs.count("message_report.decided") == 1
    assert "Zq" not in str(row)


def test_stewards_see_the_copies_and_nothing_of_the_conversation(cast, talk, dov):
    conversation, said, _own = talk
    report(cast.actor("chiara"), conversation, said[0])
    with acting(dov, is_reading=True):
        [words] = words_waiting(dov)
        assert [one["body"] for one in words.copies] == ["Zq1 of Omar"]
    if site.HAS_OWNER_ROLE:
        with acting(dov, is_reading=True):
            for model in (Event, Conversation, Party):
                assert model._base_manager.count() == 0


def test_what_can_be_reported_is_offered_in_the_same_number_of_queries(cast, talk):
    conversation, said, own = talk
    chiara = cast.actor("chiara")

    def offered(message_id):
        with acting(chiara, is_reading=True), questions(6):
            rows = messages_to_report(
                chiara, conversation_id=conversation.pk, message_id=message_id
            )
        return [one.body for one in rows]

    assert offered(said[0].id)[-3:] == ["Zq1 of Omar", "Zq2 of Omar", "Zq3 of Omar"]
    for number in range(3):
        say(cast.actor("omar"), conversation, f"More {number}")
    assert len(offered(said[0].id)) == 7
    assert "Zq4 of Chiara" not in offered(said[0].id)
    assert own.seq


@pytest.mark.skipif(not site.HAS_OWNER_ROLE, reason="row security needs PostgreSQL")
def test_the_database_keeps_the_copies_from_everybody_else(cast, talk, dov):
    conversation, said, _own = talk
    found = report(cast.actor("chiara"), conversation, said[0])
    for actor in (
        *(cast.actor(name) for name in ("chiara", "amara", "omar", "farid")),
        steward(cast.omar.pk),  # the setting alone makes nobody a steward
        *(system(one) for one in (Purpose.OPERATOR, Purpose.MESSENGER, Purpose.HUB)),
    ):
        with acting(actor):
            assert ReportedWords._base_manager.count() == 0, actor
            changed = MessageReport._base_manager.update(state="warned", decided_at=timezone.now())
            assert changed == 0, actor
    with acting(cast.actor("amara")), pytest.raises(DatabaseError), transaction.atomic():
        ReportedWords(
            report_id=found.pk, organization_id=cast.b.pk, talk="channel", copies=[]
        ).save(force_insert=True)
