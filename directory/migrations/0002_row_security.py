"""Row security on working copies and grants; the ledger of access becomes append-only."""

from django.db import migrations

from network.tenancy.operations import (
    ORGANIZATION,
    AppendOnly,
    PostgresSql,
    RowSecurity,
    purpose_in,
)

OWN = f"organization_id = {ORGANIZATION}"
OPERATOR = purpose_in("operator")
OF_OWN_PROGRAM = (
    "EXISTS (SELECT 1 FROM directory_program p "
    "WHERE p.id = content_object_id AND p.organization_id = {organization})"
).format(organization=ORGANIZATION)
HELD = (
    "EXISTS (SELECT 1 FROM network_organization o "
    f"WHERE o.group_id = directory_programgrant.group_id AND o.id = {ORGANIZATION})"
)

# A group takes over its own address and those of the unclaimed entries that it replaces.
TAKEN_OVER = (
    "EXISTS (SELECT 1 FROM directory_program p WHERE p.id = program_id "
    f"AND p.organization_id = {ORGANIZATION} AND (p.slug = directory_claimed.slug OR EXISTS ("
    "SELECT 1 FROM directory_listing l WHERE l.slug = directory_claimed.slug "
    "AND l.claim = 'unclaimed' AND p.replaces @> to_jsonb(l.id::text))))"
)

COMPOSITE = ("directory_programtext", "directory_programfacility")


class Migration(migrations.Migration):
    dependencies = [("directory", "0001_directory"), ("network", "0002_row_security")]

    operations = [
        *(
            RowSecurity(table, seen=f"{OWN} OR {OPERATOR}")
            for table in ("directory_program", *COMPOSITE)
        ),
        RowSecurity(
            "directory_programgrant",
            seen=f"{OF_OWN_PROGRAM} OR {HELD} OR {OPERATOR}",
            written=f"{OF_OWN_PROGRAM} OR {OPERATOR}",
        ),
        RowSecurity("directory_programpersongrant", seen=OPERATOR),
        RowSecurity(
            "directory_claimed",
            seen="true",
            written=OPERATOR,
            added=f"{TAKEN_OVER} OR {OPERATOR}",
        ),
        # A text can only belong to a program of its own organization.
        PostgresSql(
            forward=[
                f"ALTER TABLE {table} ADD CONSTRAINT {table}_same_organization "
                "FOREIGN KEY (organization_id, program_id) "
                "REFERENCES directory_program (organization_id, id) DEFERRABLE INITIALLY DEFERRED"
                for table in COMPOSITE
            ],
            backward=[
                f"ALTER TABLE {table} DROP CONSTRAINT {table}_same_organization"
                for table in COMPOSITE
            ],
        ),
        AppendOnly("directory_accessevent"),
    ]
