"""How often somebody may begin or object, by whichever way they come in."""

from __future__ import annotations

from uuid import UUID

from network.actions.limits import take
from network.validators import normalise_email

DAY = 24 * 3600
# First steps of one address, those of the whole node, and of one account, each in a day.
TO_ONE, OF_NODE, OF_PERSON = 3, 300, 10
# Objections to one entry, and at the whole node, each in a day.
TO_ENTRY, OBJECTIONS = 10, 100


def may_take_first_step(email: str) -> bool:
    """Whether one more mail may go to this address today. It counts, so ask once.

    The same for every address, whoever has an account.

    Raises:
        RuntimeError: a transaction is open.
    """
    to_one = take("join", normalise_email(email), TO_ONE, DAY).allowed
    return to_one and take("join.node", "", OF_NODE, DAY).allowed


def may_begin(person_id: UUID) -> bool:
    """Whether this person may begin one more application today. It counts, so ask once.

    Raises:
        RuntimeError: a transaction is open.
    """
    return take("join.person", str(person_id), OF_PERSON, DAY).allowed


def may_object(slug: str) -> bool:
    """Whether one more objection to this entry is taken today. It counts, so ask once.

    Raises:
        RuntimeError: a transaction is open.
    """
    to_entry = take("object", slug, TO_ENTRY, DAY).allowed
    return to_entry and take("object.node", "", OBJECTIONS, DAY).allowed
