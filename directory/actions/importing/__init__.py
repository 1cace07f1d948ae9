"""Importers: files of facts about programs, places and countries, each row with its source.

A kind of file has a module of its own; `engine` reads, refuses and writes for all of them.
"""

from directory.actions.importing.access_events import AccessEvents
from directory.actions.importing.countries import Countries
from directory.actions.importing.country_access import CountryAccessRules
from directory.actions.importing.engine import run_import
from directory.actions.importing.facilities import Facilities
from directory.actions.importing.programs import Programs
from directory.actions.importing.report import ImportFileError, Report
from directory.actions.importing.visiting_rules import VisitingRules

__all__ = [
    "AccessEvents",
    "Countries",
    "CountryAccessRules",
    "Facilities",
    "ImportFileError",
    "Programs",
    "Report",
    "VisitingRules",
    "run_import",
]
