"""`manage.py import_programs`: programs found in sources, as unclaimed listings."""

from directory.actions.importing import Programs
from directory.management.importing import ImportCommand


class Command(ImportCommand):
    """Imports `programs.csv`; all else is shared."""

    kind = Programs
    what = "programs found in sources, as unclaimed listings"
    help = f"Import {what}."
