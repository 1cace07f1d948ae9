"""The sample files go in whole, and a second time nothing changes."""

import csv

import pytest

from directory.actions.sample import SAMPLE_DIR, load_sample
from directory.models import (
    AccessEvent,
    Country,
    CountryAccess,
    Facility,
    FacilityClaim,
    Listing,
    ListingFacility,
    VisitingRule,
)
from directory.queries.search import listings_with
from network.models import AuditEntry
from network.tenancy import Purpose, acting, system
from tests.directory.importing import ACTOR

pytestmark = pytest.mark.django_db
TABLES = {
    "countries": Country,
    "facilities": Facility,
    "programs": Listing,
    "country_access": CountryAccess,
    "visiting_rules": VisitingRule,
    "access_events": AccessEvent,
}


def rows_of(name):
    with (SAMPLE_DIR / f"{name}.csv").open(newline="", encoding="utf-8") as handle:
        return list(csv.DictReader(handle))


def content():
    skipped = {"id"}
    return {
        model: {
            tuple((k, str(v)) for k, v in row.items() if k not in skipped)
            for row in model.objects.values()
        }
        for model in (*TABLES.values(), FacilityClaim, ListingFacility)
    }


def test_every_row_is_imported_and_a_second_import_changes_nothing():
    first = load_sample(ACTOR)
    assert list(first) == list(TABLES)
    for name, model in TABLES.items():
        number = len(rows_of(name))
        assert first[name].counts() == {
            "created": number,
            "updated": 0,
            "unchanged": 0,
            "kept": 0,
            "refused": 0,
        }, first[name].refused
        assert model.objects.count() == number
    before = content()
    with acting(system(Purpose.OPERATOR)):
        entries = AuditEntry.objects.count()
    second = load_sample(ACTOR)
    for name, report in second.items():
        assert report.counts() == {
            "created": 0,
            "updated": 0,
            "unchanged": len(rows_of(name)),
            "kept": 0,
            "refused": 0,
        }
    assert content() == before
    with acting(system(Purpose.OPERATOR)):
        assert AuditEntry.objects.count() == entries == len(TABLES)


def test_what_sources_say_is_kept_beside_what_it_is_mapped_to():
    load_sample(ACTOR)
    listing = Listing.objects.get(slug="au-brigidine-asylum-seekers-project")
    assert (listing.status, listing.status_source_value) == ("suspended_by_authority", "suspended")
    assert listing.services == ["other", "visits"]
    assert listing.services_source == ["excursions", "visits"]
    assert (listing.precision, listing.latitude) == ("locality", -37.68015)
    assert (listing.claim, str(listing.as_of)) == ("unclaimed", "2015-12-03")
    statuses = Facility.objects.filter(status_source_value="in_use_2017_not_on_2025_list")
    assert set(statuses.values_list("status", flat=True)) == {"unknown"}
    jail = Facility.objects.filter(kind_source_value="us_marshals_iga").first()
    assert (jail.kind, jail.setting) == ("criminal", "prison_jail")
    for word in ("prison_or_jail", "local_jail_igsa"):
        places = Facility.objects.filter(kind_source_value=word)
        assert set(places.values_list("kind", "setting")) == {("unknown", "prison_jail")}
    assert not Listing.objects.filter(as_of__isnull=False, as_of="").exists()
    undated = {row["slug"] for row in rows_of("programs") if not row["as_of"]}
    assert set(Listing.objects.filter(as_of=None).values_list("slug", flat=True)) == undated
    assert CountryAccess.objects.filter(jurisdiction="EU").exists()
    rights = set(
        Country.objects.exclude(right_source_value="unknown").values_list(
            "right_source_value", "right_to_visit"
        )
    )
    assert rights == {("recognised", "yes"), ("partial", "conditional"), ("none", "no")}


def test_places_are_matched_where_certain_and_kept_as_text_where_not():
    load_sample(ACTOR)
    visits = {
        (v.listing.country_id and v.listing.country.iso2, v.name): v.facility and v.facility.slug
        for v in ListingFacility.objects.select_related("listing__country", "facility")
    }
    assert visits["GB", "Brook House"] == "gb-brook-house-immigration-removal-centre-crawley"
    assert visits["IT", "CPR di Macomer"] == Facility.objects.get(name="CPR Macomer").slug
    # Additions in brackets aside, and bare towns and sites where there is only one.
    for country, name, part in (
        ("JP", "東日本入国管理センター(牛久)", "東日本入国管理センター"),
        ("HR", "Ježevo", "Ježevo"),
        ("BG", "Busmantsi", "Busmantsi"),
        ("NO", "Trandum", "Trandum"),
        ("MT", "Safi detention centre", "Hal Safi"),
        ("BE", "Merksplas", "Merksplas"),
        ("FR", "Nîmes", "Nîmes"),
        ("US", "T. Don Hutto Residential Center", "T. Don Hutto"),
        ("US", "Strafford County Department of Corrections", "Strafford County"),
        ("US", "Eloy", "Eloy"),
        ("ID", "Rudenim Medan (Belawan)", "Medan"),
    ):
        assert visits[country, name] == Facility.objects.get(name__contains=part).slug, name
    # Towns with several places, several at once, and names of which only a part is the same.
    for country, name in (
        ("US", "Florence"),
        ("FR", "Paris"),
        ("US", "Florence detention centers"),
        ("GB", "immigration removal centres"),
        ("US", "Hudson County"),
        # Colnbrook lies there too.
        ("GB", "Harmondsworth"),
        # A county may have a jail and a correctional facility.
        ("US", "McHenry County Jail"),
    ):
        assert visits[country, name] is None, name


def test_names_and_summaries_in_other_scripts_are_added_and_can_be_searched():
    load_sample(ACTOR)
    listing = Listing.objects.get(slug="jp-ctic-ru-guan-mian-hui-sapo-to")
    assert listing.names["ja"] == "CTIC 入管面会サポート"
    assert listing.summaries["ja"].startswith("東京と牛久")
    for words in ("入管面会", "牛久", "japón"):
        assert listing in Listing.objects.filter(listings_with(words)), words
    label = Listing.objects.get(slug__startswith="fr-la-cimade")
    assert label.names["en"] == "La Cimade – legal help in holding centres"  # noqa: RUF001 - so it is written
    assert label.name_is_label


def test_ids_follow_from_the_slug():
    from directory.ids import row_id

    load_sample(ACTOR)
    listing = Listing.objects.first()
    assert listing.pk == row_id("listing", listing.slug)
    assert listing.pk.version == 5
