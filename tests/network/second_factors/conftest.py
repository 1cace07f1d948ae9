"""A clock that stands still: codes change every thirty seconds, tests do not look at the time."""

import datetime as dt

import pytest
from django.utils import timezone


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    """It is moved by hand."""

    class Clock:
        now = timezone.now()

        def goes(self, seconds):
            self.now += dt.timedelta(seconds=seconds)

    one = Clock()
    monkeypatch.setattr(timezone, "now", lambda: one.now)
    return one
