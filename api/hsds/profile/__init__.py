"""The profile of HSDS that this API follows.

Its files are JSON Merge Patches of the schemas of HSDS, as
docs.openreferral.org/en/3.1/hsds/profiles.html asks: what a file does not name is as in HSDS.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

NAME = "Visiting programs"
PROFILE_VERSION = "1.0.0"
HSDS_VERSION = "3.1"
SCHEMAS = "https://github.com/openreferral/specification/tree/3.1/schema"
FILES = ("address.json", "location.json", "openapi.json", "organization.json", "service.json")

_FOLDER = Path(__file__).resolve().parent


@cache
def file_of(name: str) -> bytes:
    """The content of one of `FILES`."""
    return (_FOLDER / name).read_bytes()
