"""Drafts are the writer's alone, touch nothing, and do not come back once they are done with."""

import pytest
from django.core.exceptions import ValidationError

from directory.actions.programs.drafts import DraftClosedError, discard_draft, save_draft
from directory.actions.programs.editing import create_program, edit_program
from directory.models import ProgramDraft
from directory.queries.programs import draft_of
from network.permissions import Refused
from network.tenancy import acting
from tests.directory.desk import VALUES

pytestmark = pytest.mark.django_db
WRITTEN = {"names": {"en": "Half a na"}}


def write(desk, program, name="edna", edition=0, values=WRITTEN):
    with acting(desk.actor(name)) as actor:
        return save_draft(actor, program=program, base_version=1, edition=edition, values=values)


def draft(desk, program, name="edna"):
    with acting(desk.actor(name)) as actor:
        return draft_of(actor, program)


@pytest.mark.parametrize("name", ["bilal", "omar", "chiara", "claude", "edo", "dov", "esi"])
def test_who_may_not_edit_keeps_and_discards_no_draft(desk, name):
    program = desk.create()
    with pytest.raises(Refused):
        write(desk, program, name)
    with acting(desk.actor(name)) as actor, pytest.raises(Refused):
        discard_draft(actor, program=program)


@pytest.mark.parametrize(
    "values",
    [
        {"nothing": 1},
        {"summaries": {"en": "He is A 123 456 789"}},
        {"summaries": {"A123456789": "x"}},
        {"facilities": ["A123456789"]},
        {"names": {"en": "\x00"}},
        {"descriptions": {"en": "x" * 200_001}},
    ],
    ids=str,
)
def test_what_must_not_be_kept_is_not(desk, values):
    program = desk.create()
    with pytest.raises(ValidationError):
        write(desk, program, values=values)
    assert draft(desk, program).values == {}


def test_a_draft_changes_no_program_and_no_colleague_reads_it(desk):
    program = desk.create()
    write(desk, program)
    write(desk, program, "amara", values={"status": "odd, unfinished"})
    assert draft(desk, program).values == WRITTEN
    assert draft(desk, program, "amara").values == {"status": "odd, unfinished"}
    assert desk.fresh(program).version == 1
    with acting(desk.actor("amara")):
        assert program.texts.get(language="en").name == "Harbour Visitors"


def test_part_after_part_is_kept_and_sending_again_changes_nothing(desk):
    program = desk.create()
    for _again in range(2):
        write(desk, program)
        write(desk, program, values={"website": "htt"})
    assert draft(desk, program).values == {**WRITTEN, "website": "htt"}
    assert draft(desk, program).edition == 0


def test_a_late_autosave_brings_nothing_back(desk):
    program = desk.create()
    write(desk, program)
    with acting(desk.actor("edna")) as edna:
        discard_draft(edna, program=program)
        discard_draft(edna, program=program)
    with pytest.raises(DraftClosedError):
        write(desk, program)
    assert draft(desk, program).values == {}
    write(desk, program, edition=draft(desk, program).edition)
    assert draft(desk, program).values == WRITTEN
    desk.edit(program, names={"en": "A name"})
    with pytest.raises(DraftClosedError):
        write(desk, program, edition=2)


def test_a_late_autosave_of_what_was_never_a_draft_comes_too_late_as_well(desk):
    program = desk.create()
    desk.edit(program, names={"en": "A name"})
    with pytest.raises(DraftClosedError):
        write(desk, program)


def test_saving_one_part_leaves_the_others(desk):
    program = desk.create()
    write(desk, program, values={**WRITTEN, "website": "htt"})
    with acting(desk.actor("edna")) as edna:
        edit_program(edna, program=program, base_version=1, values={"names": {"en": "A name"}})
    assert draft(desk, program).values == {"website": "htt"}
    # The page of the other part is still open, as it was made.
    write(desk, program, values={"website": "https://"})
    assert draft(desk, program).values == {"website": "https://"}


def test_a_draft_of_a_new_program_goes_with_its_making(desk):
    write(desk, None)
    assert draft(desk, None).values == WRITTEN
    assert draft(desk, None, "amara").values == {}
    with acting(desk.actor("edna")) as edna:
        create_program(edna, values=VALUES)
    assert draft(desk, None).values == {}
    with pytest.raises(DraftClosedError):
        write(desk, None)


def test_a_colleagues_saving_does_not_touch_ones_own_draft(desk):
    program = desk.create()
    write(desk, program)
    desk.edit(program, by="amara", names={"en": "Hers"})
    assert draft(desk, program).values == WRITTEN
    with acting(desk.actor("edna")):
        assert ProgramDraft.objects.exists()
