import datetime as dt

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from directory.models import AccessEvent, Country
from network.actions.audit import record
from network.actions.purge import purge
from network.models import AuditEntry, Job
from network.tenancy import Purpose, acting, system


@pytest.fixture
def event(db):
    country = Country.objects.create(iso2="GB", names={"en": "United Kingdom"})
    with acting(system(Purpose.OPERATOR)):
        return AccessEvent.objects.create(
            country=country,
            facility_name="Harbour House",
            visitor_category="volunteer_visitor",
            status="suspended",
            effective_from="2021-04",
            statement="Visits were stopped.",
        )


def test_an_entry_of_the_ledger_is_never_changed_nor_deleted(event):
    with pytest.raises(DatabaseError), transaction.atomic():
        AccessEvent.objects.filter(pk=event.pk).update(status="open")
    with pytest.raises(DatabaseError), transaction.atomic():
        AccessEvent.objects.filter(pk=event.pk).delete()
    with acting(system(Purpose.PURGE)), pytest.raises(DatabaseError), transaction.atomic():
        AccessEvent.objects.filter(pk=event.pk).delete()
    event.refresh_from_db()
    assert event.status == "suspended"


def test_an_audit_entry_is_never_changed_and_only_the_purge_deletes(cast):
    with acting(system(Purpose.OPERATOR)):
        entry = AuditEntry.objects.filter(organization=cast.a).first()
        with pytest.raises(DatabaseError), transaction.atomic():
            AuditEntry.objects.filter(pk=entry.pk).update(verb="forged")
        before = AuditEntry.objects.count()
        _delete_quietly(entry)
        assert AuditEntry.objects.count() == before
    with acting(system(Purpose.PURGE)):
        AuditEntry.objects.filter(pk=entry.pk).delete()
        assert not AuditEntry.objects.filter(pk=entry.pk).exists()


def _delete_quietly(entry):
    """SQLite's trigger refuses; PostgreSQL's policy shows the row to nobody but the purge."""
    try:
        with transaction.atomic():
            AuditEntry.objects.filter(pk=entry.pk).delete()
    except DatabaseError:
        pass


def test_the_purge_takes_what_is_older_than_a_year_and_writes_what_it_did(cast, monkeypatch):
    now = timezone.now()
    with acting(system(Purpose.OPERATOR)) as operator:
        kept = AuditEntry.objects.count()
        monkeypatch.setattr(timezone, "now", lambda: now - dt.timedelta(days=366))
        record(operator, "organization.created", organization_id=cast.a.pk)
        monkeypatch.setattr(timezone, "now", lambda: now - dt.timedelta(days=364))
        record(operator, "membership.granted", organization_id=cast.a.pk)
        monkeypatch.undo()
    assert purge(system(Purpose.PURGE))["audit_entries"] == 1
    with acting(system(Purpose.OPERATOR)):
        assert AuditEntry.objects.count() == kept + 1
    assert Job.objects.get(name="purge").result["audit_entries"] == 1
    assert purge(system(Purpose.PURGE))["audit_entries"] == 0


def test_only_the_purge_purges(cast):
    with pytest.raises(ValueError, match="purges"):
        purge(system(Purpose.OPERATOR))


@pytest.mark.parametrize("name", ["amara", "dov"])
def test_nobody_but_the_operator_makes_a_steward(cast, name):
    from network.models import Person
    from network.tenancy import Via, member

    actor = member(getattr(cast, name).pk, cast.a.pk, via=Via.PAGE)
    with acting(system(Purpose.OPERATOR)):
        Person.objects.filter(pk=actor.person_id).update(is_steward=False)
    for who in (actor, system(Purpose.SIGN_IN), system(Purpose.IMPORT)):
        with acting(who):
            _try(lambda: Person.objects.filter(pk=actor.person_id).update(is_steward=True))
    with acting(system(Purpose.OPERATOR)):
        assert not Person.objects.get(pk=actor.person_id).is_steward
        Person.objects.filter(pk=actor.person_id).update(is_steward=True)


def test_a_new_account_is_no_steward_unless_the_operator_makes_it(cast):
    from network.models import Person

    with acting(system(Purpose.SIGN_IN)), pytest.raises(DatabaseError), transaction.atomic():
        Person.objects.create_user("new@example.org", display_name="New", is_steward=True)


def test_no_organization_verifies_itself(cast):
    from network.models import Organization

    for who in (cast.actor("farid"), system(Purpose.SIGN_IN)):
        with acting(who):
            _try(
                lambda: (
                    Organization.objects.beyond_scope()
                    .filter(pk=cast.applicant.pk)
                    .update(status="verified")
                )
            )
    with acting(system(Purpose.OPERATOR)):
        assert Organization.objects.get(pk=cast.applicant.pk).status == "applied"


def _try(write):
    """Refused by a trigger, or without effect because row security hides the row."""
    try:
        with transaction.atomic():
            write()
    except DatabaseError:
        pass
