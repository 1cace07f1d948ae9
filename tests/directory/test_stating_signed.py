"""A coalition signs by what it is, not by what it is called: its name may change, or pass on."""

import datetime as dt

import pytest
from django.utils import timezone

from directory.actions.cards import publish_card
from directory.actions.stating import release_reports, report_access_event, supersede_event
from directory.actions.stating.signing import signature_after
from directory.models import AccessEvent, AccessReport
from network.actions.organizations import create_organization
from network.enums import OrganizationKind
from network.models import CoalitionMembership, Organization
from network.tenancy import Purpose, acting, system
from tests.coalitions import Coalitions, agree
from tests.directory.stating import EVENT
from tests.factories import make_country, make_facility

pytestmark = pytest.mark.django_db
OPERATOR, RELEASE = system(Purpose.OPERATOR), system(Purpose.RELEASE)


@pytest.fixture
def union(cast):
    made = Coalitions(cast)
    make_facility(slug="harbour-centre", name="Harbour Centre", country=make_country("GB"))
    agree(made.union, cast.a)
    return made


def waiting(union, **values):
    later = (timezone.now() + dt.timedelta(days=5)).isoformat()
    signed = {"attributed_as": "coalition", "coalition": "union"}
    with acting(union.actor("carla")) as carla:
        return report_access_event(
            carla, values={**EVENT, **signed, "publish_at": later, **values}
        )


def rename(organization, name):
    with acting(OPERATOR) as operator:
        Organization.objects.filter(pk=organization.pk).update(name=name)
        publish_card(operator, organization=Organization.objects.get(pk=organization.pk))


def another(union, name):
    """A second coalition of the group."""
    with acting(OPERATOR) as operator:
        made = create_organization(
            operator,
            slug="another",
            name=name,
            country="GB",
            kind=OrganizationKind.COALITION,
            is_verified=True,
        )
        publish_card(operator, organization=made)
    agree(made, union.cast.a)
    return made


def released():
    with acting(RELEASE):
        AccessReport.objects.update(publish_at=timezone.now())
    assert release_reports(RELEASE) == 1
    event = AccessEvent.objects.get()
    return event.attributed_as, event.attributed_to


def test_nobody_signs_who_only_took_the_name(union):
    waiting(union)
    with acting(OPERATOR):
        CoalitionMembership.objects.update(ended_at=timezone.now())
    rename(union.union, "Old Union")
    another(union, "Union of Visitors")
    assert released() == ("verified_program", "")
    with acting(RELEASE):
        assert AccessReport.objects.get().coalition_id is None


def test_under_another_name_it_still_signs(union):
    waiting(union)
    rename(union.union, "Union of the North")
    another(union, "Union of Visitors")
    assert released() == ("coalition", "Union of the North")


def test_a_report_of_before_is_known_by_the_name(union):
    made = waiting(union)
    with acting(RELEASE):
        AccessReport.objects.update(coalition_id=None)
    assert released() == ("coalition", "Union of Visitors")
    with acting(RELEASE):
        assert AccessReport.objects.get(pk=made.pk).coalition_id == union.union.pk


def test_a_correction_stays_with_the_coalition_that_signed(union):
    made = waiting(union, publish_at=None)
    rename(union.union, "Union of the North")
    another(union, "Union of Visitors")
    with acting(union.actor("carla")) as carla:
        made = AccessReport.objects.get(pk=made.pk)
        assert signature_after(made) == "coalition"
        values = {**EVENT, "attributed_as": "coalition"}
        again = supersede_event(carla, report=made, values=values)
    event = AccessEvent.objects.get(pk=again.released_event_id)
    assert event.attributed_to == "Union of the North"


def test_nothing_of_the_id_is_in_the_public_entry(union):
    waiting(union)
    released()
    values = AccessEvent.objects.values().get()
    assert str(union.union.pk) not in repr(values)
