"""The database itself shows followers to nobody, whatever the code does; several workers."""

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction

from directory.actions.following import confirm_follow, tell_followers
from directory.models import AccessEvent, Follow
from frontend.following import letters
from network.tenancy import Purpose, acting, system, visitor
from tests.directory.followed import (
    FOLLOW,
    a_minute_later,
    ask,
    follow,
    forget_mails,
    mails,
    place_of,
    rows,
)
from tests.factories import make_event, make_facility
from tests.several import at_once

ROLES = pytest.mark.skipif(
    not settings.HAS_OWNER_ROLE,
    reason="row security needs PostgreSQL with two roles; SQLite has none",
)


def counted():
    """How many rows the database shows, asked past every manager."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM directory_follow")
        return cursor.fetchone()[0]


@ROLES
@pytest.mark.django_db
def test_the_database_shows_the_rows_to_two_purposes_alone(cast):
    follow(place_of(make_facility()))
    actors = [cast.actor(name) for name in ("amara", "bilal", "chiara", "esi", "farid")]
    actors += [system(one) for one in Purpose if one is not Purpose.STEWARD]
    seeing = []
    for actor in actors:
        with acting(actor):
            if counted():
                seeing.append(actor.purpose)
            if actor.purpose is not Purpose.FOLLOW:
                with connection.cursor() as cursor:
                    cursor.execute("UPDATE directory_follow SET email = 'x@example.org'")
                    assert cursor.rowcount == 0, actor
    assert counted() == 0
    assert set(seeing) == {Purpose.FOLLOW, Purpose.PURGE}
    assert rows()[0].email == "esi@example.org"


@ROLES
@pytest.mark.django_db
def test_only_the_mails_add_a_row(cast):
    place = make_facility()
    for actor in (cast.actor("amara"), visitor(), system(Purpose.OPERATOR), system(Purpose.PURGE)):
        with acting(actor), pytest.raises(DatabaseError), transaction.atomic():
            Follow.objects.create(
                email="x@example.org", language="en", facility=place, confirm_hash="x"
            )


def test_four_workers_write_one_mail_to_each(committed):
    place = make_facility()
    for number in range(8):
        follow(place_of(place), f"reader{number}@example.org")
    make_event(facility=place)
    round_of_one = lambda: tell_followers(FOLLOW, compose=letters.news)  # noqa: E731 - short
    assert round_of_one() == 0
    a_minute_later()
    found = at_once([round_of_one] * 4)
    assert [one for one in found if isinstance(one, Exception)] == []
    assert sum(found) + round_of_one() == 8
    assert len({mail.to for mail in mails()}) == len(mails()) == 8
    assert AccessEvent.objects.count() == 1


def test_two_links_confirmed_at_once_make_one_row(committed):
    place = make_facility()
    tokens = [ask(place_of(place)) for _each in range(4)]
    forget_mails()
    works = [lambda token=token: confirm_follow(visitor(), token=token) for token in tokens]
    found = at_once(works)
    assert [one for one in found if isinstance(one, Exception)] == []
    assert len({one.pk for one in found}) == 1
    with acting(FOLLOW):
        assert Follow.objects.count() == 1
