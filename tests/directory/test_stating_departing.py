"""What a group stated about places goes with it; the ledger stays."""

import datetime as dt

import pytest
from django.utils import timezone

from directory.actions.stating import (
    add_visiting_rule,
    release_reports,
    report_access_event,
    state_facility,
)
from directory.models import AccessEvent, AccessReport, Facility, FacilityClaim, VisitingRule
from directory.queries.revisions import directory_revision
from network.actions.departures import delete_organization, purge_departed
from network.models import Organization
from network.tenancy import Purpose, acting, system
from tests.directory.stating import EVENT, RULE, promote_chiara
from tests.factories import make_claim, make_facility

pytestmark = pytest.mark.django_db


@pytest.fixture
def place(cast):
    """A place of which A, B and a source say something, with an entry of A and one that waits."""
    found = make_facility(slug="harbour-centre", capacity=10)
    make_claim(found, values={"capacity": 10}, as_of="2020")
    promote_chiara(cast)
    for who, capacity in (("chiara", 20), ("amara", 30)):
        with acting(cast.actor(who)) as actor:
            said = {"capacity": capacity, "as_of": f"2026-{capacity // 10:02}"}
            state_facility(actor, facility=found, values=said, seen=None)
            add_visiting_rule(actor, facility=found, values=RULE)
    with acting(cast.actor("amara")) as amara:
        report_access_event(amara, values=EVENT)
        later = timezone.now() + dt.timedelta(days=1)
        report_access_event(amara, values={**EVENT, "publish_at": later})
    return found


def test_claims_and_rules_go_and_those_of_others_stay(
    cast, place, django_capture_on_commit_callbacks
):
    assert Facility.objects.get().capacity == 30
    before = directory_revision()
    with django_capture_on_commit_callbacks(execute=True):
        with acting(cast.actor("amara")) as amara:
            delete_organization(amara, organization=cast.a)
    assert Facility.objects.get().capacity == 20
    present = FacilityClaim.objects.filter(withdrawn_at=None).values_list("author", flat=True)
    assert set(present) == {"", "visiteurs-du-port"}
    assert [rule.author for rule in VisitingRule.objects.all()] == ["visiteurs-du-port"]
    assert AccessEvent.objects.count() == 1
    assert directory_revision() != before
    with acting(system(Purpose.RELEASE)):
        AccessReport.objects.filter(released_at=None).update(publish_at=timezone.now())
    assert release_reports(system(Purpose.RELEASE)) == 0


def test_who_wrote_what_is_gone_with_the_group(cast, place, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        with acting(cast.actor("amara")) as amara:
            delete_organization(amara, organization=cast.a)
    with acting(system(Purpose.OPERATOR)):
        old = timezone.now() - dt.timedelta(days=8)
        Organization.objects.filter(pk=cast.a.pk).update(deleted_at=old)
    assert purge_departed(system(Purpose.PURGE)) == 1
    with acting(system(Purpose.OPERATOR)):
        assert not AccessReport.objects.exists()
    assert AccessEvent.objects.count() == 1
