"""What the owner of the tables grants the serving role."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connections
from psycopg import sql

# What the owner alone writes: bookkeeping, and every way to a right that is not a membership.
READ_ONLY = frozenset(
    {
        "auth_group_permissions",
        "auth_permission",
        "django_content_type",
        "django_migrations",
        "guardian_groupobjectpermission",
        "guardian_userobjectpermission",
        "network_person_groups",
        "network_person_user_permissions",
    }
)

_TABLES = """
    SELECT c.relname, EXISTS (
        SELECT 1 FROM pg_trigger t WHERE t.tgrelid = c.oid AND t.tgname = 'append_only'
    )
    FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'
    ORDER BY c.relname
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
        grants.append(sql.SQL("GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {}").format(role))
        for grant in grants:
            cursor.execute(grant.as_string())
    return Prepared(role=serving_role, tables=len(tables))


def _grants(table: str, role: sql.Identifier, *, is_append_only: bool) -> list[sql.Composed]:
    if table in READ_ONLY:
        verbs = "SELECT"
    elif is_append_only:
        verbs = "SELECT, INSERT, DELETE"
    else:
        verbs = "SELECT, INSERT, UPDATE, DELETE"
    target = sql.Identifier(table)
    return [
        sql.SQL("REVOKE ALL ON {} FROM {}").format(target, role),
        sql.SQL("GRANT {} ON {} TO {}").format(sql.SQL(verbs), target, role),
    ]
