"""What the tests of reminders share: programs of some age, the worker's hand, and the mails."""

from __future__ import annotations

import datetime as dt
import re

from django.utils import timezone

from directory.actions.publishing import publish_program
from directory.actions.reminding.sending import send_reminders
from directory.models import Listing, Program, Reminder
from network.enums import OrganizationStatus
from network.models import Membership, Organization, OutgoingMail, Person
from network.tenancy import Purpose, Via, acting, system
from tests.directory.desk import listing_of

WORKER = system(Purpose.MAIL, via=Via.WORKER)
LINK = re.compile(r"http\S+/confirm/([\w-]+)/")


def today():
    return timezone.localdate()


def published(desk, by="carla", **values):
    """A program that is public, confirmed today."""
    program = desk.create(**values) if by == "carla" else desk.of_b
    with acting(desk.actor(by)) as actor:
        publish_program(actor, program=Program.objects.get(pk=program.pk))
    return program


def aged(program, days):
    """As if it had been confirmed so many days ago, and asked about at no time since."""
    day = today() - dt.timedelta(days=days)
    with acting(system(Purpose.OPERATOR)):
        Program.objects.filter(pk=program.pk).update(confirmed_on=day)
        Listing.objects.filter(pk=program.pk).update(confirmed_on=day)
    return program


def later(program, days):
    """As if so many days had passed since: nothing but dates is moved."""
    gone = dt.timedelta(days=days)
    with acting(system(Purpose.OPERATOR)):
        present = Program.objects.get(pk=program.pk)
        reminded = present.reminded_on and present.reminded_on - gone
        confirmed = present.confirmed_on - gone
        Program.objects.filter(pk=program.pk).update(confirmed_on=confirmed, reminded_on=reminded)
        Listing.objects.filter(pk=program.pk).update(confirmed_on=confirmed)


def remind():
    return send_reminders(WORKER)


def everything_due(organization):
    """As if nobody of this group had been asked yet."""
    change(Program, {"organization": organization}, reminded_on=None)


def mails():
    """What waits to be sent, oldest first."""
    with acting(system(Purpose.MAIL)):
        return list(OutgoingMail.objects.order_by("created_at", "id"))


def mail_to(name):
    return next(one for one in mails() if one.to == f"{name}@example.org")


def token_of(mail):
    return LINK.search(mail.text)[1]


def forget_mails():
    with acting(system(Purpose.MAIL)):
        OutgoingMail.objects.all().delete()


def rows():
    with acting(system(Purpose.OPERATOR)):
        return list(Reminder.objects.select_related("program", "membership").order_by("sent_at"))


def change(model, found, **values):
    """What an operator, time or somebody else has done."""
    with acting(system(Purpose.OPERATOR)):
        model.objects.filter(**found).update(**values)


def speaks(person, language):
    change(Person, {"pk": person.pk}, language=language)


def has_second_step(*people):
    change(Person, {"pk__in": [one.pk for one in people]}, second_factor_since=timezone.now())


def stands(organization, **values):
    change(Organization, {"pk": organization.pk}, **values)


def in_role(person, **values):
    change(Membership, {"person_id": person.pk}, **values)


def confirmed_on(program):
    with acting(system(Purpose.OPERATOR)):
        own = Program.objects.get(pk=program.pk).confirmed_on
    listing = listing_of(program)
    assert listing is None or listing.confirmed_on == own
    return own


SUSPENDED = OrganizationStatus.SUSPENDED
