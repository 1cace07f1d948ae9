"""One index for each question, and policies that ask for one row where there is one.

What the first columns of an index answer needs no index of its own. Such a one also gave
PostgreSQL a wrong choice: where it had no figures of a table yet, it read the whole log of a
conversation to find the event of a number, for each word of a message.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from network.tenancy.operations import ORGANIZATION, PERSON, PostgresSql, purpose_in

GONE_WITH = {"on_delete": django.db.models.deletion.CASCADE}
MAY_GO = {"on_delete": django.db.models.deletion.SET_NULL, "null": True, "blank": True}
# Each column with the field that it becomes, and the name of its index. SQLite would make the table
# anew for an altered field, and lose the triggers of the log; so the index alone is taken away.
TAKEN = [
    (model, name, models.ForeignKey(db_index=False, related_name=back, to=to, **more), index)
    for model, name, to, back, more, index in [
        ("attachment", "event", "messaging.event", "attachments", GONE_WITH, "messaging_attachment_event_id_09bc788b"),
        ("block", "organization", "network.organization", "+", GONE_WITH, "messaging_block_organization_id_35fcb305"),
        ("event", "conversation", "messaging.conversation", "events", GONE_WITH, "messaging_event_conversation_id_59af9d8d"),
        ("handle", "conversation", "messaging.conversation", "handles", GONE_WITH, "messaging_handle_conversation_id_f32e5c44"),
        ("mention", "conversation", "messaging.conversation", "mentions", GONE_WITH, "messaging_mention_conversation_id_1d1e942f"),
        ("messagereport", "organization", "network.organization", "+", GONE_WITH, "messaging_messagereport_organization_id_c94028ba"),
        ("participant", "conversation", "messaging.conversation", "participants", GONE_WITH, "messaging_participant_conversation_id_07f75de9"),
        ("participant", "membership", "network.membership", "+", GONE_WITH, "messaging_participant_membership_id_f2e75f2f"),
        ("participant", "party", "messaging.party", "participants", GONE_WITH, "messaging_participant_party_id_da50c369"),
        ("participant", "person", settings.AUTH_USER_MODEL, "+", GONE_WITH, "messaging_participant_person_id_3b7fab51"),
        ("party", "organization", "network.organization", "+", MAY_GO, "messaging_party_organization_id_75525718"),
    ]
]

HAND = purpose_in("messenger")
MINE = f"person_id = {PERSON} AND organization_id = {ORGANIZATION}"
READ_BY = purpose_in("operator", "purge", "hub", "messenger", "digest")


def stands(whose):
    """The membership of a row carries messages now; only the acting person's is looked for."""
    return (
        "EXISTS (SELECT 1 FROM network_membership m JOIN network_organization o "
        "ON o.id = m.organization_id WHERE m.id = membership_id AND m.ended_at IS NULL "
        f"{whose}AND m.role IN ('organizer', 'coordinator', 'owner') "
        "AND o.status = 'verified' AND o.locked_down_at IS NULL)"
    )


def participants(whose):
    """The statements by which people see and change their own rows."""
    seen = f"({MINE} AND {stands(whose)}) OR {READ_BY}"
    written = f"({MINE} AND {stands(whose)}) OR {HAND}"
    return [
        f"ALTER POLICY seen ON messaging_participant USING ({seen})",
        f"ALTER POLICY changed ON messaging_participant "
        f"USING ({written}) WITH CHECK ({written})",
    ]


def of_own(more, kinds):
    """Whether the acting person, who takes part, wrote such an event."""
    return (
        "EXISTS (SELECT 1 FROM messaging_event e JOIN messaging_participant p "
        "ON p.handle_id = e.handle_id "
        "WHERE e.conversation_id = messaging_messageword.conversation_id "
        f"AND {more} AND e.kind IN ({kinds}) "
        f"AND p.person_id = {PERSON} AND p.organization_id = {ORGANIZATION} "
        "AND p.ended_as = '' AND p.state = 'active')"
    )


# Words of what somebody says, at its own number. Those of a change are the messenger's to put.
OF_SAID = (
    "e.seq = messaging_messageword.seq AND e.id = messaging_messageword.message "
    "AND messaging_messageword.message_seq = messaging_messageword.seq"
)
SAID, SAID_ANEW = "'message', 'topic'", "'message', 'topic', 'edit'"
BEFORE = (
    f"{of_own('e.seq = messaging_messageword.message_seq', SAID)} "
    f"AND {of_own('e.seq = messaging_messageword.seq', SAID_ANEW)}"
)


def words(checked):
    """The statement by which people add words of what they wrote."""
    return f"ALTER POLICY added ON messaging_messageword WITH CHECK ({HAND} OR ({checked}))"


class Migration(migrations.Migration):

    dependencies = [
        ("messaging", "0009_words_by_stretch"),
        ("network", "0011_bounces"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(model_name=model, name=name, field=field)
                for model, name, field, _index in TAKEN
            ],
            database_operations=[
                migrations.RunSQL(
                    f'DROP INDEX "{index}"',
                    f'CREATE INDEX "{index}" ON "messaging_{model}" ("{name}_id")',
                )
                for model, name, _field, index in TAKEN
            ],
        ),
        migrations.AddIndex(
            model_name="participant",
            index=models.Index(
                fields=["conversation", "person"], name="participant_by_conversation"
            ),
        ),
        PostgresSql(
            forward=[*participants(f"AND m.person_id = {PERSON} "), words(of_own(OF_SAID, SAID))],
            backward=[words(BEFORE), *participants("")],
        ),
    ]
