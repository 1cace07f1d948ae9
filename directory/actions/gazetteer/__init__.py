"""The towns of the world in tables of our own."""

from directory.actions.gazetteer.loading import (
    GAZETTEER_VERSION,
    Loaded,
    gazetteer_version,
    load_gazetteer,
)
from directory.actions.gazetteer.source import Town, bundled_towns

__all__ = [
    "GAZETTEER_VERSION",
    "Loaded",
    "Town",
    "bundled_towns",
    "gazetteer_version",
    "load_gazetteer",
]
