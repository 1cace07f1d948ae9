"""What is kept of the ways in ends: first steps, drafts that nobody touches, old refusals."""

import datetime as dt

import pytest
from django.utils import timezone

from directory.actions.applying import take_first_step
from directory.actions.applying.purging import purge_applications
from directory.models import Application, FirstStep
from network.models import Organization
from network.tenancy import Purpose, acting, system, visitor
from tests.factories import make_country
from tests.frontend.joined import ANSWERS, FIRST, begin, fresh, mails_to
from tests.network.members import OPERATOR, later

pytestmark = pytest.mark.django_db


def purge():
    return purge_applications(system(Purpose.PURGE))


def set_to(**values):
    with acting(OPERATOR):
        Application.objects.update(**values)


def days_ago(days):
    return timezone.now() - dt.timedelta(days=days)


def test_only_the_purge_purges(operator):
    with pytest.raises(ValueError, match="purge"):
        purge_applications(operator)


def test_a_first_step_goes_after_7_days(cast, monkeypatch):
    make_country("GB")
    answers = {key: FIRST[key] for key in ("name", "country", "person_name")}
    with acting(visitor()) as nobody:
        take_first_step(
            nobody, kind="register", email=FIRST["email"], language="en", answers=answers
        )
    assert purge()["first_steps"] == 0
    later(monkeypatch, days=8)
    assert purge()["first_steps"] == 1
    with acting(system(Purpose.SIGN_IN)):
        assert not FirstStep.objects.exists()


def test_a_draft_is_told_and_goes_with_its_empty_group(cast):
    _person, _actor, application = begin(**ANSWERS)
    set_to(updated_at=days_ago(75))
    assert purge()["warned"] == 0
    set_to(updated_at=days_ago(77))
    assert purge()["warned"] == 1
    assert purge()["warned"] == 0
    assert "14 days" in mails_to("noor@example.org")[-1].subject
    # Never untold for 14 days, however old.
    set_to(updated_at=days_ago(200))
    assert purge()["drafts"] == 0
    set_to(warned_at=days_ago(15))
    assert purge()["drafts"] == 1
    with acting(OPERATOR):
        assert not Application.objects.exists()
        group = Organization.objects.get(pk=application.organization_id)
        assert (group.status, group.deleted_at is not None) == ("left", True)
        assert Organization.objects.get(pk=cast.applicant.pk).status == "applied"


def test_a_draft_that_was_touched_since_is_told_anew(cast):
    begin(**ANSWERS)
    set_to(updated_at=days_ago(77), warned_at=days_ago(80))
    assert purge() | {"first_steps": 0} == {
        "first_steps": 0,
        "warned": 1,
        "drafts": 0,
        "applications": 0,
    }


@pytest.mark.parametrize(("days", "stays"), [(364, True), (366, False)])
@pytest.mark.parametrize("state", ["refused", "withdrawn"])
def test_what_was_refused_goes_after_a_year(cast, state, days, stays):
    begin(**ANSWERS)
    set_to(state=state, decided_at=days_ago(days))
    purge()
    with acting(OPERATOR):
        assert Application.objects.exists() is stays


@pytest.mark.parametrize("state", ["waiting", "asked", "approved"])
def test_what_is_with_the_stewards_or_approved_stays(cast, state):
    _person, _actor, application = begin(**ANSWERS)
    set_to(state=state, updated_at=days_ago(900), decided_at=days_ago(900))
    purge()
    assert fresh(application).state == state
