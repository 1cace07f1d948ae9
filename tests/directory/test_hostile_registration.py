"""Four ways in for somebody hostile, and where each ends."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from directory.actions.deciding import approve
from directory.actions.organizations import edit_organization
from directory.actions.programs.editing import edit_program
from directory.actions.publishing import publish_program
from directory.models import HeldChange, Listing, OrganizationCard, Program
from directory.queries.deciding import dossier_of
from network.enums import Role
from network.models import Organization
from network.permissions import OF_ROLE, Permission, Refused, can
from network.tenancy import acting, member
from tests.directory import applied
from tests.directory.applied import apply, claim, dov, prove, vouch
from tests.network.members import OPERATOR, join

WHY = "Two of us have met them."


def approving(actor, application, **kwargs):
    with acting(actor):
        return approve(actor, application=application, base_version=application.version, **kwargs)


# A charming fake


def test_a_charming_fake_is_not_approved_by_charm(cast):
    """No vouch counts, so on a larger site nobody approves in silence, and one reason is shown."""
    application = apply(cast, answers={**applied.ANSWERS, "about": "We are lovely people. " * 20})
    applied.many_groups()
    with pytest.raises(ValidationError):
        approving(dov(cast), application)
    assert not OrganizationCard.objects.filter(pk=cast.applicant.pk).exists()
    assert not Listing.objects.filter(organization=cast.applicant.pk).exists()


def test_a_fake_that_copies_a_name_is_shown_beside_the_real_one(cast):
    applied.make_entry(name="New Visitors", names={"en": "New Visitors"})
    applied.make_entry(
        slug="gb-other", name="Other", names={"en": "Other"}, website="https://www.fake.example/"
    )
    application = apply(cast, answers={**applied.ANSWERS, "website": "https://fake.example/x"})
    with acting(dov(cast)) as actor:
        found = dossier_of(actor, application).alike
    assert {one.slug for one in found} == {"gb-quay-visitors", "gb-other"}


def test_a_fake_cannot_be_approved_by_its_own_friend_among_the_stewards(cast):
    application = apply(cast)
    friend = applied.second_steward("mole")
    vouch(application, cast.b)
    with acting(OPERATOR):
        from network.models import Membership

        Membership.objects.create(
            organization=cast.b, person_id=friend.person_id, role=Role.MEMBER
        )
    with pytest.raises(Refused):
        approving(friend, application, public_reason=WHY)


# An expired domain, bought by somebody else


@pytest.mark.parametrize(("days", "is_enough"), [(0, False), (89, False), (90, True), (400, True)])
def test_a_website_that_was_changed_lately_proves_nothing_alone(cast, days, is_enough):
    changed = timezone.localdate() - dt.timedelta(days=days)
    application = claim(cast, applied.make_entry(website_changed_on=changed))
    prove(application)
    with acting(dov(cast)) as actor:
        dossier = dossier_of(actor, application)
    assert dossier.proofs[0].is_fresh == (not is_enough)
    assert dossier.lacks_evidence == (not is_enough)
    if is_enough:
        assert approving(dov(cast), application, public_reason=WHY).state == "approved"
    else:
        with pytest.raises(ValidationError) as refused:
            approving(dov(cast), application, public_reason=WHY)
        assert refused.value.code == "evidence"


# Right after the verification


def test_a_contact_changed_right_after_the_verification_waits_a_day(cast):
    entry = applied.make_entry()
    application = claim(cast, entry)
    prove(application)
    approving(dov(cast), application, public_reason=WHY)
    farid = member(cast.farid.pk, cast.applicant.pk)
    with acting(farid):
        program = Program.objects.get()
        edit_program(
            farid,
            program=program,
            base_version=program.version,
            values={"contact": {"email": "trap@evil.example.org"}},
        )
        publish_program(farid, program=Program.objects.get())
        assert HeldChange.objects.filter(released_at=None).exists()
    assert Listing.objects.get(slug=entry.slug).contact == entry.contact


def test_a_website_of_the_group_too(cast):
    approving(dov(cast), apply(cast), public_reason=WHY)
    farid = member(cast.farid.pk, cast.applicant.pk)
    with acting(farid):
        group = Organization.objects.get()
        edit_organization(
            farid,
            organization=group,
            base_version=group.version,
            changes={"website": "https://evil.example.org/"},
        )
    assert OrganizationCard.objects.get(pk=cast.applicant.pk).website == ""


# A patient infiltrator


def test_a_patient_infiltrator_reads_what_a_member_reads_and_vouches_for_nobody(cast):
    patient = join(cast.a, "patient", Role.MEMBER)
    application = apply(cast)
    with acting(patient):
        for permission in Permission:
            assert can(patient, permission) == (permission in OF_ROLE[Role.MEMBER]), permission
        assert not can(patient, Permission.VOUCH_GIVE)
        assert not can(patient, Permission.APPLICATION_DECIDE)
    with acting(OPERATOR), pytest.raises(Refused):
        approve(patient, application=application, base_version=1, public_reason=WHY)
    with acting(patient):
        from directory.models import Application

        assert not Application.objects.exists()
