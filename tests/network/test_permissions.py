import datetime as dt
import uuid

import pytest
from django.contrib.auth.models import Permission as DjangoPermission
from django.utils import timezone

from directory.models import Program, ProgramGrant
from network.actions.organizations import end_membership, grant_membership
from network.enums import OrganizationStatus, Role
from network.models import Membership, Organization, Person
from network.permissions import GRANTABLE, OF_ROLE, Permission, Refused, can, permitted, require
from network.tenancy import Purpose, acting, steward, system


@pytest.fixture
def program_of_a(cast):
    with acting(system(Purpose.OPERATOR)):
        return Program.objects.create(organization=cast.a, slug="harbour", country="GB")


@pytest.mark.parametrize(
    ("name", "allowed"),
    [
        ("amara", {"read", "edit", "publish"}),
        ("bilal", {"read"}),
        ("edna", {"read", "edit"}),
        ("omar", {"read"}),
        ("chiara", set()),
        ("dov", set()),
        ("esi", set()),
        ("farid", set()),
    ],
)
def test_who_may_do_what_to_a_program_of_a(cast, program_of_a, name, allowed):
    actor = cast.actor(name)
    verbs = {
        "read": Permission.PROGRAM_READ,
        "edit": Permission.PROGRAM_EDIT,
        "publish": Permission.PROGRAM_PUBLISH,
    }
    with acting(actor):
        assert {verb for verb, p in verbs.items() if can(actor, p, program_of_a)} == allowed


def test_a_role_ends_with_the_membership(cast):
    actor = cast.actor("amara")
    with acting(system(Purpose.OPERATOR)) as operator:
        membership = Membership.objects.get(person=cast.amara)
        end_membership(operator, membership=membership)
    with acting(actor):
        assert not can(actor, Permission.MEMBER_READ)


def test_an_inactive_person_and_a_suspended_organization_may_nothing(cast):
    actor = cast.actor("amara")
    cast.amara.is_active = False
    with acting(system(Purpose.OPERATOR)):
        cast.amara.save()
        Organization.objects.filter(pk=cast.b.pk).update(status=OrganizationStatus.SUSPENDED)
    for one in (actor, cast.actor("chiara")):
        with acting(one):
            assert not can(one, Permission.MEMBER_READ)


def grant(program, organization):
    with acting(system(Purpose.OPERATOR)):
        right = DjangoPermission.objects.get(
            codename="edit_texts", content_type__app_label="directory"
        )
        ProgramGrant.objects.create(
            organization=program.organization,
            content_object=program,
            group=organization.group,
            permission=right,
        )


def test_a_grant_lets_an_editor_of_the_other_group_edit_texts_and_nothing_else(cast, program_of_a):
    chiara = cast.actor("chiara")
    with acting(chiara):
        assert not can(chiara, Permission.PROGRAM_EDIT, program_of_a)
    grant(program_of_a, cast.b)
    with acting(chiara):
        # An organizer edits nothing, not even at home: a grant adds no role.
        assert not can(chiara, Permission.PROGRAM_EDIT, program_of_a)
    with acting(system(Purpose.OPERATOR)) as operator:
        grant_membership(operator, organization=cast.b, person=cast.chiara, role=Role.EDITOR)
    with acting(chiara):
        assert can(chiara, Permission.PROGRAM_EDIT, program_of_a)
        assert not can(chiara, Permission.PROGRAM_PUBLISH, program_of_a)
        assert not can(chiara, Permission.PROGRAM_READ, program_of_a)


def test_a_grant_is_gone_with_its_program_and_not_inherited(cast, program_of_a):
    grant(program_of_a, cast.b)
    key = program_of_a.pk
    with acting(system(Purpose.OPERATOR)) as operator:
        grant_membership(operator, organization=cast.b, person=cast.chiara, role=Role.EDITOR)
        program_of_a.delete()
        assert not ProgramGrant.objects.exists()
        reborn = Program.objects.create(pk=key, organization=cast.a, slug="reborn", country="GB")
    chiara = cast.actor("chiara")
    with acting(chiara):
        assert not can(chiara, Permission.PROGRAM_EDIT, reborn)


def test_the_gate_asks_at_most_three_queries(cast, program_of_a, django_assert_max_num_queries):
    chiara = cast.actor("chiara")
    grant(program_of_a, cast.b)
    with acting(system(Purpose.OPERATOR)) as operator:
        grant_membership(operator, organization=cast.b, person=cast.chiara, role=Role.EDITOR)
    with acting(chiara), django_assert_max_num_queries(4):
        assert can(chiara, Permission.PROGRAM_EDIT, program_of_a)


