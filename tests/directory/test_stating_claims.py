"""What groups claim about a place stands beside the sources, and the display rule picks."""

import pytest
from django.core.exceptions import ValidationError

from directory.actions.importing import Facilities
from directory.actions.stating import StaleError, state_facility, withdraw_claim
from directory.models import Facility, FacilityClaim, WordForm
from directory.queries.cursor import page_in_order
from directory.queries.facilities import FacilityFilter, claims_about, facilities_matching
from directory.queries.revisions import directory_revision
from directory.queries.stated import CLAIMS, claims_of, own_places
from network.models import AuditEntry
from network.permissions import Refused
from network.tenancy import acting
from tests.directory.importing import PLACE, load, write_csv
from tests.directory.stating import CLAIM, promote_chiara, refusals
from tests.factories import make_claim, make_country, make_facility

pytestmark = pytest.mark.django_db


@pytest.fixture
def place(cast, tmp_path):
    """A place as an import left it, and another one beside it."""
    make_country("GB")
    make_facility(slug="beside", capacity=7)
    load(Facilities, write_csv(tmp_path / "places.csv", PLACE))
    return Facility.objects.get(slug=PLACE["slug"])


def state(cast, place, values=CLAIM, seen=None, who="amara"):
    with acting(cast.actor(who)) as actor:
        return state_facility(actor, facility=place, values=values, seen=seen)


def shown(place, *names):
    return Facility.objects.values_list(*names).get(pk=place.pk)


def test_only_who_may_write_to_the_ledger_states_anything(cast, place):
    for name in ("bilal", "edna", "omar", "chiara", "esi", "dov"):
        with pytest.raises(Refused):
            state(cast, place, who=name)
    assert not FacilityClaim.objects.exclude(author="").exists()


def test_a_group_that_is_not_verified_states_nothing(cast, place):
    with pytest.raises(ValidationError) as error:
        state(cast, place, who="farid")
    assert error.value.code == "unverified"
    assert not FacilityClaim.objects.exclude(author="").exists()


def test_a_newer_claim_is_shown_and_the_import_stays_beside_it(cast, place):
    before = directory_revision()
    assert shown(place, "status", "capacity", "kind_source_value") == ("open", 10, "hotel")
    claim = state(cast, place)
    assert (claim.author, str(claim.as_of)) == ("harbour-visitors", "2026-10")
    assert shown(place, "status", "capacity", "kind_source_value") == ("closed", 120, "hotel")
    assert str(shown(place, "as_of")[0]) == "2026-10"
    assert directory_revision() != before
    assert {(one.author, one.values["capacity"]) for one in claims_about(place)} == {
        ("", 10),
        ("harbour-visitors", 120),
    }
    assert shown(Facility.objects.get(slug="beside"), "capacity") == (7,)


def test_an_older_claim_is_kept_and_not_shown(cast, place):
    state(cast, place, {**CLAIM, "as_of": "2019-12"})
    assert shown(place, "status", "capacity") == ("open", 10)
    assert FacilityClaim.objects.filter(facility=place).count() == 2


def test_the_next_import_neither_undoes_nor_touches_it(cast, place, tmp_path):
    claim = state(cast, place)
    load(Facilities, write_csv(tmp_path / "again.csv", {**PLACE, "capacity": "11"}))
    assert shown(place, "status", "capacity") == ("closed", 120)
    assert FacilityClaim.objects.get(pk=claim.pk).values["capacity"] == 120


def test_a_second_statement_replaces_ones_own(cast, place):
    first = state(cast, place)
    second = state(cast, place, {"capacity": "90", "as_of": "2026-11"}, seen=first.pk)
    first.refresh_from_db()
    assert first.withdrawn_at is not None
    assert [one.pk for one in claims_about(place) if one.author] == [second.pk]
    # The status is again what the import says: nobody of the group claims it any more.
    assert shown(place, "status", "capacity") == ("open", 90)


def test_the_same_again_changes_nothing(cast, place):
    first = state(cast, place)
    before, version = directory_revision(), shown(place, "version")
    assert state(cast, place).pk == first.pk
    assert (directory_revision(), shown(place, "version")) == (before, version)


def test_who_has_not_seen_the_present_claim_is_given_it_and_writes_nothing(cast, place):
    present = state(cast, place)
    with pytest.raises(StaleError) as stale:
        state(cast, place, {"capacity": "1", "as_of": "2026-11"})
    assert stale.value.present == present
    with acting(cast.actor("amara")) as amara:
        withdraw_claim(amara, claim=present)
    with pytest.raises(StaleError) as stale:
        state(cast, place, {"capacity": "1", "as_of": "2026-11"}, seen=present.pk)
    assert stale.value.present is None
    assert shown(place, "capacity") == (10,)


