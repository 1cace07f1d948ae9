"""When a mail about messages may go, by the clock of who gets it."""

import datetime as dt

import pytest

from messaging.rhythm import Rhythm

UTC = dt.UTC
QUIETLESS = {"quiet_from": 0, "quiet_until": 0}


def at(text):
    return dt.datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "moment", "is_quiet"),
    [
        ("UTC", "2026-03-03T20:59", False),
        ("UTC", "2026-03-03T21:00", True),
        ("UTC", "2026-03-04T07:59", True),
        ("UTC", "2026-03-04T08:00", False),
        # Five in the morning in Mexico is noon in Athens.
        ("America/Mexico_City", "2026-03-04T11:00", True),
        ("Europe/Athens", "2026-03-04T11:00", False),
        ("Nowhere/Atall", "2026-03-04T07:00", True),
    ],
)
def test_nothing_goes_in_the_night_of_who_gets_it(zone, moment, is_quiet):
    assert Rhythm(zone).is_quiet(at(moment)) is is_quiet


def test_quiet_hours_within_a_day_and_none():
    siesta = Rhythm("UTC", quiet_from=13, quiet_until=16)
    assert [siesta.is_quiet(at(f"2026-03-03T{hour}:30")) for hour in (12, 13, 15, 16)] == [
        False,
        True,
        True,
        False,
    ]
    never = Rhythm("UTC", **QUIETLESS)
    assert not any(never.is_quiet(at(f"2026-03-03T{hour:02}:00")) for hour in range(24))


def test_a_digest_tells_what_came_before_its_hour_and_nothing_later():
    daily = Rhythm("UTC", at_once=False)
    noon = at("2026-03-03T12:00")
    assert daily.is_time(noon, new_since=at("2026-03-03T07:59"), urgent_since=None)
    assert not daily.is_time(noon, new_since=at("2026-03-03T08:01"), urgent_since=None)
    assert daily.is_time(
        at("2026-03-04T08:00"), new_since=at("2026-03-03T08:01"), urgent_since=None
    )
    assert not daily.is_time(noon, new_since=None, urgent_since=None)


def test_a_weekly_digest_comes_on_monday_in_their_time_zone():
    # 2 March 2026 is a Monday; in Auckland it begins 13 hours earlier.
    weekly = Rhythm("Pacific/Auckland", digest="weekly", at_once=False)
    said = at("2026-02-26T00:00")
    assert not weekly.is_time(at("2026-03-01T18:59"), new_since=said, urgent_since=None)
    assert weekly.is_time(at("2026-03-01T19:00"), new_since=said, urgent_since=None)
    assert not weekly.is_time(
        at("2026-03-05T00:00"), new_since=at("2026-03-02T00:00"), urgent_since=None
    )


def test_off_is_off():
    off = Rhythm("UTC", digest="off", at_once=False, **QUIETLESS)
    old = at("2026-01-01T00:00")
    assert not off.is_time(at("2026-03-03T12:00"), new_since=old, urgent_since=old)


def test_at_once_waits_ten_minutes_and_rests_for_thirty():
    now = at("2026-03-03T12:00")
    hasty = Rhythm("UTC", digest="off")
    late = {"new_since": None, "urgent_since": at("2026-03-03T11:50")}
    assert hasty.is_time(now, **late)
    assert not hasty.is_time(now, new_since=None, urgent_since=at("2026-03-03T11:51"))
    rested = Rhythm("UTC", digest="off", told_at=at("2026-03-03T11:30"))
    tired = Rhythm("UTC", digest="off", told_at=at("2026-03-03T11:31"))
    assert rested.is_time(now, **late)
    assert not tired.is_time(now, **late)


def test_what_came_in_the_night_goes_when_it_ends():
    night = {"new_since": at("2026-03-03T22:00"), "urgent_since": at("2026-03-03T22:00")}
    hasty = Rhythm("UTC", digest="off")
    assert not hasty.is_time(at("2026-03-04T07:59"), **night)
    assert hasty.is_time(at("2026-03-04T08:00"), **night)


def test_an_hour_that_the_clock_leaps_over_is_told_anyway():
    # On 29 March 2026 clocks in Paris go from 2 to 3.
    early = Rhythm("Europe/Paris", hour=2, at_once=False, **QUIETLESS)
    assert early.is_time(
        at("2026-03-29T01:30"), new_since=at("2026-03-28T12:00"), urgent_since=None
    )
