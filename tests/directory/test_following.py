"""Mails about a place: asked for, confirmed, ended and forgotten, the same for every address."""

import datetime as dt
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from directory.actions.following import (
    confirm_follow,
    end_follow,
    end_token,
    open_end,
    open_wish,
    purge_follows,
)
from directory.models import Follow
from directory.queries.visiting_state import Subject
from network.actions.mail import drop_mails
from network.tenancy import Purpose, acting, member, steward, system, visitor
from tests.directory.followed import (
    FOLLOW,
    ask,
    follow,
    forget_mails,
    mails,
    place_of,
    rows,
    tell,
)
from tests.factories import make_country, make_event, make_facility

pytestmark = pytest.mark.django_db
WEEK = dt.timedelta(days=7)


@pytest.fixture
def place():
    return make_facility(slug="harbour-centre", name="Harbour Centre")


def age(**by):
    with acting(FOLLOW):
        for row in Follow.objects.all():
            row.created_at -= dt.timedelta(**by)
            row.save()


def test_a_wish_gets_the_link_and_nothing_else(place):
    ask(place_of(place))
    make_event(facility=place)
    assert tell() == 0
    (mail,) = mails()
    assert mail.to == "esi@example.org"
    assert "Harbour Centre" in mail.subject
    assert "List-Unsubscribe" not in mail.headers


def test_a_link_that_is_none_or_over_confirms_nothing(place):
    token = ask(place_of(place))
    assert open_wish(visitor(), token="x") is None
    assert confirm_follow(visitor(), token="x") is None
    age(days=7, minutes=1)
    assert open_wish(visitor(), token=token) is None
    assert confirm_follow(visitor(), token=token) is None
    assert [row.confirmed_at for row in rows()] == [None]


def test_looking_at_a_link_changes_nothing(place):
    token = ask(place_of(place))
    assert open_wish(visitor(), token=token).confirmed_at is None
    assert rows()[0].confirmed_at is None


def test_a_confirmed_link_confirms_once_and_goes_on_saying_so(place):
    token = ask(place_of(place))
    first = confirm_follow(visitor(), token=token)
    again = confirm_follow(visitor(), token=token)
    assert first.pk == again.pk
    assert first.confirmed_at == again.confirmed_at
    age(days=400)
    assert open_wish(visitor(), token=token).pk == first.pk


def test_asking_is_the_same_work_whether_the_address_follows_already_or_not(place):
    follow(place_of(place), "known@example.org")
    said = []
    for email in ("known@example.org", "other@example.org"):
        with CaptureQueriesContext(connection) as asked:
            token = ask(place_of(place), email)
        text = mails(email)[-1].text.replace(token, "")
        said.append(([query["sql"].split('" (')[0][:40] for query in asked], text))
    said = [([re.sub(r"s\d+_x\d+", "s", one) for one in asked], text) for asked, text in said]
    assert said[0] == said[1]


def test_confirming_again_keeps_one_row_in_the_newer_language(place):
    old = follow(place_of(place), language="en")
    new = follow(place_of(place), " ESI@example.org", language="fr")
    assert new.pk == old.pk
    assert [(row.language, row.email) for row in rows()] == [("fr", "esi@example.org")]


def test_a_duplicate_place_is_followed_as_what_it_was_merged_into(place):
    twin = make_facility(slug="twin", merged_into=place)
    assert follow(place_of(twin)).facility_id == place.pk


def test_leaving_deletes_the_row_its_wishes_and_the_mail_on_its_way(place):
    found = follow(place_of(place))
    follow(place_of(place), "other@example.org")
    follow(Subject(country=make_country()))
    ask(place_of(place))
    forget_mails()
    make_event(facility=place)
    assert tell() == 3
    (mine,) = [m for m in mails("esi@example.org") if "Harbour Centre" in m.subject]
    link = mine.headers["List-Unsubscribe"].strip("<>")
    assert end_follow(visitor(), token=end_token(found), link=link) is True
    assert [(row.email, row.facility_id) for row in rows(facility=place)] == [
        ("other@example.org", place.pk)
    ]
    assert len(rows(country__isnull=False)) == 1
    assert len(mails()) == 2
    assert mine.pk not in {mail.pk for mail in mails()}
    assert open_end(visitor(), token=end_token(found)) is None
    assert end_follow(visitor(), token=end_token(found), link=link) is False


@pytest.mark.parametrize("token", ["", "x", "a.b", "é.b", "AAAA.AAAA", "." * 300])
def test_a_damaged_link_ends_nothing(place, token):
    follow(place_of(place))
    assert open_end(visitor(), token=token) is None
    assert end_follow(visitor(), token=token, link="") is False
    assert len(rows()) == 1


def test_a_link_of_another_node_or_row_ends_nothing(place, settings):
    found = follow(place_of(place))
    token = end_token(found)
    settings.SECRET_KEY = "another" * 10
    assert open_end(visitor(), token=token) is None


def test_the_purge_deletes_unconfirmed_wishes_after_a_week(place):
    follow(place_of(place), "kept@example.org")
    ask(place_of(place), "old@example.org")
    age(days=7, minutes=1)
    ask(place_of(place), "young@example.org")
    with pytest.raises(ValueError, match="purge"):
        purge_follows(FOLLOW)
    assert purge_follows(system(Purpose.PURGE)) == {"unconfirmed_follows": 1}
    assert {row.email for row in rows()} == {"kept@example.org", "young@example.org"}


def test_nobody_reads_the_rows_but_the_mails_and_the_purge(cast, place):
    follow(place_of(place))
    everybody = [cast.actor(name) for name in ("amara", "bilal", "chiara", "esi", "farid")]
    everybody += [member(cast.dov.pk, cast.a.pk), steward(cast.dov.pk)]
    seeing = {Purpose.FOLLOW, Purpose.PURGE, Purpose.STEWARD}
    everybody += [system(purpose) for purpose in Purpose if purpose not in seeing]
    everybody += [system(Purpose.OPERATOR, organization_id=cast.a.pk)]
    for actor in everybody:
        with acting(actor):
            assert Follow.objects.count() == 0, actor
            assert Follow.objects.update(email="x@example.org") == 0
            assert Follow.objects.all().delete()[0] == 0
    assert Follow.objects.count() == 0
    with acting(system(Purpose.PURGE)):
        assert Follow.objects.count() == 1


def test_only_the_mail_worker_drops_mails(place):
    with pytest.raises(ValueError, match="mail"):
        drop_mails(FOLLOW, to="x@example.org", unsubscribe="x")
