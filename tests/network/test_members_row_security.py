"""What PostgreSQL alone lets through of names, approvals and handovers, without the belt."""

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from network.enums import ApprovalKind, Role
from network.models import Approval, Handover, MemberName, Membership, RetiredSlug
from network.tenancy import Purpose, acting, system, visitor
from tests.network.members import OPERATOR, join, of

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(
        not settings.HAS_OWNER_ROLE,
        reason="row security needs PostgreSQL with two roles; SQLite has none",
    ),
]


@pytest.fixture
def approvals(cast):
    """One that waits in each of A and B."""
    owners = {cast.a: cast.actor("amara"), cast.b: join(cast.b, "beni", Role.OWNER)}
    made = {}
    for organization, owner in owners.items():
        with acting(owner):
            made[organization] = Approval.objects.create(
                organization=organization,
                kind=ApprovalKind.EXPORT,
                asked_by=of(owner),
                expires_at=timezone.now(),
            )
    return made


def refused(write):
    try:
        with transaction.atomic():
            return not write()
    except DatabaseError:
        return True


def test_rows_of_another_group_are_neither_seen_nor_changed(cast, approvals):
    with acting(cast.actor("chiara")):
        for model in (Approval, MemberName):
            rows = model._base_manager.all()
            assert {row.organization_id for row in rows} == {cast.b.pk}
        rows = Approval._base_manager.filter(organization=cast.a)
        assert refused(lambda: rows.update(cancelled_at=timezone.now()))
        assert refused(lambda: rows.delete()[0])
    with acting(visitor()):
        assert not Approval._base_manager.exists()
        assert not MemberName._base_manager.exists()


def test_an_approval_is_asked_for_by_a_member_of_its_own_group(cast, approvals):
    with acting(OPERATOR):
        foreign = Membership.objects.get(person=cast.chiara)
    with acting(cast.actor("amara")):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            Approval._base_manager.filter(pk=approvals[cast.a].pk).update(confirmed_by=foreign)


def test_only_the_operator_announces_and_nobody_frees_an_address(cast):
    omar = of(cast.actor("omar"))
    row = {"organization": cast.a, "membership": omar, "reason": "x"}
    for actor in (cast.actor("amara"), system(Purpose.SIGN_IN), system(Purpose.PURGE)):
        with acting(actor):
            assert refused(
                lambda: Handover._base_manager.create(effective_at=timezone.now(), **row)
            )
            assert refused(lambda: RetiredSlug.objects.create(slug="taken"))
    with acting(OPERATOR):
        RetiredSlug.objects.create(slug="taken")
        assert refused(lambda: RetiredSlug.objects.filter(slug="taken").delete()[0])
        assert refused(lambda: RetiredSlug.objects.update(slug="free"))
