"""Whether a service is at work, in the four words of HSDS and in a sentence."""

from __future__ import annotations

from directory.enums import Claim, ProgramStatus
from directory.models import Listing

# HSDS has no word for "being formed": nobody is to be sent there yet. Nor has it one for "not
# known", which is said of half of what sources list: as `inactive` most readers would hide it, and
# a program that nobody finds visits nobody. So it is `active`, and the alert says that no source
# says so.
STATUSES = {
    ProgramStatus.FORMING: "inactive",
    ProgramStatus.ACTIVE: "active",
    ProgramStatus.PAUSED: "temporarily closed",
    ProgramStatus.SUSPENDED_BY_AUTHORITY: "temporarily closed",
    ProgramStatus.CLOSED: "defunct",
    ProgramStatus.UNKNOWN: "active",
}
_SENTENCES = {
    ProgramStatus.FORMING: "this program is being formed and is not at work yet",
    ProgramStatus.ACTIVE: "this program is at work",
    ProgramStatus.PAUSED: "this program has paused",
    ProgramStatus.SUSPENDED_BY_AUTHORITY: "the authority has suspended this program",
    ProgramStatus.CLOSED: "this program has closed",
}


def program_status(listing: Listing) -> ProgramStatus:
    """The status in our own vocabulary; a word that is not in it is `unknown`."""
    is_known = listing.status in ProgramStatus.values
    return ProgramStatus(listing.status) if is_known else ProgramStatus.UNKNOWN


def service_status(listing: Listing) -> str:
    """The status in the vocabulary of HSDS."""
    return STATUSES[program_status(listing)]


def alert(listing: Listing) -> str:
    """What a reader must know beside the status; empty for a group that says it is at work.

    What only a source says is never said without it: a source may be ten years old.
    """
    status = program_status(listing)
    if listing.claim == Claim.UNCLAIMED:
        return _said_by_source(listing, status)
    if status == ProgramStatus.ACTIVE:
        return ""
    if status == ProgramStatus.UNKNOWN:
        return "Whether this program is at work is not known."
    sentence = _SENTENCES[status]
    return f"{sentence[0].upper()}{sentence[1:]}."


def _said_by_source(listing: Listing, status: ProgramStatus) -> str:
    dated = f"dated {listing.as_of}" if listing.as_of else "without a date"
    if status == ProgramStatus.UNKNOWN:
        return f"A source {dated} does not say whether this program is at work."
    return f"A source {dated} says that {_SENTENCES[status]}. Nobody has confirmed it here."
