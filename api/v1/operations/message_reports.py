"""What the document says of reports of messages."""

from api.v1.operations.conversations import of_one
from api.v1.operations.described import answer
from api.v1.schemas import message_reports

REPORT_MESSAGES = of_one(
    "reportMessages",
    "Report messages",
    "Copies the messages that you name for the stewards of this node who belong neither to your "
    "organization nor to the one that wrote them: the words as they stand, when they were "
    "written, the handle and the organization. Nothing else of the conversation. All of them are "
    "of one other organization, which is not told. The copies are kept until 30 days after the "
    "decision, at most 180 days. The same answer when this `client_id` was sent before. A message "
    "that you may not read is 404.",
    status=202,
    request=("NewMessageReport", message_reports.NEW),
    answers=[answer("MessageReport", message_reports.REPORT)],
)
