"""What an event may speak of: one's own words to change or take back, anybody's to translate."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from messaging.enums import SAID, EventKind
from messaging.errors import ConversationClosed
from messaging.models import Event, Participant
from messaging.queries.events import visible_events
from messaging.queries.translations import is_current
from network.tenancy import Actor

# Of one message; more would bury what was said.
MAX_TRANSLATIONS = 10
_SPOKEN_OF = {EventKind.DELETION: (*SAID, EventKind.TRANSLATION)}


def checked_target(
    actor: Actor,
    participant: Participant,
    kind: EventKind,
    *,
    target: UUID | None,
    thread_root: UUID | None,
    language: str = "",
) -> Event | None:
    """The event that something speaks of or answers, after a look at whether it may.

    Under the lock of the conversation; what is spoken of is something that the actor can read.

    Raises:
        ConversationClosed: `target`: not there, deleted, replaced, or not one's own to change.
        ValidationError: `language`, `body` (`many`), of a translation.
    """
    wanted = target or thread_root
    if wanted is None:
        return None
    rows = visible_events(actor).filter(
        conversation_id=participant.conversation_id, kind__in=_SPOKEN_OF.get(kind, SAID)
    )
    found = rows.filter(pk=wanted, seq__isnull=False).first()
    if found is None:
        raise ConversationClosed("target")
    if target is None:
        return found
    _require_there(participant, found)
    if kind is EventKind.TRANSLATION:
        _require_translatable(participant, found, language)
    elif found.handle_id is None or found.handle_id != participant.handle_id:
        raise ConversationClosed("target")
    return found


def _require_there(participant: Participant, found: Event) -> None:
    """Not deleted; of a translation: not replaced, and its message not deleted either."""
    events = _events(participant)
    of_it = Q(target=found.pk) | Q(target=found.target, target__isnull=False)
    if events.filter(of_it, kind=EventKind.DELETION).exists():
        raise ConversationClosed("target")
    is_made = found.kind == EventKind.TRANSLATION
    if is_made and not events.filter(is_current(events), pk=found.pk).exists():
        raise ConversationClosed("target")


def _require_translatable(participant: Participant, found: Event, language: str) -> None:
    """Into another language, and not by too many."""
    events = _events(participant)
    edits = events.filter(kind=EventKind.EDIT, target=found.pk).order_by("-seq")
    if (edits.first() or found).language == language:
        words = _("The message is in this language already. Choose the language of your words.")
        raise ValidationError({"language": ValidationError(words, code="language")})
    present = events.filter(is_current(events), kind=EventKind.TRANSLATION, target=found.pk)
    others = present.exclude(handle=participant.handle, language=language)
    if others.count() >= MAX_TRANSLATIONS:
        words = _("This message has %(number)d translations already. No more fit beside it.")
        raise ValidationError(
            {"body": ValidationError(words, code="many", params={"number": MAX_TRANSLATIONS})}
        )


def _events(participant: Participant) -> QuerySet[Event]:
    return Event.objects.beyond_scope().filter(
        conversation_id=participant.conversation_id, seq__isnull=False
    )
