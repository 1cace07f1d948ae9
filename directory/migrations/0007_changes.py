"""Changes in the order in which they become visible, and tombstones for what went away."""

from django.db import migrations, models

from network.tenancy.operations import ORGANIZATION, RowSecurity, purpose_in

# A group removes what it published and what that takes the place of.
OF_OWN_PROGRAM = (
    f"EXISTS (SELECT 1 FROM directory_program p WHERE p.organization_id = {ORGANIZATION} "
    "AND (p.id = directory_removal.id OR p.replaces @> to_jsonb(directory_removal.id::text)))"
)


class Migration(migrations.Migration):

    dependencies = [
        ('directory', '0006_search_index'),
        ('network', '0002_row_security'),
    ]

    operations = [
        migrations.CreateModel(
            name='Removal',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField()),
                ('removed_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.RemoveIndex(
            model_name='listing',
            name='listing_by_change',
        ),
        migrations.AlterField(
            model_name='listing',
            name='updated_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AlterField(
            model_name='revision',
            name='changed_at',
            field=models.DateTimeField(),
        ),
        migrations.AddIndex(
            model_name='listing',
            index=models.Index(fields=['updated_at', 'id'], name='listing_by_change'),
        ),
        migrations.AddIndex(
            model_name='removal',
            index=models.Index(fields=['removed_at', 'id'], name='removal_by_date'),
        ),
        RowSecurity(
            "directory_removal",
            seen="true",
            written=f"{OF_OWN_PROGRAM} OR {purpose_in('import', 'operator')}",
        ),
    ]
