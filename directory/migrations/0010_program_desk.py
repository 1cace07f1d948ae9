"""What the desk needs of programs: their history, drafts, changes that wait, and whose grant it is.

A slug is unique for its group, and among all once it is public, by Listing and Claimed: whether
one can be had must not say that another group keeps it.
"""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from network.tenancy.operations import (
    ORGANIZATION,
    PERSON,
    AppendOnly,
    PostgresSql,
    RowSecurity,
    purpose_in,
)

OWN = f"organization_id = {ORGANIZATION}"
OPERATOR = purpose_in("operator")
PURGE = purpose_in("purge")
# A draft is its writer's alone.
MINE = f"{OWN} AND person_id = {PERSON}"
HELD_BY_OWN_GROUP = (
    "EXISTS (SELECT 1 FROM network_organization o "
    f"WHERE o.group_id = directory_programgrant.group_id AND o.id = {ORGANIZATION})"
)
GRANTED = (
    "EXISTS (SELECT 1 FROM directory_programgrant g "
    "JOIN network_organization o ON o.group_id = g.group_id "
    f"WHERE g.content_object_id = program_id AND o.id = {ORGANIZATION})"
)
OF_PROGRAM = {
    "directory_programversion": "program_id",
    "directory_programdraft": "program_id",
    "directory_heldchange": "program_id",
    "directory_programgrant": "content_object_id",
}
GRANTS = "directory_programgrant"



def _grants(seen, written):
    names = ("seen", "added", "changed", "removed")
    return [
        *(f"DROP POLICY {name} ON {GRANTS}" for name in names),
        f"CREATE POLICY seen ON {GRANTS} FOR SELECT USING ({seen})",
        f"CREATE POLICY added ON {GRANTS} FOR INSERT WITH CHECK ({written})",
        f"CREATE POLICY changed ON {GRANTS} FOR UPDATE USING ({written}) WITH CHECK ({written})",
        f"CREATE POLICY removed ON {GRANTS} FOR DELETE USING ({written})",
    ]


def _grants_by_column():
    return _grants(f"{OWN} OR {HELD_BY_OWN_GROUP} OR {OPERATOR}", f"{OWN} OR {OPERATOR}")


