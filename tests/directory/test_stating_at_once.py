"""Several workers and several colleagues at once: one entry of each report, nothing lost."""

import datetime as dt
from uuid import uuid4

import pytest
from django.utils import timezone

from directory.actions.stating import (
    StaleError,
    cancel_report,
    release_reports,
    report_access_event,
    state_facility,
    supersede_event,
)
from directory.models import AccessEvent, AccessReport, FacilityClaim
from network.tenancy import Purpose, acting, system
from tests.cast import make_cast
from tests.directory.stating import EVENT
from tests.factories import make_facility
from tests.several import at_once

RELEASE = system(Purpose.RELEASE)


@pytest.fixture
def crew(committed):
    """The cast and a place, in rows that every thread sees."""
    with acting(system(Purpose.OPERATOR)) as operator:
        found = make_cast(operator)
        make_facility(slug="harbour-centre")
    return found


def write(cast, submission=None, **values):
    with acting(cast.actor("amara")) as amara:
        return report_access_event(amara, values={**EVENT, **values}, submission=submission)


def due_reports(cast, number):
    later = timezone.now() + dt.timedelta(days=1)
    found = [write(cast, publish_at=later) for _each in range(number)]
    with acting(RELEASE):
        AccessReport.objects.update(publish_at=timezone.now() - dt.timedelta(minutes=1))
    return found


def test_four_workers_make_one_entry_of_each_report(crew):
    due_reports(crew, 12)
    found = at_once([lambda: release_reports(RELEASE)] * 4)
    assert [one for one in found if isinstance(one, Exception)] == []
    assert sum(found) == 12
    assert AccessEvent.objects.count() == 12


def test_a_report_is_either_cancelled_or_public_and_whoever_is_late_is_told(crew):
    reports = due_reports(crew, 6)

    def cancel(report):
        with acting(crew.actor("amara")) as amara:
            cancel_report(amara, report=report)

    works = [lambda one=one: cancel(one) for one in reports]
    found = at_once([*works, lambda: release_reports(RELEASE)])
    *cancelled, released = found
    told = [one for one in cancelled if isinstance(one, StaleError)]
    assert [one for one in cancelled if one is not None] == told
    assert released == len(told) == AccessEvent.objects.count()
    with acting(crew.actor("amara")):
        assert AccessReport.objects.filter(cancelled_at=None).count() == released


def test_a_form_that_was_sent_twice_at_once_is_one_report(crew):
    submission = uuid4()
    found = at_once([lambda: write(crew, submission)] * 4)
    assert len({one.pk for one in found}) == 1
    assert AccessEvent.objects.count() == 1


def test_of_two_corrections_at_once_one_counts_and_the_other_is_shown_it(crew):
    report = write(crew)

    def correct(status):
        with acting(crew.actor("amara")) as amara:
            return supersede_event(amara, report=report, values={**EVENT, "status": status})

    found = at_once([lambda: correct("open"), lambda: correct("barred")])
    (late,) = [one for one in found if isinstance(one, StaleError)]
    (first,) = [one for one in found if not isinstance(one, Exception)]
    assert late.present == first
    assert AccessEvent.objects.count() == 2


def test_of_two_colleagues_who_state_at_once_one_is_shown_the_others_claim(crew):
    place = make_facility()

    def state(capacity):
        with acting(crew.actor("amara")) as amara:
            values = {"capacity": capacity, "as_of": "2026"}
            return state_facility(amara, facility=place, values=values, seen=None)

    found = at_once([lambda: state(5), lambda: state(6)])
    (late,) = [one for one in found if isinstance(one, StaleError)]
    (first,) = [one for one in found if not isinstance(one, Exception)]
    assert late.present == first
    assert FacilityClaim.objects.filter(withdrawn_at=None).count() == 1
