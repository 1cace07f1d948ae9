"""What can happen beside the words of messages: files come with them, people translate them."""

from __future__ import annotations

import uuid

from messaging.actions.sending import delete_message, send_message, translate_message
from messaging.models import Attachment
from network.tenancy import acting
from tests.isolation.histories import COMMON, History, Said, Talk, Translated
from tests.messaging.talking import MESSENGER, text_file

LANGUAGES = ("fr", "ar")


def attach(history: History, who: str, number: int) -> None:
    """A message with a file, whose name and content are a canary."""
    talk = history.talk_of(who, number)
    if talk is None or talk.is_requested:
        return
    word, actor = history.canary(), history.actor(who)
    name = history.canary()
    with acting(actor):
        sent = send_message(
            actor,
            conversation_id=talk.pk,
            client_id=uuid.uuid4(),
            body=f"{COMMON} {word}",
            files=(text_file(name),),
        )
    assert sent.seq is not None
    with acting(MESSENGER, is_reading=True):
        file_id = Attachment.objects.beyond_scope().get(event_id=sent.id).pk
    said = Said(sent.id, sent.seq, who, [(sent.seq, word)], file=name, file_id=file_id)
    history.note(talk, said)


def translate(history: History, who: str, number: int) -> None:
    """A message of anybody in another language; said again, it replaces what was there."""
    talk = history.talk_of(who, number)
    if talk is None or talk.is_requested:
        return
    readable = history.readable(talk, who)
    if not readable:
        return
    said = readable[number % len(readable)]
    word, actor, language = history.canary(), history.actor(who), LANGUAGES[number % 2]
    with acting(actor):
        sent = translate_message(
            actor,
            conversation_id=talk.pk,
            client_id=uuid.uuid4(),
            target=said.id,
            body=f"{COMMON} {word}",
            language=language,
        )
    key = (history.row(who, talk).handle_id, language)
    said.translations.append(Translated(sent.id, sent.seq or 0, who, word, key))
    history.canaries[word] = (talk, said)


def take_back(history: History, who: str, number: int) -> None:
    """One's own translation is gone, and what it had replaced does not come back."""
    talk = history.talk_of(who, number)
    if talk is None or talk.is_requested:
        return
    own = _own(history, talk, who)
    if not own:
        return
    translated, actor = own[number % len(own)], history.actor(who)
    with acting(actor):
        gone = delete_message(
            actor, conversation_id=talk.pk, client_id=uuid.uuid4(), target=translated.id
        )
    translated.is_back, translated.back_seq = True, gone.seq or 0


def _own(history: History, talk: Talk, who: str) -> list[Translated]:
    """Translations that somebody may take back: by their present handle, and not replaced."""
    handle = history.row(who, talk).handle_id
    return [
        one
        for said in talk.said
        if not said.is_deleted
        for one in said.translations
        if one.key[0] == handle
        and not one.is_back
        and not any(later.key == one.key and later.seq > one.seq for later in said.translations)
    ]
