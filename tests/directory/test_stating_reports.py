"""Reports to the ledger: checked, signed as chosen, public on their day and never before."""

import datetime as dt
import json
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from directory.actions.stating import (
    StaleError,
    cancel_report,
    check_report,
    release_reports,
    releasing,
    report_access_event,
    supersede_event,
)
from directory.actions.stating.purging import purge_reports
from directory.actions.stating.releasing import release
from directory.models import AccessEvent, AccessReport, Program, ProgramText
from directory.queries.access_ledger import entries_of, standings
from directory.queries.cursor import page_in_order
from directory.queries.revisions import directory_revision
from directory.queries.stated import REPORTS, reports_of, state_of
from network.actions.lockdown import lock_organization, unlock_organization
from network.models import AuditEntry, Job, Organization
from network.permissions import Refused
from network.tenancy import Purpose, acting, system
from tests.directory.stating import EVENT, promote_chiara, refusals
from tests.factories import make_country, make_event, make_facility

pytestmark = pytest.mark.django_db
RELEASE, DAY = system(Purpose.RELEASE), dt.timedelta(days=1)


@pytest.fixture
def place():
    return make_facility(slug="harbour-centre")


def in_days(number):
    return (timezone.now() + number * DAY).isoformat()


def write(cast, values=(), who="amara", submission=None):
    with acting(cast.actor(who)) as actor:
        return report_access_event(actor, values={**EVENT, **dict(values)}, submission=submission)


def correct(cast, report, values=(), who="amara"):
    with acting(cast.actor(who)) as actor:
        return supersede_event(actor, report=report, values={**EVENT, **dict(values)})


def make_due(report):
    """Its day has come."""
    with acting(RELEASE):
        AccessReport.objects.filter(pk=report.pk).update(publish_at=timezone.now() - DAY / 9)


def states(actor):
    return [state_of(report) for report in page_in_order(reports_of(actor), REPORTS, None).rows]


def test_only_who_may_write_to_the_ledger_reports(cast, place):
    for name in ("bilal", "edna", "omar", "chiara", "esi", "dov"):
        with pytest.raises(Refused):
            write(cast, who=name)
        with acting(cast.actor(name)) as actor, pytest.raises(Refused):
            check_report(actor, values=EVENT)
    with pytest.raises(ValidationError) as error:
        write(cast, who="farid")
    assert error.value.code == "unverified"
    assert not AccessEvent.objects.exists()


def test_what_is_reported_at_once_is_public_at_once(cast, place):
    before = directory_revision()
    report = write(cast, {"attributed_as": "organization", "source_url": "https://example.org/x"})
    event = AccessEvent.objects.get()
    assert report.released_event_id == event.pk
    assert (event.facility, event.country, event.nationwide) == (place, place.country, False)
    assert (event.attributed_as, event.attributed_to) == ("organization", "Harbour Visitors")
    assert (event.status, str(event.effective_from)) == ("suspended", "2026-11-02")
    assert (event.stated_reason, event.retaliation, event.scope) == ("none_given", "no", "all")
    (standing,) = standings(entries_of(place), timezone.localdate())
    assert (standing.event, standing.category) == (event, "volunteer_visitor")
    assert directory_revision() != before


def test_an_entry_without_a_name_leads_nowhere(cast, place):
    report = write(cast)
    event = AccessEvent.objects.get()
    assert (event.attributed_as, event.attributed_to) == ("verified_program", "")
    columns = {field.name: getattr(event, field.attname) for field in event._meta.local_fields}
    said = json.dumps(columns, default=str)
    ids = [cast.a.pk, cast.amara.pk, report.pk, report.submission]
    for word in (*map(str, ids), "harbour-visitors", "Harbour Visitors", "amara"):
        assert word not in said
    assert event.created_at != report.created_at
    assert event.created_at == event.created_at.replace(hour=0, minute=0, second=0, microsecond=0)
    assert (event.created_at.date(), event.pk.version) == (timezone.now().date(), 4)
    with acting(cast.actor("amara")):
        assert str(event.pk) not in str(list(AuditEntry.objects.values()))
    with acting(promote_chiara(cast)) as chiara:
        assert not reports_of(chiara).exists()
    back = {field.related_model for field in AccessEvent._meta.related_objects}
    assert back == {AccessEvent}


