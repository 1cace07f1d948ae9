"""Folding the log gives the state, whatever happened; every kind of event is among it."""

import uuid
from contextlib import suppress

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from messaging.actions.answering import accept
from messaging.actions.leaving import invite, leave_conversation, remove_participant, show_name
from messaging.actions.log import append, locked
from messaging.actions.parties import add_party, end_party, rename_conversation, set_retention
from messaging.actions.sending import delete_message, edit_message, translate_message
from messaging.actions.standing import reconcile
from messaging.enums import EventKind
from messaging.errors import ConversationClosed
from messaging.folding import _STEPS, State, fold, without
from messaging.models import Conversation, Handle, Participant, Party
from messaging.queries.events import messages_before
from network.models import Organization
from network.permissions import Refused
from network.tenancy import acting
from tests.messaging.talking import MESSENGER, OPERATOR, ask, channel, group, log_of, say, third

pytestmark = pytest.mark.django_db

# What an action may answer; anything else is a fault.
ANSWERS = (
    Refused,
    ValidationError,
    ConversationClosed,
    Conversation.DoesNotExist,
    Handle.DoesNotExist,
)
VERBS = (
    *("say", "topic", "reply", "edit", "edit", "delete", "name", "rename"),
    *("retain", "leave", "invite", "remove", "add", "end", "call"),
    *("translate", "translate", "take back"),
)
STEP = st.tuples(st.sampled_from(VERBS), st.integers(0, 2), st.integers(0, 30))
# One story in which everything happens that can: 0 is Omar, 1 Amara, 2 Chiara.
EVERYTHING = [
    ("say", 0, 0),
    ("say", 1, 1),
    ("say", 2, 2),
    ("topic", 0, 0),
    ("reply", 1, 0),
    ("translate", 1, 0),
    ("translate", 0, 0),
    ("edit", 0, 0),
    ("translate", 0, 1),
    ("take back", 1, 0),
    ("translate", 2, 0),
    ("translate", 0, 6),
    ("delete", 1, 0),
    ("name", 0, 1),
    ("rename", 0, 5),
    ("call", 0, 1),
    ("retain", 1, 0),
    ("add", 0, 0),
    ("leave", 2, 0),
    ("invite", 0, 0),
    ("remove", 0, 1),
    ("end", 1, 0),
]

_ALL = set(EventKind) - {EventKind.EXPIRED}
# A group asks people in and out, a channel organizations; who was removed from a group ends it.
KINDS = {
    "channel": _ALL,
    "group": _ALL - {EventKind.PARTY_ASKED, EventKind.PARTY_LEFT},
}


def tables_of(conversation):
    """What the tables say, in the shape of a fold."""
    with acting(MESSENGER, is_reading=True):
        row = Conversation.objects.get(pk=conversation.pk)
        parties = {
            str(one.pk): (one.name, one.slug, one.is_host, one.state, one.joined_seq, one.left_seq)
            for one in Party.objects.filter(conversation=row)
        }
        handles = {
            str(one.pk): (
                str(one.party_id),
                one.number,
                one.shown_name,
                one.joined_seq,
                one.left_seq,
            )
            for one in Handle.objects.filter(conversation=row)
        }
    return (row.last_seq, row.kind, row.topic, row.retention_days, parties, handles)


def folded(state):
    parties = {
        key: (
            one.name,
            one.slug,
            one.is_host,
            "joined" if one.is_joined else "asked",
            one.joined_seq,
            one.left_seq,
        )
        for key, one in state.parties.items()
    }
    handles = {
        key: (one.party, one.number, one.shown_name, one.joined_seq, one.left_seq)
        for key, one in state.handles.items()
    }
    return (state.last_seq, state.kind, state.topic, state.retention_days, parties, handles)


def same_messages(actor, conversation, log):
    """What one reads is the fold up to where one sees: who left sees no later edit."""
    with acting(MESSENGER, is_reading=True):
        rows = Participant.objects.filter(conversation=conversation, person_id=actor.person_id)
        ends = list(rows.values_list("left_seq", flat=True))
    if len(ends) != 1:
        return  # not here, or with a part missing in between
    state = fold(log[: ends[0]])
    with acting(actor, is_reading=True):
        rows = messages_before(actor, conversation_id=conversation.pk, limit=1000)
    shown = {
        str(one.id): (one.body, one.is_edited, one.is_deleted, translated(one.translations))
        for one in rows
    }
    own = {
        key: (
            one.body,
            one.is_edited and not one.is_deleted,
            one.is_deleted,
            translated(one.translations.values()),
        )
        for key, one in state.messages.items()
        if key in shown
    }
    assert shown == own


def translated(translations):
    return sorted((one.language, one.body, one.is_earlier) for one in translations)


