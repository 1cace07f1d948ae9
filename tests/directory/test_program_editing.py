"""Making and editing programs: who may, what is refused, and what is kept of each state."""

import uuid

import pytest
from django.core.exceptions import ValidationError

from directory.actions.programs.editing import (
    StaleVersion,
    create_program,
    edit_program,
    restore_version,
)
from directory.actions.publishing import publish_program
from directory.models import Claimed, Listing, Program, ProgramVersion, Suppression
from directory.queries.program_history import version_of, versions_of
from directory.queries.program_values import values_of, with_values
from network.models import AuditEntry
from network.permissions import Refused
from network.tenancy import Purpose, acting, system
from tests.directory.desk import VALUES, listing_of
from tests.factories import make_listing

pytestmark = pytest.mark.django_db
STRANGERS = ("bilal", "omar", "chiara", "claude", "edo", "farid", "dov", "esi")


def values(desk, program):
    with acting(desk.actor("amara")):
        return values_of(with_values(Program.objects.filter(pk=program.pk)).get())


@pytest.mark.parametrize("name", ["bilal", "omar", "dov", "esi"])
def test_who_edits_nothing_makes_no_program(desk, name):
    with acting(desk.actor(name)) as actor, pytest.raises(Refused):
        create_program(actor, values=VALUES)


@pytest.mark.parametrize("name", STRANGERS)
def test_who_may_not_edit_changes_nothing(desk, name):
    program = desk.create()
    with acting(desk.actor(name)) as actor:
        with pytest.raises(Refused):
            edit_program(actor, program=program, base_version=1, values={"status": "paused"})
        with pytest.raises(Refused):
            restore_version(actor, program=program, version=1, base_version=1)
    assert values(desk, program)["status"] == "active"


def test_a_new_program_is_what_was_written_with_its_first_version(desk):
    program = desk.create()
    found = values(desk, program)
    for name in ("names", "summaries", "services", "languages", "contact", "capacity", "website"):
        assert found[name] == VALUES[name], name
    assert found["point"] == {"lat": 51.5, "lon": -0.1}
    assert program.slug == "gb-harbour-visitors"
    assert listing_of(program) is None
    with acting(desk.actor("amara")) as amara:
        version = version_of(amara, program, 1)
        assert version.snapshot == found
        assert version.person_id == desk.cast.edna.pk
        assert AuditEntry.objects.filter(verb="program.created", object_id=program.pk).exists()


def test_a_key_makes_one_program_however_often_it_is_sent(desk):
    with acting(desk.actor("edna")) as edna:
        first = create_program(edna, values=VALUES, key="page-1")
        again = create_program(edna, values={**VALUES, "status": "paused"}, key="page-1")
        other = create_program(edna, values=VALUES, key="page-2")
    assert first.pk == again.pk != other.pk
    with acting(desk.actor("claude")) as claude:
        assert create_program(claude, values=VALUES, key="page-1").pk != first.pk


def test_an_edit_is_a_new_version_and_names_what_changed(desk):
    program = desk.create()
    edited = desk.edit(program, status="paused", names={"en": "Harbour Friends"})
    assert edited.version == 2
    found = values(desk, program)
    assert found["names"] == {"en": "Harbour Friends"}
    assert found["summaries"] == VALUES["summaries"]
    with acting(desk.actor("amara")) as amara:
        page = versions_of(amara, program)
        assert (page.rows[0].version, page.rows[0].changed) == (2, ["names", "status"])
        entry = AuditEntry.objects.get(verb="program.edited")
        assert entry.details == {"fields": ["names", "status"]}
        assert "Friends" not in str(entry.details)


def test_a_language_goes_with_its_last_text(desk):
    program = desk.create(summaries={"fr": "Nous visitons."})
    assert set(values(desk, program)["summaries"]) == {"fr"}
    desk.edit(program, summaries={})
    with acting(desk.actor("amara")):
        assert {text.language for text in program.texts.all()} == {"en", "ar"}


def test_a_second_editor_is_told_and_nothing_of_theirs_is_saved(desk):
    program = desk.create()
    desk.edit(program, by="amara", status="paused")
    with acting(desk.actor("edna")) as edna, pytest.raises(StaleVersion) as stale:
        edit_program(edna, program=program, base_version=1, values={"website": ""})
    assert stale.value.version == 2
    assert stale.value.base["status"] == "active"
    assert stale.value.current["status"] == "paused"
    assert values(desk, program)["website"] == VALUES["website"]


