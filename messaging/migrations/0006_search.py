"""The words by which messages are found."""

import django.db.models.deletion
from django.db import migrations, models

from network.tenancy.operations import ORGANIZATION, PERSON, PostgresSql, RowSecurity, purpose_in

HAND = purpose_in("messenger")
# As for events: a word is seen where the event that holds it is.
WITHIN = (
    "EXISTS (SELECT 1 FROM messaging_participant p "
    "WHERE p.conversation_id = messaging_messageword.conversation_id "
    f"AND p.person_id = {PERSON} AND p.organization_id = {ORGANIZATION} "
    "AND messaging_messageword.seq > p.joined_seq "
    "AND (p.left_seq IS NULL OR messaging_messageword.seq <= p.left_seq))"
)


def of_own(number: str, kinds: str) -> str:
    """Whether the acting person, who takes part, wrote the event of a number."""
    return (
        "EXISTS (SELECT 1 FROM messaging_event e JOIN messaging_participant p "
        "ON p.handle_id = e.handle_id "
        "WHERE e.conversation_id = messaging_messageword.conversation_id "
        f"AND e.seq = messaging_messageword.{number} AND e.kind IN ({kinds}) "
        f"AND p.person_id = {PERSON} AND p.organization_id = {ORGANIZATION} "
        "AND p.ended_as = '' AND p.state = 'active')"
    )


SAID = "'message', 'topic'"
SAID_ANEW = "'message', 'topic', 'edit'"


class Migration(migrations.Migration):

    dependencies = [
        ("messaging", "0005_reports"),
    ]

    operations = [
        migrations.CreateModel(
            name='MessageWord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('message', models.UUIDField()),
                ('message_seq', models.BigIntegerField()),
                ('seq', models.BigIntegerField()),
                ('word', models.CharField(max_length=40)),
                ('conversation', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='words', to='messaging.conversation')),
            ],
            options={
                'indexes': [
                    models.Index(fields=['conversation', 'word', 'seq', 'message'], name='message_word_by_word'),
                    models.Index(fields=['message', 'word'], name='message_word_by_message'),
                ],
            },
        ),
        # Compared by code point, as SQLite does: what begins with some letters is a range.
        PostgresSql(
            forward=['ALTER TABLE messaging_messageword ALTER COLUMN word TYPE varchar(40) COLLATE "C"'],
            backward=['ALTER TABLE messaging_messageword ALTER COLUMN word TYPE varchar(40) COLLATE "default"'],
        ),
        # Nothing changes a word: it is added, and taken away.
        RowSecurity(
            "messaging_messageword",
            seen=f"{WITHIN} OR {purpose_in('messenger', 'purge')}",
            written="false",
            added=(
                f"{HAND} OR ({of_own('message_seq', SAID)} "
                f"AND {of_own('seq', SAID_ANEW)})"
            ),
            removed=f"{purpose_in('messenger', 'purge')} OR {of_own('message_seq', SAID)}",
        ),
    ]
