"""What is sent for a ticket of the socket."""

from __future__ import annotations

from api.v1.shell.conversations import MAX_ORGANIZATION
from api.v1.shell.inputs import Input, Text


class TicketInput(Input):
    """For which organization; a token names its own."""

    organization = Text(max_length=MAX_ORGANIZATION, required=False)
