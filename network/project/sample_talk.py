"""An invented conversation between the two invented groups, so that messages can be tried out."""

from __future__ import annotations

from uuid import UUID, uuid5

from messaging.actions.answering import accept
from messaging.actions.opening import open_channel
from messaging.actions.sending import send_message, translate_message
from messaging.enums import EventKind
from network.tenancy import Actor, acting

_NAMES = UUID("6d1b5a0e-3c55-4c0e-9a43-0c5f2b7d9e10")
_ASKED = (
    "Bonjour. Nous commençons des visites le soir. Que faites-vous quand une visite est annulée "
    "au dernier moment et que des visiteurs sont déjà en route ?"
)
_ANSWERED = (
    "Welcome! Each evening one of us stays at home by the phone. Whoever is on the way rings "
    "from the station before the last bus, and we ring the centre once more."
)
_THANKED = (
    "Merci, nous allons essayer. @example-visitors/owners, pouvez-vous nous envoyer votre liste "
    "pour la personne au téléphone ?"
)


def make_sample_talk(asker: Actor, asked: Actor, *, slug: str) -> None:
    """A request in French that was accepted, translated and answered; its end is not read yet.

    `asked` acts for the group that `slug` names. Once for each two groups that were just made.
    """
    with acting(asker):
        talk = open_channel(
            asker,
            organizations=[slug],
            topic="Visites du soir",
            body=_ASKED,
            language="fr",
            client_id=uuid5(_NAMES, "asked"),
        ).pk
    with acting(asked):
        accept(asked, conversation_id=talk)
    _say(asked, talk, _ANSWERED, "en")
    begun = _say(asked, talk, "What new visitors ask us", "en", kind=EventKind.TOPIC)
    _say(asked, talk, "Whether they may bring a book. Here they may.", "en", thread_root=begun)
    thanked = _say(asker, talk, _THANKED, "fr")
    with acting(asker):
        translate_message(
            asker,
            conversation_id=talk,
            client_id=uuid5(_NAMES, "translated"),
            target=thanked,
            body="Thank you, we shall try. Can you send us your list for whoever is at the phone?",
            language="en",
        )


def _say(
    actor: Actor,
    talk: UUID,
    body: str,
    language: str,
    *,
    kind: EventKind = EventKind.MESSAGE,
    thread_root: UUID | None = None,
) -> UUID:
    with acting(actor):
        return send_message(
            actor,
            conversation_id=talk,
            client_id=uuid5(_NAMES, body),
            body=body,
            language=language,
            kind=kind,
            thread_root=thread_root,
        ).id
