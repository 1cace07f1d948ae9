"""Planted files: each bad row is refused on its line for its reason, its neighbours go in."""

import pytest

from directory.actions.importing import (
    AccessEvents,
    Countries,
    CountryAccessRules,
    Facilities,
    Programs,
    VisitingRules,
)
from directory.models import Listing, ListingFacility, ListingTag
from tests.directory.importing import DATA, load, load_places, planted

pytestmark = pytest.mark.django_db
# Rows whose cells do not fit the header cannot say what is expected of them.
MISFITS = {
    "bad-few": "has 3 cells, the first line has 24",
    "bad-many": "has 26 cells",
    "bad-quote": "goes on after its closing quote",
    "bad-long": "more than 131,072 signs",
}
KINDS = {
    "bad_facilities.csv": Facilities,
    "bad_access_events.csv": AccessEvents,
    "bad_visiting_rules.csv": VisitingRules,
    "bad_country_access.csv": CountryAccessRules,
    "bad_countries.csv": Countries,
}


def program_lines():
    """Expected reasons by line, misfits by the first word of their line."""
    expected, good = {}, []
    physical = (DATA / "bad_programs.csv").read_bytes().decode("utf-8", "replace").split("\n")
    for line, row, said in planted(DATA / "bad_programs.csv"):
        reason = MISFITS.get(physical[line - 1].split(",")[0], said)
        if reason:
            expected[line] = reason
        else:
            good.append(row["slug"])
    return expected, good


def test_each_bad_program_is_refused_for_its_reason_and_the_good_ones_go_in():
    load_places()
    expected, good = program_lines()
    assert len(expected) >= 70
    assert len(set(expected.values())) >= 40
    report = load(Programs, DATA / "bad_programs.csv")
    refused = {refusal.line: refusal.reason for refusal in report.refused}
    assert set(refused) == set(expected)
    for line, reason in expected.items():
        assert reason in refused[line], line
    assert report.created == len(good)
    assert set(Listing.objects.values_list("slug", flat=True)) == set(good)
    assert ListingFacility.objects.count() == len(good)
    assert ListingTag.objects.exclude(listing__slug__in=good).count() == 0


def test_reasons_can_be_shown_anywhere():
    load_places()
    for refusal in load(Programs, DATA / "bad_programs.csv").refused:
        assert len(refusal.reason) <= 300
        assert refusal.reason.isprintable(), refusal
        refusal.reason.encode()


def test_all_or_nothing_writes_nothing_where_a_row_is_refused():
    load_places()
    report = load(Programs, DATA / "bad_programs.csv", all_or_nothing=True)
    assert report.rolled_back
    assert (report.created, len(report.refused)) == (0, len(program_lines()[0]))
    assert not Listing.objects.exists()


def test_languages_are_spelt_as_usual_and_cells_may_have_lines():
    load_places()
    load(Programs, DATA / "bad_programs.csv")
    assert Listing.objects.filter(languages=["zh-Hant", "en", "pt-BR"]).count() == 1
    assert Listing.objects.filter(note="two lines\nin one cell").count() == 1


@pytest.mark.parametrize("name", KINDS)
def test_the_other_files_refuse_row_by_row(name):
    load_places()
    rows = list(planted(DATA / name))
    expected = {line: reason for line, _row, reason in rows if reason}
    report = load(KINDS[name], DATA / name)
    refused = {refusal.line: refusal.reason for refusal in report.refused}
    assert set(refused) == set(expected)
    for line, reason in expected.items():
        assert reason in refused[line], line
    assert report.created == len(rows) - len(expected)
    assert report.ignored_columns == ("expected",)
