"""Reports of messages, and the copies that only stewards of neither group read."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

from network.tenancy.operations import ORGANIZATION, PERSON, PostgresSql, RowSecurity, purpose_in

OWN = f"organization_id = {ORGANIZATION}"
PURGE = purpose_in("purge")
# The setting alone makes nobody a steward, and no steward reads what their own group reported or
# is said to have written.
STEWARD = (
    f"({purpose_in('steward')} AND EXISTS (SELECT 1 FROM network_person p "
    f"WHERE p.id = {PERSON} AND p.is_steward AND p.is_active))"
)
OUTSIDE = (
    "NOT EXISTS (SELECT 1 FROM network_membership m "
    f"WHERE m.person_id = {PERSON} AND m.ended_at IS NULL AND m.organization_id IN "
    "(messaging_reportedwords.organization_id, messaging_reportedwords.about_id))"
)
READ = (
    f"({STEWARD} AND EXISTS (SELECT 1 FROM messaging_reportedwords w "
    "WHERE w.report_id = messaging_messagereport.id))"
)


class Migration(migrations.Migration):

    dependencies = [
        ("messaging", "0004_translations"),
        ("network", "0011_bounces"),
    ]

    operations = [
        # Choices are no matter of the database: nothing is rebuilt.
        migrations.AlterField(
            model_name="participant",
            name="ended_as",
            field=models.CharField(blank=True, choices=[('answered', 'Has accepted'), ('left', 'Left'), ('refused', 'Refused'), ('removed', 'Taken out'), ('standing', 'Role has ended'), ('party', 'The group has left'), ('blocked', 'The other is blocked')], max_length=10),
        ),
        migrations.CreateModel(
            name="MessageReport",
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('client_id', models.UUIDField()),
                ('kind', models.CharField(choices=[('threat', 'A threat, or hatred'), ('detained', 'Somebody in detention can be recognised'), ('spam', 'Advertising, or off the point'), ('impersonation', 'They are not who they say'), ('other', 'Something else')], max_length=20)),
                ('state', models.CharField(choices=[('waiting', 'With the stewards'), ('dismissed', 'Left as it is'), ('warned', 'The group was warned'), ('suspended', 'The group is suspended'), ('lapsed', 'Nobody decided in time')], default='waiting', max_length=10)),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='network.organization')),
            ],
            options={
                'ordering': ('created_at', 'id'),
                'indexes': [models.Index(fields=['state', 'created_at'], name='message_report_by_state')],
                'constraints': [
                    models.UniqueConstraint(fields=('organization', 'client_id'), name='message_reported_once'),
                    models.CheckConstraint(condition=models.Q(models.Q(('decided_at', None), ('state', 'waiting')), models.Q(models.Q(('state', 'waiting'), _negated=True), ('decided_at__isnull', False)), _connector='OR'), name='message_report_decided_whole'),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReportedWords",
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('about_name', models.CharField(blank=True, max_length=200)),
                ('talk', models.CharField(choices=[('direct', 'Two people'), ('group', 'People invited one by one'), ('channel', 'Groups'), ('mentoring', 'Help to begin')], max_length=10)),
                ('note', models.TextField(blank=True)),
                ('copies', models.JSONField(blank=True, default=list)),
                ('about', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='network.organization')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='network.organization')),
                ('report', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='words', to='messaging.messagereport')),
            ],
            options={
                'verbose_name_plural': 'reported words',
            },
        ),
        RowSecurity(
            "messaging_reportedwords",
            seen=f"({STEWARD} AND {OUTSIDE}) OR {PURGE}",
            written=PURGE,
            added=OWN,
        ),
        RowSecurity(
            "messaging_messagereport",
            seen=f"{OWN} OR {READ} OR {PURGE}",
            written=f"{READ} OR {PURGE}",
            added=f"{OWN} AND state = 'waiting'",
            removed=PURGE,
        ),
        PostgresSql(
            forward=[
                "ALTER TABLE messaging_messagereport ADD CONSTRAINT "
                "messaging_messagereport_of_organization UNIQUE (organization_id, id)",
                "ALTER TABLE messaging_reportedwords ADD CONSTRAINT "
                "messaging_reportedwords_same_organization "
                "FOREIGN KEY (organization_id, report_id) "
                "REFERENCES messaging_messagereport (organization_id, id) "
                "DEFERRABLE INITIALLY DEFERRED",
            ],
            backward=[
                "ALTER TABLE messaging_reportedwords DROP CONSTRAINT "
                "messaging_reportedwords_same_organization",
                "ALTER TABLE messaging_messagereport DROP CONSTRAINT "
                "messaging_messagereport_of_organization",
            ],
        ),
    ]
