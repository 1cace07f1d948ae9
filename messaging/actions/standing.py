"""Bringing who takes part in line with who belongs, whenever that has changed."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from messaging.actions.log import grow_epoch, locked, require_messenger
from messaging.actions.making import rename_party
from messaging.actions.people import (
    STAYS_OUT,
    bring_in,
    end_handle,
    end_participant,
    end_party_row,
    standing_members,
)
from messaging.actions.purging_reports import forget_reported
from messaging.actions.silencing import is_silent
from messaging.actions.words import forget_words
from messaging.enums import SAID, ConversationKind, Ending, EventKind, PartyState
from messaging.folding import without
from messaging.models import (
    Attachment,
    Conversation,
    Event,
    Handle,
    Mention,
    Participant,
    Party,
)
from messaging.queries.standing import ROLES
from network.models import Membership, Organization
from network.tenancy import Actor, Purpose, acting, system

# Events whose words are the name of an organization.
_NAMING = (EventKind.PARTY_ASKED, EventKind.PARTY_JOINED, EventKind.PARTY_RENAMED)


def reconcile(actor: Actor, *, organization_id: UUID) -> int:
    """Bring in and take out people of an organization by their present roles; how many changes.

    Where the organization is called otherwise now, its conversations learn that, too. Idempotent,
    and one transaction for each conversation. Nobody depends on it to be kept out:
    every question asks for the membership itself. Who may come in does so when it runs.

    Raises:
        ValueError: the actor is not the system acting as messenger.
    """
    require_messenger(actor)
    with acting(actor):
        present = standing_members(organization_id)
        parties = Party.objects.filter(organization_id=organization_id, left_seq=None)
        found = list(
            parties.select_related("organization", "conversation").order_by("conversation")
        )
    return sum(reconcile_party(actor, party, present) for party in found)


def forget_person(actor: Actor) -> int:
    """End the handles whose person is gone for good; how many there were.

    Raises:
        ValueError: the actor is not the system acting as messenger.
    """
    require_messenger(actor)
    with acting(actor):
        held = Participant.objects.filter(handle_id=OuterRef("pk"))
        rows = Handle.objects.filter(~Exists(held), left_seq=None).order_by("conversation_id")
        gone = list(rows.exclude(organization=None).values_list("pk", "conversation_id"))
    for handle_id, conversation_id in gone:
        with acting(actor):
            conversation = locked(conversation_id)
            end_handle(conversation, Handle.objects.get(pk=handle_id))
    return len(gone)


def forget_organization(organization_id: UUID) -> None:
    """Take an organization that is being purged out of every conversation, with its words.

    The others keep their own, and the order of what was said.
    """
    forget_reported(organization_id)
    actor = system(Purpose.MESSENGER)
    with acting(actor):
        parties = Party.objects.filter(organization_id=organization_id)
        conversations = sorted(set(parties.values_list("conversation_id", flat=True)))
        for conversation_id in conversations:
            _forget(locked(conversation_id), organization_id)
        Mention.objects.filter(organization_id=organization_id).delete()
        empty = Conversation.objects.filter(
            ~Exists(Party.objects.filter(conversation_id=OuterRef("pk"), left_seq=None)),
            pk__in=conversations,
        )
        nobody = list(empty.values_list("pk", flat=True))
    with acting(system(Purpose.PURGE)):
        Conversation.objects.filter(pk__in=nobody).delete()


@transaction.atomic
def reconcile_party(actor: Actor, party: Party, present: list[Membership]) -> int:
    """The same for one party and the standing members of its organization.

    Nothing is locked where nothing has to change.
    """
    with acting(actor):
        if not _is_out_of_line(party, present):
            return 0
        conversation = locked(party.conversation_id)
        # Asked again under the lock: another worker may have been faster.
        party = Party.objects.select_related("organization", "conversation").get(pk=party.pk)
        if party.left_seq is not None:
            return 0
        gone, missing = _changes(party, present)
        for one in gone:
            end_participant(conversation, one, Ending.STANDING)
        if missing:
            is_asked = party.state == PartyState.ASKED
            since = party.joined_seq if is_asked else conversation.last_seq
            bring_in(conversation, party, missing, since)
            grow_epoch(conversation)
        return len(gone) + len(missing) + _renamed(conversation, party)


def out_of_line(
    party: Party, known: Iterable[Participant], present: Iterable[Membership]
) -> tuple[list[Participant], list[Membership]]:
    """Of the rows of a party those of nobody who stands, and who stands without one.

    Into conversations of people one is invited: nobody is missing there.
    """
    standing = {one.pk: one for one in present}
    gone, there = [], set()
    for one in known:
        if not one.ended_as and one.membership_id not in standing:
            gone.append(one)
        elif not one.ended_as or one.ended_as in STAYS_OUT:
            there.add(one.membership_id)
    if ConversationKind(party.conversation.kind).is_of_people:
        return gone, []
    return gone, [one for key, one in standing.items() if key not in there]


def _is_out_of_line(party: Party, present: list[Membership]) -> bool:
    found = party.organization
    if found is not None and is_called_otherwise(party, found):
        return True
    return any(_changes(party, present))


def _changes(
    party: Party, present: list[Membership]
) -> tuple[list[Participant], list[Membership]]:
    """Whom to take out and whom to bring in now."""
    rows = Participant.objects.filter(party_id=party.pk).select_related("handle")
    gone, missing = out_of_line(party, rows.order_by("created_at"), present)
    if ConversationKind(party.conversation.kind).is_of_people:
        # Who was invited is taken out for good, so only where they no longer belong.
        gone = [one for one in gone if _has_ended(one)]
    if missing and is_silent(party):
        missing = []
    return gone, missing


def is_called_otherwise(party: Party, organization: Organization) -> bool:
    """Whether an organization has another name now than its conversations say."""
    return (party.name, party.slug) != (organization.name, organization.slug)


def _renamed(conversation: Conversation, party: Party) -> bool:
    """Say the new name, where there is one and the party is still there."""
    organization = party.organization
    # Whoever was the last of a group of people has just taken the party along.
    party.refresh_from_db(fields=["left_seq"])
    if organization is None or party.left_seq is not None:
        return False
    if not is_called_otherwise(party, organization):
        return False
    rename_party(conversation, party, organization)
    return True


def _has_ended(participant: Participant) -> bool:
    rows = Membership.objects.beyond_scope().filter(pk=participant.membership_id)
    return not rows.filter(ended_at=None, role__in=ROLES).exists()


def _forget(conversation: Conversation, organization_id: UUID) -> None:
    parties = list(
        Party.objects.filter(conversation=conversation, organization_id=organization_id)
    )
    for party in parties:
        if party.left_seq is None:
            end_party_row(conversation, party)
    handles = Handle.objects.filter(party__in=parties)
    ids = list(handles.values_list("pk", flat=True))
    keys = [str(party.pk) for party in parties]
    with acting(system(Purpose.PURGE)):
        # Their files have no name of a row any more, and go with the next purge.
        Attachment.objects.filter(conversation=conversation, event__handle_id__in=ids).delete()
        said = Event.objects.filter(conversation=conversation)
        named = [one.pk for one in said.filter(kind__in=_NAMING) if one.data["party"] in keys]
        forget_words(conversation.pk, said.filter(handle_id__in=ids, kind__in=SAID))
        said.filter(Q(handle_id__in=ids) | Q(pk__in=named)).exclude(body="").update(body="")
        Conversation.objects.filter(pk=conversation.pk).update(
            base=without(conversation.base, keys)
        )
    Participant.objects.filter(party__in=parties).update(handle=None)
    handles.update(organization=None, shown_name="")
    Party.objects.filter(pk__in=[party.pk for party in parties]).update(
        organization=None, name="", slug=""
    )
    Participant.objects.filter(party__in=parties).delete()
