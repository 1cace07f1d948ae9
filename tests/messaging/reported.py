"""Reports for tests, made and decided as people do it; and what came of them."""

from __future__ import annotations

import uuid

import pytest
from django.core import mail

from messaging.actions.deciding import decide_message_report
from messaging.actions.reporting import report_messages
from messaging.models import ReportedWords
from messaging.queries.reports import reports_of
from network.models import OutgoingMail
from network.tenancy import Purpose, acting, steward, system
from tests.messaging.talking import PURGE, channel, say


def report(actor, conversation, *said, kind="threat", note="They write this often.", **values):
    values.setdefault("client_id", uuid.uuid4())
    with acting(actor):
        return report_messages(
            actor,
            conversation_id=conversation.pk,
            messages=[one.id for one in said],
            kind=kind,
            note=note,
            **values,
        )


def decide(actor, found, decision, reason="Do not write this."):
    with acting(actor):
        return decide_message_report(actor, report_id=found.pk, decision=decision, reason=reason)


def code_of(error):
    return {field: found[0].code for field, found in error.value.error_dict.items()}


def copies():
    """Everything that was copied, as nobody but the purge sees all of it."""
    with acting(PURGE, is_reading=True):
        return list(ReportedWords.objects.beyond_scope().order_by("created_at"))


def mails():
    with acting(system(Purpose.MAIL), is_reading=True):
        waiting = [(one.to, one.subject + one.text) for one in OutgoingMail.objects.all()]
    return waiting + [(one.to[0], one.subject + one.body) for one in mail.outbox]


def state_of(actor):
    with acting(actor, is_reading=True):
        return [one.state for one in reports_of(actor)]


@pytest.fixture
def dov(cast):
    return steward(cast.dov.pk)


@pytest.fixture
def talk(cast):
    """A channel in which Omar of A said three things and Chiara of B one."""
    conversation = channel(cast)
    said = [say(cast.actor("omar"), conversation, f"Zq{n} of Omar", language="en") for n in "123"]
    return conversation, said, say(cast.actor("chiara"), conversation, "Zq4 of Chiara")
