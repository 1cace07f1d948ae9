"""Forgetting where the notes of readers go."""

from __future__ import annotations

from directory.actions.programs.audit import record_program
from directory.models import Program, Relay
from network.erasures import Erased, erase
from network.tenancy import Actor


def forget_relay(actor: Actor, *, program: Program) -> bool:
    """Delete the address and keep the number of notes in the log; whether there was one.

    Whoever calls it has asked whether the actor may, and sees to what the public reads.
    """
    relay = Relay.objects.filter(program_id=program.pk).first()
    if relay is None:
        return False
    notes = relay.notes
    erase(Erased.RELAY, relay.pk)
    relay.delete()
    record_program(actor, "program.relay_ended", program, notes=notes)
    return True
