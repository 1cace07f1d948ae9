"""A coalition edits the texts of one program and nothing else."""

import pytest
from django.core.exceptions import ValidationError

from directory.actions.programs.confirming import confirm_program
from directory.actions.programs.deleting import delete_program
from directory.actions.programs.drafts import discard_draft, save_draft
from directory.actions.programs.editing import StaleVersion, edit_program, restore_version
from directory.actions.programs.granting import grant_program_texts, revoke_program_texts
from directory.actions.publishing import publish_program
from directory.models import OrganizationCard, Program, ProgramGrant
from directory.queries.program_grants import coalitions_granted, grant_held, grants_held
from directory.queries.programs import programs_of
from network.enums import Role
from network.models import AuditEntry, Node
from network.permissions import Refused
from network.tenancy import Purpose, acting, system
from tests.directory.desk import VALUES
from tests.factories import make_card

pytestmark = pytest.mark.django_db
TEXTS = {"summaries": {"en": "Written by the coalition."}}


def grant(desk, program, by="amara"):
    with acting(desk.actor(by)) as actor:
        return grant_program_texts(actor, program=program, coalition=desk.card)


def edit(desk, program, name="edo", version=1, values=TEXTS):
    with acting(desk.actor(name)) as actor:
        return edit_program(actor, program=program, base_version=version, values=values)


@pytest.mark.parametrize("name", ["bilal", "edna", "omar", "carla", "claude", "edo", "esi"])
def test_only_an_owner_grants_and_revokes(desk, name):
    program = desk.create()
    with pytest.raises(Refused):
        grant(desk, program, name)
    grant(desk, program)
    with acting(desk.actor(name)) as actor, pytest.raises(Refused):
        revoke_program_texts(actor, program=program, coalition=desk.card)
    with acting(desk.actor("amara")):
        assert ProgramGrant.objects.count() == 1


def test_only_a_coalition_of_this_node_is_granted_anything(desk):
    program = desk.create()
    with acting(system(Purpose.OPERATOR)):
        node = Node.objects.create(origin="https://other.example", state="active")
    cards = [
        make_card(slug="no-coalition"),
        make_card(slug="elsewhere", kind="coalition", origin=node),
        OrganizationCard(pk=desk.cast.a.pk, kind="coalition"),
    ]
    for card in cards:
        with acting(desk.actor("amara")) as amara, pytest.raises(ValidationError):
            grant_program_texts(amara, program=program, coalition=card)


def test_without_a_grant_and_after_it_nothing_can_be_edited(desk):
    program, other = desk.create(), desk.create()
    with pytest.raises(Refused):
        edit(desk, program)
    grant(desk, program)
    with pytest.raises(Refused):
        edit(desk, other)
    assert edit(desk, program).version == 2
    with acting(desk.actor("amara")) as amara:
        revoke_program_texts(amara, program=program, coalition=desk.card)
        revoke_program_texts(amara, program=program, coalition=desk.card)
    with pytest.raises(Refused):
        edit(desk, program, version=2, values={"summaries": {"en": "Again."}})


FORBIDDEN = {
    "status": "closed",
    "languages": ["fr"],
    "services": ["letters"],
    "facilities": [],
    "website": "https://fraud.example/",
    "contact": {"phone": "+1 900 000 0000"},
    "capacity": {},
    "withheld": ["contact"],
    "country": "FR",
    "region": "x",
    "locality": "x",
    "point": None,
    "precision": "country",
    "replaces": [],
}


@pytest.mark.parametrize("field", FORBIDDEN)
def test_nothing_but_texts_is_edited_with_a_grant(desk, field):
    program = desk.create()
    grant(desk, program)
    # Not even as it is already: whether it was refused would tell what it is.
    for value in (FORBIDDEN[field], VALUES.get(field)):
        with pytest.raises(Refused):
            edit(desk, program, values={**TEXTS, field: value})
        with acting(desk.actor("edo")) as edo, pytest.raises(Refused):
            save_draft(edo, program=program, base_version=1, edition=0, values={field: value})
    assert desk.fresh(program).version == 1


def test_a_grant_carries_no_other_right(desk):
    program = desk.create()
    grant(desk, program)
    with acting(desk.actor("edo")) as edo:
        for refuse in (
            lambda: publish_program(edo, program=program),
            lambda: confirm_program(edo, program=program),
            lambda: delete_program(edo, program=program),
            lambda: restore_version(edo, program=program, version=1, base_version=1),
            lambda: grant_program_texts(edo, program=program, coalition=desk.card),
        ):
            with pytest.raises(Refused):
                refuse()
        assert not programs_of(edo).rows
        assert not Program.objects.exists()
    desk.role(desk.edo, Role.MEMBER)
    with pytest.raises(Refused):
        edit(desk, program)


def test_what_a_guest_edits_stands_in_the_owners_history_and_log(desk):
    program = desk.create()
    grant(desk, program)
    edit(desk, program)
    with acting(desk.actor("amara")):
        assert program.texts.get(language="en").summary == "Written by the coalition."
        entry = AuditEntry.objects.get(verb="program.edited")
        assert entry.person_id == desk.edo.pk
        version = program.versions.first()
        assert (version.person_id, version.changed) == (desk.edo.pk, ["summaries"])
    with acting(desk.actor("edo")):
        assert not AuditEntry.objects.filter(verb="program.edited").exists()


def test_a_guest_keeps_drafts_and_meets_others_changes_as_all_do(desk):
    program = desk.create()
    grant(desk, program)
    with acting(desk.actor("edo")) as edo:
        save_draft(edo, program=program, base_version=1, edition=0, values=TEXTS)
        discard_draft(edo, program=program)
    desk.edit(program, names={"en": "Meanwhile"})
    with pytest.raises(StaleVersion):
        edit(desk, program)


def test_both_sides_see_the_grant(desk):
    program = desk.create()
    desk.create(names={"en": "Not granted"})
    made = grant(desk, program)
    assert grant(desk, program) == made
    with acting(desk.actor("amara")):
        assert coalitions_granted(program) == [desk.card]
    with acting(desk.actor("edo")) as edo:
        [held] = grants_held(edo)
        assert (held.name, held.grant.organization_id) == ("زوار المرفأ", desk.cast.a.pk)
        assert grant_held(edo, made.pk) == made
    for name in ("claude", "chiara"):
        with acting(desk.actor(name)) as actor:
            assert grants_held(actor) == []
            with pytest.raises(ProgramGrant.DoesNotExist):
                grant_held(actor, made.pk)


def test_a_list_of_grants_costs_the_same_for_one_and_three(desk, django_assert_num_queries):
    grant(desk, desk.create())
    with acting(desk.actor("edo")) as edo, django_assert_num_queries(3):
        assert len(grants_held(edo)) == 1
    for number in range(2):
        grant(desk, desk.create(names={"en": f"More {number}"}))
    with acting(desk.actor("edo")) as edo, django_assert_num_queries(3):
        assert len(grants_held(edo)) == 3