@pytest.mark.parametrize("purpose", [one for one in Purpose if one is not Purpose.STEWARD])
def test_a_system_purpose_may_only_its_own(cast, purpose):
    actor = system(purpose)
    assert can(actor, Permission.LISTING_IMPORT) == (purpose is Purpose.IMPORT)
    assert can(actor, Permission.ORGANIZATION_CREATE) == (purpose is Purpose.OPERATOR)
    assert not can(actor, Permission.PROGRAM_EDIT)


STEWARDS = (
    Permission.APPLICATION_DECIDE,
    Permission.LISTING_SUPPRESS,
    Permission.NODE_EDIT,
    Permission.ORGANIZATION_SUSPEND,
    Permission.REPORT_DECIDE,
    Permission.SUPPORT_OPEN,
)


@pytest.mark.parametrize("name", ["amara", "bilal", "edna", "omar", "chiara", "farid"])
def test_nobody_else_acts_as_a_steward(cast, name):
    actor = steward(getattr(cast, name).pk)
    with acting(actor):
        assert not any(can(actor, permission) for permission in Permission)


def test_a_steward_looks_after_the_node_and_enters_no_group(cast, program_of_a):
    actor = steward(cast.dov.pk)
    with acting(actor):
        assert {one for one in Permission if can(actor, one)} == set(STEWARDS)
        assert not can(actor, Permission.PROGRAM_READ, program_of_a)
    with acting(cast.actor("dov")) as plain:
        assert not any(can(plain, permission) for permission in Permission)


def test_a_steward_ends_with_the_account_and_without_a_second_factor_after_7_days(cast):
    actor = steward(cast.dov.pk)
    dov = Person.objects.filter(pk=cast.dov.pk)

    def acts(**values):
        with acting(system(Purpose.OPERATOR)):
            dov.update(**values)
        with acting(actor):
            return can(actor, Permission.REPORT_DECIDE)

    assert not acts(created_at=timezone.now() - dt.timedelta(days=8))
    assert acts(second_factor_since=timezone.now())
    assert not acts(is_active=False)
    assert not acts(is_active=True, is_steward=False)


def test_a_steward_is_a_person_and_acts_for_nobody(cast):
    with pytest.raises(ValueError, match="a steward is a person"):
        system(Purpose.STEWARD)


def test_require_raises_what_pages_answer_as_missing(cast):
    with acting(cast.actor("bilal")) as bilal, pytest.raises(Refused):
        require(bilal, Permission.MEMBER_MANAGE)


def programs(organization, number):
    with acting(system(Purpose.OPERATOR)):
        return [
            Program.objects.create(organization=organization, slug=f"one-{n}", country="GB")
            for n in range(number)
        ]


@pytest.mark.parametrize("name", ["amara", "bilal", "edna", "chiara", "dov", "esi", "farid"])
@pytest.mark.parametrize("permission", [Permission.PROGRAM_EDIT, Permission.PROGRAM_READ])
def test_of_many_it_says_what_it_says_of_each(cast, name, permission):
    mixed = [*programs(cast.a, 3), *programs(cast.b, 3)]
    for one in (mixed[0], mixed[2]):
        grant(one, cast.b)
    with acting(system(Purpose.OPERATOR)) as operator:
        grant_membership(operator, organization=cast.b, person=cast.chiara, role=Role.EDITOR)
    actor = cast.actor(name)
    with acting(actor):
        each = [one for one in mixed if can(actor, permission, one)]
        assert permitted(actor, permission, mixed) == each
        assert permitted(actor, permission, []) == []
    if (name, permission) == ("chiara", Permission.PROGRAM_EDIT):
        assert each == [mixed[0], *mixed[2:]]


def test_of_a_hundred_it_takes_three_queries(cast, django_assert_max_num_queries):
    mixed = [*programs(cast.a, 60), *programs(cast.b, 40)]
    for one in mixed[:50]:
        grant(one, cast.b)
    with acting(system(Purpose.OPERATOR)) as operator:
        grant_membership(operator, organization=cast.b, person=cast.chiara, role=Role.EDITOR)
    actor = cast.actor("chiara")
    with acting(actor):
        can(actor, Permission.PROGRAM_EDIT, mixed[0])  # content types are read once
        with django_assert_max_num_queries(3):
            found = permitted(actor, Permission.PROGRAM_EDIT, mixed)
    assert found == [*mixed[:50], *mixed[60:]]


def test_every_role_is_named_and_only_texts_can_be_granted():
    assert set(OF_ROLE) == set(Role)
    assert set(GRANTABLE) == {Permission.PROGRAM_EDIT}


def test_a_foreign_id_is_no_membership(cast):
    from network.tenancy import member

    stranger = member(uuid.uuid4(), cast.a.pk)
    with acting(stranger):
        assert not can(stranger, Permission.MEMBER_READ)
