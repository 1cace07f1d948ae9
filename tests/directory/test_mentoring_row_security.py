"""The database itself lets neither group speak for the other, and nobody else read."""

import pytest
from django.conf import settings
from django.db import DatabaseError, transaction

from directory.actions.mentoring import ask_mentor, offer_help
from directory.enums import MentorState
from directory.models import MentorOffer, MentorRequest
from network.tenancy import Purpose, acting, steward, system, visitor
from tests.directory.stating import promote_chiara
from tests.directory.test_mentoring import ASK, OFFER

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(
        not settings.HAS_OWNER_ROLE,
        reason="row security needs PostgreSQL with two roles; SQLite has none",
    ),
]


@pytest.fixture
def request_of_b(cast):
    amara, chiara = cast.actor("amara"), promote_chiara(cast)
    for actor in (amara, chiara):
        with acting(actor):
            offer_help(actor, **(OFFER | {"is_open": actor is amara}))
    with acting(chiara):
        return ask_mentor(chiara, mentor_id=cast.a.pk, **ASK)


def changes(actor, request, **values):
    """How many rows an actor changes; none where the database refuses."""
    with acting(actor):
        try:
            with transaction.atomic():
                rows = MentorRequest.objects.beyond_scope().filter(pk=request.pk)
                return rows.update(**values)
        except DatabaseError:
            return 0


def seen(actor, model):
    with acting(actor):
        return model.objects.beyond_scope().count()


def test_others_read_neither_requests_nor_closed_offers(cast, request_of_b):
    for actor in (cast.actor("farid"), visitor(), steward(cast.dov.pk), system(Purpose.RELEASE)):
        assert seen(actor, MentorRequest) == 0
        assert seen(actor, MentorOffer) == 0
    assert seen(cast.actor("chiara"), MentorOffer) == 2
    assert seen(cast.actor("amara"), MentorOffer) == 1


def test_neither_answers_for_the_other(cast, request_of_b):
    amara, chiara = cast.actor("amara"), cast.actor("chiara")
    assert changes(chiara, request_of_b, state=MentorState.ACCEPTED) == 0
    assert changes(amara, request_of_b, state=MentorState.WITHDRAWN) == 0
    assert changes(cast.actor("farid"), request_of_b, state=MentorState.ENDED) == 0
    assert changes(amara, request_of_b, state=MentorState.ACCEPTED) == 1
    assert changes(chiara, request_of_b, state=MentorState.ENDED) == 1


@pytest.mark.parametrize("asker", ["farid", "bilal"])
def test_nobody_asks_in_another_groups_name_or_unverified(cast, request_of_b, asker):
    actor = cast.actor(asker)
    with acting(actor), pytest.raises(DatabaseError), transaction.atomic():
        MentorRequest.objects.create(
            organization=cast.applicant, mentor=cast.a, text="x", contact="x"
        )
