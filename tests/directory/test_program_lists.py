"""What the desk reads of programs: own ones only, at a constant cost."""

import datetime as dt

import pytest
from django.utils import timezone

from directory.actions.programs.drafts import save_draft
from directory.actions.publishing import publish_program
from directory.models import Program, ProgramVersion
from directory.queries.cursor import decode_cursor
from directory.queries.program_history import differences, version_of, versions_of
from directory.queries.program_list import program_list
from directory.queries.program_values import values_of
from directory.queries.programs import KIND, program_by_id, program_for, programs_of
from network.tenancy import Purpose, acting, system

pytestmark = pytest.mark.django_db


def test_the_list_says_what_stands_where(desk):
    plain, public, held = (desk.create(names={"en": name}) for name in ("A1", "B1", "C1"))
    for program in (public, held):
        with acting(desk.actor("carla")) as carla:
            publish_program(carla, program=program)
    desk.edit(held, website="https://new.example.org/")
    with acting(desk.actor("carla")) as carla:
        publish_program(carla, program=held)
    with acting(desk.actor("edna")) as edna:
        save_draft(edna, program=plain, base_version=1, edition=9, values={"website": "h"})
    with acting(system(Purpose.OPERATOR)):
        Program.objects.filter(pk=held.pk).update(
            confirmed_on=timezone.localdate() - dt.timedelta(days=200)
        )
    with acting(desk.actor("edna")) as edna:
        rows = {row.name: row for row in programs_of(edna).rows}
    with acting(desk.actor("amara")) as amara:
        assert not any(row.has_draft for row in programs_of(amara).rows)
    marks = {
        name: (row.is_public, row.has_draft, row.held_until is not None)
        for name, row in rows.items()
    }
    names = {language for row in rows.values() for language in (row.name_language,)}
    assert names == {"en"}
    assert marks == {
        "A1": (False, True, False),
        "B1": (True, False, False),
        "C1": (True, False, True),
    }
    assert [rows[name].freshness for name in ("A1", "B1", "C1")] == ["unknown", "fresh", "stale"]


def marks_of(row):
    return row.is_public, row.has_draft, row.is_waiting


def test_the_list_of_the_desk_says_the_same_in_fewer_words(desk, django_assert_num_queries):
    programs = [desk.create(names={"en": name, "fr": f"{name} fr"}) for name in ("A1", "B1", "C1")]
    desk.edit(programs[1], languages=["fr"], withheld=["languages"])
    desk.edit(programs[2], languages=["fr"])
    for _time in range(2):
        with acting(desk.actor("carla")) as carla:
            publish_program(carla, program=desk.fresh(programs[2]))
        desk.edit(programs[2], website="https://new.example.org/")
    for name in ("edna", "carla"):
        with acting(desk.actor(name)) as actor:
            values = {"website": name}
            for program in programs[: 2 if name == "edna" else 1]:
                save_draft(actor, program=program, base_version=1, edition=9, values=values)
    for name in ("amara", "edna", "claude"):
        with acting(desk.actor(name)) as actor:
            whole = programs_of(actor).rows
            with django_assert_num_queries(3):
                page, deleted = program_list(actor)
        assert not deleted
        assert [(one.slug, one.name, one.name_language, *marks_of(one)) for one in page.rows] == [
            (row.program.slug, row.name, row.name_language, *marks_of(row)) for row in whole
        ]
        assert sum(one.has_draft for one in page.rows) == (2 if name == "edna" else 0)
        assert sum(one.is_waiting for one in page.rows) == (0 if name == "claude" else 1)


def test_nobody_reads_programs_of_another_group(desk):
    own = desk.create(names={"en": "Own"})
    with acting(desk.actor("claude")) as claude:
        assert [row.program.pk for row in programs_of(claude).rows] == [desk.of_b.pk]
        for missing in (own.slug, "never-there"):
            with pytest.raises(Program.DoesNotExist):
                program_for(claude, missing)
        with pytest.raises(Program.DoesNotExist):
            program_by_id(claude, own.pk)
        assert not versions_of(claude, own).rows
        with pytest.raises(ProgramVersion.DoesNotExist):
            version_of(claude, own, 1)


def test_one_program_and_three_cost_the_same(desk, django_assert_num_queries):
    desk.create(facilities=["gb-harbour-house"])
    with acting(desk.actor("amara")) as amara, django_assert_num_queries(3):
        rows = programs_of(amara).rows
        assert len([values_of(row.program) for row in rows]) == 1
    for number in range(2):
        desk.create(names={"en": f"More {number}"}, facilities=["gb-harbour-house", "Other"])
    with acting(desk.actor("amara")) as amara, django_assert_num_queries(3):
        rows = programs_of(amara).rows
        assert len([values_of(row.program) for row in rows]) == 3


def test_a_long_list_has_pages(desk):
    for number in range(5):
        desk.create(names={"en": f"Number {number}"})
    with acting(desk.actor("amara")) as amara:
        first = programs_of(amara, size=2)
        second = programs_of(amara, decode_cursor(first.next, KIND), size=2)
        back = programs_of(amara, decode_cursor(second.previous, KIND), size=2)
    assert [row.name for row in (*first.rows, *second.rows)] == [f"Number {n}" for n in range(4)]
    assert [row.name for row in back.rows] == ["Number 0", "Number 1"]


def test_the_history_has_pages_the_newest_first(desk, django_assert_num_queries):
    program = desk.create()
    for number in range(4):
        desk.edit(program, summaries={"en": f"Text {number}"})
    with acting(desk.actor("amara")) as amara:
        with django_assert_num_queries(1):
            first = versions_of(amara, program, size=3)
        from directory.queries.program_history import KIND as HISTORY

        rest = versions_of(amara, program, decode_cursor(first.next, HISTORY), size=3)
    assert [row.version for row in (*first.rows, *rest.rows)] == [5, 4, 3, 2, 1]


def test_differences_go_language_by_language():
    before = {"names": {"en": "A", "fr": "B"}, "status": "active", "contact": {"phone": "1"}}
    after = {"names": {"en": "A", "ar": "C"}, "status": "paused", "contact": {"phone": "2"}}
    found = [(d.field, d.key, d.before, d.after) for d in differences(before, after)]
    assert found == [
        ("names", "ar", None, "C"),
        ("names", "fr", "B", None),
        ("status", "", "active", "paused"),
        ("contact", "phone", "1", "2"),
    ]
