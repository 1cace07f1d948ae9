"""Mails about messages, written as the worker writes them."""

import datetime as dt
import uuid

from django.utils import timezone

from frontend.telling.letters import summons
from messaging.actions.answering import accept
from messaging.actions.mail_choices import Chosen, choose_mails
from messaging.actions.opening import open_direct
from messaging.actions.telling import tell_people
from messaging.models import Handle
from network.models import OutgoingMail
from network.tenancy import Purpose, acting, system
from tests.messaging.talking import MESSENGER

DIGEST = system(Purpose.DIGEST)
MAIL = system(Purpose.MAIL)
# For who wants to be told at once and by nothing else, at any hour.
AT_ONCE = Chosen(digest="off", quiet_from=0, quiet_until=0)
NEVER = Chosen(digest="off", at_once=False, quiet_from=0, quiet_until=0)


def choose(actor, choice):
    with acting(actor):
        return choose_mails(actor, choice=choice)


def everybody_at_once(*actors):
    for actor in actors:
        choose(actor, AT_ONCE)


def later(minutes):
    return timezone.now() + dt.timedelta(minutes=minutes)


def tell(minutes=11):
    """How many mails are written, where so much time has gone by."""
    return tell_people(DIGEST, compose=summons, now=later(minutes))


def mails():
    """All that were written and not sent: by address."""
    with acting(MAIL):
        return {one.to: one for one in OutgoingMail.objects.order_by("created_at")}


def forget_mails():
    with acting(MAIL):
        OutgoingMail.objects.all().delete()


def direct(one, other, conversation, body="Between us"):
    """A conversation of two who met in another, accepted."""
    with acting(MESSENGER):
        handle = Handle.objects.get(
            conversation=conversation, participant__person_id=other.person_id
        )
    with acting(one):
        made = open_direct(
            one, handle=(conversation.pk, handle.pk), body=body, client_id=uuid.uuid4()
        )
    with acting(other):
        accept(other, conversation_id=made.pk)
    return made
