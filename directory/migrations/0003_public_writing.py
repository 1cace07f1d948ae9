"""Who may write what everybody may read: the importing system, and each group its own."""

from django.db import migrations

from network.tenancy.operations import ORGANIZATION, RowSecurity, purpose_in

SYSTEM = purpose_in("import", "operator")

# A program that is published takes the place of the unclaimed entries that it replaces.
REPLACED = (
    "(claim = 'unclaimed' AND EXISTS (SELECT 1 FROM directory_program p "
    f"WHERE p.organization_id = {ORGANIZATION} "
    "AND p.replaces @> to_jsonb(directory_listing.id::text)))"
)
OF_OWN_LISTING = (
    "EXISTS (SELECT 1 FROM directory_listing l WHERE l.id = listing_id "
    f"AND l.organization_id = {ORGANIZATION})"
)
OF_REPLACED_LISTING = (
    "EXISTS (SELECT 1 FROM directory_listing l JOIN directory_program p "
    "ON p.replaces @> to_jsonb(l.id::text) WHERE l.id = listing_id AND l.claim = 'unclaimed' "
    f"AND p.organization_id = {ORGANIZATION})"
)


class Migration(migrations.Migration):
    dependencies = [("directory", "0002_row_security")]

    operations = [
        RowSecurity(
            "directory_organizationcard",
            seen="true",
            written=f"id = {ORGANIZATION} OR {SYSTEM}",
        ),
        RowSecurity(
            "directory_listing",
            seen="true",
            written=f"organization_id = {ORGANIZATION} OR {SYSTEM}",
            removed=f"organization_id = {ORGANIZATION} OR {SYSTEM} OR {REPLACED}",
        ),
        *(
            RowSecurity(
                table,
                seen="true",
                written=f"{OF_OWN_LISTING} OR {SYSTEM}",
                removed=f"{OF_OWN_LISTING} OR {OF_REPLACED_LISTING} OR {SYSTEM}",
            )
            for table in ("directory_listingfacility", "directory_listingtag")
        ),
        RowSecurity("directory_suppression", seen="true", written=purpose_in("operator")),
    ]
