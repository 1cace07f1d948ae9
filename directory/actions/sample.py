"""The sample data: what sources say of the world's visiting programs, ready to be imported."""

from __future__ import annotations

from pathlib import Path

from directory.actions.importing import (
    AccessEvents,
    Countries,
    CountryAccessRules,
    Facilities,
    Programs,
    Report,
    VisitingRules,
    run_import,
)
from directory.actions.profiles import add_profiles
from network.tenancy import Actor, acting

SAMPLE_DIR = Path(__file__).resolve().parent.parent / "sample"

# In this order: a row may name what an earlier file holds.
_FILES = (
    ("countries.csv", Countries),
    ("facilities.csv", Facilities),
    ("programs.csv", Programs),
    ("country_access.csv", CountryAccessRules),
    ("visiting_rules.csv", VisitingRules),
    ("access_events.csv", AccessEvents),
)


def load_sample(actor: Actor, *, folder: Path = SAMPLE_DIR) -> dict[str, Report]:
    """Import all sample files, in one transaction; the report of each by the name of its kind.

    Loading again changes nothing. Rows that were claimed, edited or taken off stay as they are.

    Raises:
        Refused: the actor may not import.
        ImportFileError: a file is missing or damaged; nothing was written.
    """
    with acting(actor):
        reports = {kind.name: run_import(actor, kind, folder / name) for name, kind in _FILES}
        add_profiles(actor, path=folder / "profiles_multilingual.json")
    return reports
