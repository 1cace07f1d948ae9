"""What every history begins with, so that none is too dull to show a fault."""

from __future__ import annotations

from tests.isolation.histories import History
from tests.isolation.history_beside import attach, take_back, translate
from tests.isolation.history_steps import (
    accepted,
    added_party,
    delete,
    edit,
    invited,
    leave,
    opened_channel,
    opened_group,
    say,
)


def begin(history: History) -> None:
    """What every history begins with: somebody late, somebody gone, words changed and taken back.

    Two groups speak, a third comes later, and one person leaves before two messages change; in a
    group of people something is said before the other one accepts, and after they were asked back.
    Files come and messages are translated before and after; one translation is replaced and one
    taken back when somebody has left.
    """
    for act, who, number in (
        *((opened_channel, "amara", 0), (accepted, "chiara", 0), (say, "chiara", 0)),
        *((say, "chiara", 3), (attach, "chiara", 0), (attach, "chiara", 0)),
        *((translate, "amara", 0), (translate, "omar", 3), (leave, "beata", 0)),
        *((edit, "chiara", 0), (delete, "chiara", 1), (delete, "chiara", 2)),
        *((translate, "amara", 0), (take_back, "omar", 0), (translate, "chiara", 0)),
        *((added_party, "amara", 0), (accepted, "olga", 0), (say, "amara", 0)),
        *((translate, "chiara", 0), (attach, "amara", 0)),
        *((opened_group, "omar", 0), (say, "omar", 1), (accepted, "amara", 0), (say, "omar", 3)),
        *((leave, "amara", 1), (say, "omar", 1), (invited, "omar", 1)),
    ):
        act(history, who, number)
