"""What the tests of mails about places and countries share."""

from __future__ import annotations

import datetime as dt
import re

from directory.actions.following import ask_to_follow, confirm_follow, tell_followers
from directory.models import Follow
from directory.queries.visiting_state import Subject
from frontend.following import letters
from network.models import OutgoingMail
from network.tenancy import Purpose, acting, system, visitor
from network.validators import normalise_email

FOLLOW, MAIL = system(Purpose.FOLLOW), system(Purpose.MAIL)
CONFIRM = re.compile(r"/follow/confirm/([\w-]+)/")
END = re.compile(r"/follow/end/([\w.-]+)/")


def mails(to=None):
    """What waits to be sent, oldest first."""
    with acting(MAIL):
        rows = OutgoingMail.objects.order_by("created_at")
        return list(rows.filter(to=to) if to else rows)


def forget_mails():
    with acting(MAIL):
        OutgoingMail.objects.all().delete()


def rows(**wanted):
    """The rows themselves, as only the mails see them."""
    with acting(FOLLOW):
        return list(Follow.objects.filter(**wanted).order_by("created_at"))


def ask(subject, email="esi@example.org", language="en"):
    """Ask as a visitor; the token of the link in the mail."""
    ask_to_follow(
        visitor(),
        email=email,
        language=language,
        subject=subject,
        compose=lambda token: letters.confirming(subject, token),
    )
    return CONFIRM.search(mails(normalise_email(email))[-1].text)[1]


def follow(subject, email="esi@example.org", language="en"):
    """Ask and confirm; the confirmation is not in the way of later mails."""
    found = confirm_follow(visitor(), token=ask(subject, email, language))
    forget_mails()
    return found


def place_of(facility):
    return Subject(facility=facility)


def tell():
    """A round of the worker that notices, and one a minute later; how many mails were written."""
    found = tell_followers(FOLLOW, compose=letters.news)
    a_minute_later()
    return found + tell_followers(FOLLOW, compose=letters.news)


def a_minute_later():
    """As if whoever is behind had been noticed a minute ago."""
    with acting(FOLLOW):
        for row in Follow.objects.exclude(behind_since=None):
            row.behind_since -= dt.timedelta(minutes=1, seconds=1)
            row.save()


def a_day_later():
    """As if every mail had been written more than a day ago."""
    with acting(FOLLOW):
        for row in Follow.objects.exclude(told_at=None):
            row.told_at -= dt.timedelta(days=1, minutes=1)
            row.save()