def test_a_whole_country_and_a_place_that_is_not_listed(cast, place):
    make_country("GB", names={"en": "United Kingdom", "fr": "Royaume-Uni"})
    where = {"facility": "", "country": "gb"}
    write(cast, {**where, "text_language": "fr"})
    write(cast, {**where, "facility_name": "Old barracks"})
    found = AccessEvent.objects.order_by("facility_name")
    assert [(one.facility_name, one.nationwide) for one in found] == [
        ("Old barracks", False),
        ("Royaume-Uni", True),
    ]


def test_a_duplicate_is_the_place_that_it_leads_to(cast, place):
    make_facility(slug="double", merged_into=place)
    write(cast, {"facility": "double"})
    assert AccessEvent.objects.get().facility == place


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"facility": ""}, {"facility": ["required"]}),
        ({"facility": "nowhere"}, {"facility": ["missing"]}),
        ({"facility": 5}, {"facility": ["type"]}),
        ({"country": "GB"}, {"country": ["country"]}),
        ({"facility": "", "country": "ZZ"}, {"country": ["country"]}),
        (
            {"visitor_category": "", "status": ""},
            {"visitor_category": ["required"], "status": ["required"]},
        ),
        ({"status": "unknown"}, {"status": ["required"]}),
        ({"status": "shut"}, {"status": ["choice"]}),
        ({"effective_from": ""}, {"effective_from": ["required"]}),
        ({"effective_from": "2 November"}, {"effective_from": ["date"]}),
        ({"effective_from": "2199-01"}, {"effective_from": ["future"]}),
        ({"effective_to": "2026-10"}, {"effective_to": ["order"]}),
        ({"stated_reason": "spite"}, {"stated_reason": ["choice"]}),
        ({"retaliation": "yes"}, {"retaliation": ["choice"]}),
        ({"source_kind": ""}, {"source_kind": ["required"]}),
        ({"source_kind": "media"}, {"source_url": ["required"]}),
        ({"source_kind": "media", "source_url": "nonsense"}, {"source_url": ["url"]}),
        ({"statement": " "}, {"statement": ["required"]}),
        ({"statement": "x" * 2001}, {"statement": ["long"]}),
        ({"statement": "A-123-456-789 was refused"}, {"statement": ["identifies"]}),
        ({"statement": "Turned\u202eaway"}, {"statement": ["bidi"]}),
        ({"text_language": ""}, {"text_language": ["required"]}),
        ({"attributed_as": "source"}, {"attributed_as": ["choice"]}),
        ({"attributed_as": "coalition"}, {"attributed_as": ["coalition"]}),
        ({"publish_at": "tomorrow"}, {"publish_at": ["date"]}),
        ({"publish_at": "2026-13-40"}, {"publish_at": ["date"]}),
        ({"publish_at": "2020-01-01"}, {"publish_at": ["delay"]}),
        ({"publish_at": "2199-01-01T00:00:00Z"}, {"publish_at": ["delay"]}),
        ({"statement": "Harbour visitors, all of them"}, {"statement": ["names_author"]}),
        ({"statement": "Amis du port were sent away"}, {"statement": ["names_author"]}),
        ({"source_url": "https://www.harbour.example/news"}, {"source_url": ["names_author"]}),
        ({"person": "somebody"}, {"person": ["unknown"]}),
    ],
)
def test_every_refusal_stands_at_its_field(cast, place, values, expected):
    make_country("GB")
    with acting(cast.actor("amara")):
        Organization.objects.filter(pk=cast.a.pk).update(website="https://harbour.example/")
        program = Program.objects.create(organization=cast.a, slug="harbour", country="GB")
        ProgramText.objects.create(
            organization=cast.a, program=program, language="fr", name="Amis du port"
        )
    with pytest.raises(ValidationError) as error:
        write(cast, values)
    assert refusals(error) == expected
    assert not AccessEvent.objects.exists()
    with acting(RELEASE):
        assert not AccessReport.objects.exists()


def test_who_signs_may_name_themselves(cast, place):
    write(cast, {"statement": "We, Harbour Visitors, know.", "attributed_as": "organization"})
    assert AccessEvent.objects.count() == 1


def test_looking_at_it_first_writes_nothing(cast, place):
    with acting(cast.actor("amara")) as amara:
        report = check_report(amara, values={**EVENT, "publish_at": in_days(3)})
        assert (report.facility, report.attributed_to) == (place, "")
        assert not AccessReport.objects.exists()
    assert not AccessEvent.objects.exists()


