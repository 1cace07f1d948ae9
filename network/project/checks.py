"""System checks: what a node must be before it serves anybody but its own machine.

`manage.py check_node` runs them all and fails on any. They are Django deployment checks with ids
and hints, so `manage.py check --deploy` shows them too.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core import checks
from django.core.checks import CheckMessage, Error, register
from django.db import DatabaseError, connection
from django.utils import timezone

from directory.models import Country
from directory.queries.gazetteer import loaded_version
from network.models import Job

TAG = "node"
PURGE_HOURS = 26
BACKUP_DAYS = 8


def register_all() -> None:
    """Register every check of this room."""
    for check in (
        check_settings,
        check_database_roles,
        check_row_security,
        check_purge,
        check_towns,
        check_countries,
        check_backup,
    ):
        register(check, TAG, deploy=True)


def check_settings(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """DEBUG, https, the host names and who runs the node."""
    found: list[CheckMessage] = []
    if settings.DEBUG:
        found.append(Error("DEBUG is on.", hint="Unset DEBUG.", id="node.E001"))
    if not settings.IS_HTTPS:
        found.append(
            Error(
                "The public origin is not https.",
                hint="Set PUBLIC_ORIGIN=https://your.host and serve behind a proxy with TLS.",
                id="node.E002",
            )
        )
    if "*" in settings.ALLOWED_HOSTS:
        found.append(
            Error(
                "Any host name is accepted.", hint="Name yours in ALLOWED_HOSTS.", id="node.E003"
            )
        )
    if len(settings.SECRET_KEY) < 50:
        found.append(
            Error(
                "The secret key is short.",
                hint="Unset SECRET_KEY, or make it 50 long.",
                id="node.E004",
            )
        )
    if not (settings.NODE_NAME and settings.NODE_CONTACT):
        found.append(
            checks.Warning(
                "Pages do not say who runs this node.",
                hint="Set NODE_NAME and NODE_CONTACT.",
                id="node.W001",
            )
        )
    return found


def check_database_roles(
    app_configs: Sequence[AppConfig] | None, **kwargs: Any
) -> list[CheckMessage]:
    """Two PostgreSQL roles, the serving one without powers."""
    if not settings.HAS_OWNER_ROLE:
        return [
            Error(
                "Row security is not in force: one role owns the tables and serves them.",
                hint="Use PostgreSQL with DATABASE_URL (serving) and DATABASE_OWNER_URL (owner).",
                id="node.E005",
            )
        ]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rolsuper OR rolbypassrls OR EXISTS (SELECT 1 FROM pg_tables "
            "WHERE tableowner = current_user) FROM pg_roles WHERE rolname = current_user"
        )
        (is_powerful,) = cursor.fetchone()
    if is_powerful:
        return [
            Error(
                "The serving role is a superuser, passes row security or owns tables.",
                hint="Make a plain role for DATABASE_URL and run prepare_database.",
                id="node.E006",
            )
        ]
    return []


def check_row_security(
    app_configs: Sequence[AppConfig] | None, **kwargs: Any
) -> list[CheckMessage]:
    """Every table with an organization has row security that is forced."""
    if connection.vendor != "postgresql":
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid "
            "WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace "
            "AND a.attname = 'organization_id' AND NOT a.attisdropped "
            "AND c.relname <> 'directory_listing' "
            "AND NOT (c.relrowsecurity AND c.relforcerowsecurity) ORDER BY 1"
        )
        bare = [name for (name,) in cursor.fetchall()]
    if bare:
        return [
            Error(
                f"Row security is missing on {', '.join(bare)}.",
                hint="Run migrate --database owner.",
                id="node.E007",
            )
        ]
    return []


def check_purge(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """The purge has run within 26 hours."""
    try:
        last = Job.objects.filter(name="purge").values_list("finished_at", flat=True).first()
    except DatabaseError:
        return [
            Error("The tables are missing or out of reach.", hint="Run migrate.", id="node.E008")
        ]
    if last is None or timezone.now() - last > dt.timedelta(hours=PURGE_HOURS):
        return [
            Error(
                f"The purge has not run for {PURGE_HOURS} hours.",
                hint="Run serve or worker, or purge by hand.",
                id="node.E009",
            )
        ]
    return []


def check_towns(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """The towns were loaded; tables that are missing are for `check_purge` to tell."""
    try:
        is_loaded = bool(loaded_version())
    except DatabaseError:
        return []
    if is_loaded:
        return []
    return [
        checks.Warning(
            "The towns were never loaded: nothing is found near a town.",
            hint="Run load_gazetteer.",
            id="node.W002",
        )
    ]


def check_countries(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Some country is known; tables that are missing are for `check_purge` to tell."""
    try:
        is_known = Country.objects.exists()
    except DatabaseError:
        return []
    if is_known:
        return []
    return [
        checks.Warning(
            "No country is known: no group can ask to come in, and nothing can be listed.",
            hint="Run import_countries directory/sample/countries.csv.",
            id="node.W003",
        )
    ]


def check_backup(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """There is a recent backup; tables that are missing are for `check_purge` to tell."""
    try:
        last = Job.objects.filter(name="backup").values_list("finished_at", flat=True).first()
    except DatabaseError:
        return []
    if last is not None and timezone.now() - last <= dt.timedelta(days=BACKUP_DAYS):
        return []
    return [
        checks.Warning(
            f"No backup was made in the last {BACKUP_DAYS} days.",
            hint="Run backup FILE, once a night by a timer; other means are not seen here.",
            id="node.W004",
        )
    ]
