"""Histories of conversations, and who may read what by an own reckoning.

The reckoning asks no table of who takes part: it watches the number of the newest event when
somebody comes or goes. Each text that somebody writes is a canary, one word of its own.
`history_steps.py` has what can happen.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field

from messaging.enums import EventKind
from messaging.models import Conversation, Event, Participant
from network.actions.organizations import create_organization, grant_membership
from network.enums import Role
from network.models import Organization, Person
from network.tenancy import Actor, acting, member
from tests.cast import Cast
from tests.messaging.talking import MESSENGER, OPERATOR

COMMON = "kestrel"


@dataclass
class Translated:
    """A translation: its number, its word, its handle and language, and since when it is gone."""

    id: uuid.UUID
    seq: int
    by: str
    word: str
    key: tuple[uuid.UUID | None, str]
    is_back: bool = False
    back_seq: int = 0


@dataclass
class Said:
    """A message: its number, by whom, its words from number to number, and whether it is gone.

    `file` is the word that its file is called by and holds, empty where none came with it.
    """

    id: uuid.UUID
    seq: int
    by: str
    words: list[tuple[int, str]]
    root: uuid.UUID | None = None
    is_deleted: bool = False
    names: str = ""
    file: str = ""
    file_id: uuid.UUID | None = None
    translations: list[Translated] = field(default_factory=list)


@dataclass
class Range:
    """From after one number up to another; `ended` where it does not go on."""

    begin: int
    end: int | None = None
    is_invited: bool = False
    is_over: bool = False

    def holds(self, seq: int) -> bool:
        """Whether a number lies in it."""
        return self.begin < seq and (self.end is None or seq <= self.end)


@dataclass
class Talk:
    """One conversation: what was said, and the ranges of each person."""

    pk: uuid.UUID
    kind: str
    host: str
    parties: set[str]
    said: list[Said] = field(default_factory=list)
    ranges: dict[str, list[Range]] = field(default_factory=dict)
    read: dict[str, int] = field(default_factory=dict)
    muted: set[str] = field(default_factory=set)
    stays_out: set[str] = field(default_factory=set)
    # Groups that were asked and have not answered, and what they may read meanwhile.
    asked: dict[str, tuple[int, int]] = field(default_factory=dict)
    is_requested: bool = False

    @property
    def is_of_groups(self) -> bool:
        """Whether all organizers of its groups take part."""
        return self.kind in ("channel", "mentoring")

    def begin(self, who: str, one: Range) -> None:
        """A new range of somebody, in which nothing is read or muted yet."""
        self.ranges.setdefault(who, []).append(one)
        self.read.pop(who, None)
        self.muted.discard(who)
        if not one.is_invited:
            self.stays_out.discard(who)

    def present(self, who: str) -> Range | None:
        """The range by which somebody writes now."""
        found = self.ranges.get(who, [])
        one = found[-1] if found else None
        return None if one is None or one.is_over or one.is_invited else one

    def sees(self, who: str, seq: int) -> bool:
        """Whether a number lies in a range of somebody."""
        return any(one.holds(seq) for one in self.ranges.get(who, []))

    def translations(self, who: str, said: Said) -> list[Translated]:
        """Those beside a message that somebody reads: theirs to read, not replaced, not gone."""
        seen = [one for one in said.translations if self.sees(who, one.seq)]
        return [
            one
            for one in seen
            if not one.is_back
            and not any(later.key == one.key and later.seq > one.seq for later in seen)
        ]


class History:
    """Three groups and their people, talking at random."""

    def __init__(self, cast: Cast) -> None:
        """The people, before anybody has said anything; B has one who has spoken with nobody."""
        self.groups: dict[str, Organization] = {"a": cast.a, "b": cast.b}
        self.people: dict[str, Person] = {
            "amara": cast.amara,
            "omar": cast.omar,
            "chiara": cast.chiara,
        }
        self.of = {"amara": "a", "omar": "a", "chiara": "b"}
        self.stands = {**dict.fromkeys(self.of, True), "nobody": False}
        # How somebody lost their role: `ended`, `role`, or `lost` where no receiver ran.
        self.lost: dict[str, str] = {}
        self.talks: list[Talk] = []
        self.canaries: dict[str, tuple[Talk, Said]] = {}
        self.told: list[str] = []
        with acting(OPERATOR) as operator:
            self.groups["c"] = create_organization(
                operator, slug="third-visitors", name="Third", country="ES", is_verified=True
            )
        for name, group in (("olga", "c"), ("beata", "b")):
            self._person(name, group, Role.OWNER)

    def actor(self, who: str) -> Actor:
        """Somebody, for their group."""
        return member(self.people[who].pk, self.groups[self.of[who]].pk)

    @property
    def story(self) -> str:
        """What happened, in one line."""
        return "; ".join(self.told)

    def readable(self, talk: Talk, who: str) -> list[Said]:
        """What somebody may read of it now."""
        if not self.stands[who]:
            return []
        return [one for one in talk.said if talk.sees(who, one.seq) and not one.is_deleted]

    def unread(self, talk: Talk, who: str) -> tuple[int, int]:
        """How much of it counts as unread for somebody, and how much of that names their group."""
        part = talk.present(who)
        if not self.stands[who] or part is None or who in talk.muted:
            return (0, 0)
        since = max(part.begin, talk.read.get(who, 0))
        later = [one for one in talk.said if one.seq > since]
        named = [one for one in later if one.names == self.of[who]]
        return (sum(one.by != who for one in later), len(named))

    def _person(self, name: str, group: str, role: Role) -> None:
        with acting(OPERATOR) as operator:
            person = Person.objects.create_user(f"{name}@example.org", display_name=name)
            grant_membership(operator, organization=self.groups[group], person=person, role=role)
        self.people[name], self.of[name], self.stands[name] = person, group, True

    def head(self, talk: Talk) -> int:
        """The number of the newest event."""
        with acting(MESSENGER, is_reading=True):
            return Conversation.objects.values_list("last_seq", flat=True).get(pk=talk.pk)

    def row(self, who: str, talk: Talk) -> Participant | None:
        """The newest row of somebody: whether they are asked, and their handle; no range."""
        with acting(MESSENGER, is_reading=True):
            rows = Participant.objects.filter(
                conversation_id=talk.pk, person=self.people[who]
            ).select_related("membership")
            return rows.order_by("-created_at").first()

    def colleagues(self, group: str) -> list[str]:
        return [one for one in self.people if self.of[one] == group and self.stands[one]]

    def talk_of(self, who: str, number: int, *kinds: str) -> Talk | None:
        found = [
            one
            for one in self.talks
            if one.present(who) is not None and (not kinds or one.kind in kinds)
        ]
        return found[number % len(found)] if found else None

    def canary(self) -> str:
        """A word that was never said."""
        return (
            f"zq{len(self.canaries) + sum(len(one.said) for one in self.talks)}x"
            + (uuid.uuid4().hex[:6])
        )

    def seat(self, talk: Talk, group: str, begin: int, end: int | None = None) -> None:
        """The present organizers of a group take part from some number on, or are asked."""
        talk.parties.add(group)
        for who in self.colleagues(group):
            part = talk.ranges.get(who, [])
            if not part or part[-1].is_over:
                talk.begin(who, Range(begin, end, is_invited=end is not None))

    def close(self, talk: Talk, who: str, end: int) -> None:
        """Somebody's range ends."""
        part = talk.ranges.get(who, [])
        if part and not part[-1].is_over:
            part[-1].end = end if part[-1].end is None else part[-1].end
            part[-1].is_over = True

    def open_talk(self, conversation: Conversation, kind: str, who: str, word: str) -> Talk:
        """Reckon with a new one, in which the first word was said."""
        talk = Talk(conversation.pk, kind, who, {self.of[who]})
        self.talks.append(talk)
        if word:
            with acting(MESSENGER, is_reading=True):
                event = Event.objects.get(conversation=conversation, kind=EventKind.MESSAGE)
            self.note(talk, Said(event.pk, event.seq or 0, who, [(event.seq or 0, word)]))
        return talk

    def note(self, talk: Talk, said: Said) -> None:
        """Remember what was said."""
        talk.said.append(said)
        self.canaries[said.words[-1][1]] = (talk, said)
        if said.file:
            self.canaries[said.file] = (talk, said)
