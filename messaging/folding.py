"""Folding: the state of a conversation, from nothing but its log.

What the tables hold is a copy of it for quick reading. So the log can be checked, carried to
another node, and told anew to whoever missed a part.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field
from typing import Any, Protocol
from uuid import UUID

from messaging.enums import SAID, EventKind


class LoggedEvent(Protocol):
    """What is read of an event."""

    pk: Any
    seq: int | None
    kind: str
    handle_id: UUID | None
    body: str
    language: str
    thread_root: UUID | None
    target: UUID | None
    data: dict[str, Any]


@dataclass(slots=True)
class PartyFold:
    """An organization: as the log names it, and from when to when it takes part."""

    name: str
    slug: str
    is_host: bool
    is_joined: bool
    joined_seq: int
    left_seq: int | None = None


@dataclass(slots=True)
class HandleFold:
    """A handle: of which party, by which number, under which name if any."""

    party: str
    number: int
    joined_seq: int
    left_seq: int | None = None
    shown_name: str = ""


@dataclass(slots=True)
class TranslationFold:
    """What somebody made of a message in another language.

    `event` is the event that says it, `is_earlier` that the message was changed since.
    """

    event: str
    handle: str
    language: str
    body: str
    is_earlier: bool = False


@dataclass(slots=True)
class MessageFold:
    """A message or a topic as it stands; without words and files once it is deleted.

    `files` is how many came with it. Of `translations` there is one of each handle and language,
    the last.
    """

    seq: int
    kind: str
    handle: str
    body: str
    language: str
    thread_root: str
    files: int = 0
    is_edited: bool = False
    is_deleted: bool = False
    translations: dict[str, TranslationFold] = field(default_factory=dict)


@dataclass(slots=True)
class State:
    """A conversation at one number. Ids are texts, as in JSON."""

    last_seq: int = 0
    floor_seq: int = 0
    kind: str = ""
    topic: str = ""
    retention_days: int = 90
    parties: dict[str, PartyFold] = field(default_factory=dict)
    handles: dict[str, HandleFold] = field(default_factory=dict)
    messages: dict[str, MessageFold] = field(default_factory=dict)

    def to_base(self) -> dict[str, Any]:
        """What stays of it as JSON when every event up to here is deleted: no message."""
        return asdict(self) | {"messages": {}, "floor_seq": self.last_seq}

    @classmethod
    def from_base(cls, base: dict[str, Any]) -> State:
        """The state that `to_base` kept; a new one of nothing."""
        if not base:
            return cls()
        return cls(
            **base
            | {
                "parties": {key: PartyFold(**one) for key, one in base["parties"].items()},
                "handles": {key: HandleFold(**one) for key, one in base["handles"].items()},
            }
        )


def fold(events: Iterable[LoggedEvent], base: dict[str, Any] | None = None) -> State:
    """The state after these events, which are in order and follow on `base` without a gap.

    Raises:
        ValueError: a number is missing, or comes twice.
    """
    state = State.from_base(base or {})
    for event in events:
        if event.seq != state.last_seq + 1:
            raise ValueError(f"event {event.seq} does not follow on {state.last_seq}")
        _STEPS[EventKind(event.kind)](state, event)
        state.last_seq = event.seq
    return state


def without(base: dict[str, Any], parties: Iterable[str]) -> dict[str, Any]:
    """A base that no longer names some parties and their people."""
    state = State.from_base(base)
    gone = set(parties) & set(state.parties)
    for key in gone:
        state.parties[key].name = state.parties[key].slug = ""
    for handle in state.handles.values():
        if handle.party in gone:
            handle.shown_name = ""
    return asdict(state) if base else base


def _say(state: State, event: LoggedEvent) -> None:
    state.messages[str(event.pk)] = MessageFold(
        seq=event.seq or 0,
        kind=str(event.kind),
        handle=str(event.handle_id),
        body=event.body,
        language=event.language,
        thread_root=str(event.thread_root or ""),
        files=event.data.get("files", 0),
    )


def _edit(state: State, event: LoggedEvent) -> None:
    message = state.messages.get(str(event.target))
    if message is not None and not message.is_deleted:
        message.body, message.language, message.is_edited = event.body, event.language, True
        for one in message.translations.values():
            one.is_earlier = True


def _delete(state: State, event: LoggedEvent) -> None:
    """A message goes with its translations; a translation goes alone."""
    message = state.messages.get(str(event.target))
    if message is not None:
        message.body, message.language, message.is_deleted = "", "", True
        message.files = 0
        message.translations = {}
        return
    for message in state.messages.values():
        for key, one in list(message.translations.items()):
            if one.event == str(event.target):
                del message.translations[key]


def _translate(state: State, event: LoggedEvent) -> None:
    message = state.messages.get(str(event.target))
    if message is not None and not message.is_deleted:
        message.translations[f"{event.handle_id} {event.language}"] = TranslationFold(
            event=str(event.pk),
            handle=str(event.handle_id),
            language=event.language,
            body=event.body,
        )


def _open(state: State, event: LoggedEvent) -> None:
    state.kind, state.topic = event.data["kind"], event.body


def _rename(state: State, event: LoggedEvent) -> None:
    state.topic = event.body


def _party(state: State, event: LoggedEvent) -> None:
    slug, _space, name = event.body.partition(" ")
    state.parties[event.data["party"]] = PartyFold(
        name=name,
        slug=slug,
        is_host=event.data["host"],
        is_joined=event.kind == EventKind.PARTY_JOINED,
        joined_seq=event.data["joined"],
    )


def _rename_party(state: State, event: LoggedEvent) -> None:
    party = state.parties[event.data["party"]]
    party.slug, _space, party.name = event.body.partition(" ")


def _party_left(state: State, event: LoggedEvent) -> None:
    key = event.data["party"]
    state.parties[key].left_seq = event.seq
    state.retention_days = event.data["kept"]
    for handle in state.handles.values():
        if handle.party == key and handle.left_seq is None:
            handle.left_seq = event.seq


def _join(state: State, event: LoggedEvent) -> None:
    state.handles[str(event.handle_id)] = HandleFold(
        party=event.data["party"], number=event.data["number"], joined_seq=event.seq or 0
    )


def _leave(state: State, event: LoggedEvent) -> None:
    state.handles[str(event.handle_id)].left_seq = event.seq


def _name(state: State, event: LoggedEvent) -> None:
    state.handles[str(event.handle_id)].shown_name = event.body


def _retain(state: State, event: LoggedEvent) -> None:
    state.retention_days = event.data["kept"]


def _expire(state: State, event: LoggedEvent) -> None:
    through = event.data["through"]
    state.floor_seq = max(state.floor_seq, through)
    state.messages = {key: one for key, one in state.messages.items() if one.seq > through}


_STEPS: dict[EventKind, Callable[[State, LoggedEvent], None]] = {
    **dict.fromkeys(SAID, _say),
    EventKind.EDIT: _edit,
    EventKind.DELETION: _delete,
    EventKind.TRANSLATION: _translate,
    EventKind.OPENED: _open,
    EventKind.RENAMED: _rename,
    EventKind.PARTY_ASKED: _party,
    EventKind.PARTY_JOINED: _party,
    EventKind.PARTY_LEFT: _party_left,
    EventKind.PARTY_RENAMED: _rename_party,
    EventKind.PARTICIPANT_JOINED: _join,
    EventKind.PARTICIPANT_LEFT: _leave,
    EventKind.HANDLE_NAMED: _name,
    EventKind.RETENTION_SET: _retain,
    EventKind.EXPIRED: _expire,
}
