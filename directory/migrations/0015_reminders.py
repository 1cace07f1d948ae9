"""Reminders to confirm a program."""

import django.db.models.deletion
import uuid
from django.db import migrations, models

from network.tenancy.operations import ORGANIZATION, PostgresSql, RowSecurity, purpose_in

OWN = f"organization_id = {ORGANIZATION}"
ENDING = purpose_in("operator", "purge")
# A link knows neither its organization nor its person: the sign-in looks it up.
OPENING = purpose_in("sign_in")
# A row never names a program or a membership of another organization.
SAME = {
    "program": "directory_program",
    "membership": "network_membership",
}


class Migration(migrations.Migration):

    dependencies = [
        ('directory', '0014_reports'),('network', '0011_bounces'),
    ]

    operations = [
        migrations.AddField(
            model_name='program',
            name='reminded_on',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.CreateModel(
            name='Reminder',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('token_hash', models.CharField(max_length=64)),
                ('sent_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('used_at', models.DateTimeField(blank=True, null=True)),
                ('membership', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='network.membership')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='network.organization')),
                ('program', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reminders', to='directory.program')),
            ],
            options={
                'indexes': [models.Index(fields=['expires_at'], name='reminder_by_end')],
                'constraints': [models.UniqueConstraint(fields=('token_hash', 'program'), name='reminder_once')],
            },
        ),
        # The mail worker writes them, as the organization whose programs they name.
        RowSecurity(
            "directory_reminder",
            seen=f"{OWN} OR {OPENING} OR {ENDING}",
            written=OPENING,
            added=f"{OWN} AND {purpose_in('mail')}",
            removed=ENDING,
        ),
        PostgresSql(
            forward=[
                f"ALTER TABLE directory_reminder ADD CONSTRAINT reminder_{column}_same_organization "
                f"FOREIGN KEY (organization_id, {column}_id) "
                f"REFERENCES {table} (organization_id, id) DEFERRABLE INITIALLY DEFERRED"
                for column, table in SAME.items()
            ],
            backward=[
                f"ALTER TABLE directory_reminder DROP CONSTRAINT reminder_{column}_same_organization"
                for column in SAME
            ],
        ),
    ]
