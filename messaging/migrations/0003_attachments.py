"""Files that come with messages."""

import django.db.models.deletion
import uuid
from django.db import migrations, models

from network.tenancy.operations import ORGANIZATION, PERSON, RowSecurity, purpose_in

HAND = purpose_in("messenger")
# An event asks for itself whether it lies in the visible range.
OF_SEEN_EVENT = "EXISTS (SELECT 1 FROM messaging_event e WHERE e.id = event_id)"
OF_OWN_MESSAGE = (
    "EXISTS (SELECT 1 FROM messaging_event e JOIN messaging_participant p "
    "ON p.handle_id = e.handle_id WHERE e.id = event_id AND e.kind = 'message' "
    "AND e.conversation_id = messaging_attachment.conversation_id "
    f"AND p.person_id = {PERSON} AND p.organization_id = {ORGANIZATION} "
    "AND p.ended_as = '' AND p.state = 'active')"
)


class Migration(migrations.Migration):

    dependencies = [
        ('messaging', '0002_row_security'),
        ('network', '0011_bounces'),
    ]

    operations = [
        migrations.CreateModel(
            name='Attachment',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('ordinal', models.PositiveSmallIntegerField()),
                ('name', models.CharField(max_length=120)),
                ('media_type', models.CharField(max_length=40)),
                ('bytes', models.PositiveIntegerField()),
                ('file', models.CharField(max_length=32, unique=True)),
                ('deleted_at', models.DateTimeField(blank=True, null=True)),
                ('conversation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attachments', to='messaging.conversation')),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attachments', to='messaging.event')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='network.organization')),
            ],
            options={
                'ordering': ('event', 'ordinal'),
                'indexes': [models.Index(condition=models.Q(('deleted_at__isnull', False)), fields=['deleted_at'], name='attachment_by_deletion')],
                'constraints': [models.UniqueConstraint(fields=('event', 'ordinal'), name='attachment_one_a_place')],
            },
        ),
        # What was deleted is handed out to nobody; only the purge still sees that it is there, and
        # the messenger, who counts what a group keeps.
        RowSecurity(
            "messaging_attachment",
            seen=(
                f"(deleted_at IS NULL AND {OF_SEEN_EVENT}) "
                f"OR {purpose_in('hub', 'messenger', 'purge')}"
            ),
            written=HAND,
            added=(
                f"(organization_id = {ORGANIZATION} AND deleted_at IS NULL AND {OF_OWN_MESSAGE}) "
                f"OR {HAND}"
            ),
            removed=purpose_in("messenger", "purge"),
        ),
    ]
