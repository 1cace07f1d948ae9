"""Row security on the tenant tables of the ground floor; the audit log becomes append-only."""

from django.db import migrations

from network.tenancy.operations import (
    ORGANIZATION,
    PERSON,
    PURPOSE,
    AppendOnly,
    RowSecurity,
    purpose_in,
)

OWN = f"organization_id = {ORGANIZATION}"
OPERATOR = purpose_in("operator")
ACCOUNTS = purpose_in("operator", "sign_in")

# Policies of one table may read another only where that other's policies do not read back:
# person -> membership, organization -> membership; membership reads neither.
COLLEAGUE = (
    "EXISTS (SELECT 1 FROM network_membership m WHERE m.person_id = network_person.id "
    f"AND m.organization_id = {ORGANIZATION})"
)
BELONGS = (
    "EXISTS (SELECT 1 FROM network_membership m WHERE m.organization_id = network_organization.id "
    f"AND m.person_id = {PERSON} AND m.ended_at IS NULL)"
)


class Migration(migrations.Migration):
    dependencies = [("network", "0001_ground_floor")]

    operations = [
        RowSecurity(
            "network_organization",
            seen=f"id = {ORGANIZATION} OR {ACCOUNTS} OR {BELONGS}",
            written=f"id = {ORGANIZATION} OR {OPERATOR}",
            removed=OPERATOR,
        ),
        RowSecurity(
            "network_person",
            seen=f"id = {PERSON} OR {ACCOUNTS} OR {COLLEAGUE}",
            written=f"id = {PERSON} OR {ACCOUNTS}",
            removed=OPERATOR,
        ),
        RowSecurity(
            "network_membership",
            seen=f"{OWN} OR person_id = {PERSON} OR {ACCOUNTS}",
            written=f"{OWN} OR {ACCOUNTS}",
            removed=f"{OWN} OR {OPERATOR}",
        ),
        RowSecurity(
            "network_invitation",
            seen=f"{OWN} OR {purpose_in('operator', 'sign_in', 'purge')}",
            written=f"{OWN} OR {ACCOUNTS}",
            removed=f"{OWN} OR {purpose_in('operator', 'purge')}",
        ),
        RowSecurity(
            "network_auditentry",
            seen=f"{OWN} OR {purpose_in('operator', 'purge')}",
            written=f"{OWN} OR {PURPOSE} <> ''",
            removed=purpose_in("purge"),
        ),
        AppendOnly("network_auditentry", purged=True),
    ]
