"""Objections undo a claim; notes of the public are decided; what was taken off stays off."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from directory.actions.deciding import (
    approve,
    decide_report,
    dismiss_objection,
    escalate_applications,
    make_report,
    purge_public_reports,
    send_digests,
    uphold_objection,
)
from directory.enums import ReportDecision, ReportSubject
from directory.models import (
    Application,
    Claimed,
    Listing,
    ListingWord,
    Objection,
    OrganizationCard,
    Program,
    Report,
    Suppression,
)
from network.enums import OrganizationStatus, Role
from network.models import Membership, Organization
from network.permissions import Refused
from network.tenancy import Purpose, acting, system, visitor
from tests.directory import applied
from tests.directory.applied import claim, dov, prove
from tests.network.members import OPERATOR, mails

WHY = "It is the wrong group."


@pytest.fixture
def claimed(cast):
    """An entry that Farid's group took over, and an objection to that."""
    entry = applied.make_entry()
    application = claim(cast, entry)
    prove(application)
    with acting(dov(cast)) as actor:
        approve(actor, application=application, base_version=1, public_reason="Known.")
    with acting(visitor()):
        objection = Objection(
            organization_id=application.organization_id,
            application=application,
            text="They are not us.",
            email="us@quay.example.org",
        )
        objection.save(force_insert=True)
    return entry, application, objection


def uphold(cast, objection, **kwargs):
    with acting(dov(cast)) as actor:
        uphold_objection(actor, objection=objection, reason=WHY, **kwargs)


def group(cast):
    with acting(OPERATOR):
        return Organization.objects.get(pk=cast.applicant.pk)


@pytest.mark.parametrize("name", ["amara", "chiara", "farid", "esi"])
def test_nobody_else_decides_on_an_objection_or_a_note(cast, claimed, name):
    report = reported()
    actor = cast.actor(name)
    with acting(OPERATOR):
        for act in (uphold_objection, dismiss_objection):
            with pytest.raises(Refused):
                act(actor, objection=claimed[2], reason=WHY)
        with pytest.raises(Refused):
            decide_report(actor, report=report, decision=ReportDecision.TAKEN_OFF)
    assert Listing.objects.filter(slug="gb-quay-visitors").exists()


def test_nor_a_steward_who_belongs_to_the_group(cast, claimed):
    with acting(OPERATOR):
        Membership.objects.create(organization=cast.applicant, person=cast.dov, role=Role.MEMBER)
    report = reported()
    with acting(dov(cast)) as actor:
        with pytest.raises(Refused):
            uphold_objection(actor, objection=claimed[2], reason=WHY)
        with pytest.raises(Refused):
            decide_report(actor, report=report, decision=ReportDecision.TAKEN_OFF)


def test_upholding_puts_the_entry_back_as_the_source_gave_it(cast, claimed):
    entry, _application, objection = claimed
    uphold(cast, objection)
    back = Listing.objects.get(slug=entry.slug)
    assert (back.pk, back.claim, back.note) == (entry.pk, "unclaimed", entry.note)
    assert (back.names, back.languages, back.as_of) == (
        entry.names,
        entry.languages,
        Listing.objects.get(pk=entry.pk).as_of,
    )
    assert back.claimed_on is None
    assert back.version > entry.version
    assert ListingWord.objects.filter(row__slug=entry.slug).exists()
    assert not Claimed.objects.filter(slug=entry.slug).exists()
    assert not OrganizationCard.objects.filter(pk=cast.applicant.pk).exists()
    assert (group(cast).status, group(cast).verified_on) == (OrganizationStatus.APPLIED, None)
    with acting(OPERATOR):
        assert Program.objects.get().replaces == []
        done = Objection.objects.get()
    assert (done.state, done.email, done.reason) == ("upheld", "", WHY)
    told = {mail.to: mail.text for mail in mails()}
    assert WHY in told["us@quay.example.org"]
    assert WHY in told["farid@example.org"]


def test_or_takes_it_off_and_suspends_the_group(cast, claimed):
    entry, _application, objection = claimed
    uphold(cast, objection, is_suspended=True, is_suppressed=True)
    assert not Listing.objects.filter(slug=entry.slug).exists()
    assert Suppression.objects.filter(slug=entry.slug).exists()
    assert group(cast).status == OrganizationStatus.SUSPENDED


def test_dismissing_leaves_the_claim_and_forgets_the_address(cast, claimed):
    entry, _application, objection = claimed
    for _turn in range(2):
        with acting(dov(cast)) as actor:
            dismiss_objection(actor, objection=objection, reason=WHY)
    assert Listing.objects.get(slug=entry.slug).claim == "own"
    assert [mail.to for mail in mails()].count("us@quay.example.org") == 1
    with acting(OPERATOR):
        assert Objection.objects.get().email == ""


