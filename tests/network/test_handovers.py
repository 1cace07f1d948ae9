"""A group whose owners are gone is handed over, after 7 days in which an owner may object."""

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction

from network.actions.handovers import cancel_handover, finish_handovers, hand_over_organization
from network.actions.organizations import end_membership, grant_membership
from network.enums import Role
from network.models import AuditEntry, Handover, Person
from network.permissions import Refused
from network.queries.approvals import handover_announced
from network.tenancy import Purpose, acting, system
from tests.network.members import OPERATOR, join, later, mails, of


def announce(membership, **kwargs):
    with acting(OPERATOR) as operator:
        return hand_over_organization(
            operator, membership=membership, reason="Nobody answers.", **kwargs
        )


@pytest.mark.parametrize("name", ["amara", "bilal", "chiara", "esi", "dov"])
def test_nobody_hands_over_but_the_operator(cast, name):
    omar = of(cast.actor("omar"))
    actor = cast.actor(name)
    with acting(actor), pytest.raises(Refused):
        hand_over_organization(actor, membership=omar, reason="x")


def test_no_steward_decides_on_a_group_of_their_own(cast):
    own = Person(pk=join(cast.a, "steward", Role.MEMBER).person_id)
    with pytest.raises(Refused):
        announce(of(cast.actor("omar")), decided_by=own)
    assert announce(of(cast.actor("omar")), decided_by=cast.dov)


def test_all_members_are_told_and_it_takes_effect_after_7_days(cast, monkeypatch):
    omar = cast.actor("omar")
    announce(of(omar))
    told = [mail.to for mail in mails()]
    assert sorted(told) == [f"{n}@example.org" for n in ("amara", "bilal", "edna", "omar")]
    assert all("Nobody answers." in mail.text for mail in mails())
    later(monkeypatch, days=6, hours=23)
    assert finish_handovers(OPERATOR) == 0
    assert of(omar).role == Role.ORGANIZER
    monkeypatch.undo()
    later(monkeypatch, days=7)
    assert finish_handovers(OPERATOR) == 1
    assert of(omar).role == Role.OWNER
    assert finish_handovers(OPERATOR) == 0
    with acting(OPERATOR):
        verbs = AuditEntry.objects.filter(organization=cast.a).values_list("verb", flat=True)
        assert {"handover.announced", "handover.done"} <= set(verbs)


def test_an_owner_calls_it_off_and_nobody_else(cast, monkeypatch):
    handover = announce(of(cast.actor("omar")))
    cora = join(cast.a, "cora", Role.COORDINATOR)
    beni = join(cast.b, "beni", Role.OWNER)
    for actor in (cora, beni, cast.actor("omar"), cast.actor("esi")):
        with acting(actor), pytest.raises(Refused):
            cancel_handover(actor, handover=handover)
    amara = cast.actor("amara")
    with acting(amara):
        assert handover_announced(amara) == handover
        cancel_handover(amara, handover=handover)
        cancel_handover(amara, handover=handover)
        assert handover_announced(amara) is None
    later(monkeypatch, days=8)
    assert finish_handovers(OPERATOR) == 0
    assert of(cast.actor("omar")).role == Role.ORGANIZER


def test_who_left_meanwhile_becomes_no_owner(cast, monkeypatch):
    omar = of(cast.actor("omar"))
    announce(omar)
    with acting(OPERATOR) as operator:
        end_membership(operator, membership=omar)
    later(monkeypatch, days=7)
    assert finish_handovers(OPERATOR) == 0
    with acting(OPERATOR):
        assert Handover.objects.get().cancelled_at is not None


def test_what_took_effect_cannot_be_called_off(cast, monkeypatch):
    handover = announce(of(cast.actor("omar")))
    with acting(OPERATOR):
        Handover.objects.update(effective_at="2026-01-01T00:00Z")
    assert finish_handovers(OPERATOR) == 1
    with acting(cast.actor("amara")) as amara, pytest.raises(ValidationError) as refused:
        cancel_handover(amara, handover=handover)
    assert refused.value.code == "done"


def test_one_at_a_time_to_a_present_member_who_is_no_owner_with_a_reason(cast):
    amara, bilal, omar = (of(cast.actor(name)) for name in ("amara", "bilal", "omar"))
    with acting(OPERATOR) as operator:
        end_membership(operator, membership=bilal)
        bilal.refresh_from_db()
    for membership, code in ((amara, "owner"), (bilal, "ended")):
        with pytest.raises(ValidationError) as refused:
            announce(membership)
        assert refused.value.code == code
    for reason in ("", "  ", "x" * 301):
        with acting(OPERATOR) as operator, pytest.raises(ValidationError):
            hand_over_organization(operator, membership=omar, reason=reason)
    announce(omar)
    with pytest.raises(ValidationError) as refused:
        announce(of(cast.actor("edna")))
    assert refused.value.code == "open"


def test_no_member_announces_one_past_the_actions(cast):
    omar = of(cast.actor("omar"))
    if not settings.HAS_OWNER_ROLE:
        pytest.skip("row security needs PostgreSQL with two roles; SQLite has none")
    with acting(cast.actor("amara")), pytest.raises(DatabaseError), transaction.atomic():
        Handover._base_manager.create(
            organization=cast.a, membership=omar, reason="x", effective_at="2026-01-01T00:00Z"
        )


def test_only_the_operator_finishes(cast):
    with pytest.raises(ValueError, match="hands over"):
        finish_handovers(system(Purpose.PURGE))


def test_grants_by_the_operator_want_no_second_owner(cast):
    join(cast.a, "rosa", Role.OWNER)
    with acting(OPERATOR) as operator:
        grant_membership(operator, organization=cast.a, person=cast.omar, role=Role.OWNER)
    assert of(cast.actor("omar")).role == Role.OWNER
