"""Ways in: applications, vouches, proofs, objections."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from network.tenancy.operations import ORGANIZATION, PostgresSql, RowSecurity, purpose_in

OWN = f"organization_id = {ORGANIZATION}"
ASKS = f"applicant_id = {ORGANIZATION}"
STEWARD = purpose_in("steward")
OPERATOR = purpose_in("operator")
ENDED = purpose_in("operator", "purge")
NODE = purpose_in("operator", "purge", "steward")
# A group that was asked to vouch reads what the applicant says of itself.
VOUCHES = (
    "EXISTS (SELECT 1 FROM directory_vouch v WHERE v.application_id = directory_application.id "
    f"AND v.organization_id = {ORGANIZATION})"
)
# A row about an application belongs to the group that applied.
OF_APPLICATION = (
    ("directory_applicationnote", "organization_id"),
    ("directory_domainproof", "organization_id"),
    ("directory_objection", "organization_id"),
    ("directory_vouch", "applicant_id"),
)


class Migration(migrations.Migration):

    dependencies = [
        ('directory', '0011_uploads'),
        ('network', '0011_bounces'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='FirstStep',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('kind', models.CharField(choices=[('register', 'Register a program'), ('claim', 'Take over an entry'), ('start', 'Start visiting')], max_length=10)),
                ('email', models.EmailField(max_length=254)),
                ('language', models.CharField(default='en', max_length=12)),
                ('answers', models.JSONField(blank=True, default=dict)),
                ('listing_slug', models.CharField(blank=True, max_length=160)),
                ('token_hash', models.CharField(max_length=64, unique=True)),
                ('expires_at', models.DateTimeField(db_index=True)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='listing',
            name='claimed_on',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.CreateModel(
            name='Application',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('kind', models.CharField(choices=[('register', 'Register a program'), ('claim', 'Take over an entry'), ('start', 'Start visiting')], max_length=10)),
                ('state', models.CharField(choices=[('draft', 'Not sent yet'), ('waiting', 'With the stewards'), ('asked', 'A question to you'), ('approved', 'Approved'), ('refused', 'Refused'), ('withdrawn', 'Withdrawn')], default='draft', max_length=10)),
                ('language', models.CharField(default='en', max_length=12)),
                ('answers', models.JSONField(blank=True, default=dict)),
                ('listing_id', models.UUIDField(blank=True, null=True)),
                ('listing_slug', models.CharField(blank=True, max_length=160)),
                ('submitted_at', models.DateTimeField(blank=True, null=True)),
                ('escalated_at', models.DateTimeField(blank=True, null=True)),
                ('warned_at', models.DateTimeField(blank=True, null=True)),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('decided_by', models.UUIDField(blank=True, null=True)),
                ('second_by', models.UUIDField(blank=True, null=True)),
                ('reason', models.TextField(blank=True)),
                ('public_reason', models.TextField(blank=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='applications', to='network.organization')),
                ('person', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('submitted_at', 'id'),
            },
        ),
        migrations.CreateModel(
            name='ApplicationNote',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('author', models.CharField(choices=[('applicant', 'The group'), ('steward', 'A steward')], max_length=10)),
                ('person_id', models.UUIDField(blank=True, null=True)),
                ('body', models.TextField()),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notes', to='directory.application')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='network.organization')),
            ],
            options={
                'ordering': ('created_at', 'id'),
            },
        ),
        migrations.CreateModel(
            name='DomainProof',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('email', models.EmailField(blank=True, max_length=254)),
                ('domain', models.CharField(max_length=253)),
                ('token_hash', models.CharField(max_length=64, unique=True)),
                ('expires_at', models.DateTimeField()),
                ('confirmed_at', models.DateTimeField(blank=True, null=True)),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='proofs', to='directory.application')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='network.organization')),
            ],
            options={
                'ordering': ('-created_at', 'id'),
            },
        ),
        migrations.CreateModel(
            name='Objection',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('text', models.TextField()),
                ('email', models.EmailField(blank=True, max_length=254)),
                ('language', models.CharField(default='en', max_length=12)),
                ('state', models.CharField(choices=[('open', 'Open'), ('upheld', 'Upheld'), ('dismissed', 'Dismissed')], default='open', max_length=10)),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('decided_by', models.UUIDField(blank=True, null=True)),
                ('reason', models.TextField(blank=True)),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='objections', to='directory.application')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='network.organization')),
            ],
            options={
                'ordering': ('created_at', 'id'),
            },
        ),
        migrations.CreateModel(
            name='Vouch',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('state', models.CharField(choices=[('asked', 'Asked'), ('given', 'Given'), ('declined', 'Declined'), ('withdrawn', 'Withdrawn')], default='asked', max_length=10)),
                ('message', models.CharField(blank=True, max_length=400)),
                ('statement', models.TextField(blank=True)),
                ('given_by', models.UUIDField(blank=True, null=True)),
                ('given_at', models.DateTimeField(blank=True, null=True)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('applicant', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='network.organization')),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='vouches', to='directory.application')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='vouches', to='network.organization')),
            ],
            options={
                'ordering': ('created_at', 'id'),
            },
        ),
        migrations.AddIndex(
            model_name='application',
            index=models.Index(fields=['state', 'submitted_at'], name='application_by_state'),
        ),
        migrations.AddConstraint(
            model_name='application',
            constraint=models.UniqueConstraint(fields=('organization', 'id'), name='application_of_organization'),
        ),
        migrations.AddConstraint(
            model_name='application',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ['draft', 'waiting', 'asked'])), fields=('organization',), name='application_one_open'),
        ),
        migrations.AddIndex(
            model_name='vouch',
            index=models.Index(fields=['applicant', 'state'], name='vouch_by_applicant'),
        ),
        migrations.AddConstraint(
            model_name='vouch',
            constraint=models.UniqueConstraint(fields=('application', 'organization'), name='vouch_once'),
        ),
        migrations.AddConstraint(
            model_name='vouch',
            constraint=models.CheckConstraint(condition=models.Q(('organization', models.F('applicant')), _negated=True), name='vouch_for_another'),
        ),
        # It belongs to nobody until the link is opened.
        RowSecurity("directory_firststep", seen=purpose_in("sign_in", "operator", "purge")),
        RowSecurity(
            "directory_application",
            seen=f"{OWN} OR {NODE} OR {VOUCHES}",
            written=f"{OWN} OR {STEWARD} OR {OPERATOR}",
            added=f"{OWN} OR {OPERATOR}",
            removed=ENDED,
        ),
        RowSecurity(
            "directory_applicationnote",
            seen=f"{OWN} OR {NODE}",
            written="false",
            added=(
                f"({OWN} AND author = 'applicant') OR ({STEWARD} AND author = 'steward') "
                f"OR {OPERATOR}"
            ),
            removed=ENDED,
        ),
        # The applicant asks and takes back what was not answered; only who was asked answers.
        RowSecurity(
            "directory_vouch",
            seen=f"{OWN} OR {ASKS} OR {NODE}",
            written=f"{OWN} OR {OPERATOR}",
            added=f"({ASKS} AND state = 'asked') OR {OPERATOR}",
            removed=f"({ASKS} AND state = 'asked') OR {ENDED}",
        ),
        # Whoever opens the link proves it, not the group that says so.
        RowSecurity(
            "directory_domainproof",
            seen=f"{OWN} OR {NODE} OR {purpose_in('sign_in')}",
            written=purpose_in("operator", "sign_in", "steward"),
            added=f"({OWN} AND confirmed_at IS NULL) OR {OPERATOR}",
            removed=ENDED,
        ),
        # Anybody objects; the stewards read it.
        RowSecurity(
            "directory_objection",
            seen=NODE,
            written=f"{STEWARD} OR {OPERATOR}",
            added="state = 'open'",
            removed=ENDED,
        ),
        PostgresSql(
            forward=[
                f"ALTER TABLE {table} ADD CONSTRAINT {table}_same_organization "
                f"FOREIGN KEY ({column}, application_id) "
                "REFERENCES directory_application (organization_id, id) "
                "DEFERRABLE INITIALLY DEFERRED"
                for table, column in OF_APPLICATION
            ],
            backward=[
                f"ALTER TABLE {table} DROP CONSTRAINT {table}_same_organization"
                for table, _column in OF_APPLICATION
            ],
        ),
    ]
