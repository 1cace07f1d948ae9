"""What noticing a change costs: the same for thirty followed places as for three."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from directory.actions.following import telling
from directory.actions.revisions import change_revision
from directory.queries.visiting_state import Subject, digest_of, state_of, states_of
from frontend.following import letters
from network.tenancy import Purpose, acting, system
from tests.directory.followed import FOLLOW, follow, mails, place_of, rows, tell
from tests.factories import make_access, make_country, make_event, make_facility, make_rule

pytestmark = pytest.mark.django_db


def many(number):
    """So many places of two countries, each followed by somebody."""
    lands = [make_country("FR"), make_country("GB")]
    places = [
        make_facility(slug=f"place-{number}-{one}", country=lands[one % 2])
        for one in range(number)
    ]
    for one, place in enumerate(places):
        follow(place_of(place), f"reader-{number}-{one}@example.org")
    return places


def changed():
    with acting(system(Purpose.OPERATOR)):
        change_revision()


def looked():
    """How many queries a round asks that finds out who is behind."""
    changed()
    with CaptureQueriesContext(connection) as asked:
        telling.tell_followers(FOLLOW, compose=letters.news)
    return len(asked)


def test_a_round_asks_as_often_for_thirty_places_as_for_three():
    places = many(3)
    land = make_country("FR")
    follow(Subject(country=land), "land@example.org")
    looked()
    make_event(facility=places[0])
    few = looked()
    assert len([row for row in rows() if row.behind_since]) == 2
    more = many(27)
    for place in more:
        make_event(facility=place)
    assert looked() == few
    assert len([row for row in rows() if row.behind_since]) == 1 + 1 + 27


def test_only_those_are_behind_whose_place_moved():
    places = many(4)
    make_event(facility=places[1])
    make_rule(facility=places[2])
    changed()
    assert tell() == 2
    told = {mail.to for mail in mails()}
    assert told == {"reader-4-1@example.org", "reader-4-2@example.org"}


def test_many_at_once_are_each_what_they_are_alone():
    france, britain = make_country("FR"), make_country("GB")
    place = make_facility(slug="place", country=france)
    other = make_facility(slug="other", country=britain)
    twin = make_facility(slug="twin", country=france, merged_into=place)
    alone = make_facility(slug="alone", country=france)
    make_event(facility=place)
    make_event(facility=twin)
    make_event(facility=other, country=britain)
    make_event(facility_name="All centres")
    make_rule(facility=twin)
    make_rule(facility=other)
    make_access("FR")
    make_access("EU")
    subjects = [
        *(place_of(one) for one in (place, other, twin, alone)),
        Subject(country=france),
        Subject(country=britain),
    ]
    together = states_of(subjects)
    assert together == [state_of(one) for one in subjects]
    counted = [(len(s["entries"]), len(s["rules"]), len(s["access"])) for s in together]
    assert counted == [(3, 1, 0), (1, 1, 0), (3, 1, 0), (1, 0, 0), (3, 1, 2), (1, 1, 0)]
    # A duplicate is what it was merged into; all of Britain is the other place.
    assert len({digest_of(state) for state in together}) == 4
    with CaptureQueriesContext(connection) as asked:
        states_of(subjects)
    assert len(asked) == 3
    assert states_of([]) == []
