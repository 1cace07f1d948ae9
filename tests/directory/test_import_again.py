"""Importing again: what is updated, what is left, and what is kept because it is not ours."""

import datetime as dt
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from directory.actions.importing import (
    AccessEvents,
    Countries,
    CountryAccessRules,
    Facilities,
    Programs,
    VisitingRules,
)
from directory.actions.profiles import add_profiles
from directory.actions.sample import SAMPLE_DIR
from directory.enums import Claim
from directory.models import (
    AccessEvent,
    Country,
    CountryAccess,
    Facility,
    FacilityClaim,
    Listing,
    ListingTag,
    Suppression,
    VisitingRule,
)
from directory.queries.search import listings_with
from network.models import AuditEntry
from network.permissions import Refused
from network.tenancy import Purpose, acting, system, visitor
from tests.directory.importing import ACTOR, EVENT, PLACE, PROGRAM, RULE, counts
from tests.factories import make_claim

pytestmark = pytest.mark.django_db


def test_a_changed_row_is_updated_and_only_that_one(files):
    other = {**PROGRAM, "slug": "gb-other"}
    assert counts(files(Programs, PROGRAM, other)) == (2, 0, 0, 0)
    before = Listing.objects.in_bulk(field_name="slug")
    report = files(Programs, {**PROGRAM, "name": "Harbour Friends"}, other)
    assert counts(report) == (0, 1, 1, 0)
    after = Listing.objects.in_bulk(field_name="slug")
    changed, same = after["gb-harbour"], after["gb-other"]
    assert (changed.name, changed.version) == ("Harbour Friends", 2)
    assert changed.pk == before["gb-harbour"].pk
    assert changed.created_at == before["gb-harbour"].created_at
    assert changed.updated_at > before["gb-harbour"].updated_at
    assert (same.updated_at, same.version) == (before["gb-other"].updated_at, 1)
    assert list(Listing.objects.filter(listings_with("friends"))) == [changed]


def test_languages_services_and_places_follow_the_file(files):
    row = {**PROGRAM, "languages": "en|fr", "services": "visits", "facilities_visited": "A|B"}
    files(Programs, row)
    listing = Listing.objects.get()
    with acting(system(Purpose.OPERATOR)):
        ListingTag.objects.create(listing=listing, kind=ListingTag.Kind.COALITION, value="avid")
    assert counts(files(Programs, row)) == (0, 0, 1, 0)
    report = files(Programs, {**row, "languages": "fr", "facilities_visited": "B|C"})
    assert counts(report) == (0, 1, 0, 0)
    assert set(listing.tags.values_list("kind", "value")) == {
        ("language", "fr"),
        ("service", "visits"),
        ("coalition", "avid"),
    }
    assert [visit.name for visit in listing.visits.all()] == ["B", "C"]


def test_claimed_edited_replaced_and_suppressed_listings_are_kept(files):
    slugs = ("gb-own", "gb-remote", "gb-edited", "gb-replaced", "gb-plain")
    rows = [{**PROGRAM, "slug": slug} for slug in slugs]
    files(Programs, *rows)
    with acting(system(Purpose.OPERATOR)):
        Listing.objects.filter(slug="gb-own").update(claim=Claim.OWN)
        Listing.objects.filter(slug="gb-remote").update(claim=Claim.REMOTE)
        Listing.objects.filter(slug="gb-edited").update(edited_at=timezone.now())
        replaced = Listing.objects.get(slug="gb-replaced")
        Listing.objects.filter(slug="gb-own").update(replaces=[str(replaced.pk)])
        replaced.delete()
        Suppression.objects.create(slug="gb-gone")
    rows.append({**PROGRAM, "slug": "gb-gone"})
    before = {row["slug"]: row for row in Listing.objects.values()}
    report = files(Programs, *({**row, "name": "Another name"} for row in rows))
    assert counts(report) == (0, 1, 0, 5)
    assert {kept.key: kept.reason for kept in report.kept_rows} == {
        "gb-own": "claimed",
        "gb-remote": "claimed",
        "gb-replaced": "claimed",
        "gb-edited": "edited",
        "gb-gone": "suppressed",
    }
    after = {row["slug"]: row for row in Listing.objects.values()}
    assert set(after) == set(before)
    assert after["gb-plain"].pop("name") == "Another name"
    for slug in ("gb-own", "gb-remote", "gb-edited"):
        assert after[slug] == before[slug]


