"""Guards of visible ranges taken away one at a time: some history must tell each.

Not collected with the tests: `python -m tests.benchmarks visible_ranges` runs it, on SQLite, where
no row security stands behind.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from django.db.models import Exists, OuterRef, Q

from messaging.actions import adding, words
from messaging.enums import EventKind
from messaging.models import Attachment, Event, MessageWord
from messaging.queries import attachments, counting, events, exporting, search, standing
from tests.isolation.test_visible_ranges import check
from tests.uploaded import files

__all__ = ["files"]  # a fixture


def ranges(monkeypatch, *conditions, **more):
    """The visible range by other conditions."""

    def mutant(actor):
        found = standing.participations_of(actor).filter(
            *conditions, conversation_id=OuterRef("conversation_id"), **more
        )
        return Exists(found)

    monkeypatch.setattr(events, "in_visible_range", mutant)
    monkeypatch.setattr(search, "in_visible_range", mutant)


UNTIL = Q(left_seq=None) | Q(left_seq__gte=OuterRef("seq"))


def without_beginning(monkeypatch):
    ranges(monkeypatch, UNTIL, joined_seq__isnull=False)


def without_end(monkeypatch):
    ranges(monkeypatch, joined_seq__lt=OuterRef("seq"))


def one_too_early(monkeypatch):
    ranges(monkeypatch, UNTIL, joined_seq__lte=OuterRef("seq"))


def one_too_short(monkeypatch):
    until = Q(left_seq=None) | Q(left_seq__gt=OuterRef("seq"))
    ranges(monkeypatch, until, joined_seq__lt=OuterRef("seq"))


def only_who_takes_part_now(monkeypatch):
    ranges(monkeypatch, UNTIL, joined_seq__lt=OuterRef("seq"), ended_as="")


def without_the_live_membership(monkeypatch):
    monkeypatch.setattr(standing, "stands", Q)


def deletions_are_not_asked_for(monkeypatch):
    monkeypatch.setattr(events, "deleted_among", lambda *_args, **_more: set())


def deletions_count_within_the_range(monkeypatch):
    def mutant(actor, messages, *, conversations):
        rows = events.visible_events(actor).filter(
            conversation_id__in=conversations, target__in=messages, kind=EventKind.DELETION
        )
        return set(rows.values_list("target", flat=True))

    monkeypatch.setattr(events, "deleted_among", mutant)


def changes_count_for_whoever_looks(monkeypatch):
    whole = events.as_they_stand

    def mutant(actor, page):
        with monkeypatch.context() as opened:
            opened.setattr(events, "visible_events", lambda _actor: Event.objects.beyond_scope())
            return whole(actor, page)

    for module in (events, exporting):
        monkeypatch.setattr(module, "as_they_stand", mutant)


def words_are_found_beyond_the_range(monkeypatch):
    monkeypatch.setattr(search, "in_visible_range", lambda _actor: Q())


def words_of_before_a_change_stay(monkeypatch):
    def mutant(event, target=None):
        if event.kind == EventKind.EDIT:
            words._add(target, event)
        else:
            words.follow_words(event, target)

    monkeypatch.setattr(adding, "follow_words", mutant)


def words_of_what_was_deleted_stay(monkeypatch):
    def mutant(event, target=None):
        if event.kind != EventKind.DELETION:
            words.follow_words(event, target)

    monkeypatch.setattr(adding, "follow_words", mutant)


def words_belong_to_the_first_event(monkeypatch):
    whole = words._add

    def mutant(message, said):
        whole(message, said)
        rows = MessageWord.objects.beyond_scope().filter(message=message.pk)
        rows.update(seq=message.seq)

    monkeypatch.setattr(words, "_add", mutant)


def an_export_ends_where_the_newest_row_does(monkeypatch):
    whole = exporting.export_rows

    def mutant(actor, conversation):
        with monkeypatch.context() as opened:
            opened.setattr(exporting, "_newest", lambda _actor, _key: conversation.last_seq)
            yield from list(whole(actor, conversation))

    monkeypatch.setattr("frontend.views.messages.exporting.export_rows", mutant)


def unread_counts_from_the_first_event(monkeypatch):
    def mutant():
        return Event.objects.beyond_scope().filter(
            conversation_id=OuterRef("conversation_id"),
            seq__gt=OuterRef("read_seq"),
            kind__in=("message", "topic"),
        )

    for module in (counting, __import__("messaging.queries.inbox", fromlist=["inbox"])):
        monkeypatch.setattr(module, "unread_of", mutant)


def files_are_handed_out_beyond_the_range(monkeypatch):
    files = Attachment.objects.beyond_scope
    monkeypatch.setattr(attachments, "_handed_out", lambda _actor: files().filter(deleted_at=None))


def files_of_deleted_messages_are_handed_out(monkeypatch):
    def mutant(actor):
        seen = events.visible_events(actor).values("pk")
        return Attachment.objects.beyond_scope().filter(event_id__in=seen)

    monkeypatch.setattr(attachments, "_handed_out", mutant)


MUTANTS = (
    without_beginning,
    without_end,
    one_too_early,
    one_too_short,
    only_who_takes_part_now,
    without_the_live_membership,
    deletions_are_not_asked_for,
    deletions_count_within_the_range,
    changes_count_for_whoever_looks,
    words_are_found_beyond_the_range,
    words_of_before_a_change_stay,
    words_of_what_was_deleted_stay,
    words_belong_to_the_first_event,
    an_export_ends_where_the_newest_row_does,
    unread_counts_from_the_first_event,
    files_are_handed_out_beyond_the_range,
    files_of_deleted_messages_are_handed_out,
)
# Behind which a second guard holds in most histories: the role is asked at the gate as well.
HELD = {"without_the_live_membership"}


@pytest.mark.django_db
@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda one: one.__name__)
def test_a_guard_that_is_gone_is_noticed(mutant, cast, files, settings, monkeypatch):
    settings.API_RATE_READ = settings.API_RATE_WRONG = settings.MESSAGE_BURST = 1_000_000
    settings.INVITATIONS_A_DAY = 100_000
    mutant(monkeypatch)
    told = ""
    try:
        check(cast)
    except AssertionError as noticed:
        told = str(noticed).splitlines()[0][:120]
    keep(mutant.__name__, told)
    assert told or mutant.__name__ in HELD


def keep(name, told):
    """What became of one, beside the others."""
    path = Path(os.environ.get("MUTANTS_RESULT", os.devnull))
    found = json.loads(path.read_text()) if path.is_file() and path.stat().st_size else {}
    path.write_text(json.dumps({**found, name: told}))
