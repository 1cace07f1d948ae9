"""The photo that a listing shows, and whose photos can be."""

from django.db import migrations, models

from network.tenancy.operations import PostgresSql


class Migration(migrations.Migration):

    dependencies = [
        ('network', '0008_uploads'),
        ('directory', '0010_program_desk'),
    ]

    operations = [
        migrations.AddField(
            model_name='listing',
            name='photo',
            field=models.JSONField(blank=True, default=dict),
        ),
        # A photo is of a program of its own organization, and goes with it.
        PostgresSql(
            forward=[
                "ALTER TABLE network_upload ADD CONSTRAINT network_upload_of_own_program "
                "FOREIGN KEY (organization_id, subject_id) "
                "REFERENCES directory_program (organization_id, id) "
                "ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED"
            ],
            backward=["ALTER TABLE network_upload DROP CONSTRAINT network_upload_of_own_program"],
        ),
    ]
