"""What the ledger adds up to: standings, whole countries, years."""

import datetime as dt

import pytest
from django.db import IntegrityError

from directory.queries.access_ledger import (
    entries_in,
    entries_of,
    is_about_whole_country,
    is_over,
    latest_changes,
    standings,
    year_grid,
)
from network.fields import PartialDate
from tests.factories import make_country, make_event, make_facility

TODAY = dt.date(2026, 11, 21)
D = PartialDate.parse
pytestmark = pytest.mark.django_db


def one(*events):
    (standing,) = standings(sorted(events, key=lambda e: e.effective_from, reverse=True), TODAY)
    return standing


def test_the_newest_entry_that_has_not_ended_speaks():
    place = make_facility()
    old = make_event(facility=place, status="open", effective_from=D("2010"))
    ended = make_event(facility=place, effective_from=D("2020-03-13"), effective_to=D("2022-05"))
    assert one(old, ended).event == old
    later = make_event(facility=place, status="restricted", effective_from=D("2023"))
    assert one(old, ended, later).event == later


def test_an_entry_about_the_whole_country_stands_beside_the_places_own():
    place = make_facility()
    own = make_event(facility=place, status="restricted", effective_from=D("2016-11"))
    wide = make_event(
        facility=None,
        facility_name="All centres",
        nationwide=True,
        country=place.country,
        status="open",
        effective_from=D("2023"),
    )
    found = standings(entries_of(place), TODAY)
    assert [(s.event, s.whole_country) for s in found] == [(own, False), (wide, True)]


def test_an_ended_entry_alone_is_no_present_status():
    event = make_event(effective_from=D("2013-07-24"), effective_to=D("2013-08-26"))
    standing = one(event)
    assert (standing.event, standing.ended) == (event, D("2013-08-26"))


@pytest.mark.parametrize(
    ("end", "over"),
    [
        ("2026", False),
        ("2026-11", False),
        ("2026-11-21", False),
        ("2026-11-20", True),
        ("2026-10", True),
        ("2025", True),
    ],
)
def test_an_entry_is_over_when_every_day_of_its_end_has_passed(end, over):
    assert is_over(make_event(effective_to=D(end)), TODAY) is over


@pytest.mark.parametrize(("begun", "unconfirmed"), [("2026-08-23", False), ("2026-08-22", True)])
def test_an_entry_is_unconfirmed_after_ninety_days(begun, unconfirmed):
    assert one(make_event(effective_from=D(begun))).unconfirmed is unconfirmed


def test_entries_about_one_person_or_program_and_of_the_future_are_no_standing():
    events = [
        make_event(scope="named_person"),
        make_event(scope="named_program"),
        make_event(effective_from=D("2027")),
    ]
    assert standings(events, TODAY) == []


def test_a_replaced_entry_speaks_no_more():
    place = make_facility()
    wrong = make_event(facility=place, status="barred", effective_from=D("2025"))
    right = make_event(facility=place, status="open", effective_from=D("2024"), supersedes=wrong)
    events = entries_of(place)
    assert {event.pk for event in events} == {wrong.pk, right.pk}
    assert [standing.event for standing in standings(events, TODAY)] == [right]
    assert [year for year, _cells in year_grid(events, TODAY).rows] == [2024]
    assert wrong not in latest_changes(5)


def test_an_entry_is_about_the_whole_country_where_it_was_taken_for_one_not_by_its_name():
    wide = make_event(facility_name="Tous les centres", nationwide=True)
    narrow = make_event(facility_name="All prisons", nationwide=False)
    assert [is_about_whole_country(event) for event in (wide, narrow)] == [True, False]
    assert entries_of(make_facility()) == [wide]


def test_an_entry_about_a_place_cannot_be_about_the_whole_country():
    with pytest.raises(IntegrityError):
        make_event(facility=make_facility(), nationwide=True)


def test_a_place_hears_of_itself_its_duplicates_and_its_country_only():
    place = make_facility()
    double = make_facility(merged_into=place)
    mine = [
        make_event(facility=place),
        make_event(facility=double),
        make_event(facility_name="All centres"),
    ]
    make_event(facility=make_facility())
    make_event(facility_name="Port of somewhere")
    make_event(facility_name="All centres", country=make_country("GB"))
    found = entries_of(place)
    assert {event.pk for event in found} == {event.pk for event in mine}
    marked = [standing.whole_country for standing in standings(found, TODAY)]
    assert marked == [False, True]


def test_newest_first_and_undated_last():
    place = make_facility()
    dates = ["2026-01-08", "2026-01", None, "2025-12"]
    for date in reversed(dates):
        make_event(facility=place, effective_from=D(date) if date else None)
    got = [str(e.effective_from) if e.effective_from else None for e in entries_in(place.country)]
    assert got == ["2026-01-08", "2026-01", "2025-12", None]
    assert [str(event.effective_from) for event in latest_changes(2)] == dates[:2]


def test_the_year_grid_fills_each_year_that_an_entry_is_known_to_cover():
    place = make_facility()
    make_event(facility=place, effective_from=D("2020-03-13"), effective_to=D("2022-05-11"))
    make_event(facility=place, visitor_category="legal", effective_from=D("2021"), status="open")
    make_event(facility=place, effective_from=D("2025-07"), effective_to=D("2031"))
    grid = year_grid(entries_of(place), TODAY)
    assert grid.categories == ("volunteer_visitor", "legal")
    rows = {year: [len(cell) for cell in cells] for year, cells in grid.rows}
    assert rows == {2026: [1, 0], 2025: [1, 0], 2022: [1, 0], 2021: [1, 1], 2020: [1, 0]}
    assert list(rows) == sorted(rows, reverse=True)


def test_the_ledger_is_one_query_however_long(django_assert_num_queries):
    place = make_facility()
    for _number in range(3):
        first = make_event(facility=place)
        make_event(facility=place, supersedes=first)
    with django_assert_num_queries(1):
        events = entries_of(place)
        standings(events, TODAY)
        assert [event.facility.name for event in events if event.country.names]
