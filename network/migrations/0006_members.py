"""Members: names of colleagues, second owners, handover, deletion with undo."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from network.tenancy.operations import ORGANIZATION, PERSON, PostgresSql, RowSecurity, purpose_in

OWN = f"organization_id = {ORGANIZATION}"
OPERATOR = purpose_in("operator")
ACCOUNTS = purpose_in("operator", "sign_in")
ENDED = purpose_in("operator", "purge")

# A row of one organization never names a membership of another.
MEMBERSHIPS = (
    ("network_invitation", "invited_by"),
    ("network_approval", "asked_by"),
    ("network_approval", "confirmed_by"),
    ("network_handover", "membership"),
)


class Migration(migrations.Migration):
    dependencies = [
        ("network", "0005_tokens"),
    ]

    operations = [
        migrations.CreateModel(
            name='Approval',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('kind', models.CharField(choices=[('export', 'Export of everything'), ('deletion', 'Deletion of the group'), ('owner_role', 'Giving or taking the role of owner'), ('unlock', 'End of the lock-down')], max_length=12)),
                ('details', models.JSONField(blank=True, default=dict)),
                ('expires_at', models.DateTimeField()),
                ('done_at', models.DateTimeField(blank=True, null=True)),
                ('cancelled_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'ordering': ('created_at', 'id'),
            },
        ),
        migrations.CreateModel(
            name='Handover',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('reason', models.CharField(max_length=300)),
                ('effective_at', models.DateTimeField()),
                ('done_at', models.DateTimeField(blank=True, null=True)),
                ('cancelled_at', models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name='MemberName',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('name', models.CharField(max_length=120)),
            ],
        ),
        migrations.CreateModel(
            name='RetiredSlug',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('slug', models.SlugField(max_length=80, unique=True)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='invitation',
            name='language',
            field=models.CharField(default='en', max_length=12),
        ),
        migrations.AddField(
            model_name='organization',
            name='deleted_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='organization',
            name='website_changed_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='organization',
            name='website_changed_by',
            field=models.UUIDField(blank=True, null=True),
        ),
        migrations.AddConstraint(
            model_name='membership',
            constraint=models.UniqueConstraint(fields=('organization', 'id'), name='membership_of_organization'),
        ),
        migrations.AddField(
            model_name='approval',
            name='asked_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='network.membership'),
        ),
        migrations.AddField(
            model_name='approval',
            name='confirmed_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='network.membership'),
        ),
        migrations.AddField(
            model_name='approval',
            name='organization',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='approvals', to='network.organization'),
        ),
        migrations.AddField(
            model_name='handover',
            name='membership',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='network.membership'),
        ),
        migrations.AddField(
            model_name='handover',
            name='organization',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='handovers', to='network.organization'),
        ),
        migrations.AddField(
            model_name='membername',
            name='organization',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='member_names', to='network.organization'),
        ),
        migrations.AddField(
            model_name='membername',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='approval',
            constraint=models.CheckConstraint(condition=models.Q(('confirmed_by', None), models.Q(('confirmed_by', models.F('asked_by')), _negated=True), _connector='OR'), name='approval_by_another'),
        ),
        migrations.AddConstraint(
            model_name='approval',
            constraint=models.CheckConstraint(condition=models.Q(('done_at', None), ('confirmed_by__isnull', False), _connector='OR'), name='approval_done_is_confirmed'),
        ),
        migrations.AddConstraint(
            model_name='approval',
            constraint=models.CheckConstraint(condition=models.Q(('done_at', None), ('cancelled_at', None), _connector='OR'), name='approval_one_end'),
        ),
        migrations.AddConstraint(
            model_name='handover',
            constraint=models.UniqueConstraint(condition=models.Q(('cancelled_at', None), ('done_at', None)), fields=('organization',), name='handover_one_open'),
        ),
        migrations.AddConstraint(
            model_name='membername',
            constraint=models.UniqueConstraint(fields=('organization', 'person'), name='member_name_once'),
        ),
        # A name is carried in when somebody joins, and changed by its bearer alone.
        RowSecurity(
            "network_membername",
            seen=f"{OWN} OR person_id = {PERSON} OR {ENDED} OR {ACCOUNTS}",
            written=f"person_id = {PERSON} OR {OPERATOR}",
            added=ACCOUNTS,
            removed=ENDED,
        ),
        RowSecurity(
            "network_approval",
            seen=f"{OWN} OR {ENDED}",
            written=OWN,
            removed=ENDED,
        ),
        # The node's stewards announce it; the organization can only call it off.
        RowSecurity(
            "network_handover",
            seen=f"{OWN} OR {ENDED}",
            written=f"{OWN} OR {OPERATOR}",
            added=OPERATOR,
            removed=ENDED,
        ),
        RowSecurity(
            "network_retiredslug", seen="true", written="false", added=OPERATOR, removed="false"
        ),
        PostgresSql(
            forward=[
                f"ALTER TABLE {table} ADD CONSTRAINT {table}_{column}_same_organization "
                f"FOREIGN KEY (organization_id, {column}_id) "
                "REFERENCES network_membership (organization_id, id) "
                "DEFERRABLE INITIALLY DEFERRED"
                for table, column in MEMBERSHIPS
            ],
            backward=[
                f"ALTER TABLE {table} DROP CONSTRAINT {table}_{column}_same_organization"
                for table, column in MEMBERSHIPS
            ],
        ),
    ]
