"""What a group took over from a source never comes back: after taking off, after unpublishing."""

import pytest

from directory.actions.importing import Countries, Programs
from directory.actions.publishing import publish_program, unpublish_program
from directory.actions.sample import SAMPLE_DIR
from directory.actions.suppression import NotListedError, suppress_listing
from directory.models import Claimed, Listing, Program, Suppression
from network.tenancy import Purpose, acting, system
from tests.directory.importing import PROGRAM, load, write_csv
from tests.directory.test_publishing import make_program

pytestmark = pytest.mark.django_db


@pytest.fixture
def path(tmp_path):
    """A file with two entries, imported; the first is then taken over by a group."""
    load(Countries, SAMPLE_DIR / "countries.csv")
    path = write_csv(tmp_path / "p.csv", PROGRAM, {**PROGRAM, "slug": "gb-other"})
    load(Programs, path)
    return path


@pytest.fixture
def program(cast, path):
    old = Listing.objects.get(slug="gb-harbour")
    with acting(cast.actor("amara")) as amara:
        program = make_program(cast.a, slug="harbour-visitors", replaces=[str(old.pk)])
        publish_program(amara, program=program)
    return program


def listed():
    return set(Listing.objects.values_list("slug", flat=True))


def suppress(slug):
    with acting(system(Purpose.OPERATOR)) as operator:
        return suppress_listing(operator, slug=slug)


def test_taking_off_a_groups_listing_takes_off_what_it_replaced(path, program):
    assert listed() == {"gb-other", "harbour-visitors"}
    assert suppress("harbour-visitors") is True
    report = load(Programs, path)
    assert report.kept == {"suppressed": 1}
    assert listed() == {"gb-other"}
    assert set(Suppression.objects.values_list("slug", flat=True)) == {
        "gb-harbour",
        "harbour-visitors",
    }
    assert suppress("harbour-visitors") is False


def test_unpublishing_does_not_bring_the_old_entry_back(cast, path, program):
    with acting(cast.actor("amara")) as amara:
        unpublish_program(amara, program=program)
    own = {**PROGRAM, "slug": "harbour-visitors"}
    report = load(Programs, write_csv(path, PROGRAM, own, {**PROGRAM, "slug": "gb-other"}))
    assert report.kept == {"claimed": 2}
    assert listed() == {"gb-other"}


def test_it_holds_when_the_program_is_gone(cast, path, program):
    with acting(cast.actor("amara")) as amara:
        unpublish_program(amara, program=program)
        Program.objects.all().delete()
    assert load(Programs, path).kept == {"claimed": 1}


def test_a_group_that_unpublished_can_be_taken_off_under_either_address(cast, program):
    with acting(cast.actor("amara")) as amara:
        unpublish_program(amara, program=program)
    assert suppress("gb-harbour") is True
    assert Suppression.objects.count() == 2
    assert suppress("harbour-visitors") is False


def test_an_old_address_of_a_listing_that_is_shown_leaves_that_listing(program):
    assert suppress("gb-harbour") is True
    assert listed() == {"gb-other", "harbour-visitors"}
    assert Suppression.objects.get().slug == "gb-harbour"


def test_what_nobody_listed_is_refused(program):
    with pytest.raises(NotListedError):
        suppress("gb-none")


def test_publishing_again_adds_nothing(cast, program):
    with acting(cast.actor("amara")) as amara:
        publish_program(amara, program=program)
    assert set(Claimed.objects.values_list("slug", "program_id")) == {
        ("gb-harbour", program.pk),
        ("harbour-visitors", program.pk),
    }