def test_edited_places_countries_and_rules_are_kept(files):
    files(Facilities, PLACE)
    files(VisitingRules, RULE)
    access = {**EVENT, "right_in_law": "yes"}
    files(CountryAccessRules, access)
    with acting(system(Purpose.OPERATOR)):
        for model in (Facility, VisitingRule, CountryAccess):
            model.objects.update(edited_at=timezone.now())
    Country.objects.filter(iso2="GB").update(edited_at=timezone.now())
    assert files(Facilities, {**PLACE, "name": "Other"}).kept == {"edited": 1}
    assert files(VisitingRules, {**RULE, "days_hours": "never"}).kept == {"edited": 1}
    assert files(CountryAccessRules, {**access, "right_in_law": "no"}).kept == {"edited": 1}
    assert files(Countries, {"iso2": "GB", "name_en": "Elsewhere"}).kept == {"edited": 1}
    assert Facility.objects.get().name == "New Place"
    assert FacilityClaim.objects.get().values["name"] == "New Place"
    assert VisitingRule.objects.get().days_hours == "daily"
    assert CountryAccess.objects.get().right_in_law == "yes"
    assert Country.objects.get(iso2="GB").names["fr"] == "Royaume-Uni"


def test_names_that_others_added_stay(files, tmp_path):
    files(Programs, {**PROGRAM, "languages": "en"})
    profile = (
        '[{"slug": "gb-harbour", "lang": "cy", "name": "Ymwelwyr", "name_en": "Visitors", '
        '"summary": "Ymweliadau."}, {"slug": "gb-none", "lang": "cy", "name": "x", '
        '"name_en": "", "summary": "x"}]'
    )
    path = tmp_path / "profiles.json"
    path.write_text(profile)
    with acting(ACTOR):
        assert add_profiles(ACTOR, path=path) == 1
        assert add_profiles(ACTOR, path=path) == 0
    assert counts(files(Programs, {**PROGRAM, "languages": "en"})) == (0, 0, 1, 0)
    listing = Listing.objects.get()
    assert listing.names == {"en": "Harbour Visitors", "cy": "Ymwelwyr"}
    assert listing.summaries == {"cy": "Ymweliadau."}
    assert Listing.objects.filter(listings_with("ymwelwyr")).exists()


@pytest.mark.parametrize(
    ("kind", "row", "model"),
    [
        (Programs, PROGRAM, Listing),
        (Facilities, PLACE, FacilityClaim),
        (AccessEvents, EVENT, AccessEvent),
        (VisitingRules, RULE, VisitingRule),
        (CountryAccessRules, EVENT, CountryAccess),
        (Countries, {"iso2": "XA", "name_en": "Aland"}, Country),
    ],
)
def test_a_row_says_the_language_of_its_own_sentences(files, kind, row, model):
    newest = {"superseded_by": None} if model is AccessEvent else {}
    newest |= {"iso2": "XA"} if model is Country else {}
    assert files(kind, row).created == 1
    assert model.objects.get(**newest).text_language == "en"
    assert counts(files(kind, {**row, "text_language": ""})) == (0, 0, 1, 0)
    assert counts(files(kind, {**row, "text_language": "pt_br"})) == (0, 1, 0, 0)
    assert model.objects.get(**newest).text_language == "pt-BR"
    refused = files(kind, {**row, "text_language": "Klingon"}).refused
    assert "text_language" in refused[0].reason


def test_the_language_of_a_note_comes_with_the_note_that_is_shown(files):
    files(Facilities, {**PLACE, "notes": "Une note", "text_language": "fr"})
    newer = {**PLACE, "source_url": "https://example.org/new", "as_of": "2024", "notes": ""}
    files(Facilities, newer)
    place = Facility.objects.get()
    assert (place.note, place.text_language, str(place.as_of)) == ("Une note", "fr", "2024")


