"""Mails about one place or country: asking for them, confirming, being told, ending."""

from directory.actions.following.asking import (
    ask_to_follow,
    confirm_follow,
    open_wish,
)
from directory.actions.following.ending import end_follow, end_token, open_end
from directory.actions.following.purging import purge_follows
from directory.actions.following.telling import News, Written, tell_followers

__all__ = [
    "News",
    "Written",
    "ask_to_follow",
    "confirm_follow",
    "end_follow",
    "end_token",
    "open_end",
    "open_wish",
    "purge_follows",
    "tell_followers",
]
