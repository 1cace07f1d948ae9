"""What PostgreSQL alone lets through of histories, drafts, changes that wait and grants."""

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from directory.actions.programs.drafts import save_draft
from directory.actions.programs.granting import grant_program_texts
from directory.actions.publishing import publish_program
from directory.models import (
    HeldChange,
    Program,
    ProgramDraft,
    ProgramGrant,
    ProgramText,
    ProgramVersion,
)
from network.models import AuditEntry
from network.tenancy import Purpose, acting, system, visitor

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(
        not settings.HAS_OWNER_ROLE,
        reason="row security needs PostgreSQL with two roles; SQLite has none",
    ),
]
MODELS = (ProgramVersion, ProgramDraft, HeldChange, ProgramGrant)


def rows(model):
    """The table without the belt."""
    return model._base_manager.all()


def refused(write):
    try:
        with transaction.atomic():
            return not write()
    except DatabaseError:
        return True


@pytest.fixture
def program(desk):
    program = desk.create()
    for _time in range(2):
        with acting(desk.actor("carla")) as carla:
            publish_program(carla, program=program)
        desk.edit(program, website="https://new.example.org/")
    with acting(desk.actor("carla")) as carla:
        publish_program(carla, program=program)
    with acting(desk.actor("edna")) as edna:
        save_draft(edna, program=program, base_version=1, edition=9, values={"website": "h"})
    with acting(desk.actor("amara")) as amara:
        grant_program_texts(amara, program=program, coalition=desk.card)
    return program


def test_strangers_and_visitors_see_none_of_it(desk, program):
    with acting(desk.actor("claude")):
        assert [list(rows(model).filter(program=program)) for model in MODELS[:3]] == [[], [], []]
        assert not rows(ProgramGrant).exists()
    for actor in (visitor(), system(Purpose.MAIL), system(Purpose.IMPORT)):
        with acting(actor):
            assert [rows(model).count() for model in MODELS] == [0] * 4


def test_a_draft_is_its_writers_alone(desk, program):
    with acting(desk.actor("edna")):
        assert rows(ProgramDraft).filter(program=program).count() == 1
    with acting(desk.actor("amara")):
        assert not rows(ProgramDraft).filter(program=program).exists()
        assert refused(
            lambda: ProgramDraft._base_manager.create(
                organization=desk.cast.a, program=program, person=desk.cast.edna
            )
        )


def test_the_purposes_see_what_they_need_and_no_more(desk, program):
    with acting(system(Purpose.RELEASE)):
        assert rows(HeldChange).count() == 1
        assert not rows(ProgramVersion).exists()
        assert not rows(ProgramDraft).exists()
        assert not rows(Program).exists()
        assert refused(lambda: rows(HeldChange).update(values={}))
    with acting(system(Purpose.PURGE)):
        assert not rows(Program).exists()
        assert not rows(HeldChange).exists()
        assert refused(lambda: rows(Program).delete()[0])


def test_nothing_is_written_for_another_group(desk, program):
    with acting(desk.actor("claude")):
        for write in (
            lambda: ProgramVersion._base_manager.create(
                organization=desk.cast.a, program=program, version=9
            ),
            lambda: HeldChange._base_manager.create(
                organization=desk.cast.a, program=program, values={}, held_until=timezone.now()
            ),
            lambda: rows(HeldChange).update(values={}),
            lambda: rows(ProgramGrant).delete()[0],
        ):
            assert refused(write)


def test_nothing_joins_the_program_of_another_group(desk, program):
    with acting(desk.actor("claude")):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(
                "INSERT INTO directory_programversion (id, created_at, organization_id, "
                "program_id, version, changed, snapshot) VALUES "
                "(gen_random_uuid(), now(), %s, %s, 9, '[]', '{}')",
                [desk.cast.b.pk, program.pk],
            )


def test_a_grant_shows_texts_and_nothing_else_and_lets_nothing_be_written(desk, program):
    with acting(desk.actor("edo")):
        assert {text.program_id for text in rows(ProgramText)} == {program.pk}
        assert not rows(Program).exists()
        assert not rows(ProgramVersion).exists()
        assert rows(ProgramGrant).count() == 1
        assert refused(lambda: rows(ProgramText).update(name="Forged"))
        assert refused(lambda: rows(ProgramText).delete()[0])
        assert refused(lambda: rows(ProgramGrant).delete()[0])
        right = rows(ProgramGrant).get().permission

        def grant_oneself():
            made = ProgramGrant._base_manager.create(
                organization=desk.coalition,
                content_object=desk.of_b,
                group=desk.coalition.group,
                permission=right,
            )
            connection.check_constraints()
            return made

        assert refused(grant_oneself)


def test_history_is_never_changed(desk, program):
    with acting(desk.actor("amara")):
        assert refused(lambda: rows(ProgramVersion).update(changed=[]))
        assert refused(lambda: rows(ProgramVersion).delete()[0])


def test_a_release_writes_in_no_other_log(desk, program):
    bound = system(Purpose.RELEASE, organization_id=desk.cast.a.pk)
    entry = {"via": "worker", "verb": "forged", "purpose": "release"}
    with acting(bound):
        assert refused(lambda: AuditEntry._base_manager.create(**entry, organization=desk.cast.b))
        assert not refused(
            lambda: AuditEntry._base_manager.create(**entry, organization=desk.cast.a)
        )
