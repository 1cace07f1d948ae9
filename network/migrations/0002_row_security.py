"""Row security on the tables of the ground floor; the audit log becomes append-only."""

from django.db import migrations

from network.tenancy.operations import (
    ORGANIZATION,
    PERSON,
    AppendOnly,
    Privileged,
    RowSecurity,
    purpose_in,
)

OWN = f"organization_id = {ORGANIZATION}"
OPERATOR = purpose_in("operator")
ACCOUNTS = purpose_in("operator", "sign_in")

# Policies of one table may read another only where that other's policies do not read back:
# organization -> membership; membership reads nothing else.
BELONGS = (
    "EXISTS (SELECT 1 FROM network_membership m WHERE m.organization_id = network_organization.id "
    f"AND m.person_id = {PERSON} AND m.ended_at IS NULL)"
)


class Migration(migrations.Migration):
    dependencies = [
        ("network", "0001_ground_floor"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        RowSecurity(
            "network_organization",
            seen=f"id = {ORGANIZATION} OR {ACCOUNTS} OR {BELONGS}",
            written=f"id = {ORGANIZATION} OR {OPERATOR}",
            added=OPERATOR,
            removed=OPERATOR,
        ),
        # Nobody sees another person's row, a colleague's neither: it holds the password's hash.
        RowSecurity(
            "network_person",
            seen=f"id = {PERSON} OR {ACCOUNTS}",
            written=f"id = {PERSON} OR {OPERATOR}",
            added=ACCOUNTS,
            removed=OPERATOR,
        ),
        # People come in by an invitation that they accept, never by being written in.
        RowSecurity(
            "network_membership",
            seen=f"{OWN} OR person_id = {PERSON} OR {ACCOUNTS}",
            written=f"{OWN} OR {OPERATOR}",
            added=ACCOUNTS,
            removed=OPERATOR,
        ),
        RowSecurity(
            "network_invitation",
            seen=f"{OWN} OR {purpose_in('operator', 'sign_in', 'purge')}",
            written=f"{OWN} OR {ACCOUNTS}",
            added=f"{OWN} OR {OPERATOR}",
            removed=f"{OWN} OR {purpose_in('operator', 'purge')}",
        ),
        # People write in their own name and their organization's log; the system in its own.
        RowSecurity(
            "network_auditentry",
            seen=f"{OWN} OR {purpose_in('operator', 'purge')}",
            written="false",
            added=(
                f"({OWN} AND person_id = {PERSON}) OR {OPERATOR} "
                f"OR (organization_id IS NULL AND person_id IS NULL "
                f"AND {purpose_in('import', 'purge', 'sign_in')})"
            ),
            removed=purpose_in("purge"),
        ),
        AppendOnly("network_auditentry", purged=True),
        Privileged("network_person", "stewardship", "{row}.is_steward"),
        Privileged("network_organization", "verification", "{row}.status = 'verified'"),
        RowSecurity("auth_group", seen="true", written=OPERATOR),
    ]
