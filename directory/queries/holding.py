"""What of a listing waits before it is public: a new contact, website, place or form for notes.

Whoever gets hold of a desk must not be able to lead people astray at once. What is taken away
goes at once, always.
"""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from directory.enums import Precision
from directory.models import HeldChange, Program

Columns = dict[str, Any]
POINT = ("latitude", "longitude", "precision")
_WORDS = ("website", "admin1", "locality")
RELAY = "has_relay"
HELD = ("contact", *_WORDS, *POINT, "country", RELAY)
_NOWHERE: Columns = {"latitude": None, "longitude": None, "precision": str(Precision.COUNTRY)}


def split(new: Columns, old: Columns, *, is_shown: bool) -> tuple[Columns, Columns]:
    """What is public at once of these columns, and what waits; the latter only where it differs.

    `old` is what the public read last; `is_shown` says whether it still does. Where it does not,
    what changed is left empty instead of standing there as before: a group that took its listing
    away may have had a reason. `country` is an ISO code; it is never empty, so there the old one
    stands. Nothing is ever shown that is neither
    in `new` nor in `old`, and nothing that `new` leaves empty.
    """
    shown, waiting = dict(new), Columns()
    contact = _contact(new["contact"], old["contact"], is_shown=is_shown)
    shown["contact"] = contact
    if late := {k: v for k, v in new["contact"].items() if contact.get(k) != v}:
        waiting["contact"] = late
    for name in _WORDS:
        if new[name] and new[name] != old[name]:
            waiting[name] = new[name]
            shown[name] = old[name] if is_shown else ""
    if new["latitude"] is not None and any(new[name] != old[name] for name in POINT):
        waiting |= {name: new[name] for name in POINT}
        shown |= {name: old[name] for name in POINT} if is_shown else _NOWHERE
    if new["country"] != old["country"]:
        waiting["country"] = new["country"]
        shown["country"] = old["country"]
    # Gone while it was in use is gone at once; what is there anew leads people somewhere.
    if new[RELAY] and not old.get(RELAY):
        waiting[RELAY], shown[RELAY] = True, False
    return shown, waiting


def open_change(program: Program) -> HeldChange | None:
    """What waits for a program, locked; nothing where nothing does. One query."""
    return waiting_changes().select_for_update(of=("self",)).filter(program=program).first()


def waiting_changes() -> QuerySet[HeldChange]:
    """Changes in scope that are neither public nor called off."""
    return HeldChange.objects.filter(confirmed_at=None, released_at=None, cancelled_at=None)


def still_wanted(waiting: Columns, new: Columns) -> Columns:
    """Of what waits, what the working copy still says: the rest was changed or taken back."""
    kept = {name: value for name, value in waiting.items() if name != "contact"}
    kept = {name: value for name, value in kept.items() if new[name] == value}
    if not all(name in kept for name in POINT):
        kept = {name: value for name, value in kept.items() if name not in POINT}
    contact = {k: v for k, v in waiting.get("contact", {}).items() if new["contact"].get(k) == v}
    return kept | ({"contact": contact} if contact else {})


def _contact(new: Columns, old: Columns, *, is_shown: bool) -> Columns:
    """Key by key: what stays, what stands as before, and not what is gone."""
    return {
        key: old[key] if new[key] != old.get(key) else new[key]
        for key in new
        if new[key] == old.get(key) or (is_shown and old.get(key))
    }