def test_the_same_submission_is_one_report(cast, place):
    submission = uuid4()
    first = write(cast, submission=submission)
    assert write(cast, {"status": "open"}, submission=submission) == first
    assert AccessEvent.objects.count() == 1
    with acting(promote_chiara(cast)) as chiara:
        other = report_access_event(chiara, values=EVENT, submission=submission)
    assert other != first


def test_what_waits_is_nowhere_public_until_its_day(cast, place):
    before = directory_revision()
    report = write(cast, {"publish_at": in_days(3)})
    other = write(cast, {"publish_at": in_days(5), "status": "open"})
    assert not AccessEvent.objects.exists()
    assert release_reports(RELEASE) == 0
    assert directory_revision() == before
    make_due(report)
    assert release_reports(RELEASE) == 1
    assert release_reports(RELEASE) == 0
    event = AccessEvent.objects.get()
    assert event.status == "suspended"
    assert directory_revision() != before
    with acting(cast.actor("amara")) as amara:
        rows = {row.pk: state_of(row) for row in reports_of(amara)}
        assert rows == {report.pk: "released", other.pk: "waiting"}
        released = AuditEntry.objects.get(verb="access_report.released")
        assert (released.object_id, released.person_id) == (report.pk, None)
        assert released.organization_id == cast.a.pk
    assert Job.objects.get(name="access_reports").result == {"released": 1}


def test_of_two_workers_that_found_the_same_report_one_releases_it(cast, place):
    report = write(cast, {"publish_at": in_days(1)})
    make_due(report)
    found = (report.pk, cast.a.pk)
    assert [releasing._release_one(RELEASE, *found) for _each in range(2)] == [True, False]
    with acting(RELEASE):
        assert release(AccessReport.objects.get(pk=report.pk)) is False
    assert AccessEvent.objects.count() == 1
    with acting(cast.actor("amara")):
        assert AuditEntry.objects.filter(verb="access_report.released").count() == 1


def test_what_is_cancelled_while_a_worker_looks_at_it_stays_cancelled(cast, place):
    report = write(cast, {"publish_at": in_days(1)})
    make_due(report)
    with acting(cast.actor("amara")) as amara:
        cancel_report(amara, report=report)
    assert releasing._release_one(RELEASE, report.pk, cast.a.pk) is False
    assert not AccessEvent.objects.exists()


def test_only_the_release_releases(cast, place):
    report = write(cast, {"publish_at": in_days(1)})
    make_due(report)
    for purpose in (Purpose.PURGE, Purpose.OPERATOR):
        with pytest.raises(ValueError, match="only the release"):
            release_reports(system(purpose))
    with pytest.raises(ValueError, match="only the release"):
        release_reports(cast.actor("amara"))
    assert not AccessEvent.objects.exists()


def test_what_a_group_wrote_that_is_not_verified_any_more_waits(cast, place):
    report = write(cast, {"publish_at": in_days(1)})
    with acting(promote_chiara(cast)) as chiara:
        theirs = report_access_event(chiara, values={**EVENT, "publish_at": in_days(1)})
    make_due(report)
    make_due(theirs)
    with acting(system(Purpose.OPERATOR)):
        Organization.objects.filter(pk=cast.a.pk).update(status="suspended")
    assert release_reports(RELEASE) == 1
    assert release_reports(RELEASE) == 0
    with acting(system(Purpose.OPERATOR)):
        Organization.objects.filter(pk=cast.a.pk).update(status="verified")
    assert release_reports(RELEASE) == 1


def test_what_a_group_wrote_waits_while_it_is_locked_down(cast, place):
    report = write(cast, {"publish_at": in_days(1)})
    with acting(promote_chiara(cast)) as chiara:
        theirs = report_access_event(chiara, values={**EVENT, "publish_at": in_days(1)})
    [make_due(one) for one in (report, theirs)]
    amara = cast.actor("amara")
    with acting(amara):
        lock_organization(amara, organization=cast.a)
    assert [release_reports(RELEASE) for _ in range(2)] == [1, 0]
    with acting(amara):
        unlock_organization(amara, organization=cast.a)
    assert release_reports(RELEASE) == 1


def test_what_is_cancelled_never_becomes_public(cast, place):
    report = write(cast, {"publish_at": in_days(1)})
    with acting(cast.actor("amara")) as amara:
        cancel_report(amara, report=report)
        cancel_report(amara, report=report)
        assert states(amara) == ["cancelled"]
        assert AuditEntry.objects.filter(verb="access_report.cancelled").count() == 1
    make_due(report)
    assert release_reports(RELEASE) == 0
    assert not AccessEvent.objects.exists()


