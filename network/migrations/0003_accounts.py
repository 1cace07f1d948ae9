"""Accounts: sessions, links of one use, mails on their way out, and since when a role is held."""

import django.db.models.deletion
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models

from network.tenancy.operations import PERSON, RowSecurity, purpose_in

OWN = f"person_id = {PERSON}"
ACCOUNTS = purpose_in("operator", "sign_in")
ENDING = purpose_in("operator", "sign_in", "purge")


class Migration(migrations.Migration):

    dependencies = [
        ('network', '0002_row_security'),
    ]

    operations = [
        migrations.AddField(
            model_name='membership',
            name='role_since',
            field=models.DateTimeField(default=django.utils.timezone.now),
        ),
        migrations.AddField(
            model_name='person',
            name='second_factor_since',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.CreateModel(
            name='OutgoingMail',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('kind', models.CharField(choices=[('ready', 'Written'), ('reset', 'A link for a new password')], default='ready', max_length=10)),
                ('to', models.EmailField(max_length=254)),
                ('subject', models.CharField(blank=True, max_length=250)),
                ('text', models.TextField(blank=True)),
                ('html', models.TextField(blank=True)),
                ('headers', models.JSONField(blank=True, default=dict)),
                ('due_at', models.DateTimeField()),
                ('tries', models.PositiveIntegerField(default=0)),
            ],
            options={
                'ordering': ('due_at', 'id'),
                'indexes': [models.Index(fields=['due_at', 'id'], name='mail_by_due')],
            },
        ),
        migrations.CreateModel(
            name='SignInLink',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('kind', models.CharField(choices=[('sign_in', 'Sign in'), ('reset', 'Choose a new password'), ('email', 'Confirm a new address')], max_length=10)),
                ('token_hash', models.CharField(max_length=64, unique=True)),
                ('email', models.EmailField(blank=True, max_length=254)),
                ('expires_at', models.DateTimeField()),
                ('used_at', models.DateTimeField(blank=True, null=True)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Session',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('key_hash', models.CharField(max_length=64, unique=True)),
                ('is_waiting', models.BooleanField(default=False)),
                ('name', models.CharField(blank=True, max_length=60)),
                ('data', models.TextField(blank=True)),
                ('seen_on', models.DateField()),
                ('expires_at', models.DateTimeField()),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='sessions', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['expires_at'], name='session_by_end')],
            },
        ),
        # Whose a session is, is known only once it was read: the sign-in reads all of them.
        RowSecurity("network_session", seen=f"{OWN} OR {ENDING}"),
        RowSecurity(
            "network_signinlink",
            seen=f"{OWN} OR {ENDING}",
            written=ACCOUNTS,
            added=f"{OWN} OR {ACCOUNTS}",
            removed=f"{OWN} OR {ENDING}",
        ),
        # Whoever acts may write a mail; nobody but the worker reads one.
        RowSecurity("network_outgoingmail", seen=purpose_in("mail", "purge"), added="true"),
    ]
