"""Deleting, bringing back, confirming, and what the purge takes."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from directory.actions.programs.confirming import confirm_program
from directory.actions.programs.deleting import delete_program, restore_program
from directory.actions.programs.drafts import save_draft
from directory.actions.programs.granting import grant_program_texts
from directory.actions.programs.purging import purge_programs
from directory.actions.publishing import publish_program
from directory.models import (
    Claimed,
    HeldChange,
    Program,
    ProgramDraft,
    ProgramGrant,
    ProgramText,
    ProgramVersion,
)
from directory.queries.program_list import program_list
from directory.queries.programs import programs_of
from network.permissions import Refused
from network.tenancy import Purpose, acting, system
from tests.directory.desk import listing_of

pytestmark = pytest.mark.django_db
PURGE = system(Purpose.PURGE)


def publish(desk, program):
    with acting(desk.actor("carla")) as carla:
        return publish_program(carla, program=desk.fresh(program))


def delete(desk, program, by="amara"):
    with acting(desk.actor(by)) as actor:
        delete_program(actor, program=desk.fresh(program))


def long_deleted(program, **ago):
    with acting(system(Purpose.OPERATOR)):
        Program.objects.filter(pk=program.pk).update(
            deleted_at=timezone.now() - dt.timedelta(**ago)
        )


@pytest.mark.parametrize("name", ["bilal", "edna", "omar", "carla", "claude", "edo", "esi"])
def test_only_an_owner_deletes_and_brings_back(desk, name):
    program = desk.create()
    with acting(desk.actor(name)) as actor, pytest.raises(Refused):
        delete_program(actor, program=program)
    assert desk.fresh(program).deleted_at is None
    delete(desk, program)
    with acting(desk.actor(name)) as actor, pytest.raises(Refused):
        restore_program(actor, program=program)
    assert desk.fresh(program).deleted_at is not None


def test_a_deleted_program_is_gone_at_once_and_can_be_brought_back(desk):
    program = desk.create()
    publish(desk, program)
    desk.edit(program, website="https://new.example.org/")
    publish(desk, program)
    delete(desk, program)
    when = desk.fresh(program).deleted_at
    delete(desk, program)
    assert desk.fresh(program).deleted_at == when
    assert listing_of(program) is None
    assert desk.held(program) is None
    with pytest.raises(ValidationError):
        desk.edit(program, status="paused")
    with pytest.raises(ValidationError):
        publish(desk, program)
    with acting(desk.actor("amara")) as amara:
        assert not programs_of(amara).rows
        assert [one.slug for one in program_list(amara)[1]] == [program.slug]
        restore_program(amara, program=program)
        restore_program(amara, program=program)
        assert [one.program.pk for one in programs_of(amara).rows] == [program.pk]
    assert listing_of(program) is None
    publish(desk, program)
    assert listing_of(program).slug == program.slug


def test_after_seven_days_it_stays_deleted(desk):
    program = desk.create()
    delete(desk, program)
    long_deleted(program, days=7, minutes=1)
    with acting(desk.actor("amara")) as amara, pytest.raises(ValidationError) as refused:
        restore_program(amara, program=program)
    assert refused.value.code == "late"


def test_the_purge_takes_what_was_deleted_long_ago_with_all_that_hangs_on_it(desk):
    gone, fresh, there = desk.create(), desk.create(), desk.create()
    publish(desk, gone)
    desk.edit(gone, website="https://new.example.org/")
    publish(desk, gone)
    for program in (gone, there):
        with acting(desk.actor("edna")) as edna:
            save_draft(edna, program=program, base_version=1, edition=5, values={"website": "h"})
        with acting(desk.actor("amara")) as amara:
            grant_program_texts(amara, program=program, coalition=desk.card)
    for program in (gone, fresh):
        delete(desk, program)
    long_deleted(gone, days=7, minutes=1)
    long_deleted(fresh, days=6, hours=23)
    assert purge_programs(PURGE) == {"programs": 1, "program_drafts": 0}
    assert purge_programs(PURGE) == {"programs": 0, "program_drafts": 0}
    with acting(system(Purpose.OPERATOR)):
        left = {fresh.pk, there.pk, desk.of_b.pk}
        assert set(Program.objects.values_list("pk", flat=True)) == left
        for model in (ProgramText, ProgramVersion, ProgramDraft):
            assert set(model.objects.values_list("program", flat=True)) <= {*left, None}
        assert not HeldChange.objects.exists()
        assert ProgramDraft.objects.filter(program=there).exists()
        assert ProgramGrant.objects.get().content_object_id == there.pk
    assert Claimed.objects.filter(slug=gone.slug).exists()


def test_the_purge_takes_drafts_that_nobody_touched_for_ninety_days(desk):
    old, new = desk.create(), desk.create()
    for program in (old, new):
        with acting(desk.actor("edna")) as edna:
            save_draft(edna, program=program, base_version=1, edition=0, values={"website": "h"})
    with acting(system(Purpose.OPERATOR)):
        ProgramDraft.objects.exclude(program=new).update(
            updated_at=timezone.now() - dt.timedelta(days=90, minutes=1)
        )
        before = ProgramDraft.objects.count()
    assert purge_programs(PURGE)["program_drafts"] == before - 1
    with acting(desk.actor("edna")):
        assert ProgramDraft.objects.get().program_id == new.pk


def test_only_the_purge_purges(desk):
    for actor in (desk.actor("amara"), system(Purpose.OPERATOR), system(Purpose.RELEASE)):
        with pytest.raises(ValueError, match="purge"):
            purge_programs(actor)


@pytest.mark.parametrize("name", ["bilal", "edna", "omar", "claude", "edo", "esi"])
def test_only_who_may_publish_confirms(desk, name):
    program = desk.create()
    with acting(desk.actor(name)) as actor, pytest.raises(Refused):
        confirm_program(actor, program=program)
    assert desk.fresh(program).confirmed_on is None


def test_confirming_dates_the_public_entry_and_publishes_nothing_else(desk):
    program = desk.create()
    listing = publish(desk, program)
    long_ago = timezone.localdate() - dt.timedelta(days=200)
    with acting(system(Purpose.OPERATOR)):
        type(listing).objects.update(confirmed_on=long_ago)
        Program.objects.filter(pk=program.pk).update(confirmed_on=long_ago)
    desk.edit(program, status="closed", summaries={"en": "Not public yet."})
    with acting(desk.actor("carla")) as carla:
        confirm_program(carla, program=program)
        confirm_program(carla, program=program)
    after = listing_of(program)
    assert after.confirmed_on == desk.fresh(program).confirmed_on == timezone.localdate()
    assert (after.version, after.status) == (listing.version + 1, "active")
    assert after.updated_at > listing.updated_at
    assert '"confirmed_on":"' + str(timezone.localdate()) in after.document


def test_a_program_that_is_not_public_is_confirmed_on_the_desk_alone(desk):
    program = desk.create()
    with acting(desk.actor("carla")) as carla:
        confirm_program(carla, program=program)
    assert desk.fresh(program).confirmed_on == timezone.localdate()
    assert listing_of(program) is None
    delete(desk, program)
    with acting(desk.actor("carla")) as carla, pytest.raises(ValidationError):
        confirm_program(carla, program=program)