def test_what_is_public_cannot_be_cancelled(cast, place):
    report = write(cast)
    with acting(cast.actor("amara")) as amara, pytest.raises(StaleError):
        cancel_report(amara, report=report)
    assert AccessEvent.objects.count() == 1


def test_cancelled_reports_are_deleted_after_seven_days(cast, place):
    old, new, kept = (write(cast, {"publish_at": in_days(1)}) for _each in range(3))
    with acting(cast.actor("amara")) as amara:
        for report in (old, new):
            cancel_report(amara, report=report)
        AccessReport.objects.filter(pk=old.pk).update(cancelled_at=timezone.now() - 8 * DAY)
    assert purge_reports(system(Purpose.PURGE)) == {"cancelled_reports": 1}
    with acting(cast.actor("amara")) as amara:
        assert {row.pk for row in reports_of(amara)} == {new.pk, kept.pk}
    with pytest.raises(ValueError, match="only the purge"):
        purge_reports(cast.actor("amara"))


def test_nobody_touches_anothers_report(cast, place):
    waiting, released = write(cast, {"publish_at": in_days(1)}), write(cast)
    with acting(promote_chiara(cast)) as chiara:
        with pytest.raises(Refused):
            cancel_report(chiara, report=waiting)
        with pytest.raises(Refused):
            supersede_event(chiara, report=released, values=EVENT)
    for name in ("bilal", "edna", "omar"):
        with acting(cast.actor(name)) as actor, pytest.raises(Refused):
            cancel_report(actor, report=waiting)
    assert AccessEvent.objects.count() == 1


def test_a_correction_is_a_new_entry_and_the_old_one_leads_to_it(cast, place):
    make_event(facility=place, status="barred")
    wrong = write(cast)
    right = correct(cast, wrong, {"status": "restricted"})
    event = AccessEvent.objects.get(pk=right.released_event_id)
    assert event.supersedes_id == wrong.released_event_id
    (standing,) = standings(entries_of(place), timezone.localdate())
    assert standing.event == event
    with acting(cast.actor("amara")) as amara:
        assert states(amara) == ["released", "superseded"]
    with pytest.raises(StaleError) as stale:
        correct(cast, wrong, {"status": "open"})
    assert stale.value.present == right
    again = correct(cast, right, {"status": "open"})
    assert AccessEvent.objects.get(pk=again.released_event_id).supersedes == event


def test_a_correction_waits_for_its_day_too(cast, place):
    wrong = write(cast)
    later = correct(cast, wrong, {"status": "open", "publish_at": in_days(2)})
    (standing,) = standings(entries_of(place), timezone.localdate())
    assert standing.event.status == "suspended"
    with acting(cast.actor("amara")) as amara:
        assert [row.is_being_corrected for row in reports_of(amara)] == [False, True]
    with pytest.raises(StaleError):
        correct(cast, wrong, {"status": "barred"})
    with acting(cast.actor("amara")) as amara:
        cancel_report(amara, report=later)
    correct(cast, wrong, {"status": "barred"})
    (standing,) = standings(entries_of(place), timezone.localdate())
    assert standing.event.status == "barred"


def test_a_correction_is_signed_as_what_it_corrects(cast, place):
    nameless = write(cast)
    named = write(cast, {"attributed_as": "organization"})
    for report, signature in ((nameless, "organization"), (named, "verified_program")):
        with pytest.raises(ValidationError) as error:
            correct(cast, report, {"attributed_as": signature})
        assert refusals(error) == {"attributed_as": ["signature"]}
    assert AccessEvent.objects.count() == 2


def test_what_waits_is_not_corrected_but_cancelled(cast, place):
    waiting = write(cast, {"publish_at": in_days(1)})
    with pytest.raises(ValidationError) as error:
        correct(cast, waiting)
    assert refusals(error) == {"supersedes": ["waiting"]}


@pytest.mark.parametrize("number", [1, 3])
def test_the_desk_lists_ones_own_reports_in_one_query(
    cast, place, number, django_assert_num_queries
):
    for _each in range(number):
        correct(cast, write(cast))
    with acting(promote_chiara(cast)) as chiara:
        report_access_event(chiara, values=EVENT)
    with acting(cast.actor("amara")) as amara, django_assert_num_queries(1):
        rows = page_in_order(reports_of(amara), REPORTS, None).rows
        found = [(state_of(row), row.facility.name, row.country.iso2) for row in rows]
    assert [one[0] for one in found] == ["released", "superseded"] * number
