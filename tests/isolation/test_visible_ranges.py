"""Whatever happens in conversations, every surface shows each person their range and no more.

Histories are made up: people join, leave, are taken out, lose their role and get it back, groups
leave and return, messages are answered, changed and deleted. What each person may read is reckoned
without the tables of who takes part, see `histories.py`. Every surface that the URL configuration
has is then asked as everybody: a canary beyond the range is a leak, one within it that is not
shown is a loss.
"""

from __future__ import annotations

import json
import os

import pytest
from django.core import mail
from django.test import Client
from hypothesis import HealthCheck, Phase, given, seed
from hypothesis import settings as hypothesis
from hypothesis import strategies as st

from api.v1 import urls as api_urls
from frontend import urls_messages
from messaging.finding import asked_words
from messaging.queries.search import messages_with
from network.actions.tokens import create_token
from network.enums import Scope
from network.models import Membership, OutgoingMail
from network.tenancy import Purpose, acting, system
from tests.depth import cases
from tests.directory.moved import exported, parts_of
from tests.isolation.histories import History
from tests.isolation.history_beginning import begin
from tests.isolation.history_steps import STEPS, step
from tests.isolation.range_surfaces import (
    CANARY,
    OF_ALL,
    OF_ONE,
    OF_SOCKET,
    SILENT,
    Reader,
    canaries_in,
    found,
    logged,
)
from tests.matrix.asking import rolled_back
from tests.signing_in import signed_in
from tests.uploaded import files

__all__ = ["files"]

OWNERS = ("amara", "beata", "olga")
SEED = int(os.environ.get("RANGES_SEED", "0"))
HISTORIES = st.lists(
    st.tuples(st.integers(0, len(STEPS) - 1), st.integers(0, 4), st.integers(0, 11)),
    min_size=12,
    max_size=cases(20, 36),
)


def test_every_surface_of_messages_is_asked_or_says_why_not():
    pages = {f"messages:{one.name}" for one in urls_messages.urlpatterns}
    api = {
        f"api:{one.name}"
        for one in api_urls.urlpatterns
        if str(one.pattern).startswith("conversations/")
    }
    known = set(OF_ONE) | set(OF_ALL) | set(SILENT)
    assert pages | api == known, sorted((pages | api) ^ known)


@pytest.mark.django_db
def test_everybody_sees_their_range_and_all_of_it(cast, files, settings):
    settings.API_RATE_READ = settings.API_RATE_WRONG = settings.MESSAGE_BURST = 1_000_000
    settings.INVITATIONS_A_DAY = 100_000
    seen = check(cast)
    print("RANGES", json.dumps(seen))
    # Not passed by showing nothing, nor by histories in which everybody sees everything.
    assert min(seen["shown"], seen["hidden"], seen["counted"]) > 20, seen


def check(cast):
    """Ask every surface about some histories; how much was shown, hidden and counted."""
    seen = {"histories": 0, "answers": 0, "shown": 0, "hidden": 0, "counted": 0}

    @hypothesis(
        max_examples=int(os.environ.get("RANGES", "0")) or cases(2, 150),
        deadline=None,
        database=None,
        derandomize=not SEED,
        phases=(Phase.generate,),
        suppress_health_check=list(HealthCheck),
    )
    @given(HISTORIES)
    def one(numbers):
        with rolled_back():
            history = History(cast)
            readers = readers_of(history)
            begin(history)
            for choice, who, other in numbers:
                step(history, choice, who, other)
            seen["histories"] += 1
            for reader in readers:
                ask_all(reader, history, seen)
            ask_archives(history)
            ask_mail()

    (seed(SEED)(one) if SEED else one)()
    return seen


def readers_of(history):
    """Everybody with a browser and a token of before anything happened; and a visitor."""
    made = []
    for who, person in history.people.items():
        actor = history.actor(who)
        with acting(actor):
            own = Membership.objects.get(person=person, ended_at=None)
            token = create_token(actor, membership=own, name=who, scopes=tuple(Scope.values))[1]
        made.append(Reader(who, signed_in(person), token))
    return [*made, Reader("nobody", Client(), None)]


def ask_all(reader, history, seen):
    """Hold every answer against what must be shown."""
    for talk in history.talks:
        for ask in OF_ONE.values():
            hold(reader, history, ask(reader, history, talk), seen)
    for ask in (*OF_ALL.values(), *OF_SOCKET.values()):
        hold(reader, history, ask(reader, history), seen)
    if reader.who not in history.people:
        return
    seen["counted"] += sum(sum(history.unread(talk, reader.who)) for talk in history.talks)
    actor = history.actor(reader.who)
    words = set().union(*(found(history, talk, reader.who) for talk in history.talks))
    with acting(actor, is_reading=True):
        for canary in history.canaries:
            rows = messages_with(actor, asked_words(canary)).rows
            assert rows.exists() == (canary in words), (reader.who, canary, history.story)


def hold(reader, history, answers, seen):
    for path, answer, expected in answers:
        assert answer.status_code < 500, (reader.who, path, history.story)
        told = canaries_in(answer)
        leaked, lost = told - expected, expected - told
        assert not leaked, ("leaked", reader.who, path, leaked, history.story)
        assert not lost, ("lost", reader.who, path, lost, answer.status_code, history.story)
        seen["answers"] += 1
        seen["shown"] += len(told)
        seen["hidden"] += len(set(history.canaries) - told)


def ask_archives(history):
    """The archive of a group holds what the owner who made it may read."""
    for who in OWNERS:
        parts = parts_of(exported(history.actor(who)))
        told = {one.decode() for one in CANARY.findall(repr(parts).encode())}
        words = set().union(*(logged(history, talk, who) for talk in history.talks))
        assert told == words, ("archive", who, told ^ words, history.story)


def ask_mail():
    """No mail holds a word of what was said."""
    with acting(system(Purpose.MAIL), is_reading=True):
        waiting = [*OutgoingMail._base_manager.values_list(), *(one.body for one in mail.outbox)]
    assert not CANARY.search(repr(waiting).encode())