def test_a_name_that_the_file_no_longer_gives_goes_and_one_that_people_added_stays(files):
    row = {**PROGRAM, "name": "Ymwelwyr", "languages": "cy"}
    files(Programs, {**row, "name_en": "Visitors"})
    listing = Listing.objects.get()
    with acting(system(Purpose.OPERATOR)):
        Listing.objects.update(names={**listing.names, "fr": "Visiteurs"})
    assert counts(files(Programs, {**row, "name_en": ""})) == (0, 1, 0, 0)
    assert Listing.objects.get().names == {"cy": "Ymwelwyr", "fr": "Visiteurs"}
    assert counts(files(Programs, {**row, "name_en": ""})) == (0, 0, 1, 0)


def test_a_point_that_is_only_about_right_is_no_finer_than_the_grid(files):
    row = {"precision": "approximate", "lat": "51.12345", "lon": "1.31257"}
    files(Programs, {**PROGRAM, **row})
    files(Facilities, {**PLACE, **row})
    for model in (Listing, Facility):
        found = model.objects.get()
        assert (found.precision, found.latitude, found.longitude) == ("region", 51.1, 1.3)


def test_a_place_that_becomes_known_joins_its_entries_and_rules(files):
    files(AccessEvents, EVENT)
    files(VisitingRules, RULE)
    files(Facilities, PLACE)
    named = {"facility_slug": "gb-new-place"}
    assert counts(files(AccessEvents, {**EVENT, **named})) == (0, 1, 0, 0)
    assert counts(files(VisitingRules, {**RULE, **named})) == (0, 1, 0, 0)
    assert VisitingRule.objects.get().facility.slug == "gb-new-place"
    assert AccessEvent.objects.get(superseded_by=None).facility.slug == "gb-new-place"


def test_two_places_of_one_name_keep_their_own_entries(files):
    files(Facilities, PLACE, {**PLACE, "slug": "gb-new-place-2"})
    rows = [{**EVENT, "facility_slug": slug} for slug in ("gb-new-place", "gb-new-place-2")]
    assert counts(files(AccessEvents, *rows)) == (2, 0, 0, 0)
    assert counts(files(AccessEvents, *rows)) == (0, 0, 2, 0)
    assert counts(files(AccessEvents, EVENT)) == (1, 0, 0, 0)
    assert AccessEvent.objects.filter(facility=None).count() == 1


def test_claims_of_two_sources_stand_side_by_side(files):
    files(Facilities, PLACE)
    newer = {**PLACE, "source_url": "https://example.org/new", "as_of": "2024", "capacity": ""}
    newer["status"] = "closed"
    assert counts(files(Facilities, newer)) == (0, 1, 0, 0)
    place = Facility.objects.get()
    assert (place.status, str(place.as_of), place.capacity) == ("closed", "2024", 10)
    assert FacilityClaim.objects.count() == 2
    assert counts(files(Facilities, PLACE)) == (0, 0, 1, 0)
    assert counts(files(Facilities, newer)) == (0, 0, 1, 0)


def test_an_organizations_claim_is_left_alone_and_wins_on_the_same_date(files):
    files(Facilities, PLACE)
    make_claim(Facility.objects.get(), author="amara", values={"capacity": 99}, as_of="2020")
    assert counts(files(Facilities, PLACE)) == (0, 1, 0, 0)
    assert Facility.objects.get().capacity == 99
    files(Facilities, {**PLACE, "as_of": "2021", "capacity": "12"})
    assert Facility.objects.get().capacity == 12
    assert FacilityClaim.objects.get(author="amara").values == {"capacity": 99}


