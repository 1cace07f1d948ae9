"""Coalitions: asking, answering and ending, and who is one.

`ask_membership(actor, slug=...)`, `accept_membership`, `refuse_membership` and
`end_coalition_membership(actor, membership=...)` for coordinators of either side;
`end_memberships_of` for the operator; `change_kind` for the operator and the stewards.
"""

from directory.actions.coalitions.answering import accept_membership, refuse_membership
from directory.actions.coalitions.asking import ask_membership
from directory.actions.coalitions.ending import end_coalition_membership, end_memberships_of
from directory.actions.coalitions.kinds import change_kind

__all__ = [
    "accept_membership",
    "ask_membership",
    "change_kind",
    "end_coalition_membership",
    "end_memberships_of",
    "refuse_membership",
]
