"""The row and its places as one JSON document."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('directory', '0007_changes'),
    ]

    operations = [
        migrations.AddField(
            model_name='listing',
            name='document',
            field=models.TextField(blank=True),
        ),
    ]