# Notes of the public


def reported(slug="gb-quay-visitors", kind="take_off", **values):
    with acting(visitor()) as actor:
        return make_report(
            actor,
            **{
                "subject": ReportSubject.PROGRAM,
                "slug": slug,
                "kind": kind,
                "text": "Please take us off.",
                "email": "us@quay.example.org",
                "language": "en",
                **values,
            },
        )


def decide(cast, report, decision, answer=""):
    with acting(dov(cast)) as actor:
        return decide_report(actor, report=report, decision=decision, answer=answer)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"kind": "nonsense"}, "kind"),
        ({"kind": "wrong", "text": " "}, "text"),
        ({"text": "x" * 2001}, "text"),
        ({"text": "A123456789"}, "text"),
        ({"email": "nobody"}, "email"),
    ],
)
def test_what_is_wrong_with_a_note_is_said_at_its_field(cast, values, field):
    with pytest.raises(ValidationError) as refused:
        reported(**values)
    assert field in refused.value.message_dict


def test_whoever_is_taken_off_is_off_for_good_and_told(cast):
    entry = applied.make_entry()
    report = decide(cast, reported(), ReportDecision.TAKEN_OFF, "Done.")
    assert not Listing.objects.filter(slug=entry.slug).exists()
    assert Suppression.objects.filter(slug=entry.slug).exists()
    assert (report.email, report.decision) == ("", "taken_off")
    [mail] = mails()
    assert "Done." in mail.text
    decide(cast, report, ReportDecision.TAKEN_OFF)
    assert len(mails()) == 1


def test_a_place_of_detention_is_not_taken_off(cast):
    report = reported(subject=ReportSubject.FACILITY, slug="harbour-house", kind="wrong")
    with pytest.raises(ValidationError):
        decide(cast, report, ReportDecision.TAKEN_OFF)


def test_forwarded_goes_to_the_coordinators_without_the_address(cast, claimed):
    decide(cast, reported(kind="wrong"), ReportDecision.FORWARDED)
    to_group = [m for m in mails() if m.to == "farid@example.org"][-1]
    assert "Please take us off." in to_group.text
    assert "us@quay.example.org" not in to_group.text


def test_nothing_is_forwarded_where_no_group_keeps_the_entry(cast):
    applied.make_entry()
    with pytest.raises(ValidationError):
        decide(cast, reported(), ReportDecision.FORWARDED)


def test_the_text_goes_90_days_after_the_decision(cast):
    applied.make_entry()
    purge = system(Purpose.PURGE)
    waiting = reported(kind="wrong")
    decided = decide(cast, reported(kind="wrong"), ReportDecision.NOTHING)
    assert purge_public_reports(purge) == {"reports_emptied": 0}
    with acting(OPERATOR):
        Report.objects.filter(pk=decided.pk).update(
            decided_at=timezone.now() - dt.timedelta(days=91)
        )
    assert purge_public_reports(purge) == {"reports_emptied": 1}
    with acting(OPERATOR):
        assert Report.objects.get(pk=decided.pk).text == ""
        assert Report.objects.get(pk=waiting.pk).text != ""
    with pytest.raises(ValueError, match="purge"):
        purge_public_reports(OPERATOR)


# What waits too long


def test_all_stewards_are_told_once_after_a_week_and_read_no_name(cast):
    application = applied.apply(cast, submitted_at=timezone.now() - dt.timedelta(days=6))
    assert escalate_applications(OPERATOR) == 0
    with acting(OPERATOR):
        Application.objects.filter(pk=application.pk).update(
            submitted_at=timezone.now() - dt.timedelta(days=7)
        )
    applied.second_steward()
    assert escalate_applications(OPERATOR) == 1
    assert escalate_applications(OPERATOR) == 0
    assert sorted(mail.to for mail in mails()) == ["dov@example.org", "sade@example.org"]
    for mail in mails():
        assert "New Visitors" not in mail.text + mail.subject
        assert "Farid" not in mail.text


def test_a_digest_comes_once_a_week_and_only_where_something_waits(cast):
    assert send_digests(OPERATOR) == 0
    assert mails() == []
    from network.models import Job

    Job.objects.all().delete()
    applied.apply(cast)
    assert send_digests(OPERATOR) == 1
    assert send_digests(OPERATOR) == 0
    assert "New Visitors" not in mails()[0].text
