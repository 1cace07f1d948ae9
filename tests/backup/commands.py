"""Running the commands, and looking at what they leave."""

import json
import zipfile
from io import StringIO

from django.core.management import call_command
from django.db import connections

from network.project.backup.database import one_moment
from network.project.backup.tables import kept_tables


def run(name, *arguments):
    """The document that a command answered with."""
    out = StringIO()
    call_command(name, *map(str, arguments), "--json", stdout=out)
    return json.loads(out.getvalue())


def everything():
    """The rows of each table that a backup holds, as the owner reads them."""
    with one_moment() as alias:
        return {table.label: list(table.lines(alias)) for table in kept_tables()}


def manifest_of(path):
    with zipfile.ZipFile(path) as archive:
        return json.loads(archive.read("manifest.json"))


def end_other_connections():
    """What threads of earlier tests left open would count as a site that is served."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = current_user "
            "AND datname = current_database() AND pid <> pg_backend_pid()"
        )