@pytest.mark.parametrize(
    ("kind", "row", "key"),
    [
        (Programs, {**PROGRAM, "services": "visits", "facilities_visited": "A|B"}, "slug"),
        (Facilities, PLACE, "slug"),
        (AccessEvents, EVENT, "facility_name"),
        (VisitingRules, RULE, "facility_name"),
    ],
)
def test_a_batch_asks_the_same_questions_whatever_its_size(files, kind, row, key):
    def queries(number, name, **change):
        rows = [{**row, **change, key: f"{row[key]}-{name}-{n}"} for n in range(number)]
        with CaptureQueriesContext(connection) as found:
            report = files(kind, *rows)
        return len(found), tuple(part // number for part in counts(report))

    # The first row brings the words of all of them into the vocabulary of the search.
    files(kind, {**row, key: f"{row[key]}-none-0"})
    changed = (
        {"source_url": "https://example.org/2"} if key == "slug" else {"retrieved": "2024-01-02"}
    )
    for change, outcome in (({}, (1, 0, 0, 0)), ({}, (0, 0, 1, 0)), (changed, (0, 1, 0, 0))):
        one, three = queries(1, "one", **change), queries(3, "three", **change)
        assert one == three
        assert one[1] == outcome


def test_an_import_writes_one_audit_entry_and_an_idle_one_none(files):
    files(Programs, PROGRAM)
    files(Programs, PROGRAM)
    files(Programs, {**PROGRAM, "name": "Other"}, dry_run=True)
    with acting(system(Purpose.OPERATOR)):
        entry = AuditEntry.objects.get(verb="programs.imported")
    assert (entry.purpose, entry.details["rows"]["created"]) == ("import", 1)


def test_only_the_importing_system_may_import(files):
    files(Programs, PROGRAM)
    from directory.actions.importing import run_import

    for actor in (visitor(), system(Purpose.PURGE), system(Purpose.OPERATOR)):
        with pytest.raises(Refused):
            run_import(actor, Programs, SAMPLE_DIR / "programs.csv")
    assert Listing.objects.count() == 1


def test_unknown_words_are_kept_and_reported(files):
    row = {**PROGRAM, "status": "hibernating", "services": "visits|origami", "precision": "vague"}
    report = files(Programs, {**row, "lat": "51.12345", "lon": "1.31257"})
    listing = Listing.objects.get()
    assert (listing.status, listing.status_source_value) == ("unknown", "hibernating")
    assert (listing.services, listing.services_source) == (
        ["visits", "other"],
        ["visits", "origami"],
    )
    assert (listing.precision, listing.latitude, listing.longitude) == ("grid", 51.1, 1.3)
    assert set(report.unknown_words) == {
        "status: hibernating",
        "services: origami",
        "precision: vague",
    }


@pytest.mark.parametrize("word", ["exact", "address", "grid", ""])
def test_a_program_is_never_placed_finer_than_the_grid(files, word):
    files(Programs, {**PROGRAM, "precision": word, "lat": "51.12345", "lon": "1.31257"})
    listing = Listing.objects.get()
    assert (listing.precision, listing.latitude, listing.longitude) == ("grid", 51.1, 1.3)


def test_withheld_and_country_have_no_point(files):
    for slug, word in (("gb-a", "withheld"), ("gb-b", "country")):
        files(Programs, {**PROGRAM, "slug": slug, "precision": word, "lat": "51.1", "lon": "1.3"})
        listing = Listing.objects.get(slug=slug)
        assert (listing.precision, listing.latitude) == (word, None)


def test_a_source_cannot_be_dated_tomorrow_week(files):
    soon = timezone.localdate() + dt.timedelta(days=7)
    report = files(Programs, {**PROGRAM, "as_of": soon.isoformat()})
    assert "lies in the future" in report.refused[0].reason
    assert uuid.UUID(int=0) not in Listing.objects.values_list("pk", flat=True)


@pytest.mark.parametrize(
    ("country", "lat", "lon", "is_good"),
    [
        ("FR", "48.85341", "2.3488", True),
        ("FR", "2.3488", "48.85341", False),
        ("ES", "-3.70256", "40.4165", False),
        ("GR", "23.72784", "37.98376", False),
        # Far from the middle of their country, and rightly so; some with a mirror near it.
        ("FR", "-12.7822", "45.2278", True),
        ("FR", "-21.1151", "55.5364", True),
        ("ES", "28.1248", "-15.43", True),
        ("NO", "78.2232", "15.6267", True),
        ("US", "13.4443", "144.7937", True),
        ("RU", "55.7558", "37.6173", True),
        ("BR", "-30.0346", "-51.2177", True),
        ("AU", "-10.4475", "105.6904", True),
    ],
)
def test_only_what_is_surely_swapped_is_refused(files, country, lat, lon, is_good):
    row = {**PROGRAM, "country": country, "lat": lat, "lon": lon, "precision": "city"}
    report = files(Programs, row)
    assert report.created == is_good
    assert is_good or "look swapped" in report.refused[0].reason