def _grants_by_program():
    own = (
        "EXISTS (SELECT 1 FROM directory_program p "
        f"WHERE p.id = content_object_id AND p.organization_id = {ORGANIZATION})"
    )
    return _grants(f"{own} OR {HELD_BY_OWN_GROUP} OR {OPERATOR}", f"{own} OR {OPERATOR}")


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0009_ledger_desk"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("network", "0007_second_factors"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='HeldChange',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('values', models.JSONField()),
                ('held_until', models.DateTimeField()),
                ('asked_by', models.UUIDField(blank=True, null=True)),
                ('askers', models.JSONField(blank=True, default=list)),
                ('confirmed_at', models.DateTimeField(blank=True, null=True)),
                ('confirmed_by', models.UUIDField(blank=True, null=True)),
                ('released_at', models.DateTimeField(blank=True, null=True)),
                ('cancelled_at', models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name='ProgramDraft',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('base_version', models.PositiveIntegerField(default=0)),
                ('values', models.JSONField(blank=True, default=dict)),
                ('edition', models.PositiveIntegerField(default=0)),
                ('closed', models.JSONField(blank=True, default=dict)),
                ('updated_at', models.DateTimeField(auto_now=True)),
            ],
        ),
        migrations.CreateModel(
            name='ProgramVersion',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('version', models.PositiveIntegerField()),
                ('person_id', models.UUIDField(blank=True, null=True)),
                ('changed', models.JSONField(blank=True, default=list)),
                ('snapshot', models.JSONField(default=dict)),
            ],
            options={
                'ordering': ('-version',),
            },
        ),
        migrations.AddField(
            model_name='program',
            name='last_public',
            field=models.JSONField(blank=True, default=dict),
        ),
        migrations.AddField(
            model_name='programgrant',
            name='organization',
            # Nothing wrote grants before: there is no row that the default would be given to.
            field=models.ForeignKey(default=uuid.UUID(int=0), on_delete=django.db.models.deletion.CASCADE, related_name='+', to='network.organization'),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name='program',
            name='slug',
            field=models.SlugField(max_length=100),
        ),
        migrations.AddConstraint(
            model_name='program',
            constraint=models.UniqueConstraint(fields=('organization', 'slug'), name='program_slug_once'),
        ),
        migrations.AddField(
            model_name='heldchange',
            name='organization',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='network.organization'),
        ),
        migrations.AddField(
            model_name='heldchange',
            name='program',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='held_changes', to='directory.program'),
        ),
        migrations.AddField(
            model_name='programdraft',
            name='organization',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='network.organization'),
        ),
        migrations.AddField(
            model_name='programdraft',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='programdraft',
            name='program',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='drafts', to='directory.program'),
        ),
        migrations.AddField(
            model_name='programversion',
            name='organization',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='network.organization'),
        ),
        migrations.AddField(
            model_name='programversion',
            name='program',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='versions', to='directory.program'),
        ),
        migrations.AddIndex(
            model_name='heldchange',
            index=models.Index(fields=['held_until'], name='held_change_by_date'),
        ),
        migrations.AddConstraint(
            model_name='heldchange',
            constraint=models.UniqueConstraint(condition=models.Q(('cancelled_at__isnull', True), ('confirmed_at__isnull', True), ('released_at__isnull', True)), fields=('program',), name='held_change_one_open'),
        ),
        migrations.AddConstraint(
            model_name='programdraft',
            constraint=models.UniqueConstraint(condition=models.Q(('program__isnull', False)), fields=('person', 'program'), name='program_draft_once'),
        ),
        migrations.AddConstraint(
            model_name='programdraft',
            constraint=models.UniqueConstraint(condition=models.Q(('program__isnull', True)), fields=('person', 'organization'), name='program_draft_new_once'),
        ),
        migrations.AddConstraint(
            model_name='programversion',
            constraint=models.UniqueConstraint(fields=('program', 'version'), name='program_version_once'),
        ),
        RowSecurity(
            "directory_programversion", seen=f"{OWN} OR {OPERATOR}", written="false",
            added=f"{OWN} OR {OPERATOR}", removed=f"{OWN} OR {OPERATOR}",
        ),
        AppendOnly("directory_programversion", purged=True),
        RowSecurity(
            "directory_programdraft",
            seen=f"({MINE}) OR {PURGE} OR {OPERATOR}",
            written=f"({MINE}) OR {OPERATOR}",
            removed=f"({MINE}) OR {PURGE} OR {OPERATOR}",
        ),
        RowSecurity(
            "directory_heldchange",
            seen=f"{OWN} OR {purpose_in('release')} OR {OPERATOR}",
            written=f"{OWN} OR {OPERATOR}",
        ),
        # The program of another group cannot be read by the grant's policies: those of the texts
        # ask the grants.
        PostgresSql(forward=_grants_by_column(), backward=_grants_by_program()),
        # The purge finds what was deleted; it deletes it as the group whose it was.
        PostgresSql(
            forward=[
                "CREATE POLICY purged ON directory_program FOR SELECT "
                f"USING ({PURGE} AND deleted_at IS NOT NULL)",
                # Whoever holds a grant on the texts reads them, and nothing else of the program.
                f"CREATE POLICY granted ON directory_programtext FOR SELECT USING ({GRANTED})",
                # What is released in its time is written down in the group's own log.
                "CREATE POLICY released ON network_auditentry FOR INSERT WITH CHECK "
                f"({OWN} AND person_id IS NULL AND {purpose_in('release')})",
            ],
            backward=[
                "DROP POLICY released ON network_auditentry",
                "DROP POLICY granted ON directory_programtext",
                "DROP POLICY purged ON directory_program",
            ],
        ),
        PostgresSql(
            forward=[
                f"ALTER TABLE {table} ADD CONSTRAINT {table}_same_organization "
                f"FOREIGN KEY (organization_id, {column}) "
                "REFERENCES directory_program (organization_id, id) DEFERRABLE INITIALLY DEFERRED"
                for table, column in OF_PROGRAM.items()
            ],
            backward=[
                f"ALTER TABLE {table} DROP CONSTRAINT {table}_same_organization"
                for table in OF_PROGRAM
            ],
        ),
    ]
