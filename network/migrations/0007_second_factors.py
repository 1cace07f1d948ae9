"""Second factors and recovery codes: of each person alone, and of the sign-in that asks for them."""
import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models

from network.tenancy.operations import PERSON, RowSecurity, purpose_in

OWN = f"person_id = {PERSON}"
SEEN = f"{OWN} OR {purpose_in('operator', 'sign_in')}"
# The sign-in writes down what was used; the operator takes away, and never adds: whoever could
# would sign in as somebody else.
USED = f"{OWN} OR {purpose_in('sign_in')}"
TAKEN = f"{OWN} OR {purpose_in('operator')}"


class Migration(migrations.Migration):

    dependencies = [
        ('network', '0006_members'),
    ]

    operations = [
        migrations.CreateModel(
            name='RecoveryCode',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('code_hash', models.CharField(max_length=64)),
                ('used_at', models.DateTimeField(blank=True, null=True)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='recovery_codes', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('person', 'code_hash'), name='recovery_code_once')],
            },
        ),
        migrations.CreateModel(
            name='SecondFactor',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('kind', models.CharField(choices=[('totp', 'Code app'), ('passkey', 'Passkey')], max_length=10)),
                ('name', models.CharField(blank=True, max_length=60)),
                ('secret', models.TextField()),
                ('credential_id', models.CharField(blank=True, max_length=1400, null=True, unique=True)),
                ('sign_count', models.BigIntegerField(default=0)),
                ('last_step', models.BigIntegerField(default=0)),
                ('confirmed_at', models.DateTimeField(blank=True, null=True)),
                ('used_on', models.DateField(blank=True, null=True)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='second_factors', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('created_at', 'id'),
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('credential_id__isnull', False), ('kind', 'passkey')), models.Q(('credential_id', None), ('kind', 'totp')), _connector='OR'), name='factor_passkey_has_credential'), models.UniqueConstraint(condition=models.Q(('confirmed_at', None), ('kind', 'totp')), fields=('person',), name='factor_one_waiting')],
            },
        ),
        RowSecurity("network_secondfactor", seen=SEEN, written=USED, added=OWN, removed=TAKEN),
        RowSecurity("network_recoverycode", seen=SEEN, written=USED, added=OWN, removed=TAKEN),
    ]
