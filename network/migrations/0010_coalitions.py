"""Coalitions: who belongs, agreed by both sides."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

from network.tenancy.operations import (
    ORGANIZATION,
    PURPOSE,
    PostgresSql,
    RowSecurity,
    purpose_in,
)

BOTH = f"coalition_id = {ORGANIZATION} OR organization_id = {ORGANIZATION}"
ENDED = purpose_in("operator", "purge")
# Whoever asks asks for their own side, and nothing is agreed yet.
ASKED = (
    f"((asked_by = 'coalition' AND coalition_id = {ORGANIZATION}) "
    f"OR (asked_by = 'organization' AND organization_id = {ORGANIZATION})) "
    "AND agreed_at IS NULL AND refused_at IS NULL AND ended_at IS NULL AND ended_by = ''"
)
# Row security judges rows, not columns: which side may set which is for a trigger.
SIDES = f"""
    CREATE FUNCTION network_coalitionmembership_sides() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
        acting uuid := {ORGANIZATION};
        side text := CASE WHEN acting = OLD.coalition_id THEN 'coalition' ELSE 'organization' END;
    BEGIN
        IF {PURPOSE} = 'operator' THEN RETURN NEW; END IF;
        IF (NEW.id, NEW.coalition_id, NEW.organization_id, NEW.asked_by, NEW.created_at)
            IS DISTINCT FROM
            (OLD.id, OLD.coalition_id, OLD.organization_id, OLD.asked_by, OLD.created_at)
        THEN RAISE EXCEPTION 'between whom a coalition membership stands is never changed'; END IF;
        IF (NEW.agreed_at, NEW.refused_at) IS DISTINCT FROM (OLD.agreed_at, OLD.refused_at) AND (
            OLD.asked_by = side OR OLD.agreed_at IS NOT NULL OR OLD.refused_at IS NOT NULL
            OR OLD.ended_at IS NOT NULL)
        THEN RAISE EXCEPTION 'the side that was asked answers, once'; END IF;
        IF (NEW.ended_at, NEW.ended_by) IS DISTINCT FROM (OLD.ended_at, OLD.ended_by) AND (
            OLD.ended_at IS NOT NULL OR NEW.ended_by <> side)
        THEN RAISE EXCEPTION 'a side ends a coalition membership for itself, once'; END IF;
        RETURN NEW;
    END $$"""


class Migration(migrations.Migration):

    dependencies = [
        ('network', '0009_stewards'),
    ]

    operations = [
        migrations.CreateModel(
            name='CoalitionMembership',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('asked_by', models.CharField(choices=[('coalition', 'The coalition'), ('organization', 'The group')], max_length=12)),
                ('agreed_at', models.DateTimeField(blank=True, null=True)),
                ('refused_at', models.DateTimeField(blank=True, null=True)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('ended_by', models.CharField(blank=True, choices=[('coalition', 'The coalition'), ('organization', 'The group')], max_length=12)),
                ('coalition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='coalition_members', to='network.organization')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='coalition_memberships', to='network.organization')),
            ],
            options={
                'ordering': ('created_at', 'id'),
                'indexes': [models.Index(fields=['coalition', 'created_at'], name='coalition_member_by_coalition')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at', None), ('refused_at', None)), fields=('coalition', 'organization'), name='coalition_membership_one'), models.CheckConstraint(condition=models.Q(('coalition', models.F('organization')), _negated=True), name='coalition_membership_of_two'), models.CheckConstraint(condition=models.Q(('refused_at', None), models.Q(('agreed_at', None), ('ended_at', None)), _connector='OR'), name='coalition_membership_one_answer')],
            },
        ),
        # Both sides see it, and nobody else but who deletes what is over.
        RowSecurity(
            "network_coalitionmembership",
            seen=f"{BOTH} OR {ENDED}",
            written=f"{BOTH} OR {purpose_in('operator')}",
            added=f"({ASKED}) OR {purpose_in('operator')}",
            removed=ENDED,
        ),
        PostgresSql(
            forward=[
                SIDES,
                "CREATE TRIGGER sides BEFORE UPDATE ON network_coalitionmembership "
                "FOR EACH ROW EXECUTE FUNCTION network_coalitionmembership_sides()",
            ],
            backward=[
                "DROP TRIGGER sides ON network_coalitionmembership",
                "DROP FUNCTION network_coalitionmembership_sides()",
            ],
        ),
    ]
