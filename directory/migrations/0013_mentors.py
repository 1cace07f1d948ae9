"""Help for beginners: offers and requests."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

from network.tenancy.operations import ORGANIZATION, PostgresSql, RowSecurity, purpose_in

OWN = f"organization_id = {ORGANIZATION}"
ASKED = f"mentor_id = {ORGANIZATION}"
ENDED = purpose_in("operator", "purge")
IS_VERIFIED = (
    "EXISTS (SELECT 1 FROM network_organization o "
    f"WHERE o.id = {ORGANIZATION} AND o.status = 'verified')"
)
# Only whoever offers help is asked for it.
OFFERS = (
    "EXISTS (SELECT 1 FROM directory_mentoroffer f "
    "WHERE f.organization_id = mentor_id AND f.is_open)"
)


class Migration(migrations.Migration):

    dependencies = [
        ('directory', '0012_applications'),
        ('network', '0011_bounces'),
    ]

    operations = [
        migrations.CreateModel(
            name='MentorOffer',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('is_open', models.BooleanField(default=False)),
                ('languages', models.JSONField(blank=True, default=list)),
                ('text', models.TextField(blank=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('organization', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='mentor_offer', to='network.organization')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='MentorRequest',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('text', models.TextField()),
                ('contact', models.CharField(max_length=300)),
                ('state', models.CharField(choices=[('asked', 'Asked'), ('accepted', 'Accepted'), ('declined', 'Declined'), ('withdrawn', 'Withdrawn'), ('ended', 'Ended')], default='asked', max_length=10)),
                ('answer', models.TextField(blank=True)),
                ('mentor_contact', models.CharField(blank=True, max_length=300)),
                ('asked_by', models.UUIDField(blank=True, null=True)),
                ('answered_by', models.UUIDField(blank=True, null=True)),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('facility', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='directory.facility')),
                ('mentor', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='network.organization')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='mentor_requests', to='network.organization')),
            ],
            options={
                'ordering': ('-created_at', '-id'),
                'indexes': [models.Index(fields=['mentor', 'state'], name='mentor_request_by_mentor')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state__in', ['asked', 'accepted'])), fields=('organization', 'mentor'), name='mentor_request_one_open'), models.CheckConstraint(condition=models.Q(('organization', models.F('mentor')), _negated=True), name='mentor_request_of_another')],
            },
        ),
        RowSecurity(
            "directory_mentoroffer",
            seen=f"{OWN} OR (is_open AND {IS_VERIFIED}) OR {ENDED}",
            written=OWN,
            removed=f"{OWN} OR {ENDED}",
        ),
        # Who asked takes it back; who was asked answers. Neither speaks for the other.
        RowSecurity(
            "directory_mentorrequest",
            seen=f"{OWN} OR {ASKED} OR {ENDED}",
            written="false",
            added=f"{OWN} AND state = 'asked' AND {IS_VERIFIED} AND {OFFERS}",
            removed=ENDED,
        ),
        PostgresSql(
            forward=[
                "CREATE POLICY changed_by_asker ON directory_mentorrequest FOR UPDATE "
                f"USING ({OWN}) WITH CHECK ({OWN} AND state IN ('withdrawn', 'ended'))",
                "CREATE POLICY changed_by_mentor ON directory_mentorrequest FOR UPDATE "
                f"USING ({ASKED}) "
                f"WITH CHECK ({ASKED} AND state IN ('accepted', 'declined', 'ended'))",
            ],
            backward=[
                "DROP POLICY changed_by_asker ON directory_mentorrequest",
                "DROP POLICY changed_by_mentor ON directory_mentorrequest",
            ],
        ),
    ]