def call_otherwise(organization_id, name):
    """A group has another name, and its conversations hear of it."""
    with acting(OPERATOR):
        Organization.objects.filter(pk=organization_id).update(name=name)
    reconcile(MESSENGER, organization_id=organization_id)


def act(step, conversation, people, said, made):
    """One step by one of the people; what they may not do changes nothing."""
    verb, who, number = step
    actor = people[who % len(people)]
    at = {"conversation_id": conversation.pk}
    new = {"client_id": uuid.uuid4(), "body": f"{verb} {number}"}
    own = [key for author, key in said if author is actor] or [uuid.uuid4()]
    target = own[number % len(own)]
    whole = [key for _author, key in said] or [uuid.uuid4()]
    with acting(MESSENGER, is_reading=True):
        handles = list(Handle.objects.filter(conversation=conversation).order_by("pk"))
    verbs = {
        "say": lambda: said.append((actor, say(actor, conversation, new["body"]).id)),
        "topic": lambda: say(actor, conversation, "About it", kind=EventKind.TOPIC),
        "reply": lambda: say(actor, conversation, "Yes", thread_root=target),
        "edit": lambda: edit_message(actor, target=target, **at, **new),
        "translate": lambda: made.append(
            (
                actor,
                translate_message(
                    actor,
                    target=whole[number % len(whole)],
                    language=("es", "fr")[number % 2],
                    **at,
                    **new,
                ).id,
            )
        ),
        "take back": lambda: delete_message(
            actor,
            target=[key for author, key in made if author is actor][-1 - number % 2],
            client_id=new["client_id"],
            **at,
        ),
        "delete": lambda: delete_message(actor, target=target, client_id=new["client_id"], **at),
        "name": lambda: show_name(actor, name=f"Name {number}" if number % 2 else "", **at),
        "rename": lambda: rename_conversation(actor, topic=f"Topic {number}", **at),
        "retain": lambda: set_retention(actor, days=(7, 30, 90, 365)[number % 4], **at),
        "leave": lambda: leave_conversation(actor, **at),
        "invite": lambda: invite(actor, members=[people[1].person_id], **at),
        "remove": lambda: remove_participant(
            actor, handle_id=handles[number % len(handles)].pk, **at
        ),
        "add": lambda: add_party(actor, slug="third-visitors", **at),
        "end": lambda: end_party(actor, **at),
        "call": lambda: call_otherwise(actor.organization_id, f"Group {number}"),
    }
    # Who translated nothing yet has nothing to take back.
    with suppress(*ANSWERS, IndexError), acting(actor):
        verbs[verb]()
    for one in people:
        with suppress(*ANSWERS), acting(one):
            accept(one, **at)


@pytest.fixture
def world(cast):
    """Omar, Amara and Chiara, whose groups speak with each other; a third one does not."""
    channel(cast)
    third()
    return cast, [cast.actor(name) for name in ("omar", "amara", "chiara")]


@pytest.mark.parametrize("kind", ["channel", "group"])
@settings(
    max_examples=6,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(steps=st.lists(STEP, min_size=6, max_size=14))
@example(steps=EVERYTHING)
def test_folding_the_log_gives_the_state(kind, steps, world):
    cast, people = world
    # Undone after each example: what one leaves must not stand in the way of the next.
    with transaction.atomic():
        conversation = ask(people[0], cast.b) if kind == "channel" else group(*people[:2])
        said, made = [], []
        for step in steps:
            act(step, conversation, people, said, made)
        log = log_of(conversation)
        state = fold(log)
        if steps is EVERYTHING:
            assert {one.kind for one in log} == set(KINDS[kind])
        assert folded(state) == tables_of(conversation)
        for cut in (len(log) // 2, len(log)):
            base = fold(log[:cut]).to_base()
            assert folded(fold(log[cut:], base)) == folded(state)
        for actor in people:
            same_messages(actor, conversation, log)
        transaction.set_rollback(True)


def test_every_kind_of_event_is_folded():
    assert set(_STEPS) == set(EventKind)


def test_a_missing_number_is_not_folded_over(cast):
    log = log_of(channel(cast))
    with pytest.raises(ValueError, match="does not follow"):
        fold([*log[:2], *log[3:]])


def test_what_expired_is_gone_from_the_state_and_names_can_be_taken(cast):
    conversation = channel(cast)
    said = say(cast.actor("omar"), conversation, "Stays")
    with acting(MESSENGER):
        append(locked(conversation.pk), EventKind.EXPIRED, data={"through": said.seq - 1})
    state = fold(log_of(conversation))
    assert [one.body for one in state.messages.values()] == ["Stays"]
    assert state.floor_seq == said.seq - 1
    base = state.to_base()
    assert "Stays" not in str(base)
    assert State.from_base(base).to_base() == base
    party = next(key for key, one in state.parties.items() if one.is_host)
    assert "Harbour" in str(base)
    assert "Harbour" not in str(without(base, [party]))
