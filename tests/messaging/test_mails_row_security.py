"""What PostgreSQL alone shows of mails about messages: who counts cannot read what is counted."""

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction

from messaging.models import Event, Handle, MailChoice, Participant, Party, Said
from network.models import Membership, Person
from network.tenancy import Purpose, acting, system, visitor
from tests.messaging.talking import ask, channel, say
from tests.messaging.told import AT_ONCE, DIGEST, choose

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(
        not settings.HAS_OWNER_ROLE,
        reason="row security needs PostgreSQL with two roles; SQLite has none",
    ),
]


def counts(actor, *models):
    with acting(actor):
        return [model._base_manager.count() for model in models]


def test_the_purpose_of_digests_counts_what_it_cannot_read(cast):
    conversation = channel(cast)
    say(cast.actor("chiara"), conversation, f"@{cast.a.slug}")
    assert counts(DIGEST, Event, Handle, Party) == [0, 0, 0]
    assert counts(DIGEST, Said)[0] == 2
    columns = {field.column for field in Said._meta.local_concrete_fields}
    assert columns == {"id", "created_at", "conversation_id", "seq", "kind", "handle_id"}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT column_name FROM information_schema.columns "
            "WHERE table_name = 'messaging_said'"
        )
        assert {name for (name,) in cursor.fetchall()} == columns


def test_the_view_shows_nobody_more_than_the_events(cast):
    _other = ask(cast.actor("omar"), cast.b, body="Asked")
    for actor in (visitor(), cast.actor("bilal"), cast.actor("dov"), system(Purpose.MAIL)):
        assert counts(actor, Said) == counts(actor, Event) == [0]
    assert counts(cast.actor("omar"), Said) == [1]


def test_nothing_is_written_through_the_view(cast):
    conversation = channel(cast)
    for actor in (DIGEST, cast.actor("omar"), system(Purpose.MESSENGER)):
        with pytest.raises(DatabaseError), acting(actor), transaction.atomic():
            Said._base_manager.filter(conversation=conversation).update(seq=1)


def test_a_choice_is_seen_and_changed_by_its_person_alone(cast):
    omar, chiara = cast.actor("omar"), cast.actor("chiara")
    choose(omar, AT_ONCE)
    for actor in (chiara, cast.actor("amara"), visitor(), system(Purpose.MAIL)):
        assert counts(actor, MailChoice) == [0]
    assert counts(omar, MailChoice) == counts(DIGEST, MailChoice) == [1]
    with acting(chiara):
        assert MailChoice.objects.update(digest="daily") == 0
    with pytest.raises(DatabaseError), acting(chiara), transaction.atomic():
        MailChoice.objects.create(person_id=cast.amara.pk)


def test_the_purpose_of_digests_changes_nobody(cast):
    channel(cast)
    with acting(DIGEST):
        assert Participant._base_manager.update(read_seq=99) == 0
        assert Person.objects.update(language="es") == 0
        assert Membership._base_manager.update(role="member") == 0
