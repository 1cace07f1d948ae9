"""Notes carried to a group."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

from network.tenancy.operations import ORGANIZATION, PostgresSql, RowSecurity, purpose_in

OWN = f"organization_id = {ORGANIZATION}"
OPERATOR = purpose_in("operator")


class Migration(migrations.Migration):

    dependencies = [
        ('directory', '0016_follows'),('network', '0011_bounces'),
    ]

    operations = [
        migrations.AddField(
            model_name='listing',
            name='has_relay',
            field=models.BooleanField(default=False),
        ),
        migrations.CreateModel(
            name='Relay',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('email', models.EmailField(max_length=254)),
                ('language', models.CharField(max_length=12)),
                ('token_hash', models.CharField(blank=True, max_length=64)),
                ('asked_at', models.DateTimeField()),
                ('confirmed_at', models.DateTimeField(blank=True, null=True)),
                ('notes', models.PositiveIntegerField(default=0)),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='network.organization')),
                ('program', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='relay', to='directory.program')),
            ],
            options={
                'indexes': [models.Index(fields=['token_hash'], name='relay_by_token')],
            },
        ),
        # A reader's note and the button in a mail find it as the operator; nobody else does.
        RowSecurity(
            "directory_relay",
            seen=f"{OWN} OR {OPERATOR}",
            written=f"{OWN} OR {OPERATOR}",
        ),
        PostgresSql(
            forward=[
                "ALTER TABLE directory_relay ADD CONSTRAINT directory_relay_same_organization "
                "FOREIGN KEY (organization_id, program_id) "
                "REFERENCES directory_program (organization_id, id) DEFERRABLE INITIALLY DEFERRED"
            ],
            backward=["ALTER TABLE directory_relay DROP CONSTRAINT directory_relay_same_organization"],
        ),
    ]
