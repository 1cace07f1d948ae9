"""When mails come that say how many messages wait: read and chosen by the token's person."""

from __future__ import annotations

from django.http import HttpResponse
from rest_framework.request import Request

from api.v1.operations.message_mails import CHANGE_MAILS, GET_MAILS
from api.v1.shell.conversations import MailsInput
from api.v1.shell.versions import stale
from api.v1.views.conversing import MARK, READ, ConversationView
from messaging.actions.mail_choices import Chosen, StaleChoiceError, choose_mails
from messaging.queries.mail_choices import chosen_in, mail_choice_of


class MessageMails(ConversationView):
    """One choice for the person, whichever organization the token is for."""

    permissions = {"GET": READ, "PATCH": MARK}

    @GET_MAILS
    def get(self, request: Request) -> HttpResponse:
        """What is chosen."""
        row = mail_choice_of(self.actor)
        return self.answer(chosen_in(row), version=row.version)

    @CHANGE_MAILS
    def patch(self, request: Request) -> HttpResponse:
        """What is chosen now; what was not sent is kept.

        Raises:
            Refusal: 428 without `If-Match`, 409 where it is not the present version.
            ValidationError: by field; 400.
        """
        before = mail_choice_of(self.actor)
        self.check_version(before.version, chosen_in(before))
        values = chosen_in(before) | self.input(MailsInput, partial=True)
        try:
            row = choose_mails(self.actor, choice=Chosen(**values), base_version=before.version)
        except StaleChoiceError as error:
            raise stale(chosen_in(error.present)) from None
        return self.answer(chosen_in(row), version=row.version)
