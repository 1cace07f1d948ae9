"""Carrying a note to a group: one mail, and nothing kept once it is sent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from babel import Locale
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import F
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from directory.models import Listing, Relay
from directory.queries.relays import OpenRelay, relay_open_at
from directory.validators import normalise_language, validate_readable_text
from network.actions.letters import Letter, isolated
from network.actions.limits import take
from network.actions.mail import send_mail
from network.identifying import require_looked_at
from network.tenancy import Actor, Purpose, acting, system

LONGEST_NAME, LONGEST_ANSWER, LONGEST_TEXT = 100, 254, 4000
LEAST_DIGITS = 5
# Enough for a busy day, and too few to fill somebody's box or to use the site for spam.
NOTES_OF_LISTING, NOTES_OF_NODE, DAY = 20, 500, 24 * 60 * 60


class TooManyNotesError(Exception):
    """As many notes as a day takes have gone to this program, or through this site."""


@dataclass(frozen=True, slots=True)
class Note:
    """What a reader writes: `answer` is an e-mail address, a telephone number, or empty."""

    text: str
    language: str
    name: str = ""
    answer: str = ""


def carry_note(actor: Actor, *, slug: str, note: Note, has_looked: bool = False) -> None:
    """Send a note to the program of this address, as a mail to where its group wants it.

    It stands among the mails on their way and nowhere else, and is deleted when it is sent.
    Answers go to the address that the reader gave. `has_looked` says that nobody in detention can
    be recognised by the text. Outside of a transaction, since notes are counted.

    Raises:
        Listing.DoesNotExist: nobody can be written to there, for whatever reason.
        ValidationError: by field; `identifies` where `has_looked` must answer.
        TooManyNotesError: no more today; nothing was sent.
    """
    opened = relay_open_at(system(Purpose.OPERATOR, via=actor.via), slug)
    if opened is None:
        raise Listing.DoesNotExist
    said = _checked(note)
    require_looked_at({"text": said.text}, has_looked=has_looked)
    _count(opened.listing.pk)
    letter = Letter.written(lambda: _letter(opened, said), opened.relay.language)
    headers = {"Reply-To": said.answer} if "@" in said.answer else {}
    bound = system(Purpose.OPERATOR, via=actor.via, organization_id=opened.relay.organization_id)
    with acting(bound):
        Relay.objects.filter(pk=opened.relay.pk).update(notes=F("notes") + 1)
        send_mail(
            actor,
            to=opened.relay.email,
            subject=letter.subject,
            text=letter.text,
            headers=headers,
        )


def _count(listing: UUID) -> None:
    """Take one of the notes of today.

    Raises:
        TooManyNotesError: there is none left.
    """
    if not take("relay.listing", str(listing), NOTES_OF_LISTING, DAY).allowed:
        raise TooManyNotesError
    if not take("relay.node", "all", NOTES_OF_NODE, DAY).allowed:
        raise TooManyNotesError


def _checked(note: Note) -> Note:
    """The note as it is sent.

    Raises:
        ValidationError: by field, what to write instead.
    """
    errors: dict[str, Any] = {}
    found: dict[str, str] = {}
    for name, check in (
        ("text", _text),
        ("language", normalise_language),
        ("name", lambda text: _line(text, LONGEST_NAME)),
        ("answer", _answer),
    ):
        try:
            found[name] = check(getattr(note, name).strip())
        except ValidationError as error:
            errors[name] = error
    if errors:
        raise ValidationError(errors)
    return Note(**found)


def _text(text: str) -> str:
    text = text.replace("\r\n", "\n")
    if not text:
        raise ValidationError(_("Write what you want to tell them."), code="required")
    if len(text) > LONGEST_TEXT:
        raise _long(text, LONGEST_TEXT)
    validate_readable_text(text, lines=True)
    return text


def _line(text: str, longest: int) -> str:
    if len(text) > longest:
        raise _long(text, longest)
    validate_readable_text(text)
    return text


def _answer(text: str) -> str:
    """An address or a number; in the head of a mail it stands on one line.

    Raises:
        ValidationError: it is neither.
    """
    words = _("Write an e-mail address or a telephone number, or leave this empty.")
    _line(text, LONGEST_ANSWER)
    if "@" in text:
        try:
            validate_email(text)
        except ValidationError as error:
            raise ValidationError(words, code="answer") from error
    elif text and sum(char.isdigit() for char in text) < LEAST_DIGITS:
        raise ValidationError(words, code="answer")
    return text


def _long(text: str, limit: int) -> ValidationError:
    return ValidationError(
        _("Shorten this to %(limit)d characters; it has %(number)d."),
        code="long",
        params={"limit": limit, "number": len(text)},
    )


def _letter(opened: OpenRelay, note: Note) -> Letter:
    site = settings.NODE_NAME or settings.PUBLIC_ORIGIN
    words = isolated({"program": opened.listing.name, "site": site})
    return Letter(
        subject=gettext("A note to %(program)s, through %(site)s") % words,
        paragraphs=(
            gettext(
                "A reader wrote this to %(program)s through %(site)s. Nobody checked who it is. "
                "The site keeps no copy."
            )
            % words,
            "\n".join(
                (
                    gettext("Name: %(name)s")
                    % isolated({"name": note.name or gettext("not given")}),
                    gettext("Answer to: %(answer)s")
                    % isolated(
                        {"answer": note.answer or gettext("not given, so no answer is possible")}
                    ),
                    gettext("Language: %(language)s")
                    % isolated({"language": _language(note.language)}),
                )
            ),
            note.text,
        ),
        sender=gettext(
            "Your group switched this on at its desk on %(site)s, and can switch it off there."
        )
        % words,
    )


def _language(code: str) -> str:
    """The name of a language, in the one that is spoken."""
    names = Locale.parse((get_language() or "en").split("-")[0]).languages
    return names.get(code.replace("-", "_")) or names.get(code.split("-", maxsplit=1)[0]) or code
