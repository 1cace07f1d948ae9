"""Two workers, and two presses, at the same moment."""

import pytest

from directory.actions.reminding.answering import confirm_by_reminder
from network.models import AuditEntry, OutgoingMail
from network.tenancy import Purpose, acting, system, visitor
from tests.cast import make_cast
from tests.directory.desk import Desk
from tests.directory.reminded import aged, confirmed_on, mail_to, published, remind, rows, token_of
from tests.directory.reminded import today as present_day
from tests.several import at_once

pytestmark = pytest.mark.usefixtures("committed")


@pytest.fixture
def program():
    with acting(system(Purpose.OPERATOR)) as operator:
        cast = make_cast(operator)
    desk = Desk(cast)
    return aged(published(desk), 200)


def test_two_workers_ask_nobody_twice(program):
    results = at_once([remind] * 4)
    assert not [one for one in results if isinstance(one, Exception)], results
    assert sum(one["mails"] for one in results) == 2
    with acting(system(Purpose.MAIL)):
        assert sorted(OutgoingMail.objects.values_list("to", flat=True)) == [
            "amara@example.org",
            "carla@example.org",
        ]
    assert len(rows()) == 2


def test_two_presses_are_one(program):
    remind()
    token = token_of(mail_to("carla"))
    results = at_once([lambda: confirm_by_reminder(visitor(), token=token)] * 4)
    assert results == [True] * 4
    assert confirmed_on(program) == present_day()
    with acting(system(Purpose.OPERATOR)):
        assert AuditEntry.objects.filter(verb="program.confirmed").count() == 1
