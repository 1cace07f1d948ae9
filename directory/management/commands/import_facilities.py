"""`manage.py import_facilities`: places of detention, as sourced claims."""

from directory.actions.importing import Facilities
from directory.management.importing import ImportCommand


class Command(ImportCommand):
    """Imports `facilities.csv`; all else is shared."""

    kind = Facilities
    what = "places of detention, as sourced claims"
    help = f"Import {what}."
