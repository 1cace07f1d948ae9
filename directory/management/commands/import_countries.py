"""`manage.py import_countries`: countries and territories."""

from directory.actions.importing import Countries
from directory.management.importing import ImportCommand


class Command(ImportCommand):
    """Imports `countries.csv`; all else is shared."""

    kind = Countries
    what = "countries and territories"
    help = f"Import {what}."
