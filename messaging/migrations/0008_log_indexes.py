"""The newest row of a person in each conversation, found without reading all their rows."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("messaging", "0007_notifications")]

    operations = [
        migrations.AddIndex(
            model_name="participant",
            index=models.Index(
                fields=["person", "organization", "conversation", "created_at"],
                name="participant_by_part",
            ),
        ),
        migrations.RemoveIndex(model_name="participant", name="participant_by_person"),
    ]
