"""`manage.py import_country_access`: who may visit in a country, in law and in practice."""

from directory.actions.importing import CountryAccessRules
from directory.management.importing import ImportCommand


class Command(ImportCommand):
    """Imports `country_access.csv`; all else is shared."""

    kind = CountryAccessRules
    what = "who may visit in a country, in law and in practice"
    help = f"Import {what}."
