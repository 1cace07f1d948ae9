"""Vouches: who is asked reads, who is not never, and which of those given count."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from directory.actions.applying import (
    ask_vouch,
    decline_vouch,
    give_vouch,
    withdraw_application,
    withdraw_vouch,
)
from directory.actions.cards import publish_card
from directory.models import Application, OrganizationCard, Vouch
from directory.queries.vouches import independence, vouches_asked_of
from network.actions.organizations import create_organization, end_membership, grant_membership
from network.enums import CoalitionSide, Role
from network.models import CoalitionMembership, Organization
from network.permissions import Refused
from network.tenancy import acting, steward
from tests.coalitions import agree
from tests.frontend.joined import ANSWERS, begin, mails_to
from tests.network.members import OPERATOR, join, of

pytestmark = pytest.mark.django_db


class Ring:
    """An applicant, and verified groups P and Q of a year, each with an owner."""

    def __init__(self):
        self.person, self.actor, self.application = begin("ines", "Asking Group", **ANSWERS)
        self.groups, self.owners = {}, {}
        for name in ("papa", "quebec"):
            self.add(name)

    def add(self, name):
        with acting(OPERATOR) as operator:
            group = create_organization(
                operator, slug=name, name=name.title(), country="GB", is_verified=True
            )
            year_ago = timezone.localdate() - dt.timedelta(days=365)
            Organization.objects.filter(pk=group.pk).update(verified_on=year_ago)
            group.refresh_from_db()
            publish_card(operator, organization=group)
        self.groups[name] = group
        self.owners[name] = join(group, f"owner-{name}", Role.OWNER)

    def ask(self, name):
        with acting(self.actor):
            card = OrganizationCard.objects.get(slug=name)
            return ask_vouch(
                self.actor, application=self.application, card=card, message="We met."
            )

    def give(self, name):
        vouch = self.ask(name)
        with acting(self.owners[name]) as owner:
            give_vouch(owner, vouch=vouch, statement="We visit the same place.")
        return vouch

    def reasons(self):
        with acting(self.actor):
            found = independence(self.actor, self.application)
        return {one.name.lower(): [str(reason) for reason in one.reasons] for one in found}


@pytest.fixture
def ring(cast):
    return Ring()


def test_two_independent_vouches_count(ring):
    ring.give("papa")
    ring.give("quebec")
    assert ring.reasons() == {"papa": [], "quebec": []}


def test_a_vouch_that_was_only_asked_or_was_taken_back_is_none(ring):
    ring.ask("papa")
    vouch = ring.give("quebec")
    with acting(ring.owners["quebec"]) as owner:
        withdraw_vouch(owner, vouch=vouch)
    assert ring.reasons() == {}


def test_a_ring_with_a_shared_member_does_not_count(ring):
    ring.give("papa")
    ring.give("quebec")
    with acting(OPERATOR) as operator:
        shared = of(ring.owners["papa"]).person
        membership = grant_membership(
            operator, organization=ring.groups["quebec"], person=shared, role=Role.MEMBER
        )
    assert ring.reasons() == {"papa": ["member_of_other"], "quebec": ["member_of_other"]}
    # Leaving just before the decision does not help.
    with acting(OPERATOR) as operator:
        end_membership(operator, membership=membership)
    assert ring.reasons()["papa"] == ["member_of_other"]


def test_a_voucher_that_shares_a_member_with_the_applicant_does_not_count(ring):
    ring.give("papa")
    with acting(OPERATOR) as operator:
        grant_membership(
            operator, organization=ring.groups["papa"], person=ring.person, role=Role.MEMBER
        )
    assert ring.reasons() == {"papa": ["member_of_applicant"]}


@pytest.mark.parametrize(("days", "reasons"), [(29, ["young"]), (30, [])])
def test_a_voucher_is_verified_for_30_days(ring, days, reasons):
    ring.give("papa")
    with acting(OPERATOR):
        day = timezone.localdate() - dt.timedelta(days=days)
        Organization.objects.filter(slug="papa").update(verified_on=day)
    assert ring.reasons() == {"papa": reasons}


@pytest.mark.parametrize("change", [{"status": "suspended"}, {"locked_down_at": timezone.now()}])
def test_a_voucher_that_is_no_longer_in_good_standing_does_not_count(ring, change):
    ring.give("papa")
    with acting(OPERATOR):
        Organization.objects.filter(slug="papa").update(**change)
    assert ring.reasons() == {"papa": ["not_verified"]}


@pytest.mark.parametrize("hidden", [[], ["papa"], ["papa", "quebec", "gulf"]])
def test_vouchers_of_one_coalition_do_not_count_with_or_without_a_public_card(ring, hidden):
    ring.add("gulf")
    ring.give("papa")
    ring.give("quebec")
    for name in ("papa", "quebec"):
        membership = agree(ring.groups["gulf"], ring.groups[name])
    with acting(OPERATOR):
        OrganizationCard.objects.filter(slug__in=hidden).delete()
    assert ring.reasons() == {"papa": ["coalition"], "quebec": ["coalition"]}
    with acting(OPERATOR):
        CoalitionMembership.objects.filter(pk=membership.pk).update(ended_at=timezone.now())
    assert ring.reasons() == {"papa": [], "quebec": []}


def test_a_coalition_and_its_own_group_do_not_count_together(ring):
    ring.give("papa")
    ring.give("quebec")
    agree(ring.groups["papa"], ring.groups["quebec"])
    assert ring.reasons() == {"papa": ["coalition"], "quebec": ["coalition"]}


def test_an_ask_to_join_is_no_coalition_yet(ring):
    ring.give("papa")
    ring.give("quebec")
    with acting(OPERATOR):
        CoalitionMembership.objects.create(
            coalition=ring.groups["papa"],
            organization=ring.groups["quebec"],
            asked_by=CoalitionSide.ORGANIZATION,
        )
    assert ring.reasons() == {"papa": [], "quebec": []}


@pytest.mark.parametrize(("days", "reasons"), [(89, ["mutual"]), (91, [])])
def test_groups_that_vouched_for_each_other_lately_do_not_count(ring, days, reasons):
    ring.give("papa")
    with acting(OPERATOR):
        old = Application.objects.create(organization=ring.groups["papa"], kind="register")
        Vouch.objects.create(
            organization_id=ring.actor.organization_id,
            applicant=ring.groups["papa"],
            application=old,
            state="given",
            given_at=timezone.now() - dt.timedelta(days=days),
        )
    assert ring.reasons() == {"papa": reasons}


def test_nobody_else_asks_whether_vouches_count(ring, cast):
    with acting(ring.owners["papa"]) as owner, pytest.raises(Application.DoesNotExist):
        independence(owner, ring.application)
    ring.give("papa")
    with acting(steward(cast.dov.pk)) as dov:
        assert [one.name for one in independence(dov, ring.application)] == ["Papa"]


def test_only_who_was_asked_reads_it(ring):
    ring.ask("papa")
    with acting(ring.owners["papa"]) as papa:
        [vouch] = vouches_asked_of(papa)
        assert vouch.application.answers["about"] == ANSWERS["about"]
    with acting(ring.owners["quebec"]) as quebec:
        assert list(vouches_asked_of(quebec)) == []
        assert not Application.objects.exists()
    told = mails_to("owner-papa@example.org")
    assert [one.subject for one in told] == ["Asking Group asks you to vouch for it"]
    assert mails_to("owner-quebec@example.org") == []


def test_another_group_never_answers(ring):
    vouch = ring.ask("papa")
    with acting(ring.owners["quebec"]) as quebec, pytest.raises(Refused):
        give_vouch(quebec, vouch=vouch, statement="Mine")
    # Nor does the applicant vouch for itself.
    with acting(ring.actor), pytest.raises(Refused):
        give_vouch(ring.actor, vouch=vouch, statement="Ours")


def test_five_groups_are_asked_at_most_and_only_verified_ones_of_this_node(ring):
    for name in ("tango", "uniform", "victor", "whiskey"):
        ring.add(name)
    for name in ("papa", "papa", "quebec", "tango", "uniform", "victor"):
        ring.ask(name)
    with pytest.raises(ValidationError, match="five"):
        ring.ask("whiskey")
    with acting(OPERATOR):
        assert Vouch.objects.count() == 5
        Vouch.objects.all().delete()
        OrganizationCard.objects.filter(slug="papa").update(verified_since=None)
    with pytest.raises(ValidationError, match="cannot vouch"):
        ring.ask("papa")


def test_nobody_is_asked_before_there_is_something_to_read(cast):
    ring = Ring()
    with acting(OPERATOR):
        Application.objects.update(answers={"name": "Asking Group"})
    with pytest.raises(ValidationError, match="questions"):
        ring.ask("papa")


def test_an_answer_is_given_once_and_not_after_the_end(ring):
    first, second = ring.ask("papa"), ring.ask("quebec")
    with acting(ring.owners["papa"]) as papa:
        decline_vouch(papa, vouch=first)
        decline_vouch(papa, vouch=first)
        with pytest.raises(ValidationError, match="answered"):
            give_vouch(papa, vouch=first, statement="Yes after all")
    with acting(ring.owners["quebec"]) as quebec:
        give_vouch(quebec, vouch=second, statement="We know them.")
    with acting(ring.actor):
        withdraw_application(ring.actor, application=ring.application)
    with acting(ring.owners["quebec"]) as quebec, pytest.raises(ValidationError, match="decided"):
        withdraw_vouch(quebec, vouch=second)
