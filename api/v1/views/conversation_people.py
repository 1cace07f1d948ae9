"""Who takes part in a conversation: read, invited, taken out; organizations brought in."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from rest_framework.request import Request

from api.v1.operations import conversation_people as told
from api.v1.serializers.conversations import participants_document
from api.v1.shell.conversations import PartyInput, PeopleInput
from api.v1.views.conversing import READ, WRITE, ConversationView
from messaging.actions.leaving import invite, remove_participant
from messaging.actions.parties import add_party
from messaging.enums import SeenState
from messaging.queries.handles import handles_of, people_behind
from messaging.queries.inbox import conversation_for
from messaging.queries.readers import readers_of
from network.queries.members import names_of

_OVER = (SeenState.LEFT, SeenState.REFUSED)


class Participants(ConversationView):
    """Those who have written, or taken a seat; inviting people into a group."""

    permissions = {"GET": READ, "POST": WRITE}
    adds_events = True

    @told.LIST_PARTICIPANTS
    def get(self, request: Request, pk: UUID) -> HttpResponse:
        """Everybody by handle, and who can read."""
        return self._listed(pk)

    @told.INVITE_PEOPLE
    def post(self, request: Request, pk: UUID) -> HttpResponse:
        """Invite people.

        Raises:
            ConversationClosed: it cannot be written to; 409.
            ValidationError: by field; 400.
        """
        invite(self.actor, conversation_id=pk, **self.input(PeopleInput))
        return self._listed(pk)

    def _listed(self, pk: UUID) -> HttpResponse:
        row = conversation_for(self.actor, pk)
        handles = list(handles_of(self.actor, pk))
        readers = None if row.state in _OVER else readers_of(self.actor, pk)
        people, names = people_behind(self.actor, pk), names_of(self.actor)
        return self.answer(participants_document(handles, row, people, names, readers))


class OneParticipant(ConversationView):
    """One person of a group."""

    permissions = {"DELETE": WRITE}
    adds_events = True

    @told.REMOVE_PARTICIPANT
    def delete(self, request: Request, pk: UUID, handle: UUID) -> HttpResponse:
        """Take them out."""
        remove_participant(self.actor, conversation_id=pk, handle_id=handle)
        return self.answer()


class Parties(ConversationView):
    """The organizations of a channel."""

    permissions = {"POST": WRITE}
    adds_events = True

    @told.ADD_PARTY
    def post(self, request: Request, pk: UUID) -> HttpResponse:
        """Bring one in, or ask it.

        Raises:
            ConversationClosed: it cannot be written to; 409.
            ValidationError: by field; 400.
        """
        slug = self.input(PartyInput)["organization"]
        try:
            add_party(self.actor, conversation_id=pk, slug=slug)
        except ValidationError as error:
            if "organizations" in getattr(error, "error_dict", {}):
                words = error.message_dict["organizations"]
                raise ValidationError({"organization": words}) from error
            raise
        return self.told(pk)
