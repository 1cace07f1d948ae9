"""Limits: exactly so many, whoever asks and however many ask at once."""

import datetime as dt

import pytest
from django.db import connection, transaction
from django.utils import timezone

from network.actions.limits import Taken, forget_attempts, purge_counters, take
from network.models import Counter
from network.project.worker import one_round
from tests.several import at_once


@pytest.fixture
def clock(monkeypatch):
    """A clock that stands still and is set by hand."""

    class Clock:
        now = dt.datetime(2026, 5, 1, 12, 0, 0, 250_000, tzinfo=dt.UTC)

        def goes(self, seconds):
            self.now += dt.timedelta(seconds=seconds)

    one = Clock()
    monkeypatch.setattr(timezone, "now", lambda: one.now)
    return one


@pytest.mark.django_db
def test_so_many_and_no_more_until_the_time_is_over(clock):
    asked = [take("sign_in", "amara", 2, 60) for _time in range(3)]
    assert asked == [Taken(True, 1, 60), Taken(True, 0, 60), Taken(False, 0, 60)]
    clock.goes(59.5)
    assert take("sign_in", "amara", 2, 60) == Taken(False, 0, 1)
    clock.goes(0.5)
    assert take("sign_in", "amara", 2, 60) == Taken(True, 1, 60)


@pytest.mark.django_db
def test_subjects_and_scopes_are_counted_apart(clock):
    assert take("sign_in", "amara", 1, 60).allowed
    assert not take("sign_in", "amara", 1, 60).allowed
    assert take("sign_in", "bilal", 1, 60).allowed
    assert take("reset", "amara", 1, 60).allowed
    # Where the one ends and the other begins is part of the key.
    assert take("sign_in a", "mara", 1, 60).allowed


@pytest.mark.django_db
def test_nothing_of_the_subject_is_kept(clock, settings):
    take("sign_in", "amara@example.org", 1, 60)
    kept = str(list(Counter.objects.values_list()))
    assert "amara" not in kept
    assert "sign_in" not in kept
    settings.SECRET_KEY = "another" * 10
    assert take("sign_in", "amara@example.org", 1, 60).allowed


@pytest.mark.django_db
def test_success_forgets_failures_of_that_subject_only(clock):
    for name in ("amara", "bilal"):
        take("sign_in", name, 1, 60)
    forget_attempts("sign_in", "amara")
    assert take("sign_in", "amara", 1, 60).allowed
    assert not take("sign_in", "bilal", 1, 60).allowed


@pytest.mark.django_db
def test_a_clock_that_was_wrong_by_years_locks_nobody_out(clock):
    clock.goes(400_000_000)
    assert take("sign_in", "amara", 1, 60).allowed
    clock.goes(-400_000_000)
    assert take("sign_in", "amara", 1, 60) == Taken(True, 0, 60)
    # A process whose clock is a second behind counts with the others.
    clock.goes(-1)
    assert not take("sign_in", "amara", 1, 60).allowed


@pytest.mark.django_db
def test_it_is_never_asked_inside_a_transaction_that_could_undo_it():
    with transaction.atomic(), pytest.raises(RuntimeError):
        take("sign_in", "amara", 1, 60)


@pytest.mark.django_db
def test_the_worker_deletes_what_is_over_and_nothing_else(clock):
    take("sign_in", "amara", 5, 60)
    take("sign_in", "bilal", 5, 600)
    clock.goes(60)
    one_round()
    assert Counter.objects.count() == 1
    assert purge_counters() == 0
    assert not take("sign_in", "bilal", 1, 600).allowed


@pytest.mark.django_db
def test_a_take_is_one_statement(django_assert_num_queries):
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as asked:
        take("sign_in", "amara", 5, 60)
    assert len([one for one in asked if "SAVEPOINT" not in one["sql"]]) == 1


@pytest.mark.usefixtures("committed")
def test_of_two_hundred_at_once_exactly_as_many_as_allowed():
    asked = at_once([lambda: take("sign_in", "amara", 37, 600)] * 200, threads=8)
    assert [one for one in asked if isinstance(one, Exception)] == []
    assert sum(one.allowed for one in asked) == 37
    assert sorted(one.remaining for one in asked)[-37:] == list(range(37))
    assert Counter.objects.get().count == 200
