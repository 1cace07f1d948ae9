"""What groups state about places: who may write it, and the private side of the ledger."""

import django.db.models.deletion
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models

from network.tenancy.operations import ORGANIZATION, PostgresSql, RowSecurity, purpose_in

SYSTEM = purpose_in("import", "operator")
OWN = f"organization_id = {ORGANIZATION}"

# A group signs with its own slug, and what it states is public only once it is verified.
SIGNED = (
    "(author <> '' AND EXISTS (SELECT 1 FROM network_organization o "
    f"WHERE o.id = {ORGANIZATION} AND o.slug = author AND o.status = 'verified'))"
)
# The words of a place follow what is shown of it, which a group changes by its claims.
OF_CLAIMED_PLACE = (
    "EXISTS (SELECT 1 FROM directory_facility f "
    "JOIN directory_facilityclaim c ON c.facility_id = f.id "
    "JOIN network_organization o ON o.slug = c.author "
    f"WHERE f.slug = row_id AND o.id = {ORGANIZATION} AND o.status = 'verified')"
)
OF_PLACE_WORD = (
    "EXISTS (SELECT 1 FROM directory_facilityword w JOIN directory_facility f ON f.slug = w.row_id "
    "JOIN directory_facilityclaim c ON c.facility_id = f.id "
    "JOIN network_organization o ON o.slug = c.author "
    "WHERE w.word = directory_wordform.word "
    f"AND o.id = {ORGANIZATION} AND o.status = 'verified')"
)
# Nothing enters the ledger but from a source, or as a copy of a report that says as much.
REPORTED = (
    "EXISTS (SELECT 1 FROM directory_accessreport r "
    "WHERE r.released_event_id = directory_accessevent.id "
    "AND r.attributed_as = directory_accessevent.attributed_as "
    "AND r.attributed_to = directory_accessevent.attributed_to)"
)


class Migration(migrations.Migration):

    dependencies = [
        ('directory', '0008_documents'),
        ('network', '0006_members'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='visitingrule',
            name='confirmed_on',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='visitingrule',
            name='version',
            field=models.PositiveIntegerField(default=1),
        ),
        migrations.RemoveConstraint(model_name='visitingrule', name='visiting_rule_once'),
        migrations.AddConstraint(
            model_name='visitingrule',
            constraint=models.UniqueConstraint(
                condition=models.Q(('author', '')),
                fields=('country', 'facility_name', 'visitor_category', 'source_url'),
                name='visiting_rule_once',
            ),
        ),
        migrations.AddConstraint(
            model_name='visitingrule',
            constraint=models.UniqueConstraint(
                condition=models.Q(('author', ''), _negated=True),
                fields=('facility', 'visitor_category', 'author'),
                name='visiting_rule_signed_once',
            ),
        ),
        # The column stays as it is; SQLite would make the table anew and lose its triggers.
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(
                    model_name='accessevent',
                    name='created_at',
                    field=models.DateTimeField(default=django.utils.timezone.now),
                ),
            ]
        ),
        migrations.CreateModel(
            name='AccessReport',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('values', models.JSONField(default=dict)),
                ('attributed_as', models.CharField(choices=[('source', 'The source alone'), ('organization', 'An organization'), ('coalition', 'A coalition'), ('verified_program', 'A verified program')], max_length=20)),
                ('attributed_to', models.CharField(blank=True, max_length=200)),
                ('publish_at', models.DateTimeField()),
                ('released_at', models.DateTimeField(blank=True, null=True)),
                ('cancelled_at', models.DateTimeField(blank=True, null=True)),
                ('submission', models.UUIDField()),
                ('country', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.country')),
                ('facility', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.facility')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='access_reports', to='network.organization')),
                ('person', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('released_event', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.accessevent')),
                ('supersedes', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.accessevent')),
            ],
            options={
                'ordering': ('-created_at', '-id'),
                'indexes': [models.Index(fields=['organization', '-created_at'], name='report_by_organization'), models.Index(condition=models.Q(('cancelled_at', None), ('released_at', None)), fields=['publish_at'], name='report_by_date')],
                'constraints': [models.UniqueConstraint(fields=('organization', 'submission'), name='report_once'), models.UniqueConstraint(condition=models.Q(('cancelled_at', None)), fields=('supersedes',), name='report_corrects_once'), models.CheckConstraint(condition=models.Q(('released_at', None), ('cancelled_at', None), _connector='OR'), name='report_released_or_cancelled'), models.CheckConstraint(condition=models.Q(models.Q(('released_at', None), ('released_event', None)), models.Q(('released_at__isnull', False), ('released_event__isnull', False)), _connector='OR'), name='report_released_whole')],
            },
        ),
        # The operator deletes a group whole; the release copies what is due into the ledger.
        RowSecurity(
            "directory_accessreport",
            seen=f"{OWN} OR {purpose_in('operator', 'purge', 'release')}",
            written=f"{OWN} OR {purpose_in('release')}",
            added=OWN,
            removed=purpose_in("operator", "purge"),
        ),
        # Nobody deletes what was claimed; one's own claim is marked as withdrawn.
        RowSecurity(
            "directory_facilityclaim",
            seen="true",
            written=f"{SIGNED} OR {SYSTEM}",
            removed=SYSTEM,
        ),
        RowSecurity("directory_visitingrule", seen="true", written=f"{SIGNED} OR {SYSTEM}"),
        # Changing and deleting is refused by triggers, for everybody.
        RowSecurity(
            "directory_accessevent", seen="true", written="true", added=f"{REPORTED} OR {SYSTEM}"
        ),
        PostgresSql(
            forward=[
                "CREATE POLICY added_by_author ON directory_facilityword FOR INSERT "
                f"WITH CHECK ({OF_CLAIMED_PLACE})",
                "CREATE POLICY removed_by_author ON directory_facilityword FOR DELETE "
                f"USING ({OF_CLAIMED_PLACE})",
                "CREATE POLICY added_by_author ON directory_wordform FOR INSERT "
                f"WITH CHECK ({OF_PLACE_WORD})",
                "CREATE POLICY added_by_release ON network_auditentry FOR INSERT WITH CHECK "
                f"({OWN} AND person_id IS NULL AND verb = 'access_report.released' "
                f"AND {purpose_in('release')})"
            ],
            backward=[
                "DROP POLICY added_by_release ON network_auditentry",
                "DROP POLICY added_by_author ON directory_wordform",
                "DROP POLICY removed_by_author ON directory_facilityword",
                "DROP POLICY added_by_author ON directory_facilityword",
            ],
        ),
    ]
