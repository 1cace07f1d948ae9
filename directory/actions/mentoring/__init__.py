"""Help for beginners: offering it, asking for it, answering, ending."""

from directory.actions.mentoring.answering import answer_request, end_mentoring
from directory.actions.mentoring.asking import ask_mentor, withdraw_request
from directory.actions.mentoring.offering import offer_help
from directory.actions.mentoring.purging import purge_mentoring

__all__ = [
    "answer_request",
    "ask_mentor",
    "end_mentoring",
    "offer_help",
    "purge_mentoring",
    "withdraw_request",
]
