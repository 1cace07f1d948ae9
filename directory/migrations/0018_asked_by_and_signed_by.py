"""Who named the address of a relay, and which coalition signs a report, by its id."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("directory", "0017_relay")]

    operations = [
        migrations.AddField("relay", "asked_by", models.UUIDField(blank=True, null=True)),
        migrations.AddField(
            "accessreport", "coalition_id", models.UUIDField(blank=True, null=True)
        ),
    ]
