"""Mails that say how much waits: what people chose, what was told, and a view without words."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from network.tenancy.operations import PERSON, PostgresSql, RowSecurity, purpose_in

DIGEST = purpose_in("digest")

SAID = """
    CREATE VIEW messaging_said AS
    SELECT id, created_at, conversation_id, seq, kind, handle_id FROM messaging_event
    WHERE seq IS NOT NULL AND kind IN ('message', 'topic', 'edit')
"""


class Migration(migrations.Migration):

    dependencies = [
        ("messaging", "0006_search"),
        ("network", "0011_bounces"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        # Only what Python knows of the column: no table is made anew.
        migrations.AlterField(
            model_name="event",
            name="kind",
            field=models.CharField(choices=[("message", "Message"), ("topic", "Topic"), ("edit", "Changed message"), ("deletion", "Deleted message"), ("translation", "Translation"), ("opened", "Opened"), ("renamed", "Renamed"), ("party_asked", "Group asked"), ("party_joined", "Group joined"), ("party_left", "Group left"), ("party_renamed", "Group renamed"), ("participant_joined", "Person joined"), ("participant_left", "Person left"), ("handle_named", "Name shown"), ("retention_set", "Time of keeping changed"), ("expired", "Older messages deleted")], max_length=20),
        ),
        migrations.AddField(
            model_name="participant",
            name="told_seq",
            field=models.BigIntegerField(blank=True, null=True),
        ),
        migrations.CreateModel(
            name="MailChoice",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("digest", models.CharField(choices=[("off", "Never"), ("daily", "Once a day"), ("weekly", "Once a week, on Monday")], default="daily", max_length=8)),
                ("hour", models.PositiveSmallIntegerField(default=8)),
                ("at_once", models.BooleanField(default=True)),
                ("quiet_from", models.PositiveSmallIntegerField(default=21)),
                ("quiet_until", models.PositiveSmallIntegerField(default=8)),
                ("told_at", models.DateTimeField(blank=True, null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                ("person", models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "constraints": [models.CheckConstraint(condition=models.Q(("hour__lt", 24), ("quiet_from__lt", 24), ("quiet_until__lt", 24)), name="mail_choice_hours_of_a_day")],
            },
        ),
        migrations.CreateModel(
            name="Said",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("seq", models.BigIntegerField()),
                ("kind", models.CharField(choices=[("message", "Message"), ("topic", "Topic"), ("edit", "Changed message")], max_length=20)),
                ("conversation", models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", to="messaging.conversation")),
                ("handle", models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", to="messaging.handle")),
            ],
            options={
                "db_table": "messaging_said",
                "managed": False,
            },
        ),
        migrations.RunSQL(SAID, "DROP VIEW messaging_said"),
        # A person reads and changes their own. The job that writes mails reads all, and writes
        # down when it wrote; it also switches mails off for who followed the link in one.
        RowSecurity(
            "messaging_mailchoice",
            seen=f"person_id = {PERSON} OR {purpose_in('digest', 'operator', 'purge')}",
            written=f"person_id = {PERSON} OR {DIGEST}",
            removed=f"person_id = {PERSON} OR {purpose_in('operator', 'purge')}",
        ),
        PostgresSql(
            forward=[
                # Messages are counted for mails without being read. Row security judges rows, not
                # columns: so the purpose sees no event, and the view, which reads with the rights
                # of the owner of the tables, shows it the columns without words. The policy is
                # the owner's alone: the serving role gains nothing by naming the purpose.
                "CREATE POLICY counted_by_digest ON messaging_event FOR SELECT TO CURRENT_USER "
                f"USING ({DIGEST})",
                # Whether somebody still has access is asked of the live rows in the question that
                # counts; address, language and time zone stand with the person.
                "CREATE POLICY seen_by_digest ON network_organization FOR SELECT "
                f"USING ({DIGEST})",
                "CREATE POLICY seen_by_digest ON network_membership FOR SELECT "
                f"USING ({DIGEST})",
                f"CREATE POLICY seen_by_digest ON network_person FOR SELECT USING ({DIGEST})",
            ],
            backward=[
                "DROP POLICY seen_by_digest ON network_person",
                "DROP POLICY seen_by_digest ON network_membership",
                "DROP POLICY seen_by_digest ON network_organization",
                "DROP POLICY counted_by_digest ON messaging_event",
            ],
        ),
    ]
