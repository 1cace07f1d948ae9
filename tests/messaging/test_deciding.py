"""What stewards decide on reported messages, and how long the copies are kept."""

import datetime as dt

import pytest
from django.conf import settings as site
from django.core.exceptions import ValidationError
from django.utils import timezone

from messaging.actions.deciding import DecidedMeanwhile
from messaging.actions.purging_reports import purge_message_reports
from messaging.actions.standing import forget_organization
from messaging.models import MessageReport, ReportedWords
from messaging.queries.reports import (
    words_decided,
    words_for,
    words_waiting,
)
from network.actions.organizations import grant_membership
from network.enums import OrganizationStatus, Role
from network.models import AuditEntry, Organization
from network.permissions import Refused
from network.queries.stewarding import has_steward_outside
from network.tenancy import acting, steward
from tests.messaging.reported import code_of, copies, decide, dov, mails, report, state_of, talk
from tests.messaging.talking import (
    OPERATOR,
    PURGE,
    say,
)

__all__ = ["dov", "talk"]  # fixtures
pytestmark = pytest.mark.django_db


def test_only_stewards_decide(cast, talk):
    conversation, said, _own = talk
    found = report(cast.actor("chiara"), conversation, said[0])
    for actor in (cast.actor("chiara"), cast.actor("amara"), steward(cast.omar.pk), PURGE):
        with pytest.raises(Refused):
            decide(actor, found, "dismissed")
    assert state_of(cast.actor("chiara")) == ["waiting"]


@pytest.mark.parametrize("side", ["a", "b"])
def test_no_steward_sees_what_is_by_or_about_a_group_of_their_own(cast, talk, dov, side):
    conversation, said, _own = talk
    found = report(cast.actor("chiara"), conversation, said[0])
    assert has_steward_outside(cast.a.pk, cast.b.pk)
    with acting(OPERATOR) as operator:
        grant_membership(
            operator, organization=getattr(cast, side), person=cast.dov, role=Role.MEMBER
        )
    assert not has_steward_outside(cast.a.pk, cast.b.pk)
    with acting(dov, is_reading=True):
        assert [*words_for(dov), *words_waiting(dov), *words_decided(dov)] == []
        if site.HAS_OWNER_ROLE:
            assert ReportedWords._base_manager.count() == 0
            assert MessageReport._base_manager.count() == 0
    with pytest.raises(ReportedWords.DoesNotExist):
        decide(dov, found, "dismissed")
    before = len(mails())
    report(cast.actor("chiara"), conversation, said[1])
    assert len(mails()) == before


@pytest.mark.parametrize("decision", ["warned", "suspended"])
def test_a_warning_and_a_suspension_want_a_reason(cast, talk, dov, decision):
    conversation, said, _own = talk
    found = report(cast.actor("chiara"), conversation, said[0])
    with pytest.raises(ValidationError) as error:
        decide(dov, found, decision, reason=" ")
    assert code_of(error) == {"reason": "reason"}
    with pytest.raises(ValidationError) as error:
        decide(dov, found, decision, reason="Stop writing of A-123 456 789.")
    assert code_of(error) == {"reason": "identifies"}
    for wrong in ("", "waiting", "lapsed", "x"):
        if wrong != "waiting":
            with pytest.raises(ValidationError) as error:
                decide(dov, found, wrong)
            assert code_of(error) == {"decision": "required"}
    assert state_of(cast.actor("chiara")) == ["waiting"]


def test_a_warning_goes_to_coordinators_without_the_words_and_who_reported(cast, talk, dov):
    conversation, said, _own = talk
    found = report(cast.actor("chiara"), conversation, said[0])
    before = len(mails())
    decide(dov, found, "warned", reason="Please stay calm.")
    told = mails()[before:]
    assert {to for to, _text in told} == {cast.amara.email}
    assert all("Please stay calm." in text for _to, text in told)
    for absent in ("Zq", cast.b.name, "Chiara", "Dov", str(conversation.pk)):
        assert absent not in str(told)
    with acting(cast.actor("amara"), is_reading=True):
        entry = AuditEntry.objects.get(verb="organization.warned")
    assert cast.b.slug not in str(entry.details) + str(entry.object_id)
    assert state_of(cast.actor("chiara")) == ["warned"]
    assert say(cast.actor("omar"), conversation, "Still here").seq


def test_a_suspension_stops_the_group_at_once(cast, talk, dov):
    conversation, said, _own = talk
    found = report(cast.actor("chiara"), conversation, said[0])
    decide(dov, found, "suspended")
    with acting(OPERATOR):
        assert Organization.objects.get(pk=cast.a.pk).status == OrganizationStatus.SUSPENDED
    with pytest.raises(Refused):
        say(cast.actor("omar"), conversation, "Still here")


def test_decided_twice_is_once_and_otherwise_a_conflict(cast, talk, dov):
    conversation, said, _own = talk
    found = report(cast.actor("chiara"), conversation, said[0])
    decide(dov, found, "warned")
    before = len(mails())
    assert decide(dov, found, "warned").state == "warned"
    assert len(mails()) == before
    with pytest.raises(DecidedMeanwhile):
        decide(dov, found, "dismissed")
    assert state_of(cast.actor("chiara")) == ["warned"]


# How long it is kept.


def in_days(days):
    return timezone.now() + dt.timedelta(days=days)


def test_only_the_purge_purges():
    with pytest.raises(ValueError, match="only the purge"):
        purge_message_reports(OPERATOR)


def test_copies_go_30_days_after_the_decision_and_the_outcome_later(cast, talk, dov):
    conversation, said, _own = talk
    chiara = cast.actor("chiara")
    decide(dov, report(chiara, conversation, said[0]), "dismissed")
    report(chiara, conversation, said[1])
    purge_message_reports(PURGE, now=in_days(29))
    assert [len(one.copies) for one in copies()] == [1, 1]
    assert purge_message_reports(PURGE, now=in_days(31))["reported_words"] == 1
    gone, waits = copies()
    assert (gone.copies, gone.note, gone.about_name) == ([], "", "")
    assert "Zq2" in str(waits.copies)
    assert state_of(chiara) == ["waiting", "dismissed"]
    assert purge_message_reports(PURGE, now=in_days(31))["reported_words"] == 0


def test_nothing_is_kept_longer_than_180_days_though_nobody_decided(cast, talk, dov):
    conversation, said, _own = talk
    chiara = cast.actor("chiara")
    found = report(chiara, conversation, said[0])
    purge_message_reports(PURGE, now=in_days(179))
    assert "Zq1" in str(copies()[0].copies)
    purge_message_reports(PURGE, now=in_days(181))
    assert copies()[0].copies == []
    assert state_of(chiara) == ["lapsed"]
    with pytest.raises(DecidedMeanwhile):
        decide(dov, found, "dismissed")
    assert purge_message_reports(PURGE, now=in_days(366))["message_reports"] == 1
    assert copies() == []


def test_the_words_of_a_group_that_is_purged_go_from_reports_too(cast, talk, dov):
    conversation, said, _own = talk
    found = report(cast.actor("chiara"), conversation, said[0])
    forget_organization(cast.a.pk)
    [words] = copies()
    assert (words.copies, words.about_id, words.about_name) == ([], None, "")
    with acting(dov, is_reading=True):
        assert len(words_waiting(dov)) == 1
    with pytest.raises(ValidationError) as error:
        decide(dov, found, "warned")
    assert code_of(error) == {"decision": "gone"}
