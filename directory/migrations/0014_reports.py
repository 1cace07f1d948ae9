"""Reports from the public; entries as they were before a claim."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

from network.tenancy.operations import PostgresSql, RowSecurity, purpose_in

STEWARD = purpose_in("steward")
OPERATOR = purpose_in("operator")
ENDED = purpose_in("operator", "purge")
NODE = purpose_in("operator", "purge", "steward")


class Migration(migrations.Migration):

    dependencies = [
        ('directory', '0013_mentors'),('network', '0011_bounces'),
    ]

    operations = [
        migrations.AddField(
            model_name='listing',
            name='website_changed_on',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.CreateModel(
            name='ClaimedEntry',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('program_id', models.UUIDField()),
                ('document', models.JSONField(default=list)),
                ('undone_at', models.DateTimeField(blank=True, null=True)),
                ('application', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='claimed_entry', to='directory.application')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='network.organization')),
            ],
            options={
                'verbose_name_plural': 'claimed entries',
            },
        ),
        migrations.CreateModel(
            name='Report',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('subject', models.CharField(choices=[('program', 'Program'), ('facility', 'Place of detention')], max_length=10)),
                ('slug', models.CharField(max_length=160)),
                ('kind', models.CharField(choices=[('wrong', 'Something in it is wrong'), ('closed', 'It does not exist any more'), ('dangerous', 'It is dangerous for people'), ('take_off', 'This is us: take us off'), ('other', 'Something else')], max_length=10)),
                ('text', models.TextField(blank=True)),
                ('email', models.EmailField(blank=True, max_length=254)),
                ('language', models.CharField(default='en', max_length=12)),
                ('decision', models.CharField(blank=True, choices=[('nothing', 'Left as it is'), ('forwarded', 'Sent on to the group'), ('taken_off', 'Taken off for good')], max_length=10)),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('decided_by', models.UUIDField(blank=True, null=True)),
            ],
            options={
                'ordering': ('created_at', 'id'),
                'indexes': [models.Index(fields=['decided_at', 'created_at'], name='report_by_decision')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('decided_at', None), ('decision', '')), models.Q(models.Q(('decision', ''), _negated=True), ('decided_at__isnull', False)), _connector='OR'), name='public_report_decided_whole')],
            },
        ),
        # Anybody reports; the stewards read it.
        RowSecurity(
            "directory_report",
            seen=NODE,
            written=f"{STEWARD} OR {ENDED}",
            added="decision = ''",
            removed=ENDED,
        ),
        RowSecurity(
            "directory_claimedentry", seen=NODE, written=OPERATOR, added=OPERATOR, removed=ENDED
        ),
        PostgresSql(
            forward=[
                "ALTER TABLE directory_claimedentry ADD CONSTRAINT "
                "directory_claimedentry_same_organization "
                "FOREIGN KEY (organization_id, application_id) "
                "REFERENCES directory_application (organization_id, id) "
                "DEFERRABLE INITIALLY DEFERRED"
            ],
            backward=[
                "ALTER TABLE directory_claimedentry DROP CONSTRAINT "
                "directory_claimedentry_same_organization"
            ],
        ),
    ]
