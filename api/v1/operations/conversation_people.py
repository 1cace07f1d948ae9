"""What the document says of who takes part in a conversation."""

from api.v1.operations.conversations import OF_ONE, READ, of_one
from api.v1.operations.described import answer
from api.v1.operations.tenant import id_parameter
from api.v1.schemas import conversations

_ALL = [answer("Participants", conversations.PARTICIPANTS)]

LIST_PARTICIPANTS = of_one(
    "listParticipants",
    "See who takes part",
    "By handle and organization; colleagues by name too, nobody of another organization. With "
    "who can read what you write.",
    scope=READ,
    method="GET",
    answers=_ALL,
)
INVITE_PEOPLE = of_one(
    "inviteParticipants",
    "Invite people into a group",
    "Each takes part once they accept; whoever is in or invited stays so.",
    request=("People", conversations.PEOPLE),
    answers=_ALL,
)
REMOVE_PARTICIPANT = of_one(
    "removeParticipant",
    "Take somebody out of a group",
    "One of your own organization; anybody where yours opened it, 403 otherwise.",
    method="DELETE",
    answers=(),
    path=[OF_ONE, id_parameter("handle", "The handle of the person.")],
    others=[403, 404, 409],
)
ADD_PARTY = of_one(
    "addParty",
    "Bring an organization into a channel",
    "For the organization that opened it. One never spoken with is asked. It reads what is said "
    "from then on. Twice is once.",
    request=("PartyAsk", {"organization": "visiteurs-du-port"}),
)
