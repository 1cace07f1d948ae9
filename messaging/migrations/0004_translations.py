"""Whoever takes part adds translations too."""

from django.db import migrations, models

from network.tenancy.operations import ORGANIZATION, PERSON, PostgresSql, purpose_in

# As in 0002, with one kind more.
ADDED = (
    "(EXISTS (SELECT 1 FROM messaging_participant p "
    "WHERE p.handle_id = messaging_event.handle_id "
    f"AND p.person_id = {PERSON} AND p.organization_id = {ORGANIZATION} "
    "AND p.ended_as = '' AND p.state = 'active') "
    "AND kind IN ({kinds})) "
    f"OR {purpose_in('messenger')}"
)
BEFORE = "'message', 'topic', 'edit', 'deletion'"
KINDS = [
    ("message", "Message"),
    ("topic", "Topic"),
    ("edit", "Changed message"),
    ("deletion", "Deleted message"),
    ("translation", "Translation"),
    ("opened", "Opened"),
    ("renamed", "Renamed"),
    ("party_asked", "Group asked"),
    ("party_joined", "Group joined"),
    ("party_left", "Group left"),
    ("participant_joined", "Person joined"),
    ("participant_left", "Person left"),
    ("handle_named", "Name shown"),
    ("retention_set", "Time of keeping changed"),
    ("expired", "Older messages deleted"),
]


def policy(kinds: str) -> str:
    """The statement by which people add events of these kinds and no others."""
    return f"ALTER POLICY added ON messaging_event WITH CHECK ({ADDED.format(kinds=kinds)})"


class Migration(migrations.Migration):

    dependencies = [
        ("messaging", "0003_attachments"),
    ]

    operations = [
        # Choices are no matter of the database: nothing is rebuilt.
        migrations.AlterField(
            model_name="event",
            name="kind",
            field=models.CharField(choices=KINDS, max_length=20),
        ),
        PostgresSql(
            forward=[policy(f"{BEFORE}, 'translation'")],
            backward=[policy(BEFORE)],
        ),
    ]
