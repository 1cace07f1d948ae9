"""What the public reads of coalitions, and what hangs on belonging to one."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from directory.actions.cards import publish_card
from directory.actions.coalitions import (
    accept_membership,
    ask_membership,
    change_kind,
    end_coalition_membership,
)
from directory.actions.programs.editing import create_program, edit_program
from directory.actions.programs.granting import grant_program_texts
from directory.actions.publishing import publish_program
from directory.actions.stating.releasing import release_reports
from directory.actions.withdrawals import withdraw_organization
from directory.models import AccessEvent, AccessReport, Listing, OrganizationCard, ProgramGrant
from directory.models import Program as ProgramModel
from directory.queries.listing_filters import ListingFilter, listings_matching
from network.actions.departures import delete_organization
from network.actions.lockdown import lock_organization
from network.actions.organizations import grant_membership
from network.actions.purge_members import purge_members
from network.enums import OrganizationKind, OrganizationStatus, Role
from network.models import AuditEntry, CoalitionMembership, Organization
from network.permissions import Refused
from network.tenancy import Purpose, acting, steward, system
from tests.coalitions import Coalitions
from tests.factories import make_country, make_facility

pytestmark = pytest.mark.django_db
EVENT = {
    "facility": "gb-house",
    "visitor_category": "volunteer_visitor",
    "status": "suspended",
    "effective_from": "2026-05-30",
    "source_kind": "first_hand",
    "statement": "All volunteers were turned away.",
    "text_language": "en",
}


@pytest.fixture
def union(cast):
    make_country("GB")
    make_country("FR")
    make_facility(slug="gb-house", country=make_country("GB"))
    return Coalitions(cast)


def join(union, name="carla"):
    with acting(union.actor(name)) as actor:
        row = ask_membership(actor, slug="union")
    with acting(union.actor("ursula")) as ursula:
        return accept_membership(ursula, membership=row)


def leave(union, row, name="carla"):
    with acting(union.actor(name)) as actor:
        end_coalition_membership(actor, membership=row)


def program_of(union, name="amara", *, is_public=True):
    with acting(union.actor(name)) as actor:
        values = {"names": {"en": f"Of {name}"}, "country": "GB"}
        program = create_program(actor, values=values)
        if is_public:
            publish_program(actor, program=program)
    return program


def found():
    wanted = ListingFilter(coalition="union")
    return set(listings_matching(wanted, dt.date(2026, 1, 1)).values_list("pk", flat=True))


def named(slug="harbour-visitors"):
    return [one["slug"] for one in OrganizationCard.objects.get(slug=slug).coalitions]


def test_nothing_is_public_before_both_have_said_yes(union):
    program_of(union)
    with acting(union.actor("carla")) as carla:
        ask_membership(carla, slug="union")
    assert named() == []
    assert found() == set()


def test_cards_and_filters_follow_what_both_agreed(union):
    before, late = program_of(union), program_of(union, is_public=False)
    program_of(union, "claude")
    version = OrganizationCard.objects.get(slug="union").version
    row = join(union)
    assert named() == ["union"]
    assert named("visiteurs-du-port") == []
    assert found() == {before.pk}
    assert OrganizationCard.objects.get(slug="union").version == version + 1
    with acting(union.actor("amara")) as amara:
        publish_program(amara, program=late)
        publish_program(amara, program=before)
        publish_card(amara, organization=union.cast.a)
    assert named() == ["union"]
    assert found() == {before.pk, late.pk}
    leave(union, row)
    assert named() == []
    assert found() == set()
    assert Listing.objects.filter(pk__in=[before.pk, late.pk]).count() == 2


def test_a_coalitions_own_programs_are_found_with_its_members(union):
    own = program_of(union, "ursula")
    join(union)
    assert found() == {own.pk}


def test_a_new_name_of_a_coalition_stands_on_its_members_cards(union):
    join(union)
    with acting(system(Purpose.OPERATOR)) as operator:
        Organization.objects.filter(pk=union.union.pk).update(name="Union anew")
        publish_card(operator, organization=Organization.objects.get(pk=union.union.pk))
    assert OrganizationCard.objects.get(slug="harbour-visitors").coalitions == [
        {"id": str(union.union.pk), "slug": "union", "name": "Union anew"}
    ]


@pytest.mark.parametrize("side", ["a", "union"])
def test_a_suspended_side_is_named_nowhere_and_comes_back(union, side):
    program = program_of(union)
    row = join(union)
    organization = {"a": union.cast.a, "union": union.union}[side]
    with acting(system(Purpose.OPERATOR)) as operator:
        one = Organization.objects.filter(pk=organization.pk)
        one.update(status=OrganizationStatus.SUSPENDED)
        withdraw_organization(operator, organization_id=organization.pk)
        assert not any(card.coalitions for card in OrganizationCard.objects.all())
        assert found() == set()
        assert CoalitionMembership.objects.get(pk=row.pk).is_agreed
        one.update(status=OrganizationStatus.VERIFIED)
        publish_card(operator, organization=one.get())
    assert named() == ["union"]
    if side == "union":
        assert found() == {program.pk}


@pytest.mark.parametrize("who", ["amara", "ursula"])
def test_who_leaves_belongs_to_nothing_any_more(union, who, django_capture_on_commit_callbacks):
    program_of(union)
    row = join(union)
    organization = {"amara": union.cast.a, "ursula": union.union}[who]
    with django_capture_on_commit_callbacks(execute=True), acting(union.actor(who)) as actor:
        delete_organization(actor, organization=organization)
    with acting(system(Purpose.OPERATOR)):
        ended = CoalitionMembership.objects.get(pk=row.pk)
        assert ended.ended_at is not None
        assert ended.ended_by == ""
    assert not any(card.coalitions for card in OrganizationCard.objects.all())
    assert found() == set()


def test_what_is_over_is_deleted_after_thirty_days(union):
    row = join(union)
    join(union, "claude")
    leave(union, row)
    assert purge_members(system(Purpose.PURGE))["coalition_memberships"] == 0
    with acting(system(Purpose.OPERATOR)):
        long_ago = timezone.now() - dt.timedelta(days=31)
        CoalitionMembership.objects.filter(pk=row.pk).update(ended_at=long_ago)
    assert purge_members(system(Purpose.PURGE))["coalition_memberships"] == 1
    with acting(system(Purpose.OPERATOR)):
        assert CoalitionMembership.objects.count() == 1


def kind_changes(organization):
    with acting(system(Purpose.OPERATOR)):
        rows = AuditEntry.objects.filter(verb="organization.kind_changed")
        return rows.filter(organization=organization).count()


@pytest.mark.parametrize("name", ["amara", "ursula", "dov", "esi", "steward of their own"])
def test_only_operator_and_stewards_of_others_say_who_is_a_coalition(union, name):
    if name == "steward of their own":
        with acting(system(Purpose.OPERATOR)) as operator:
            grant_membership(
                operator, organization=union.union, person=union.cast.dov, role=Role.MEMBER
            )
        who = steward(union.cast.dov.pk)
    else:
        who = union.actor(name)
    row = join(union)
    with acting(who) as actor, pytest.raises(Refused):
        change_kind(actor, organization=union.union, kind=OrganizationKind.SUPPORTER)
    assert OrganizationCard.objects.get(slug="union").kind == OrganizationKind.COALITION
    with acting(system(Purpose.OPERATOR)):
        assert CoalitionMembership.objects.get(pk=row.pk).is_agreed


def test_what_a_steward_makes_of_a_coalition_ends_memberships_and_stands_in_both_logs(union):
    row, other = join(union), join(union, "claude")
    for _time in range(2):
        with acting(steward(union.cast.dov.pk)) as actor:
            change_kind(actor, organization=union.union, kind=OrganizationKind.PROGRAM_OPERATOR)
    assert OrganizationCard.objects.get(slug="union").kind == OrganizationKind.PROGRAM_OPERATOR
    with acting(system(Purpose.OPERATOR)):
        ended = CoalitionMembership.objects.filter(pk__in=[row.pk, other.pk])
        assert all(one.ended_at for one in ended)
    assert named() == named("visiteurs-du-port") == []
    assert [kind_changes(one) for one in (union.union, None, union.cast.a)] == [1, 1, 0]


@pytest.mark.parametrize(
    ("slug", "kind"), [("union", "supporter"), ("harbour-visitors", "coalition")]
)
def test_another_kind_ends_what_was_agreed_with_the_former(union, slug, kind):
    program_of(union)
    row = join(union)
    organization = {"union": union.union}.get(slug, union.cast.a)
    with acting(system(Purpose.OPERATOR)) as operator:
        for _time in range(2):
            changed = change_kind(operator, organization=organization, kind=kind)
        assert changed.kind == kind
        assert CoalitionMembership.objects.get(pk=row.pk).ended_at is not None
    assert [kind_changes(one) for one in (organization, None)] == [1, 0]
    assert OrganizationCard.objects.get(slug=slug).kind == kind
    assert named() == []


def grant(union, program):
    with acting(union.actor("amara")) as amara:
        card = OrganizationCard.objects.get(slug="union")
        return grant_program_texts(amara, program=program, coalition=card)


def edit(union, program, version=1, **values):
    with acting(union.actor("ursula")) as ursula:
        return edit_program(ursula, program=program, base_version=version, values=values)


def test_texts_are_granted_to_ones_own_coalitions_only(union):
    program = program_of(union, is_public=False)
    with pytest.raises(ValidationError):
        grant(union, program)
    row = join(union)
    grant(union, program)
    leave(union, row)
    with pytest.raises(ValidationError):
        grant(union, program)


@pytest.mark.parametrize("ends", ["carla", "ursula"])
def test_the_end_takes_every_grant_back_and_both_logs_say_so(union, ends):
    program = program_of(union, is_public=False)
    row = join(union)
    grant(union, program)
    assert edit(union, program, summaries={"en": "By the union."}).version == 2
    leave(union, row, ends)
    with pytest.raises(Refused):
        edit(union, program, 2, summaries={"en": "Again."})
    with acting(system(Purpose.OPERATOR)):
        assert not ProgramGrant.objects.exists()
    for name in ("amara", "ursula"):
        with acting(union.actor(name)):
            verbs = AuditEntry.objects.filter(
                verb__startswith="program.texts", object_id=program.pk
            )
            assert sorted(verbs.values_list("verb", flat=True)) == [
                "program.texts_granted",
                "program.texts_revoked",
            ]
    with acting(union.actor("amara")):
        assert AuditEntry.objects.get(verb="program.edited").details["group"] == "union"


def test_no_guest_edits_while_the_group_is_locked_down(union):
    program = program_of(union, is_public=False)
    join(union)
    grant(union, program)
    with acting(union.actor("amara")) as amara:
        lock_organization(amara, organization=union.cast.a)
    with pytest.raises(ProgramModel.DoesNotExist):
        edit(union, program, summaries={"en": "Meanwhile."})


def report(union, *, later=False, **values):
    from directory.actions.stating import report_access_event

    if later:
        values["publish_at"] = (timezone.now() + dt.timedelta(days=5)).isoformat()
    with acting(union.actor("carla")) as carla:
        return report_access_event(carla, values={**EVENT, **values})


def test_only_a_member_signs_with_a_coalition(union):
    for values in ({"attributed_as": "coalition"}, {"coalition": "union"}):
        with pytest.raises(ValidationError):
            report(union, **values)
    join(union)
    with pytest.raises(ValidationError):
        report(union, attributed_as="coalition", coalition="other")
    with pytest.raises(ValidationError) as error:
        report(union, attributed_as="coalition", statement="We, Harbour Visitors, know.")
    assert list(error.value.message_dict) == ["statement"]
    made = report(union, attributed_as="coalition")
    event = AccessEvent.objects.get(pk=made.released_event_id)
    assert (event.attributed_as, event.attributed_to) == ("coalition", "Union of Visitors")


@pytest.mark.parametrize("stays", [True, False], ids=["still a member", "no member any more"])
def test_the_day_of_the_release_decides_whose_name_it_bears(union, stays):
    row = join(union)
    made = report(union, later=True, attributed_as="coalition", coalition="union")
    assert made.attributed_to == "Union of Visitors"
    if not stays:
        leave(union, row)
    with acting(system(Purpose.RELEASE)):
        AccessReport.objects.update(publish_at=timezone.now())
    assert release_reports(system(Purpose.RELEASE)) == 1
    event = AccessEvent.objects.get()
    expected = ("coalition", "Union of Visitors") if stays else ("verified_program", "")
    assert (event.attributed_as, event.attributed_to) == expected


def test_a_correction_after_the_end_names_a_verified_program(union):
    from directory.actions.stating import supersede_event

    row = join(union)
    made = report(union, attributed_as="coalition")
    leave(union, row)
    with acting(union.actor("carla")) as carla:
        for signed in ("coalition", "organization"):
            with pytest.raises(ValidationError):
                supersede_event(carla, report=made, values={**EVENT, "attributed_as": signed})
        values = {**EVENT, "attributed_as": "verified_program"}
        again = supersede_event(carla, report=made, values=values)
    assert AccessEvent.objects.get(pk=again.released_event_id).attributed_to == ""


def test_an_export_names_coalitions_by_slug_as_what_belongs_to_this_node(union):
    from directory.queries.export.parts import organization_row

    join(union)
    with acting(union.actor("amara")):
        here = organization_row(Organization.objects.get())["here"]
        assert (here["coalitions"], here["members"]) == (["union"], [])
    with acting(union.actor("ursula")):
        here = organization_row(Organization.objects.get())["here"]
        assert (here["coalitions"], here["members"]) == ([], ["harbour-visitors"])
