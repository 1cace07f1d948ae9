"""Tables of the messenger, one model a file."""

from messaging.models.attachment import Attachment
from messaging.models.block import Block
from messaging.models.contact_policy import ContactPolicy
from messaging.models.contact_request import ContactRequest
from messaging.models.conversation import Conversation
from messaging.models.event import Event
from messaging.models.handle import Handle
from messaging.models.mail_choice import MailChoice
from messaging.models.mention import Mention
from messaging.models.message_report import MessageReport
from messaging.models.message_word import MessageWord
from messaging.models.participant import Participant
from messaging.models.party import Party
from messaging.models.reported_words import ReportedWords
from messaging.models.said import Said

__all__ = [
    "Attachment",
    "Block",
    "ContactPolicy",
    "ContactRequest",
    "Conversation",
    "Event",
    "Handle",
    "MailChoice",
    "Mention",
    "MessageReport",
    "MessageWord",
    "Participant",
    "Party",
    "ReportedWords",
    "Said",
]
