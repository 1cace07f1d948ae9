"""That nothing is forgotten: every surface, every parameter and every field has its row."""

from uuid import UUID

import pytest

from api.v1.document import document
from directory.enums.withholding import WITHHOLDABLE
from directory.models import Program, ProgramFacility, ProgramText
from tests.isolation.canaries import CANARIES
from tests.isolation.patterns import name_of, names_of_patterns
from tests.isolation.surfaces import SILENT, SURFACES
from tests.isolation.world import PROGRAM_ID

# Columns of the working copy that no group keeps back, and why.
NEVER_WITHHELD = {
    "id": "is the listing's",
    "organization": "is named by its card",
    "slug": "is the address",
    "status": "is what a listing is",
    "country": "is what a listing is",
    "withheld": "says what is kept back",
    "replaces": "names listings that were public",
    "confirmed_on": "is the day of publishing",
    "published_at": "is not published",
    "deleted_at": "is not published",
    "last_public": "is not published",
    "reminded_on": "is not published",
    "created_at": "is not published",
    "updated_at": "is not published",
    "version": "is not published",
    "program": "is the program itself",
    "language": "goes with the name",
    "name": "is what a listing is",
    "facility": "goes with the place's name",
}

PLACES = {
    **dict.fromkeys(("program", "neighbour", "facility", "merged", "named_place"), "some-slug"),
    **dict.fromkeys(("program_id", "organization_id"), str(PROGRAM_ID)),
    "organization": "some-slug",
    "country": "MM",
    "picture": "x",
}


def test_every_pattern_of_the_site_has_a_row():
    forgotten = names_of_patterns() - set(SURFACES) - set(SILENT)
    assert not forgotten, (
        f"New surfaces: {sorted(forgotten)}. Add a row for each to SURFACES in "
        "tests/isolation/surfaces.py, or to SILENT where it knows nothing of the directory."
    )


def test_every_row_is_a_pattern_of_the_site():
    assert not {*SURFACES, *SILENT} - names_of_patterns()
    assert not set(SURFACES) & set(SILENT)


@pytest.mark.parametrize("name", sorted(SURFACES))
def test_the_addresses_of_a_row_lead_to_its_pattern(name):
    for path in SURFACES[name].paths:
        assert name_of(path.format(**PLACES)) == name


@pytest.mark.parametrize("name", sorted(SURFACES))
def test_every_parameter_of_a_surface_is_asked(name):
    surface = SURFACES[name]
    asked = {
        key
        for question in (*surface.asks, *surface.more, surface.always or {})
        for key in question
    }
    asked |= {key for question in surface.about(CANARIES) for key in question}
    left = surface.takes - asked - {"cursor"}  # which following pages carry
    assert not left, f"{name} takes {sorted(left)}: ask it with a value in SURFACES or CANARIES."


def test_a_row_knows_every_parameter_that_the_api_says_it_takes():
    places = {"slug": "some-slug", "iso2": "MM", "id": UUID(int=0), "name": "service.json"}
    places["handle"] = places["attachment"] = UUID(int=1)
    told = document()["paths"]
    assert len(told) > len(places)
    for path, operations in told.items():
        parameters = operations.get("get", {}).get("parameters", ())
        asked = {one["name"] for one in parameters if one["in"] == "query"}
        name = name_of(path.format(**places))
        assert name in SILENT or asked <= SURFACES[name].takes, path


def test_every_field_that_can_be_withheld_has_canaries():
    assert set(CANARIES) == set(WITHHOLDABLE), (
        "A field was added to WITHHOLDABLE: give it canaries in tests/isolation/canaries.py."
    )
    for name, canary in CANARIES.items():
        assert canary.words, name
        assert canary.values.keys() == canary.twin.keys(), name


def test_every_column_of_a_program_can_be_withheld_or_says_why_not():
    columns = {
        field.name
        for model in (Program, ProgramText, ProgramFacility)
        for field in model._meta.concrete_fields
    }
    withheld = {column for one in CANARIES.values() for column in (*one.values, *one.texts)}
    assert columns == withheld | set(NEVER_WITHHELD), (
        "A column was added: make it a field of WITHHOLDABLE with canaries, or say here why not."
    )
