"""`manage.py import_visiting_rules`: rules for a visit at one place."""

from directory.actions.importing import VisitingRules
from directory.management.importing import ImportCommand


class Command(ImportCommand):
    """Imports `visiting_rules.csv`; all else is shared."""

    kind = VisitingRules
    what = "rules for a visit at one place"
    help = f"Import {what}."
