"""Importing the ledger again: superseded, never changed, and kept where a group corrected it."""

import pytest

from directory.actions.importing import AccessEvents, Facilities
from directory.models import AccessEvent
from network.tenancy import Purpose, acting, system
from tests.directory.importing import EVENT, PLACE, counts

pytestmark = pytest.mark.django_db


def test_a_ledger_entry_is_never_changed_but_superseded(files):
    assert counts(files(AccessEvents, EVENT)) == (1, 0, 0, 0)
    first = AccessEvent.objects.get()
    assert counts(files(AccessEvents, EVENT)) == (0, 0, 1, 0)
    corrected = {**EVENT, "statement": "Visits were open on weekdays"}
    assert counts(files(AccessEvents, corrected)) == (0, 1, 0, 0)
    assert counts(files(AccessEvents, corrected)) == (0, 0, 1, 0)
    second = AccessEvent.objects.get(supersedes=first)
    assert AccessEvent.objects.get(pk=first.pk).statement == "Visits were open"
    assert counts(files(AccessEvents, EVENT)) == (0, 1, 0, 0)
    third = AccessEvent.objects.get(supersedes=second)
    assert third.statement == "Visits were open"
    assert AccessEvent.objects.count() == 3


def correct(entry):
    """What an organization says instead of an entry."""
    with acting(system(Purpose.OPERATOR)):
        return AccessEvent.objects.create(
            facility_name=entry.facility_name,
            country=entry.country,
            visitor_category=entry.visitor_category,
            status="barred",
            source_url=entry.source_url,
            statement="We were turned away",
            attributed_as="organization",
            attributed_to="Group A",
            supersedes=entry,
        )


def test_an_entry_that_a_group_corrected_is_kept_whatever_the_file_says(files):
    other = {**EVENT, "facility_name": "Other Place"}
    files(AccessEvents, EVENT, other)
    ours = correct(AccessEvent.objects.get(facility_name="New Place"))
    for row in (EVENT, {**EVENT, "statement": "Visits were open on weekdays"}):
        report = files(AccessEvents, row, other)
        assert counts(report) == (0, 0, 1, 1)
        assert report.kept == {"edited": 1}
    assert AccessEvent.objects.count() == 3
    assert not AccessEvent.objects.filter(supersedes=ours).exists()


def test_a_correction_of_a_corrected_import_is_kept_too(files):
    files(AccessEvents, EVENT)
    second = {**EVENT, "statement": "Visits were open on weekdays"}
    files(AccessEvents, second)
    correct(AccessEvent.objects.get(superseded_by=None))
    for row in (EVENT, second):
        assert files(AccessEvents, row).kept == {"edited": 1}


def test_a_name_that_becomes_uncertain_does_not_stop_the_file(files):
    files(Facilities, PLACE)
    assert counts(files(AccessEvents, EVENT)) == (1, 0, 0, 0)
    files(Facilities, {**PLACE, "slug": "gb-new-place-2"})
    assert counts(files(AccessEvents, EVENT)) == (0, 1, 0, 0)
    assert AccessEvent.objects.get(superseded_by=None).facility is None
    assert counts(files(AccessEvents, EVENT)) == (0, 0, 1, 0)
