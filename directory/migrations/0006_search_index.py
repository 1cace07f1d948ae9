"""Words of public rows in tables of their own take the place of the listing's searched text."""

import django.db.models.deletion
from django.db import migrations, models

from network.tenancy.operations import ORGANIZATION, PostgresSql, RowSecurity, purpose_in

SYSTEM = purpose_in("import", "operator")
OF_OWN_LISTING = (
    "EXISTS (SELECT 1 FROM directory_listing l WHERE l.slug = row_id "
    f"AND l.organization_id = {ORGANIZATION})"
)
OF_REPLACED_LISTING = (
    "EXISTS (SELECT 1 FROM directory_listing l JOIN directory_program p "
    "ON p.replaces @> to_jsonb(l.id::text) WHERE l.slug = row_id AND l.claim = 'unclaimed' "
    f"AND p.organization_id = {ORGANIZATION})"
)
# A group adds to the vocabulary what its own public rows hold, and takes out what no row holds.
OF_OWN_WORD = (
    "EXISTS (SELECT 1 FROM directory_listingword w JOIN directory_listing l ON l.slug = w.row_id "
    f"WHERE w.word = directory_wordform.word AND l.organization_id = {ORGANIZATION}) "
    "OR EXISTS (SELECT 1 FROM directory_cardword w JOIN directory_organizationcard c "
    "ON c.slug = w.row_id WHERE w.word = directory_wordform.word "
    f"AND c.id = {ORGANIZATION})"
)
OF_OWN_CARD = (
    "EXISTS (SELECT 1 FROM directory_organizationcard c WHERE c.slug = row_id "
    f"AND c.id = {ORGANIZATION})"
)
TABLES = ("listingword", "facilityword", "cardword")
UNUSED = " AND ".join(
    f"NOT EXISTS (SELECT 1 FROM directory_{table} w WHERE w.word = directory_wordform.word)"
    for table in TABLES
)
ANYBODY = f"{ORGANIZATION} IS NOT NULL"
KEEPER = purpose_in("import", "operator", "purge")

# Words are compared by code point, as SQLite does, whatever the order of the database is: what
# begins with some letters is a range of the index then.
COLUMNS = [("directory_wordform", "form"), ("directory_wordform", "word")]
COLUMNS += [(f"directory_{table}", "word") for table in TABLES]


def posting(name, target, index):
    """A table of words of the rows of another."""
    return migrations.CreateModel(
        name=name,
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("word", models.CharField(max_length=60)),
            ("weight", models.PositiveSmallIntegerField()),
            ("row", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="words", to=target, to_field="slug", db_index=False)),
        ],
        options={
            "constraints": [models.UniqueConstraint(fields=["row", "word"], name=f"{index}_once")],
            "indexes": [models.Index(fields=["word", "row", "weight"], name=index)],
        },
    )


class Migration(migrations.Migration):
    dependencies = [("directory", "0005_gazetteer")]

    operations = [
        migrations.RemoveField(model_name="listing", name="search_text"),
        migrations.CreateModel(
            name="WordForm",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("form", models.CharField(max_length=60)),
                ("word", models.CharField(max_length=60)),
                ("kind", models.PositiveSmallIntegerField(choices=[(0, "Whole"), (1, "Part"), (2, "Near")])),
            ],
            options={
                "indexes": [
                    models.Index(fields=["kind", "form"], name="word_form_by_form"),
                    models.Index(fields=["word"], name="word_form_by_word"),
                ],
            },
        ),
        posting("ListingWord", "directory.listing", "listing_word"),
        posting("FacilityWord", "directory.facility", "facility_word"),
        posting("CardWord", "directory.organizationcard", "card_word"),
        PostgresSql(
            forward=[
                f'ALTER TABLE {table} ALTER COLUMN {column} TYPE varchar(60) COLLATE "C"'
                for table, column in COLUMNS
            ],
            backward=[
                f'ALTER TABLE {table} ALTER COLUMN {column} TYPE varchar(60) COLLATE "default"'
                for table, column in COLUMNS
            ],
        ),
        RowSecurity(
            "directory_listingword",
            seen="true",
            written=f"{SYSTEM} OR {OF_OWN_LISTING}",
            removed=f"{SYSTEM} OR {OF_OWN_LISTING} OR {OF_REPLACED_LISTING}",
        ),
        RowSecurity("directory_facilityword", seen="true", written=SYSTEM),
        RowSecurity(
            "directory_cardword", seen="true", written=f"{SYSTEM} OR {OF_OWN_CARD}"
        ),
        RowSecurity(
            "directory_wordform",
            seen="true",
            written=KEEPER,
            added=f"{KEEPER} OR {OF_OWN_WORD}",
            removed=f"{KEEPER} OR ({ANYBODY} AND {UNUSED})",
        ),
    ]
