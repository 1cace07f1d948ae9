"""What stands in a conversation, line by line: days, messages, what else happened."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from frontend.templatetags.messenger import handle_name
from messaging.enums import EventKind
from messaging.models import Attachment, Event
from messaging.queries.attachments import Files
from messaging.queries.events import MessageRow


@dataclass(frozen=True, slots=True)
class Line:
    """One line: `kind` is day, new, fact or message, and says which of the others it has.

    `seq` is the number of a fact. `answered` is the message that this one answers, where it
    stands on the same page; `colleague` the name of who wrote it, for people of the same group;
    `files` what came with it.
    """

    kind: str
    day: dt.date | None = None
    seq: int = 0
    words: SafeString | str = ""
    message: MessageRow | None = None
    answered: MessageRow | None = None
    colleague: str = ""
    files: tuple[Attachment, ...] = ()

    @property
    def has_pdf(self) -> bool:
        """Whether a file came with it that is kept as it was sent, and can hold programs."""
        return any(one.media_type == "application/pdf" for one in self.files)


def lines_of(
    messages: list[MessageRow],
    facts: Iterable[Event],
    *,
    files: Files,
    parties: dict[str, str],
    colleagues: dict[object, str],
    zone: str,
    read_seq: int,
    is_of_groups: bool,
) -> list[Line]:
    """All of them in order; a day before its first, one mark before what was not read yet."""
    told = [(one, _fact_words(one, parties, is_of_groups)) for one in facts]
    mixed: list[tuple[int, dt.datetime, Line]] = [
        (one.seq or 0, one.created_at, Line("fact", seq=one.seq or 0, words=words))
        for one, words in told
        if words
    ]
    by_id = {one.id: one for one in messages}
    mixed += [
        (
            one.seq or 0,
            one.created_at,
            Line(
                "message",
                message=one,
                answered=by_id.get(one.thread_root) if one.thread_root else None,
                colleague=colleagues.get(one.handle_id, ""),
                files=files.get(one.id, ()),
            ),
        )
        for one in messages
    ]
    mixed.sort(key=lambda one: one[0])
    return _marked(mixed, ZoneInfo(zone), read_seq)


def _marked(
    mixed: list[tuple[int, dt.datetime, Line]], zone: ZoneInfo, read_seq: int
) -> list[Line]:
    """The lines with days between them, and where the unread begins."""
    found: list[Line] = []
    present: dt.date | None = None
    is_marked = False
    for seq, moment, line in mixed:
        day = moment.astimezone(zone).date()
        if day != present:
            found.append(Line("day", day=day))
            present = day
        message = line.message
        if message is not None and seq > read_seq and not message.is_mine and not is_marked:
            found.append(Line("new"))
            is_marked = True
        found.append(line)
    return found


def _fact_words(event: Event, parties: dict[str, str], is_of_groups: bool) -> SafeString | str:
    """What an event says to people; nothing where it would only be noise."""
    kind = EventKind(event.kind)
    if is_of_groups and kind is EventKind.PARTICIPANT_JOINED:
        return ""  # somebody has written, which is seen
    if kind is EventKind.PARTY_JOINED and event.data.get("host"):
        return ""
    say = _WORDS.get(kind)
    return say(event, parties) if say else ""


def _party(event: Event, parties: dict[str, str]) -> SafeString:
    name = parties.get(str(event.data.get("party", "")), "") or _("A group that is gone")
    return format_html("<bdi>{}</bdi>", name)


def _of_party(words: Callable[[], str]) -> Callable[[Event, dict[str, str]], SafeString]:
    return lambda event, parties: format_html(words(), group=_party(event, parties))


def _of_handle(words: Callable[[], str]) -> Callable[[Event, dict[str, str]], SafeString]:
    return lambda event, _parties: format_html(
        words(),
        who=handle_name(event.handle),
        text=format_html('<bdi dir="auto">{}</bdi>', event.body),
    )


def _retention(event: Event, _parties: dict[str, str]) -> str:
    days = int(event.data.get("kept", 0))
    words = ngettext(
        "Messages are kept for %(number)d day now.",
        "Messages are kept for %(number)d days now.",
        days,
    )
    return words % {"number": days}


def _named(event: Event, _parties: dict[str, str]) -> SafeString:
    words = _("{who} shows no name any more.")
    if event.body:
        words = _("{who} shows the name {text}.")
    return _of_handle(lambda: words)(event, {})


_WORDS: dict[EventKind, Callable[[Event, dict[str, str]], SafeString | str]] = {
    EventKind.PARTY_ASKED: _of_party(lambda: _("{group} was asked to take part.")),
    EventKind.PARTY_JOINED: _of_party(lambda: _("{group} takes part.")),
    EventKind.PARTY_LEFT: _of_party(lambda: _("{group} has left.")),
    EventKind.PARTY_RENAMED: lambda event, _parties: format_html(
        _("A group is now called {group}."),
        group=format_html('<bdi dir="auto">{}</bdi>', event.body.partition(" ")[2]),
    ),
    EventKind.PARTICIPANT_JOINED: _of_handle(lambda: _("{who} takes part.")),
    EventKind.PARTICIPANT_LEFT: _of_handle(lambda: _("{who} takes part no more.")),
    EventKind.RENAMED: _of_handle(lambda: _("The conversation is now called {text}.")),
    EventKind.HANDLE_NAMED: _named,
    EventKind.RETENTION_SET: _retention,
    EventKind.EXPIRED: lambda _event, _parties: _("Older messages were deleted, as was agreed."),
}