def test_what_was_taken_back_is_gone_and_the_others_speak_again(cast, place):
    claim = state(
        cast,
        place,
        {**CLAIM, "operator": "Zebra Holdings", "population": "80", "kind": "military"},
    )
    assert shown(place, "operator", "population", "kind", "setting") == (
        "Zebra Holdings",
        80,
        "military",
        "unknown",
    )
    assert facilities_matching(FacilityFilter(q="zebra")).get() == place
    before = directory_revision()
    with acting(cast.actor("amara")) as amara:
        withdraw_claim(amara, claim=claim)
        withdraw_claim(amara, claim=claim)
    assert directory_revision() != before
    assert shown(place, "status", "capacity") == ("open", 10)
    assert shown(place, "kind", "kind_source_value", "setting") == ("ad_hoc", "hotel", "hotel")
    assert shown(place, "operator", "population") == ("", None)
    assert not facilities_matching(FacilityFilter(q="zebra")).exists()
    assert not WordForm.objects.filter(word="zebra").exists()
    assert FacilityClaim.objects.filter(pk=claim.pk).exists()


def test_nobody_takes_anothers_claim_back(cast, place):
    mine = state(cast, place)
    imported = FacilityClaim.objects.get(facility=place, author="")
    with acting(promote_chiara(cast)) as chiara:
        for claim in (mine, imported):
            with pytest.raises(Refused):
                withdraw_claim(chiara, claim=claim)
        theirs = state_facility(
            chiara, facility=place, values={"capacity": 5, "as_of": "2026-11"}, seen=None
        )
    assert claims_about(place).count() == 3
    assert theirs.author == "visiteurs-du-port"
    # Theirs is the newest, mine still says when it was otherwise.
    assert shown(place, "status", "capacity") == ("closed", 5)


def test_a_duplicate_is_not_stated_about(cast, place):
    double = make_facility(merged_into=place)
    with pytest.raises(ValidationError) as error:
        state(cast, double)
    assert refusals(error) == {"facility": ["merged"]}


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({}, {"__all__": ["empty"], "as_of": ["required"]}),
        ({"status": "unknown", "as_of": "2026"}, {"__all__": ["empty"]}),
        ({"status": "shut", "as_of": "2026"}, {"status": ["choice"]}),
        ({"capacity": "-3", "as_of": "2026"}, {"capacity": ["number"]}),
        ({"capacity": True, "as_of": "2026"}, {"capacity": ["number"]}),
        ({"capacity": 9, "as_of": "2026-13"}, {"as_of": ["date"]}),
        ({"capacity": 9, "as_of": 2026}, {"as_of": ["date"]}),
        ({"capacity": 9, "as_of": "2199"}, {"as_of": ["future"]}),
        ({"capacity": 9, "as_of": "2026", "source_url": "ftp://x.org"}, {"source_url": ["url"]}),
        ({"setting": "hotel", "as_of": "2026"}, {"kind": ["required"]}),
        ({"note": "Small rooms", "as_of": "2026"}, {"text_language": ["required"]}),
        (
            {"note": "A 123 456 789 is held", "as_of": "2026", "text_language": "en"},
            {"note": ["identifies"]},
        ),
        ({"operator": ["x"], "as_of": "2026"}, {"operator": ["type"]}),
        ({"operator": "x" * 201, "as_of": "2026"}, {"operator": ["long"]}),
        ({"capacity": 9, "as_of": "2026", "name": "Other"}, {"name": ["unknown"]}),
    ],
)
def test_every_refusal_stands_at_its_field(cast, place, values, expected):
    with pytest.raises(ValidationError) as error:
        state(cast, place, values)
    assert refusals(error) == expected
    assert FacilityClaim.objects.filter(facility=place).count() == 1


def test_each_statement_is_in_the_groups_log_without_its_words(cast, place):
    claim = state(cast, place, {"operator": "Zebra Holdings", "as_of": "2026"})
    with acting(cast.actor("amara")) as amara:
        withdraw_claim(amara, claim=claim)
        found = AuditEntry.objects.filter(object_kind="facility_claim").order_by("created_at")
        assert [entry.verb for entry in found] == [
            "facility_claim.stated",
            "facility_claim.withdrawn",
        ]
        assert "Zebra" not in str([entry.details for entry in found])


@pytest.mark.parametrize("number", [1, 3])
def test_the_desk_lists_ones_own_claims_in_two_queries(cast, number, django_assert_num_queries):
    for _each in range(number):
        place = make_facility()
        state(cast, place, {"capacity": 9, "as_of": "2026"})
        make_claim(place, author="visiteurs-du-port")
        make_claim(place)
    with acting(cast.actor("amara")) as amara:
        with django_assert_num_queries(2):
            found = page_in_order(claims_of(amara), CLAIMS, None).rows
            names = [claim.facility.country.names for claim in found]
            places = [place.country.iso2 for place in own_places(amara)]
    assert (len(names), len(places)) == (number, number)
    with acting(promote_chiara(cast)) as chiara:
        assert claims_of(chiara).count() == number
        assert not own_places(chiara).filter(is_visited=True).exists()
