"""`manage.py import_access_events`: entries of the ledger of access."""

from directory.actions.importing import AccessEvents
from directory.management.importing import ImportCommand


class Command(ImportCommand):
    """Imports `access_events.csv`; all else is shared."""

    kind = AccessEvents
    what = "entries of the ledger of access"
    help = f"Import {what}."
