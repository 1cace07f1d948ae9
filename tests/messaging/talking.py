"""Conversations for tests, opened as people open them."""

from __future__ import annotations

import uuid

from messaging.actions.answering import accept, take_requests
from messaging.actions.attaching import NewFile
from messaging.actions.mail_choices import Chosen, choose_mails
from messaging.actions.opening import open_channel, open_group
from messaging.actions.sending import send_message
from messaging.models import (
    Attachment,
    Block,
    ContactRequest,
    Conversation,
    Event,
    Participant,
    Party,
)
from messaging.queries.attachments import attachments_of
from messaging.queries.events import events_after
from network.actions.organizations import create_organization, grant_membership
from network.enums import Role
from network.models import Membership, Organization, Person
from network.tenancy import Purpose, acting, member, system
from tests.uploaded import inspected

MESSENGER = system(Purpose.MESSENGER)
HUB = system(Purpose.HUB)
PURGE = system(Purpose.PURGE)
OPERATOR = system(Purpose.OPERATOR)


def join(organization, name, role=Role.ORGANIZER):
    """The actor of a new person of an organization; participants follow as receivers do it."""
    with acting(OPERATOR) as operator:
        person = Person.objects.create_user(f"{name}@example.org", display_name=name.title())
        grant_membership(operator, organization=organization, person=person, role=role)
    return member(person.pk, organization.pk)


def third(slug="third-visitors", **values):
    """One more verified organization, with an organizer."""
    with acting(OPERATOR) as operator:
        found = create_organization(
            operator, slug=slug, name=slug.title(), country="ES", is_verified=True, **values
        )
    return found, join(found, f"olga-{slug}")


def ask(actor, *organizations, body="May we talk?", topic="Visits", **values):
    """A channel that an actor opens with organizations."""
    with acting(actor):
        return open_channel(
            actor,
            organizations=[one.slug for one in organizations],
            topic=topic,
            body=body,
            client_id=values.pop("client_id", None) or uuid.uuid4(),
            **values,
        )


def channel(cast):
    """An open channel of A, opened by Omar, and B, where Chiara has accepted."""
    conversation = ask(cast.actor("omar"), cast.b)
    chiara = cast.actor("chiara")
    with acting(chiara):
        return accept(chiara, conversation_id=conversation.pk)


def group(actor, *members, handles=(), topic="Plans"):
    """A group that an actor opens, in which nobody has accepted yet."""
    with acting(actor):
        return open_group(
            actor,
            topic=topic,
            client_id=uuid.uuid4(),
            members=[one.person_id for one in members],
            handles=handles,
        )


def accepts(actor, conversation):
    with acting(actor):
        return accept(actor, conversation_id=conversation.pk)


def say(actor, conversation, body="Hello", **values):
    """What came of sending."""
    values.setdefault("client_id", uuid.uuid4())
    with acting(actor):
        return send_message(actor, conversation_id=conversation.pk, body=body, **values)


def text_file(words="Minutes of May", name=""):
    """A file to send, as if it had been looked at; called as its words are."""
    return NewFile(name or f"{words}.txt", inspected(words))


def file_of(actor, event_id):
    """The one file of a message, as an actor sees it."""
    with acting(actor, is_reading=True):
        (found,) = attachments_of(actor, [event_id])[event_id]
        return found


def read(actor, conversation, after=0):
    """The bodies of the messages that an actor can read."""
    with acting(actor, is_reading=True):
        rows = events_after(actor, conversation_id=conversation.pk, after=after)
        return [one.body for one in rows if one.kind == "message"]


def log_of(conversation):
    """The whole log, as nobody but the messenger sees it."""
    with acting(MESSENGER, is_reading=True):
        return list(Event.objects.filter(conversation=conversation, seq__isnull=False))


def fresh(conversation):
    with acting(MESSENGER, is_reading=True):
        return Conversation.objects.get(pk=conversation.pk)


def row_of(actor, conversation):
    """The newest participant row of an actor."""
    with acting(MESSENGER, is_reading=True):
        return (
            Participant.objects.filter(
                conversation=conversation,
                person_id=actor.person_id,
                organization_id=actor.organization_id,
            )
            .order_by("-created_at")
            .first()
        )


def membership_of(actor):
    with acting(OPERATOR):
        return Membership.objects.get(
            person_id=actor.person_id, organization_id=actor.organization_id, ended_at=None
        )


def change_organization(organization, **values):
    with acting(OPERATOR):
        Organization.objects.filter(pk=organization.pk).update(**values)


def talk_of_all(one, other):
    """Two organizations that speak, ask, mention and block: a row in every table of theirs."""
    first, second = join(one, "talker-one", Role.OWNER), join(other, "talker-two", Role.OWNER)
    for asker, asked, owner in ((one, other, first), (other, one, second)):
        actor = second if asker is one else first
        conversation = ask(owner, asked, body=f"@{asker.slug} and @{asked.slug}")
        accepts(actor, conversation)
        said = say(actor, conversation, f"@{asker.slug}/1")
        with acting(MESSENGER):
            Attachment.objects.create(
                conversation=conversation,
                event_id=said.id,
                organization_id=actor.organization_id,
                ordinal=0,
                name=f"{asked.name}.txt",
                media_type="text/plain",
                bytes=1,
                file=uuid.uuid4().hex,
            )
    for actor, foreign in ((first, other), (second, one)):
        with acting(actor):
            choose_mails(actor, choice=Chosen(hour=9))
            take_requests(actor, takes_requests=True)
            Block.objects.create(
                organization_id=actor.organization_id, blocked=foreign, blocked_name=foreign.name
            )
    with acting(MESSENGER):
        party = Party.objects.filter(organization=one).first()
        ContactRequest.objects.create(
            organization=one, asker=other, conversation=party.conversation
        )
