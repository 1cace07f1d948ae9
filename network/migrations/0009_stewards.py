"""Stewards act for the node: what row security lets them read and write; support sessions."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

from network.tenancy.operations import ORGANIZATION, PERSON, PostgresSql, RowSecurity, purpose_in

STEWARD = purpose_in("steward")
# The setting alone makes nobody a steward: the person's own row must say so.
ACTS = (
    f"({STEWARD} AND EXISTS (SELECT 1 FROM network_person p "
    f"WHERE p.id = {PERSON} AND p.is_steward AND p.is_active))"
)
POLICIES = (
    ("network_organization", f"FOR SELECT USING {ACTS}"),
    ("network_membership", f"FOR SELECT USING {ACTS}"),
    # The node's own log, never that of a group.
    ("network_auditentry", f"FOR SELECT USING ({ACTS} AND organization_id IS NULL)"),
)
OWN = f"organization_id = {ORGANIZATION}"
MINE = f"({ACTS} AND steward_id = {PERSON})"
ENDED = purpose_in("operator", "purge")
WRITING = (
    f"CREATE POLICY added_by_steward ON network_auditentry FOR INSERT "
    f"WITH CHECK ({ACTS} AND person_id = {PERSON})"
)


class Migration(migrations.Migration):

    dependencies = [
        ("network", "0008_uploads"),
    ]

    operations = [
        # Without a default: SQLite would make the table anew and lose its triggers.
        migrations.AddField(
            model_name='organization',
            name='verification',
            field=models.JSONField(blank=True, null=True),
        ),
        migrations.CreateModel(
            name='SupportSession',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('steward_id', models.UUIDField()),
                ('reason', models.CharField(max_length=300)),
                ('minutes', models.PositiveSmallIntegerField()),
                ('expires_at', models.DateTimeField()),
                ('answered_by', models.UUIDField(blank=True, null=True)),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('ends_at', models.DateTimeField(blank=True, null=True)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='support_sessions', to='network.organization')),
            ],
            options={
                'ordering': ('-created_at', 'id'),
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('organization',), name='support_one_open'), models.CheckConstraint(condition=models.Q(('minutes__gte', 1), ('minutes__lte', 60)), name='support_at_most_an_hour'), models.CheckConstraint(condition=models.Q(('ends_at', None), ('answered_by__isnull', False), _connector='OR'), name='support_was_allowed')],
            },
        ),
        # A steward asks and ends; only the group itself allows.
        RowSecurity(
            "network_supportsession",
            seen=f"{OWN} OR {MINE} OR {ENDED}",
            written=f"{OWN} OR {MINE} OR {ENDED}",
            added=f"{MINE} AND answered_by IS NULL",
            removed=ENDED,
        ),
        PostgresSql(
            forward=[
                *(f"CREATE POLICY seen_by_steward ON {table} {rule}" for table, rule in POLICIES),
                WRITING,
            ],
            backward=[
                *(f"DROP POLICY seen_by_steward ON {table}" for table, _rule in POLICIES),
                "DROP POLICY added_by_steward ON network_auditentry",
            ],
        ),
    ]
