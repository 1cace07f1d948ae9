"""Towns and their names in every script; programs and places by their point."""

import django.db.models.deletion
from django.db import migrations, models

from network.tenancy.operations import PostgresSql

ON_THE_GLOBE = models.Q(
    latitude__gte=-90, latitude__lte=90, longitude__gte=-180, longitude__lte=180
)


class Migration(migrations.Migration):
    dependencies = [("directory", "0004_revision")]

    operations = [
        migrations.CreateModel(
            name="GazetteerPlace",
            fields=[
                ("geoname_id", models.PositiveIntegerField(primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=200)),
                ("names", models.JSONField(blank=True, default=dict)),
                ("country", models.CharField(max_length=2)),
                ("admin1", models.CharField(blank=True, max_length=20)),
                ("latitude", models.FloatField()),
                ("longitude", models.FloatField()),
                ("population", models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.AddConstraint(
            model_name="gazetteerplace",
            constraint=models.CheckConstraint(
                condition=ON_THE_GLOBE, name="gazetteer_place_on_the_globe"
            ),
        ),
        migrations.CreateModel(
            name="GazetteerName",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("folded", models.CharField(max_length=80)),
                ("is_main", models.BooleanField(default=False)),
                (
                    "place",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="spellings",
                        to="directory.gazetteerplace",
                    ),
                ),
            ],
        ),
        # Beginnings of names are found by a range of the index: by code points, as SQLite compares.
        PostgresSql(
            forward=[
                'ALTER TABLE directory_gazetteername '
                'ALTER COLUMN folded TYPE varchar(80) COLLATE "C"'
            ],
            backward=[
                "ALTER TABLE directory_gazetteername ALTER COLUMN folded TYPE varchar(80)"
            ],
        ),
        migrations.AddConstraint(
            model_name="gazetteername",
            constraint=models.UniqueConstraint(
                fields=("folded", "place"), name="gazetteer_name_once"
            ),
        ),
        migrations.AddIndex(
            model_name="facility",
            index=models.Index(
                fields=["latitude", "longitude", "precision"], name="facility_by_point"
            ),
        ),
        migrations.AddIndex(
            model_name="listing",
            index=models.Index(
                fields=["latitude", "longitude", "precision"], name="listing_by_point"
            ),
        ),
    ]
