"""The database itself keeps groups to their own statements, whatever the code does."""

import datetime as dt

import pytest
from django.conf import settings
from django.db import DatabaseError, transaction
from django.utils import timezone

from directory.actions.stating import add_visiting_rule, report_access_event, state_facility
from directory.models import AccessEvent, AccessReport, FacilityClaim, VisitingRule, WordForm
from network.models import AuditEntry
from network.tenancy import Purpose, acting, system, visitor
from tests.directory.stating import CLAIM, EVENT, RULE, promote_chiara
from tests.factories import make_claim, make_facility, make_rule

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(
        not settings.HAS_OWNER_ROLE,
        reason="row security needs PostgreSQL with two roles; SQLite has none",
    ),
]


def refused(write):
    """Whether the database refuses a write, or lets it change nothing."""
    try:
        with transaction.atomic():
            return not write()
    except DatabaseError:
        return True


@pytest.fixture
def place():
    return make_facility(slug="harbour-centre")


@pytest.fixture
def mine(cast, place):
    """A claim, a rule and a waiting report of A."""
    later = (timezone.now() + dt.timedelta(days=2)).isoformat()
    with acting(cast.actor("amara")) as amara:
        return (
            state_facility(amara, facility=place, values=CLAIM, seen=None),
            add_visiting_rule(amara, facility=place, values=RULE),
            report_access_event(amara, values={**EVENT, "publish_at": later}),
        )


def test_others_read_claims_and_rules_and_change_none(cast, place, mine):
    claim, rule, _report = mine
    imported = [make_claim(place), make_rule(facility=place)]
    for actor in (promote_chiara(cast), visitor(), system(Purpose.RELEASE)):
        with acting(actor):
            for row in (claim, rule, *imported):
                rows = type(row).objects.filter(pk=row.pk)
                assert rows.exists()
                assert refused(lambda rows=rows: rows.update(source_url="https://x.example"))
                assert refused(lambda rows=rows: rows.update(author="harbour-visitors"))
                assert refused(lambda rows=rows: rows.delete()[0])


def test_nobody_signs_for_another_or_as_a_source(cast, place):
    with acting(promote_chiara(cast)):
        for author in ("harbour-visitors", ""):
            assert refused(
                lambda author=author: FacilityClaim.objects.create(facility=place, author=author)
            )
            assert refused(
                lambda author=author: VisitingRule.objects.create(
                    facility=place, country=place.country, author=author
                )
            )
        assert FacilityClaim.objects.create(facility=place, author="visiteurs-du-port")


def test_a_group_that_is_not_verified_writes_none(cast, place):
    with acting(cast.actor("farid")):
        assert refused(lambda: FacilityClaim.objects.create(facility=place, author="new-visitors"))


def test_a_group_cannot_delete_what_it_claimed(cast, place, mine):
    with acting(cast.actor("amara")):
        assert refused(lambda: FacilityClaim.objects.filter(pk=mine[0].pk).delete()[0])


def test_a_report_is_its_groups_and_the_releases_alone(cast, mine):
    table = AccessReport._base_manager
    for actor in (promote_chiara(cast), visitor(), system(Purpose.IMPORT), system(Purpose.MAIL)):
        with acting(actor):
            assert not table.exists()
            assert refused(lambda: table.update(publish_at=timezone.now()))
    assert not table.exists()
    report = mine[2]
    with acting(promote_chiara(cast)):
        copy = {"values": {}, "publish_at": timezone.now(), "country": report.country}
        assert refused(
            lambda: table.create(organization=cast.a, submission=report.submission, **copy)
        )
    with acting(cast.actor("amara")):
        assert refused(lambda: table.filter(pk=report.pk).delete()[0])
        assert refused(lambda: table.filter(pk=report.pk).update(organization=cast.b))


def test_nothing_enters_the_ledger_without_a_report_that_says_as_much(cast, place):
    entry = {"facility": place, "country": place.country, "facility_name": "x", "statement": "y"}
    actors = (cast.actor("amara"), visitor(), system(Purpose.RELEASE), system(Purpose.SIGN_IN))
    for actor in actors:
        with acting(actor):
            for signed in ("organization", "source", "verified_program"):
                assert refused(
                    lambda signed=signed: AccessEvent.objects.create(attributed_as=signed, **entry)
                )
    with acting(cast.actor("amara")) as amara:
        report = report_access_event(amara, values=EVENT)
        assert AccessEvent.objects.filter(pk=report.released_event_id).exists()


def test_the_release_writes_into_the_log_of_the_group_it_acts_for_and_of_no_other(cast):
    entry = {"via": "worker", "purpose": "release", "verb": "access_report.released"}
    with acting(system(Purpose.RELEASE, organization_id=cast.a.pk)):
        assert AuditEntry._base_manager.create(organization=cast.a, **entry)
        for other in ({"organization": cast.b}, {"organization": cast.a, "person": cast.amara}):
            assert refused(
                lambda other=other: AuditEntry._base_manager.create(**{**entry, **other})
            )


def test_the_words_of_a_place_change_only_with_a_claim_about_it(cast, place, mine):
    words = place.words
    for actor in (promote_chiara(cast), visitor(), system(Purpose.RELEASE)):
        with acting(actor):
            assert refused(lambda: words.create(word="forged", weight=9))
            assert refused(lambda: words.all().delete()[0])
            assert refused(lambda: WordForm.objects.create(form="x", word="forged", kind=0))
    with acting(cast.actor("amara")) as amara:
        state_facility(
            amara, facility=place, values={"operator": "Zebra", "as_of": "2026"}, seen=mine[0].pk
        )
    assert words.filter(word="zebra").exists()
