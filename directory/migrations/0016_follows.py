"""Mails about one place or country."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

from network.tenancy.operations import RowSecurity, purpose_in

MAILS = purpose_in("follow")


class Migration(migrations.Migration):

    dependencies = [
        ('directory', '0015_reminders'),('network', '0011_bounces'),
    ]

    operations = [
        migrations.CreateModel(
            name='Follow',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('email', models.EmailField(max_length=254)),
                ('language', models.CharField(max_length=12)),
                ('confirm_hash', models.CharField(max_length=64, unique=True)),
                ('confirmed_at', models.DateTimeField(blank=True, null=True)),
                ('told', models.JSONField(blank=True, default=dict)),
                ('told_digest', models.CharField(blank=True, max_length=64)),
                ('told_at', models.DateTimeField(blank=True, null=True)),
                ('behind_since', models.DateTimeField(blank=True, null=True)),
                ('country', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='directory.country')),
                ('facility', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='directory.facility')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('behind_since__isnull', False)), fields=['behind_since'], name='follow_behind')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('country__isnull', False), ('facility', None)), models.Q(('country', None), ('facility__isnull', False)), _connector='OR'), name='follow_one_subject'), models.UniqueConstraint(condition=models.Q(('confirmed_at__isnull', False), ('facility__isnull', False)), fields=('email', 'facility'), name='follow_place_once'), models.UniqueConstraint(condition=models.Q(('confirmed_at__isnull', False), ('country__isnull', False)), fields=('email', 'country'), name='follow_country_once')],
            },
        ),
        # No person and no organization sees a row; the purge deletes what nobody confirmed.
        RowSecurity(
            "directory_follow",
            seen=purpose_in("follow", "purge"),
            written=MAILS,
            removed=purpose_in("follow", "purge"),
        ),
    ]
