"""What PostgreSQL alone lets through of coalition memberships."""

import pytest
from django.conf import settings
from django.db import DatabaseError, transaction
from django.utils import timezone

from directory.actions.coalitions import ask_membership
from directory.models import OrganizationCard
from network.models import CoalitionMembership
from network.tenancy import Purpose, acting, system, visitor
from tests.coalitions import Coalitions, agree

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(
        not settings.HAS_OWNER_ROLE,
        reason="row security needs PostgreSQL with two roles; SQLite has none",
    ),
]


def rows():
    """The table without the belt."""
    return CoalitionMembership._base_manager.all()


def refused(write):
    try:
        with transaction.atomic():
            return not write()
    except DatabaseError:
        return True


@pytest.fixture
def union(cast):
    union = Coalitions(cast)
    with acting(union.actor("carla")) as carla:
        ask_membership(carla, slug="union")
    return union


def now():
    return timezone.now()


def test_both_sides_see_it_and_nobody_else(union):
    for name, seen in {"carla": 1, "bilal": 1, "ugo": 1, "claude": 0, "farid": 0}.items():
        with acting(union.actor(name)):
            assert rows().count() == seen, name
    with acting(visitor()):
        assert rows().count() == 0
    for purpose, seen in {"import": 0, "mail": 0, "release": 0, "sign_in": 0}.items():
        with acting(system(Purpose(purpose))):
            assert rows().count() == seen, purpose
    for purpose in (Purpose.OPERATOR, Purpose.PURGE):
        with acting(system(purpose)):
            assert rows().count() == 1


def test_a_third_organization_writes_and_deletes_nothing(union):
    with acting(union.actor("claude")):
        assert refused(lambda: rows().update(agreed_at=now()))
        assert refused(lambda: rows().delete()[0])
        assert refused(
            lambda: CoalitionMembership._base_manager.create(
                coalition=union.union, organization=union.cast.a, asked_by="organization"
            )
        )


@pytest.mark.parametrize("column", ["agreed_at", "refused_at"])
def test_whoever_asked_does_not_answer_for_the_other(union, column):
    with acting(union.actor("carla")):
        assert refused(lambda: rows().update(**{column: now()}))
    with acting(union.actor("ursula")):
        assert rows().update(**{column: now()}) == 1
        assert refused(lambda: rows().update(**{column: None}))


@pytest.mark.parametrize(
    "values",
    [
        {"asked_by": "coalition"},
        {"created_at": "2020-01-01T00:00:00Z"},
        {"ended_at": "2026-01-01T00:00:00Z", "ended_by": "coalition"},
        {"ended_at": "2026-01-01T00:00:00Z", "ended_by": ""},
    ],
    ids=["side", "moment", "end for the other", "end for nobody"],
)
def test_a_side_changes_neither_the_pair_nor_the_others_part(union, values):
    with acting(union.actor("carla")):
        assert refused(lambda: rows().update(**values))
        assert refused(lambda: rows().update(organization=union.cast.b))


@pytest.mark.parametrize(
    ("who", "asked_by", "agreed"),
    [("ursula", "organization", False), ("ursula", "coalition", True), ("claude", "coalition", 0)],
)
def test_nobody_asks_for_the_other_side_or_agrees_at_once(union, who, asked_by, agreed):
    with acting(union.actor(who)):
        assert refused(
            lambda: CoalitionMembership._base_manager.create(
                coalition=union.union,
                organization=union.cast.b,
                asked_by=asked_by,
                agreed_at=now() if agreed else None,
            )
        )


def test_what_has_ended_stays_ended(union):
    agree(union.union, union.cast.b)
    with acting(union.actor("claude")):
        assert rows().update(ended_at=now(), ended_by="organization") == 1
        assert refused(lambda: rows().update(ended_at=None, ended_by=""))
        assert refused(lambda: rows().delete()[0])


def test_a_coalition_writes_no_card_of_its_members(union):
    agree(union.union, union.cast.b)
    with acting(union.actor("ursula")):
        cards = OrganizationCard.objects.filter(slug="visiteurs-du-port")
        assert refused(lambda: cards.update(website="https://fraud.example/"))
