"""Files that groups keep, and archives that they made of all they have."""

import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models

from network.tenancy.operations import ORGANIZATION, PERSON, RowSecurity, purpose_in

OWN = f"organization_id = {ORGANIZATION}"
MINE = f"person_id = {PERSON}"
OPERATOR = purpose_in("operator")


class Migration(migrations.Migration):

    dependencies = [
        ('network', '0007_second_factors'),
    ]

    operations = [
        migrations.CreateModel(
            name='Export',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('name', models.CharField(max_length=32, unique=True)),
                ('bytes', models.PositiveBigIntegerField()),
                ('sha256', models.CharField(max_length=64)),
                ('has_emails', models.BooleanField(default=False)),
                ('expires_at', models.DateTimeField()),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='exports', to='network.organization')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('-created_at', 'id'),
                'indexes': [models.Index(fields=['expires_at'], name='export_by_end')],
            },
        ),
        migrations.CreateModel(
            name='Upload',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('kind', models.CharField(choices=[('logo', 'Logo'), ('photo', 'Photo'), ('document', 'Document')], max_length=10)),
                ('subject_id', models.UUIDField(blank=True, null=True)),
                ('media_type', models.CharField(max_length=40)),
                ('bytes', models.PositiveIntegerField()),
                ('width', models.PositiveIntegerField(blank=True, null=True)),
                ('height', models.PositiveIntegerField(blank=True, null=True)),
                ('sha256', models.CharField(max_length=64)),
                ('name', models.CharField(max_length=32, unique=True)),
                ('title', models.CharField(blank=True, max_length=120)),
                ('alt', models.JSONField(blank=True, default=dict)),
                ('deleted_at', models.DateTimeField(blank=True, null=True)),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='uploads', to='network.organization')),
                ('person', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('-created_at', 'id'),
                'indexes': [models.Index(fields=['organization', 'kind', '-created_at'], name='upload_by_kind'), models.Index(fields=['deleted_at'], name='upload_by_deletion')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('deleted_at', None), ('kind', 'logo')), fields=('organization',), name='upload_one_logo'), models.UniqueConstraint(condition=models.Q(('deleted_at', None), ('kind', 'photo')), fields=('organization', 'subject_id'), name='upload_one_photo'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'photo'), ('subject_id__isnull', False)), models.Q(models.Q(('kind', 'photo'), _negated=True), ('subject_id', None)), _connector='OR'), name='upload_photo_of_something')],
            },
        ),
        # Deleting for good is the purge's: until then a group can bring a file back.
        RowSecurity(
            "network_upload",
            seen=f"{OWN} OR {purpose_in('operator', 'purge', 'release')}",
            written=f"{OWN} OR {OPERATOR}",
            added=f"({OWN} AND {MINE}) OR {OPERATOR}",
            removed=purpose_in("operator", "purge"),
        ),
        # A group ends its exports in a lock-down, a person theirs in a panic.
        RowSecurity(
            "network_export",
            seen=f"{OWN} OR {MINE} OR {purpose_in('operator', 'purge', 'sign_in')}",
            written="false",
            added=f"{OWN} AND {MINE}",
            removed=f"{OWN} OR {MINE} OR {purpose_in('operator', 'purge', 'sign_in')}",
        ),
    ]
