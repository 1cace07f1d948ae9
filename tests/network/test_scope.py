import pytest
from django.db import transaction
from django_scopes.exceptions import ScopeError

from network.models import AuditEntry, Invitation, Membership, Organization
from network.tenancy import Actor, Purpose, Via, acting, current_actor, member, system, visitor


def test_tenant_rows_cannot_be_asked_for_without_a_scope(cast):
    for model in (Organization, Membership, Invitation, AuditEntry):
        with pytest.raises(ScopeError):
            list(model.objects.all())


def test_an_organizations_scope_shows_its_rows_only(cast):
    with acting(cast.actor("amara")):
        people = set(Membership.objects.values_list("person_id", flat=True))
        organizations = list(Organization.objects.values_list("slug", flat=True))
    assert people == {cast.amara.pk, cast.bilal.pk, cast.edna.pk, cast.omar.pk}
    assert organizations == ["harbour-visitors"]


def test_a_visitor_sees_no_tenant_row_at_all(cast):
    with acting(visitor()):
        assert not Membership.objects.exists()
        assert not Organization.objects.exists()
        assert not AuditEntry.objects.exists()


def test_a_person_without_an_organization_sees_none(cast):
    with acting(Actor(via=Via.PAGE, person_id=cast.dov.pk)):
        assert not Membership.objects.exists()


def test_a_visitor_inside_an_organizations_scope_does_not_inherit_it(cast):
    with acting(cast.actor("amara")):
        with acting(visitor()):
            assert not Membership.objects.exists()
        assert Membership.objects.count() == 4


def test_scopes_nest_and_end_where_they_began(cast):
    with acting(cast.actor("amara")) as outer:
        with acting(cast.actor("chiara")) as inner:
            assert current_actor() is inner
            assert Membership.objects.count() == 1
        assert current_actor() is outer
        assert Membership.objects.count() == 4
    assert current_actor() is None


def test_an_error_inside_leaves_the_outer_scope_as_it_was(cast):
    with acting(cast.actor("amara")):
        with pytest.raises(RuntimeError), acting(cast.actor("chiara")):
            raise RuntimeError
        assert Membership.objects.count() == 4
        assert not transaction.get_connection().needs_rollback


def test_the_system_sees_all_for_a_purpose_that_may(cast):
    with acting(system(Purpose.OPERATOR)):
        assert Organization.objects.count() == 3


@pytest.mark.parametrize(
    "parts",
    [
        {"person_id": "p", "purpose": Purpose.PURGE},
        {"organization_id": "o"},
    ],
)
def test_an_actor_is_a_person_or_the_system(parts):
    with pytest.raises(ValueError, match="purpose"):
        Actor(via=Via.PAGE, **parts)


def test_member_names_both(cast):
    actor = member(cast.amara.pk, cast.a.pk)
    assert (actor.person_id, actor.organization_id) == (cast.amara.pk, cast.a.pk)
