"""What grows stale, as stewards see it."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from directory.models import Listing
from network.fields import PartialDate
from network.tenancy import Purpose, acting, system
from tests.factories import make_listing
from tests.signing_in import signed_in

pytestmark = pytest.mark.django_db
PATH = "/steward/stale/"


def kept(cast, days, **values):
    """An entry of A that was confirmed so many days ago."""
    made = make_listing(claim="own", **values)
    with acting(system(Purpose.OPERATOR)):
        Listing.objects.filter(pk=made.pk).update(
            organization=None, confirmed_on=timezone.localdate() - dt.timedelta(days=days)
        )


def test_it_names_what_is_old_and_leaves_out_what_is_not(cast):
    kept(cast, 200, name="Long Unconfirmed")
    kept(cast, 100, name="Ageing Entry")
    kept(cast, 3, name="Fresh Entry")
    make_listing(name="Old Source", as_of=PartialDate(2019))
    make_listing(name="No Date", as_of=None)
    text = signed_in(cast.dov).get(PATH).content.decode()
    assert text.index("Long Unconfirmed") < text.index("Ageing Entry")
    assert "Old Source" in text
    assert "Fresh Entry" not in text
    assert "No Date" not in text


def test_with_nothing_it_says_so(cast):
    text = signed_in(cast.dov).get(PATH).content.decode()
    assert "Every dated entry was confirmed within 90 days." in text
    assert "No dated source is older than 90 days." in text


@pytest.mark.parametrize("name", ["amara", "chiara", "farid"])
def test_nobody_else_finds_it(cast, name):
    client = signed_in(getattr(cast, name))
    assert client.get(PATH).status_code == 404
    assert client.get(PATH).content == client.get("/steward/nothing/").content


def test_as_many_queries_for_many_as_for_few(cast):
    client = signed_in(cast.dov)

    def cost():
        with CaptureQueriesContext(connection) as asked:
            assert client.get(PATH).status_code == 200
        return len(asked)

    kept(cast, 200)
    make_listing(as_of=PartialDate(2019))
    cost()  # the first page of a day notes the day in the session
    few = cost()
    for _number in range(3):
        kept(cast, 200)
        make_listing(as_of=PartialDate(2019))
    assert cost() == few
