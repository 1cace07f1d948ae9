"""What a group reports to the ledger is nowhere before its day, and never says who it was."""

import datetime as dt
from uuid import UUID

import pytest

from directory.actions.stating import (
    cancel_report,
    release_reports,
    report_access_event,
    supersede_event,
)
from directory.models import AccessReport
from network.tenancy import Purpose, acting, system
from tests.directory.stating import EVENT, promote_chiara
from tests.isolation.asking import ask_all, unlike
from tests.isolation.test_withheld import in_a_world_of_its_own
from tests.isolation.world import NOW, fix_mark

# As it is written for people to read, in a place and in a whole country.
WORDS = "zqledgerwords"
SHOWN_AT = {
    "/",
    "/ar/",
    "/ar/countries/MM/",
    "/ar/facilities/harbour-centre/",
    "/countries/MM/",
    "/facilities/harbour-centre/",
    "/api/v1/countries/MM/",
    "/api/v1/facilities/harbour-centre/access/",
}


def report(world, who, **values):
    with acting(world.cast.actor(who)) as actor:
        said = {**EVENT, "effective_from": "2026-03-01", "statement": f"{WORDS}.", **values}
        return report_access_event(actor, values=said)


def asked(world):
    return ask_all(world, (), languages=("ar",))


def showing(answers):
    return {address for address, answer in answers.items() if WORDS in answer.text}


def later(hours):
    return NOW + dt.timedelta(hours=hours)


@pytest.fixture
def published(world):
    """The directory with an entry of A in the ledger already, and its program."""
    world.publish()
    with acting(system(Purpose.OPERATOR)):
        promote_chiara(world.cast)
    first = report(world, "amara", statement="Closed since the storm.")
    fix_mark()
    return first


def test_before_its_day_it_is_nowhere_and_changes_nothing(world, published):
    before = asked(world)
    report(world, "amara", publish_at=later(2))
    report(world, "amara", publish_at=later(2), facility="", country="MM", status="barred")
    with acting(world.cast.actor("amara")) as amara:
        values = {**EVENT, "statement": WORDS, "status": "open", "publish_at": later(2)}
        values["effective_from"] = "2026-03-02"
        waiting = supersede_event(amara, report=published, values=values)
    assert fix_mark() is False
    assert unlike(before, asked(world)) == []
    with acting(world.cast.actor("amara")) as amara:
        for one in AccessReport.objects.exclude(pk=waiting.pk).filter(released_at=None):
            cancel_report(amara, report=one)
    world.at(3)
    assert showing(asked(world)) == set()
    assert release_reports(system(Purpose.RELEASE)) == 1
    assert fix_mark() is True
    assert showing(asked(world)) >= {"/facilities/harbour-centre/", "/countries/MM/"}


def test_from_its_day_on_it_is_shown(world, published):
    report(world, "amara", publish_at=later(2))
    report(world, "amara", publish_at=later(2), facility="", country="MM", status="barred")
    world.at(3)
    assert showing(asked(world)) == set()
    assert release_reports(system(Purpose.RELEASE)) == 2
    fix_mark()
    assert showing(asked(world)) >= SHOWN_AT


@pytest.mark.parametrize("delay", [0, 2])
def test_who_wrote_a_nameless_entry_changes_nothing_that_can_be_read(
    world, published, monkeypatch, delay
):
    """The same entry of A, whose program visits the place, and of B, of whom nothing is public."""
    made = UUID("0b2d6c4e-5f1a-4c3b-9d8e-7a6f5e4d3c2b")
    monkeypatch.setattr("directory.actions.stating.releasing.uuid4", lambda: made)

    def told_of(who):
        world.at(1)
        report(world, who, publish_at=later(1 + delay))
        world.at(4)
        release_reports(system(Purpose.RELEASE))
        fix_mark()
        return asked(world)

    of_a = in_a_world_of_its_own(lambda: told_of("amara"))
    of_b = in_a_world_of_its_own(lambda: told_of("chiara"))
    assert showing(of_a)
    assert unlike(of_a, of_b) == []
