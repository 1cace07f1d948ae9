"""What the tests of the relay share: a program that can be written to."""

from __future__ import annotations

import re

from directory.actions.publishing import publish_program
from directory.actions.relaying import Note, confirm_relay, switch_on_relay
from network.models import OutgoingMail
from network.tenancy import Purpose, acting, system, visitor
from tests.directory.desk import release_all

ADDRESS = "notes@harbour.example.org"
SLUG = "gb-harbour-visitors"
CONTACT = f"/programs/{SLUG}/contact/"
NOTE = Note(text="May I come on Tuesday?", language="en", name="Esi", answer="esi@example.org")
LINK = re.compile(r"/contact/confirm/([\w-]+)/")


def mails():
    """The mails on their way, the oldest first; only the mail worker sees them."""
    with acting(system(Purpose.MAIL)):
        return list(OutgoingMail.objects.order_by("created_at"))


def no_mails():
    """As if all had been sent."""
    with acting(system(Purpose.MAIL)):
        OutgoingMail.objects.all().delete()


def mails_to(address):
    """Those to somebody."""
    return [one for one in mails() if one.to == address]


def token_to(address=ADDRESS):
    """The secret in the newest mail to somebody."""
    return LINK.findall(mails_to(address)[-1].text)[-1]


def switch_on(desk, program, email=ADDRESS, by="carla", language="en"):
    with acting(desk.actor(by)) as actor:
        return switch_on_relay(actor, program=program, email=email, language=language)


def published_with_relay(desk):
    """A public program of A with a confirmed relay; no mail is left on its way."""
    program = desk.create()
    with acting(desk.actor("carla")) as carla:
        publish_program(carla, program=program)
    switch_on(desk, program)
    assert confirm_relay(visitor(), token=token_to())
    release_all()
    no_mails()
    return program