def test_what_was_sent_twice_is_saved_once(desk):
    program = desk.create()
    with acting(desk.actor("edna")) as edna:
        for _again in range(2):
            edit_program(edna, program=program, base_version=1, values={"status": "paused"})
        assert Program.objects.get(pk=program.pk).version == 2
        assert ProgramVersion.objects.filter(program=program).count() == 2


def test_an_edit_that_changes_nothing_is_no_version(desk):
    program = desk.create()
    assert desk.edit(program, **values(desk, program)).version == 1


def test_a_refused_edit_says_why_field_by_field_and_saves_nothing(desk):
    program = desk.create()
    with pytest.raises(ValidationError) as refused:
        desk.edit(program, status="paused", services=["massage"], website="not an address")
    assert set(refused.value.message_dict) == {"services", "website"}
    assert values(desk, program)["status"] == "active"


def test_an_earlier_version_comes_back_as_a_new_one(desk):
    program = desk.create(facilities=["gb-harbour-house", "The old jail"])
    desk.edit(program, names={"fr": "Amis"}, facilities=[], contact={}, country="FR", locality="")
    with acting(desk.actor("edna")) as edna:
        restored = restore_version(edna, program=program, version=1, base_version=2)
        first = version_of(edna, program, 1).snapshot
    assert restored.version == 3
    assert values(desk, program) == first
    with acting(desk.actor("edna")) as edna, pytest.raises(StaleVersion):
        restore_version(edna, program=program, version=2, base_version=2)


def test_a_version_of_another_program_is_none(desk):
    program, other = desk.create(), desk.create()
    desk.edit(other, status="paused")
    with acting(desk.actor("edna")) as edna, pytest.raises(ProgramVersion.DoesNotExist):
        restore_version(edna, program=program, version=2, base_version=1)


def test_a_place_that_is_listed_no_more_comes_back_by_its_name(desk):
    from directory.models import Facility

    program = desk.create(facilities=["gb-harbour-house"])
    desk.edit(program, facilities=[])
    with acting(system(Purpose.OPERATOR)):
        Facility.objects.all().delete()
    with acting(desk.actor("edna")) as edna:
        restore_version(edna, program=program, version=1, base_version=2)
    [place] = values(desk, program)["facilities"]
    assert place == {"id": None, "slug": None, "name": "Harbour House"}


def test_addresses_are_never_shared_and_do_not_tell_of_others(desk):
    with acting(system(Purpose.OPERATOR)):
        Suppression.objects.create(slug="gb-taken-off")
        Claimed.objects.create(slug="gb-claimed", program_id=uuid.uuid4())
    make_listing(slug="gb-listed")
    for word in ("taken-off", "claimed", "listed"):
        assert desk.create(names={"en": word}).slug == f"gb-{word}-2"
    assert desk.create().slug == "gb-harbour-visitors"
    assert desk.create().slug == "gb-harbour-visitors-2"
    # B keeps a program of this name to itself: nothing about the address may say so.
    with acting(desk.actor("claude")) as claude:
        of_b = create_program(claude, values={**VALUES, "names": {"en": "Unheard of"}})
    of_a = desk.create(names={"en": "Unheard of"})
    assert of_b.slug == of_a.slug == "gb-unheard-of"
    for name, program in (("amara", of_a), ("claude", of_b)):
        with acting(desk.actor(name)) as actor:
            publish_program(actor, program=program)
    slugs = Listing.objects.filter(pk__in=(of_a.pk, of_b.pk)).values_list("slug", flat=True)
    assert sorted(slugs) == ["gb-unheard-of", "gb-unheard-of-2"]


def test_a_name_without_a_letter_of_the_alphabet_has_an_address_too(desk):
    program = desk.create(names={"ar": "زوار المرفأ"})
    assert program.slug == "gb-harbour-visitors"


def test_what_a_claim_replaces_is_kept_and_no_edit_touches_it(desk):
    old = make_listing(slug="gb-old")
    with acting(desk.actor("edna")) as edna:
        program = create_program(edna, values=VALUES, replaces=[old.pk])
    desk.edit(program, status="paused")
    assert desk.fresh(program).replaces == [str(old.pk)]
    with pytest.raises(ValidationError):
        desk.edit(program, replaces=[])
