"""What the owner of the tables grants the serving role."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connections, transaction
from psycopg import sql

from network.tenancy.operations import purpose_in

# What the owner alone writes.
READ_ONLY = frozenset({"auth_permission", "django_content_type", "django_migrations"})
# Every way to a right that is not a membership: rows go with their person or group, none comes.
NEVER_ADDED = frozenset(
    {
        "auth_group_permissions",
        "guardian_groupobjectpermission",
        "guardian_userobjectpermission",
        "network_person_groups",
        "network_person_user_permissions",
    }
)

# For this purpose, which no actor has, the owner of the tables may read every row: to back it up.
READER = "backup"

_TABLES = """
    SELECT c.relname, EXISTS (
        SELECT 1 FROM pg_trigger t WHERE t.tgrelid = c.oid AND t.tgname = 'append_only'
    )
    FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'
    ORDER BY c.relname
"""


# A view reads with the rights of its owner; whoever serves may only look through it.
_VIEWS = """
    SELECT c.relname FROM pg_class c
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'v' ORDER BY c.relname
"""

_UNREAD = """
    SELECT quote_ident(c.relname) FROM pg_class c
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND c.relrowsecurity
    AND NOT EXISTS (SELECT 1 FROM pg_policy p WHERE p.polrelid = c.oid AND p.polname = 'backup')
"""


@dataclass(frozen=True, slots=True)
class Prepared:
    """What was granted: to which role, on how many tables."""

    role: str
    tables: int


def prepare_database(*, owner_alias: str, serving_role: str) -> Prepared:
    """Give the serving role what it needs to serve and nothing that lets it change tables.

    Run as the owner after each migration; running it again changes nothing. The role must exist.
    It may read and write rows, within row security; rows of append-only tables it cannot even ask
    to change. Migration bookkeeping stays the owner's.
    """
    role = sql.Identifier(serving_role)
    with connections[owner_alias].cursor() as cursor:
        cursor.execute(_TABLES)
        tables = cursor.fetchall()
        grants = [sql.SQL("GRANT USAGE ON SCHEMA public TO {}").format(role)]
        for table, is_append_only in tables:
            grants += _grants(table, role, is_append_only=is_append_only)
        cursor.execute(_VIEWS)
        for (view,) in cursor.fetchall():
            grants.append(sql.SQL("GRANT SELECT ON {} TO {}").format(sql.Identifier(view), role))
        grants.append(sql.SQL("GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {}").format(role))
        for grant in grants:
            cursor.execute(grant.as_string())
    let_owner_read(owner_alias=owner_alias)
    return Prepared(role=serving_role, tables=len(tables))


def let_owner_read(*, owner_alias: str) -> None:
    """Give the owner a policy to read every row for a backup, on each table that lacks it.

    Row security is forced for the owner too, and no purpose of the product sees all rows of all
    tables. The policy is the owner's alone: the serving role gains nothing by naming the purpose.
    """
    with transaction.atomic(using=owner_alias), connections[owner_alias].cursor() as cursor:
        cursor.execute(_UNREAD)
        unread = [table for (table,) in cursor.fetchall()]
        if unread:
            # A table is locked for a moment; a backup does not wait long for a busy site.
            cursor.execute("SET LOCAL lock_timeout = '10s'")
        for table in unread:
            cursor.execute(
                f"CREATE POLICY backup ON {table} FOR SELECT TO CURRENT_USER "
                f"USING ({purpose_in(READER)})"
            )


def _grants(table: str, role: sql.Identifier, *, is_append_only: bool) -> list[sql.Composed]:
    if table in READ_ONLY:
        verbs = "SELECT"
    elif table in NEVER_ADDED:
        verbs = "SELECT, DELETE"
    elif is_append_only:
        verbs = "SELECT, INSERT, DELETE"
    else:
        verbs = "SELECT, INSERT, UPDATE, DELETE"
    target = sql.Identifier(table)
    return [
        sql.SQL("REVOKE ALL ON {} FROM {}").format(target, role),
        sql.SQL("GRANT {} ON {} TO {}").format(sql.SQL(verbs), target, role),
    ]
