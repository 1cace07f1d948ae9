"""What waits goes on waiting: over an unpublishing, and while the group may not speak."""

import pytest
from django.core.exceptions import ValidationError

from directory.actions.publishing import unpublish_program
from network.models import Organization
from network.tenancy import Purpose, acting, system
from tests.directory.desk import listing_of
from tests.directory.test_program_holding import NEW, confirm, public, publish, release, said


def become(organization, status):
    with acting(system(Purpose.OPERATOR)):
        Organization.objects.filter(pk=organization.pk).update(status=status)


@pytest.mark.django_db
def test_publishing_again_is_no_way_round_for_the_country_either(desk):
    program = public(desk)
    with acting(desk.actor("carla")) as carla:
        unpublish_program(carla, program=desk.fresh(program))
    desk.edit(program, country="FR", locality="")
    publish(desk, program)
    listing = listing_of(program)
    assert (listing.country.iso2, listing.locality, listing.latitude) == ("GB", "", None)
    assert desk.held(program).values["country"] == "FR"
    with pytest.raises(ValidationError):
        confirm(desk, program, "carla")
    confirm(desk, program, "amara")
    assert listing_of(program).country.iso2 == "FR"


@pytest.mark.django_db
@pytest.mark.parametrize("status", ["suspended", "applied", "left"])
def test_what_a_group_changed_waits_while_it_is_not_verified(desk, status):
    program, others = public(desk), public(desk, names={"en": "Second"})
    desk.edit(program, **NEW)
    publish(desk, program)
    before = said(program)
    desk.a_day_later()
    become(desk.cast.a, status)
    assert release() == 0
    assert said(program) == before
    assert desk.held(program) is not None
    become(desk.cast.a, "verified")
    assert release() == 1
    assert said(program) == (NEW["website"], NEW["contact"], "Newtown", 55.0)
    assert said(others) == before
