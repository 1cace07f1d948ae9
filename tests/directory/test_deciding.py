"""Stewards decide on applications: who may, what it takes, and what follows."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from directory.actions.deciding import DecidedMeanwhile, approve, ask_back, refuse
from directory.actions.deciding.common import ConflictOfInterest
from directory.models import ApplicationNote, DomainProof, Listing, OrganizationCard, Program
from network.enums import OrganizationStatus, Role
from network.models import AuditEntry, Membership, Organization, Person
from network.permissions import Refused
from network.tenancy import Purpose, acting, steward, system
from tests.directory import applied
from tests.directory.applied import apply, claim, dov, many_groups, present, prove, vouch
from tests.network.members import OPERATOR, mails

WHY = "Two of us have known them since 2012."


def approving(actor, application, **kwargs):
    with acting(actor):
        return approve(actor, application=application, base_version=application.version, **kwargs)


def verbs(organization):
    with acting(OPERATOR):
        rows = AuditEntry.objects.filter(organization=organization)
        return set(rows.values_list("verb", flat=True))


def group_of(application):
    with acting(OPERATOR):
        return Organization.objects.get(pk=application.organization_id)


# Who may


@pytest.mark.parametrize("name", ["amara", "bilal", "omar", "chiara", "farid", "esi"])
@pytest.mark.parametrize("act", [approve, refuse, ask_back], ids=["approve", "refuse", "ask"])
def test_nobody_decides_but_a_steward(cast, name, act):
    application = apply(cast)
    words = {approve: {}, refuse: {"reason": "x"}, ask_back: {"question": "x"}}[act]
    actor = cast.actor(name)
    with acting(OPERATOR), pytest.raises(Refused):
        act(actor, application=application, base_version=1, **words)
    assert present(application).state == "waiting"


def test_the_purpose_alone_makes_nobody_a_steward(cast):
    application = apply(cast)
    for person in (cast.amara, cast.farid):
        actor = steward(person.pk)
        with acting(OPERATOR), pytest.raises(Refused):
            approve(actor, application=application, base_version=1, public_reason=WHY)


@pytest.mark.parametrize("how", ["member", "voucher", "applicant"])
@pytest.mark.parametrize("act", [approve, refuse, ask_back], ids=["approve", "refuse", "ask"])
def test_no_steward_decides_on_a_group_of_their_own(cast, how, act):
    application = apply(cast)
    vouch(application, cast.b)
    place = {"member": cast.applicant, "voucher": cast.b}.get(how)
    with acting(OPERATOR):
        if place is None:
            application.person = cast.dov
            application.save()
        else:
            Membership.objects.create(organization=place, person=cast.dov, role=Role.MEMBER)
    words = {approve: {"public_reason": WHY}, refuse: {"reason": "x"}, ask_back: {"question": "x"}}
    with acting(dov(cast)) as actor, pytest.raises(ConflictOfInterest):
        act(actor, application=application, base_version=1, **words[act])
    assert present(application).state == "waiting"


# What it takes


def test_on_a_small_site_two_stewards_decide(cast):
    application = apply(cast)
    approving(dov(cast), application)
    now = present(application)
    assert (now.state, now.decided_by, now.decided_at) == ("waiting", cast.dov.pk, None)
    assert group_of(application).status == OrganizationStatus.APPLIED
    # Once more by the same one changes nothing.
    approving(dov(cast), now)
    assert present(application).state == "waiting"
    other = applied.second_steward()
    approving(other, now)
    now = present(application)
    assert (now.state, now.decided_by, now.second_by) == (
        "approved",
        cast.dov.pk,
        other.person_id,
    )
    assert "Two stewards" in OrganizationCard.objects.get(pk=cast.applicant.pk).verified_by


def test_or_one_with_a_reason_that_everybody_reads(cast):
    application = apply(cast)
    approving(dov(cast), application, public_reason=WHY)
    assert present(application).state == "approved"
    card = OrganizationCard.objects.get(pk=cast.applicant.pk)
    assert WHY in card.verified_by
    assert card.verified_since


def test_on_a_larger_site_a_new_group_wants_vouches_or_a_reason(cast):
    application = apply(cast)
    many_groups()
    with pytest.raises(ValidationError) as refused:
        approving(dov(cast), application)
    assert "public_reason" in refused.value.message_dict
    approving(dov(cast), application, public_reason=WHY)
    assert present(application).state == "approved"


def test_vouches_that_count_are_named_on_the_page(cast):
    application = apply(cast)
    groups = many_groups()
    for group in groups[:2]:
        vouch(application, group)
        with acting(OPERATOR):
            Organization.objects.filter(pk=group.pk).update(
                verified_on=timezone.localdate() - dt.timedelta(days=31)
            )
    approving(dov(cast), application)
    assert present(application).state == "approved"
    assert "Group 0, Group 1" in OrganizationCard.objects.get(pk=cast.applicant.pk).verified_by


def test_two_vouches_that_do_not_count_suffice_for_nothing(cast):
    application = apply(cast)
    many_groups()
    with acting(OPERATOR):
        vouch(application, cast.a)
        vouch(application, cast.b)
        Organization.objects.filter(pk__in=[cast.a.pk, cast.b.pk]).update(verified_on="2099-01-01")
    with pytest.raises(ValidationError):
        approving(dov(cast), application)


def test_a_claim_wants_a_proof_whatever_the_reason(cast):
    application = claim(cast, applied.make_entry())
    with pytest.raises(ValidationError) as refused:
        approving(dov(cast), application, public_reason=WHY)
    assert refused.value.code == "evidence"
    with acting(OPERATOR):
        proof = prove(application)
        DomainProof.objects.filter(pk=proof.pk).update(confirmed_at=None)
    with pytest.raises(ValidationError):
        approving(dov(cast), application, public_reason=WHY)


@pytest.mark.parametrize("reason", ["x" * 201, "A123456789 is free"])
def test_a_reason_that_nobody_may_read_is_refused(cast, reason):
    application = apply(cast)
    with pytest.raises(ValidationError) as refused:
        approving(dov(cast), application, public_reason=reason)
    assert "public_reason" in refused.value.message_dict
    assert present(application).state == "waiting"


# What follows


def test_a_claim_lives_on_at_the_same_address_as_the_groups_own(cast):
    entry = applied.make_entry()
    application = claim(cast, entry)
    prove(application)
    approving(dov(cast), application, public_reason=WHY)
    listing = Listing.objects.get(slug=entry.slug)
    assert (listing.claim, listing.organization_id) == ("own", cast.applicant.pk)
    assert listing.pk != entry.pk
    assert listing.replaces == [str(entry.pk)]
    assert listing.claimed_on is not None
    assert listing.source_url == entry.source_url
    assert (listing.website, listing.contact) == (entry.website, entry.contact)
    assert listing.summaries == entry.summaries
    assert "quay" in listing.document.lower()
    with acting(OPERATOR):
        program = Program.objects.get(pk=listing.pk)
        assert (program.organization_id, program.slug) == (cast.applicant.pk, entry.slug)
        assert DomainProof.objects.get().email == ""


def test_the_page_of_a_group_says_that_one_steward_decided_where_it_was_one(cast):
    application = claim(cast, applied.make_entry())
    prove(application)
    many_groups()
    approving(dov(cast), application)
    card = OrganizationCard.objects.get(pk=cast.applicant.pk)
    assert card.verified_by == "A steward of this site decided"


def test_an_entry_that_went_meanwhile_cannot_be_taken_over(cast):
    entry = applied.make_entry()
    application = claim(cast, entry)
    prove(application)
    with acting(OPERATOR):
        entry.delete()
    with pytest.raises(ValidationError) as refused:
        approving(dov(cast), application, public_reason=WHY)
    assert refused.value.code == "gone"


def test_the_applicant_is_told_in_their_language_and_both_logs_say_so(cast):
    application = apply(cast, language="fr")
    approving(dov(cast), application, public_reason=WHY)
    [mail] = mails()
    assert mail.to == "farid@example.org"
    assert f"/desk/{cast.applicant.slug}/" in mail.text
    assert "application.approved" in verbs(cast.applicant) & verbs(None)
    with acting(OPERATOR):
        own = AuditEntry.objects.get(organization=cast.applicant, verb="application.approved")
    assert (own.person_id, own.purpose) == (cast.dov.pk, Purpose.STEWARD)
    assert "application.approved" not in verbs(cast.a)


def test_asking_back_takes_a_first_approval_away(cast):
    application = apply(cast)
    approving(dov(cast), application)
    other = applied.second_steward()
    with acting(other):
        ask_back(other, application=application, base_version=2, question="Since when?")
    now = present(application)
    assert (now.state, now.decided_by) == ("asked", None)
    with acting(OPERATOR):
        note = ApplicationNote.objects.get()
    assert (note.author, note.body) == ("steward", "Since when?")
    assert "Since when?" in mails()[-1].text


def test_a_refusal_is_told_with_its_reason_and_once(cast):
    application = apply(cast)
    for _turn in range(2):
        with acting(dov(cast)) as actor:
            refuse(actor, application=application, base_version=1, reason="We know of none.")
    now = present(application)
    assert (now.state, now.reason) == ("refused", "We know of none.")
    [mail] = mails()
    assert "We know of none." in mail.text
    assert group_of(application).status == OrganizationStatus.APPLIED
    assert not OrganizationCard.objects.filter(pk=cast.applicant.pk).exists()


def test_whoever_comes_second_is_told(cast):
    application = apply(cast)
    other = applied.second_steward()
    with acting(other):
        refuse(other, application=application, base_version=1, reason="No.")
    for words, act in (({"question": "x"}, ask_back), ({"public_reason": WHY}, approve)):
        with acting(dov(cast)) as actor, pytest.raises(DecidedMeanwhile):
            act(actor, application=application, base_version=1, **words)
    assert present(application).state == "refused"


def test_approving_twice_mails_once_and_makes_one_program(cast):
    application = claim(cast, applied.make_entry())
    prove(application)
    approving(dov(cast), application, public_reason=WHY)
    approving(dov(cast), application, public_reason=WHY)
    assert len(mails()) == 1
    with acting(OPERATOR):
        assert Program.objects.count() == 1


def test_a_steward_without_second_step_after_a_week_decides_nothing(cast):
    application = apply(cast)
    with acting(OPERATOR):
        Person.objects.filter(pk=cast.dov.pk).update(created_at="2020-01-01T00:00Z")
    with acting(OPERATOR), pytest.raises(Refused):
        approve(dov(cast), application=application, base_version=1, public_reason=WHY)


def test_no_system_purpose_decides(cast):
    application = apply(cast)
    for purpose in (Purpose.OPERATOR, Purpose.IMPORT, Purpose.PURGE, Purpose.SIGN_IN):
        with acting(OPERATOR), pytest.raises(Refused):
            approve(system(purpose), application=application, base_version=1)
