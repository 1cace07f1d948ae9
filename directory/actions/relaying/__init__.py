"""The contact relay: groups let readers write to them through the site, which keeps nothing."""

from directory.actions.relaying.carrying import Note, TooManyNotesError, carry_note
from directory.actions.relaying.switching import confirm_relay, switch_off_relay, switch_on_relay

__all__ = [
    "Note",
    "TooManyNotesError",
    "carry_note",
    "confirm_relay",
    "switch_off_relay",
    "switch_on_relay",
]
