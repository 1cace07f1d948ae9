"""What every surface of messages shows of what was said: found in the URL configuration.

A new address fails `test_visible_ranges.py` until it stands in `SHOWN`, with what it must show to
the letter, or in `SILENT`, with the reason why it says nothing of what was said.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.test import Client

from tests.api.socket.client import greet, play
from tests.isolation.histories import COMMON, History, Said, Talk
from tests.matrix.asking import _streamed as read_streamed
from tests.messaging.talking import fresh

CANARY = re.compile(rb"zq\d+x[0-9a-f]{6}")
API = "/api/v1/conversations/"
Words = set[str]

SILENT = {
    "messages:read": "a button: marks as read",
    "messages:answer": "a button: answers a request",
    "messages:delete": "a button: deletes",
    "messages:new_direct": "a form to somebody, without what they said",
    "messages:take_back": "a button: takes a translation back",
    "api:conversation_reports": "tells the stewards",
    "api:message_mails": "how often mails come, without what waits",
    "api:conversation_read": "marks as read",
    "api:conversation_mute": "mutes",
    "api:conversation_accept": "answers a request",
    "api:conversation_refuse": "answers a request",
    "api:conversation_block": "answers a request",
    "api:conversation_leave": "leaves",
    "api:conversation_end": "leaves",
    "api:conversation_rename": "renames",
    "api:conversation_name": "shows a name",
    "api:conversation_retention": "says how long it is kept",
    "api:conversation_participant": "takes somebody out",
    "api:conversation_parties": "brings a group in",
}


@dataclass
class Reader:
    """Somebody who looks: by pages and, with a token, by the API."""

    who: str
    client: Client
    token: str | None

    def page(self, path: str) -> Any:
        """The answer of a page."""
        return self.client.get(path)

    def api(self, path: str) -> Any:
        """The answer of the API."""
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        return Client().get(path, headers=headers)


def body_of(answer: Any) -> bytes:
    """What an answer says, whole."""
    return read_streamed(answer) if answer.streaming else answer.content


def canaries_in(answer: Any) -> Words:
    """The canaries that an answer tells."""
    return {one.decode() for one in CANARY.findall(body_of(answer))}


# What somebody must be shown of one conversation.


def numbered(history: History, talk: Talk, who: str) -> dict[str, int]:
    """All words of its log with their numbers, as they were said; names of files are words too."""
    found: dict[str, int] = {}
    for said in talk.said:
        if said.is_deleted or not history.stands.get(who):
            continue
        found |= {word: seq for seq, word in said.words}
        found |= {one.word: one.seq for one in said.translations if not one.is_back}
        found |= {said.file: said.seq} if said.file else {}
    return {word: seq for word, seq in found.items() if talk.sees(who, seq)}


def logged(history: History, talk: Talk, who: str) -> Words:
    """All words of its log."""
    return set(numbered(history, talk, who))


def standing(history: History, talk: Talk, who: str) -> Words:
    """The words of each message as it stands for them, with its file and its translations."""
    return set().union(*(_whole(talk, who, one) for one in history.readable(talk, who)))


def _whole(talk: Talk, who: str, said: Said) -> Words:
    beside = {one.word for one in talk.translations(who, said)}
    return {_present(talk, who, said), *beside, *filter(None, [said.file])}


def found(history: History, talk: Talk, who: str) -> Words:
    """What a search finds: by the words that stand there now, where they may be read."""
    return {
        one.words[-1][1] for one in history.readable(talk, who) if talk.sees(who, one.words[-1][0])
    }


def _present(talk: Talk, who: str, said: Said) -> str:
    return [word for seq, word in said.words if talk.sees(who, seq)][-1]


# How each surface is asked: pairs of an answer and what it must show.

Shown = Iterator[tuple[str, Any, Words]]


def _conversation(reader: Reader, history: History, talk: Talk) -> Shown:
    path = f"/messages/{talk.pk}/"
    present = standing(history, talk, reader.who)
    yield path, reader.page(path), present
    readable = history.readable(talk, reader.who)
    for root in [one for one in readable if one.root is None][:3]:
        thread = [one for one in readable if root.id in (one.id, one.root)]
        words = set().union(*(_whole(talk, reader.who, one) for one in thread))
        yield f"{path}?thread", reader.page(f"{path}?thread={root.id}"), words


def _lines(reader: Reader, history: History, talk: Talk) -> Shown:
    path = f"/messages/{talk.pk}/lines/"
    yield path, reader.page(path), standing(history, talk, reader.who)
    middle = talk.said[len(talk.said) // 2].seq if talk.said else 0
    if middle:
        readable = history.readable(talk, reader.who)
        later = [one for one in readable if _is_touched(talk, reader.who, one, middle)]
        # Answered since: it says now how often.
        answered = {one.root for one in readable if one.seq > middle}
        later += [one for one in readable if one.id in answered]
        words = set().union(*(_whole(talk, reader.who, one) for one in later))
        yield f"{path}?after", reader.page(f"{path}?after={middle}"), words


def _is_touched(talk: Talk, who: str, said: Said, after: int) -> bool:
    """Whether it was said, changed or translated after a number, or a translation taken back."""
    seen = [one for one in said.translations if talk.sees(who, one.seq)]
    numbers = [seq for seq, _word in said.words]
    numbers += [seq for one in seen for seq in (one.seq, one.back_seq)]
    return any(seq > after and talk.sees(who, seq) for seq in numbers)


def _edit(reader: Reader, history: History, talk: Talk) -> Shown:
    part = talk.present(reader.who)
    for said in talk.said[-3:]:
        path = f"/messages/{talk.pk}/edit/{said.id}/"
        is_own = said.by == reader.who and part is not None and said.seq > part.begin
        if not is_own and said.by == reader.who:
            continue  # written by an earlier handle: theirs to read, and not asked here
        may = is_own and not said.is_deleted and history.stands[reader.who]
        words = {_present(talk, reader.who, said)} if may else set()
        yield path, reader.page(path), words


def _translate(reader: Reader, history: History, talk: Talk) -> Shown:
    may = talk.present(reader.who) is not None and not talk.is_requested
    readable = history.readable(talk, reader.who) if may else []
    for said in talk.said[-3:]:
        path = f"/messages/{talk.pk}/translate/{said.id}/"
        words: Words = set()
        if said in readable:
            # The original, and what one made of it last, to be made better.
            own = [one for one in talk.translations(reader.who, said) if one.by == reader.who]
            words = {_present(talk, reader.who, said), *(one.word for one in own[-1:])}
        yield path, reader.page(path), words


def _report(reader: Reader, history: History, talk: Talk) -> Shown:
    path = f"/messages/{talk.pk}/report/"
    own = history.of.get(reader.who)
    others = [one for one in history.readable(talk, reader.who) if history.of[one.by] != own]
    yield path, reader.page(path), {_present(talk, reader.who, one) for one in others}


def _events(reader: Reader, history: History, talk: Talk) -> Shown:
    path = f"{API}{talk.pk}/events/"
    words = numbered(history, talk, reader.who)
    yield path, reader.api(f"{path}?limit=500&wait=1"), set(words)
    middle = talk.said[len(talk.said) // 2].seq if talk.said else 0
    later = {word for word, seq in words.items() if seq > middle}
    yield f"{path}?after", reader.api(f"{path}?after={middle}&limit=500"), later


@dataclass
class Frames:
    """What a socket said, looked at as an answer."""

    told: list[dict[str, Any]]
    status_code: int = 200
    streaming: bool = False

    @property
    def content(self) -> bytes:
        """All frames."""
        return json.dumps(self.told).encode()


def _socket(reader: Reader, history: History) -> Shown:
    """Resumed from the beginning, and handed on by the hub what came after the middle."""
    talks = {str(one.pk): one for one in history.talks}
    middle = {pk: one.said[len(one.said) // 2].seq if one.said else 0 for pk, one in talks.items()}
    heads = {one.pk: fresh(one).last_seq for one in history.talks}
    resumed: list[dict[str, Any]] = []
    handed_on: list[dict[str, Any]] = []

    async def scene(site: Any) -> None:
        client = site.client(headers=[("Authorization", f"Bearer {reader.token}")])
        if not await client.opened():
            return
        await greet(client, resume={"conversations": dict.fromkeys(talks, 0)})
        resumed.extend(await client.settled(returns=True))
        for pk, talk in talks.items():
            # As if it had been sent so far and no further, and nothing had been read since.
            site.rewind(client, talk.pk, middle[pk])
            site.hint(talk)
        handed_on.extend(await site.handed_on(client, heads))

    play(scene)
    for pk, talk in talks.items():
        # Who is asked reads what they were asked with; who has left pages over HTTP.
        ranges = talk.ranges.get(reader.who, [])
        part = ranges[-1] if ranges and not ranges[-1].is_over else None
        words = numbered(history, talk, reader.who) if part else {}
        for name, frames, since in (
            ("resumed", resumed, part.begin if part else 0),
            ("handed on", handed_on, max(middle[pk], part.begin if part else 0)),
        ):
            own = [one for one in frames if one.get("conversation") == pk]
            shown = {word for word, seq in words.items() if seq > since}
            yield f"socket {name}", Frames(own), shown


def _exports(reader: Reader, history: History, talk: Talk) -> Shown:
    path = f"/messages/{talk.pk}/export/"
    words = logged(history, talk, reader.who), standing(history, talk, reader.who)
    for form, expected in zip(("jsonl", "html"), words, strict=True):
        yield f"{path} {form}", reader.client.post(path, {"form": form}), expected


def _api_export(reader: Reader, history: History, talk: Talk) -> Shown:
    path = f"{API}{talk.pk}/export/"
    yield path, reader.api(path), logged(history, talk, reader.who)


def _file(reader: Reader, history: History, talk: Talk) -> Shown:
    for said, words in _files(reader, history, talk):
        path = f"/messages/{talk.pk}/files/{said.file_id}/"
        yield path, reader.page(path), words


def _api_file(reader: Reader, history: History, talk: Talk) -> Shown:
    for said, words in _files(reader, history, talk):
        path = f"{API}{talk.pk}/attachments/{said.file_id}/"
        yield path, reader.api(path), words


def _files(reader: Reader, history: History, talk: Talk) -> Iterator[tuple[Said, Words]]:
    readable = history.readable(talk, reader.who)
    for said in [one for one in talk.said if one.file][-3:]:
        yield said, {said.file} if said in readable else set()


def _page_of(part: str) -> Callable[[Reader, History, Talk], Shown]:
    def ask(reader: Reader, _history: History, talk: Talk) -> Shown:
        path = f"/messages/{talk.pk}/{part}"
        yield path, reader.page(path), set()

    return ask


def _api_of(part: str) -> Callable[[Reader, History, Talk], Shown]:
    def ask(reader: Reader, _history: History, talk: Talk) -> Shown:
        yield f"{API}{talk.pk}/{part}", reader.api(f"{API}{talk.pk}/{part}"), set()

    return ask


def _search(reader: Reader, history: History) -> Shown:
    words = [found(history, one, reader.who) for one in history.talks]
    for talk, own in zip(history.talks, words, strict=True):
        path = f"/messages/search/?q={COMMON}&conversation={talk.pk}"
        yield path, reader.page(path), own
    path = f"/messages/search/?q={COMMON}"
    everything = set().union(*words)
    if len(everything) <= 25:  # one page of it
        yield path, reader.page(path), everything


def _api_search(reader: Reader, history: History) -> Shown:
    path = f"{API}search/?page_size=100&q="
    words = set().union(*(found(history, one, reader.who) for one in history.talks))
    yield path, reader.api(path + COMMON), words
    for hidden in sorted(set(history.canaries) - words)[:4]:
        yield f"{path} of others", reader.api(path + hidden), set()


def _pages(*paths: str) -> Callable[[Reader, History], Shown]:
    def ask(reader: Reader, _history: History) -> Shown:
        for path in paths:
            yield path, reader.page(path), set()

    return ask


def _list(reader: Reader, history: History) -> Shown:
    answer = reader.api(f"{API}?page_size=100")
    yield API, answer, set()
    if answer.status_code != 200:
        return
    told = {
        one["id"]: (one["unread"], one["mentions"])
        for one in json.loads(answer.content)["results"]
    }
    for talk in history.talks:
        counted = told.get(str(talk.pk), (0, 0))
        expected = history.unread(talk, reader.who)
        assert counted == expected, (reader.who, talk.kind, counted, expected, history.story)


# By one conversation, and by all of them.
OF_ONE: dict[str, Callable[[Reader, History, Talk], Shown]] = {
    "messages:conversation": _conversation,
    "messages:lines": _lines,
    "messages:edit": _edit,
    "messages:report": _report,
    "messages:settings": _page_of("settings/"),
    "messages:translate": _translate,
    "messages:attachment": _file,
    "messages:topic": _page_of("topic/"),
    "messages:export": _exports,
    "api:conversation": _api_of(""),
    "api:conversation_participants": _api_of("participants/"),
    "api:conversation_events": _events,
    "api:conversation_export": _api_export,
    "api:conversation_attachment": _api_file,
}
# By every frame that tells of what was said.
OF_SOCKET: dict[str, Callable[[Reader, History], Shown]] = {"event": _socket}
OF_ALL: dict[str, Callable[[Reader, History], Shown]] = {
    "messages:inbox": _pages("/messages/", "/messages/?show=unread", "/messages/?show=over"),
    "messages:requests": _pages("/messages/requests/"),
    "messages:contacts": _pages("/messages/contacts/"),
    "messages:reports": _pages("/messages/reports/"),
    "messages:new": _pages("/messages/new/"),
    "messages:new_group": _pages("/messages/new/group/"),
    "messages:search": _search,
    "api:conversations": _list,
    "api:conversation_search": _api_search,
}
