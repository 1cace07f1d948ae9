"""The desk says what grows old, to whom mails come back, and whether reminders reach anybody."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from network.actions.bounces import mark_address
from network.models import Membership
from network.tenancy import Purpose, acting, system
from tests.directory.desk import Desk
from tests.directory.reminded import (
    aged,
    confirmed_on,
    has_second_step,
    in_role,
    published,
    today,
)
from tests.frontend.desk_programs import client, plain

pytestmark = pytest.mark.django_db
A = "/desk/harbour-visitors/"
REMINDERS = f"{A}settings/reminders/"
OPERATOR = system(Purpose.OPERATOR)


@pytest.fixture
def desk(cast):
    found = Desk(cast)
    has_second_step(found.carla, cast.amara, cast.edna, cast.omar, found.claude)
    return found


def overview(desk, name):
    return client(desk, name).get(A)


@pytest.mark.parametrize("days", [0, 90])
def test_what_is_fresh_is_not_named(desk, days):
    aged(published(desk), days)
    assert "Is this still true?" not in plain(overview(desk, "carla"))


def test_what_grows_old_has_its_button_for_those_who_publish(desk):
    program = aged(published(desk), 91)
    aged(published(desk, by="claude"), 400)
    page = overview(desk, "carla")
    assert "Is this still true?" in plain(page)
    assert "This is still true" in plain(page)
    assert "Of B" not in plain(page)
    below = overview(desk, "bilal")
    assert "Harbour Visitors" in plain(below)
    assert "This is still true" not in plain(below)
    assert "can confirm them" in plain(below)
    path = f"{A}programs/{desk.fresh(program).slug}/confirm/"
    done = client(desk, "carla").post(path, {"back": "overview"})
    assert (done.status_code, done["Location"]) == (303, A)
    assert confirmed_on(program) == today()
    assert "Is this still true?" not in plain(overview(desk, "carla"))


def test_what_is_not_public_is_not_named(desk):
    aged(desk.create(), 400)
    assert "Is this still true?" not in plain(overview(desk, "carla"))


def test_the_overview_costs_the_same_for_one_row_and_for_three(desk):
    counts, names = [], ["omar", "edna", "bilal"]
    for more in (1, 2):
        for _one in range(more):
            aged(published(desk), 100)
            mark_address(OPERATOR, email=f"{names.pop()}@example.org")
        browser = client(desk, "carla")
        browser.get(A)
        with CaptureQueriesContext(connection) as counted:
            page = plain(browser.get(A))
        counts.append((len(counted), page.count("This is still true"), page.count("Mail to")))
    assert counts == [(counts[0][0], 1, 1), (counts[0][0], 3, 3)]


def test_who_manages_members_is_told_of_mail_that_comes_back(desk):
    mark_address(OPERATOR, email="omar@example.org")
    mark_address(OPERATOR, email="claude@example.org")
    for name in ("carla", "amara"):
        for path in (A, f"{A}members/"):
            said = plain(client(desk, name).get(path))
            assert "Mail to Omar comes back since" in said
            assert "omar@" not in said
            assert "Claude" not in said
    for path in (A, f"{A}members/"):
        assert "comes back" not in plain(client(desk, "bilal").get(path))
        assert "comes back" not in plain(client(desk, "edna").get(path))


def test_one_is_told_of_ones_own(desk):
    mark_address(OPERATOR, email="omar@example.org")
    omar = client(desk, "omar")
    assert "Mail to you comes back since" in plain(omar.get(A))
    assert "Mail to this address comes back since" in plain(omar.get("/account/"))
    assert "comes back" not in plain(client(desk, "edna").get("/account/"))
    assert "Mail to you" not in plain(overview(desk, "carla"))


def off(person):
    with acting(OPERATOR):
        return Membership.objects.get(person=person).reminders_off_on


def test_one_switches_them_off_and_on_for_oneself(desk):
    carla = client(desk, "carla")
    assert "You get them" in plain(carla.get(REMINDERS))
    assert carla.post(REMINDERS, {"wanted": "no"}).status_code == 303
    assert (off(desk.carla), off(desk.cast.amara)) == (today(), None)
    assert "You switched them off on" in plain(carla.get(REMINDERS))
    carla.post(REMINDERS, {"wanted": "yes"})
    assert off(desk.carla) is None


@pytest.mark.parametrize("name", ["bilal", "edna", "omar"])
def test_who_gets_none_has_no_such_page(desk, name):
    assert client(desk, name).get(REMINDERS).status_code == 403
    assert REMINDERS not in client(desk, name).get(f"{A}settings/").content.decode()
    assert client(desk, "claude").get(REMINDERS).status_code == 404


def test_the_group_is_told_when_they_reach_nobody(desk):
    published(desk)
    words = "reach nobody in this group"
    assert words not in plain(overview(desk, "carla"))
    assert "They reach 2 coordinators and owners" in plain(client(desk, "carla").get(REMINDERS))
    in_role(desk.carla, reminders_off_on=today())
    mark_address(OPERATOR, email="amara@example.org")
    assert words in plain(overview(desk, "carla"))
    assert "They reach nobody" in plain(client(desk, "carla").get(REMINDERS))
    assert words not in plain(overview(desk, "bilal"))
    in_role(desk.carla, reminders_off_on=None)
    assert words not in plain(overview(desk, "carla"))


def test_settings_lead_to_it(desk):
    assert REMINDERS in client(desk, "carla").get(f"{A}settings/").content.decode()
