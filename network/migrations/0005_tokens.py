"""Tokens for machines, and answers that are kept so that nothing is done twice."""

import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models

from network.tenancy.operations import ORGANIZATION, PERSON, PostgresSql, RowSecurity, purpose_in

OWN = f"organization_id = {ORGANIZATION}"
THEIRS = f"person_id = {PERSON}"
ACCOUNTS = purpose_in("operator", "sign_in")
ENDING = purpose_in("operator", "purge")


class Migration(migrations.Migration):

    dependencies = [
        ('network', '0004_counter'),
    ]

    operations = [
        migrations.CreateModel(
            name='ApiToken',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('name', models.CharField(max_length=80)),
                ('token_hash', models.CharField(max_length=64, unique=True)),
                ('prefix', models.CharField(max_length=6)),
                ('scopes', models.JSONField(default=list)),
                ('expires_at', models.DateTimeField()),
                ('revoked_at', models.DateTimeField(blank=True, null=True)),
                ('used_on', models.DateField(blank=True, null=True)),
                ('membership', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tokens', to='network.membership')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tokens', to='network.organization')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tokens', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('-created_at', '-id'),
                'indexes': [models.Index(fields=['organization', '-created_at'], name='token_by_organization'), models.Index(fields=['expires_at'], name='token_by_end')],
            },
        ),
        migrations.CreateModel(
            name='KeptAnswer',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('key_hash', models.CharField(max_length=64)),
                ('request_digest', models.CharField(max_length=64)),
                ('status', models.PositiveIntegerField(default=0)),
                ('body', models.TextField(blank=True)),
                ('headers', models.JSONField(default=dict)),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='network.organization')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['created_at'], name='kept_answer_by_age')],
                'constraints': [models.UniqueConstraint(fields=('organization', 'person', 'key_hash'), name='kept_answer_once')],
            },
        ),
        # Whose a token is, is known only once it was read: the sign-in reads all of them. Its person
        # may end it from anywhere, the organization for its members; nobody makes one for another.
        RowSecurity(
            "network_apitoken",
            seen=f"{OWN} OR {THEIRS} OR {purpose_in('operator', 'sign_in', 'purge')}",
            written=f"{OWN} OR {THEIRS} OR {ACCOUNTS}",
            added=f"({OWN} AND {THEIRS}) OR {purpose_in('operator')}",
            removed=f"{OWN} OR {ENDING}",
        ),
        # What somebody was answered is theirs alone, in that organization.
        RowSecurity(
            "network_keptanswer",
            seen=f"({OWN} AND {THEIRS}) OR {ENDING}",
            written=f"{OWN} AND {THEIRS}",
            removed=f"({OWN} AND {THEIRS}) OR {ENDING}",
        ),
        # A token belongs to the person and the organization of its membership.
        PostgresSql(
            forward=[
                "CREATE UNIQUE INDEX network_membership_whose "
                "ON network_membership (organization_id, person_id, id)",
                "ALTER TABLE network_apitoken ADD CONSTRAINT network_apitoken_of_membership "
                "FOREIGN KEY (organization_id, person_id, membership_id) "
                "REFERENCES network_membership (organization_id, person_id, id) "
                "DEFERRABLE INITIALLY DEFERRED",
            ],
            backward=[
                "ALTER TABLE network_apitoken DROP CONSTRAINT network_apitoken_of_membership",
                "DROP INDEX network_membership_whose",
            ],
        ),
    ]
