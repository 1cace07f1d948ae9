"""What the document says of coalitions and who belongs to them."""

from api.v1.filters.paging import PageParameters
from api.v1.operations.described import answer
from api.v1.operations.me import OWN
from api.v1.operations.tenant import id_parameter, opened
from api.v1.schemas import coalitions
from network.enums import Scope

_TIE = id_parameter("id", "The membership or the ask.")
_ONE = answer("CoalitionTie", coalitions.TIE)

LIST_TIES = opened(
    "listCoalitions",
    OWN,
    "List coalition memberships",
    "The coalitions that the organization belongs to, or, of a coalition, the organizations that "
    "belong to it; with what either side asked and the other has not answered. Every member reads "
    "it.",
    scope=Scope.MEMBERS_READ,
    parameters=PageParameters,
    answers=[answer("CoalitionTiePage", coalitions.page_of(coalitions.TIE))],
    is_list=True,
)
ASK = opened(
    "askCoalition",
    OWN,
    "Ask to belong together",
    "An organization asks a coalition; a coalition invites an organization. Coordinators of the "
    "other side are told by mail and accept or refuse. What has no public card here is the same "
    "400, whatever it is. After a refusal the same side waits 30 days.",
    scope=Scope.MEMBERS_WRITE,
    method="POST",
    status=201,
    request=("CoalitionAsk", coalitions.ASK),
    answers=[_ONE],
)
GET_TIE = opened(
    "getCoalition",
    OWN,
    "Get a coalition membership",
    "One membership, or one ask that is not answered yet.",
    scope=Scope.MEMBERS_READ,
    answers=[_ONE],
    path=[_TIE],
)
ACCEPT = opened(
    "acceptCoalition",
    OWN,
    "Accept an ask",
    "Only the side that was asked can. Both public pages name each other at once.",
    scope=Scope.MEMBERS_WRITE,
    method="POST",
    answers=[_ONE],
    path=[_TIE],
)
REFUSE = opened(
    "refuseCoalition",
    OWN,
    "Refuse an ask",
    "Only the side that was asked can. Nothing changes but that the ask is over.",
    scope=Scope.MEMBERS_WRITE,
    method="POST",
    answers=[_ONE],
    path=[_TIE],
)
END = opened(
    "endCoalition",
    OWN,
    "End a membership in a coalition",
    "Either side ends a membership at once, or takes its own ask back. The public pages name each "
    "other no more, and leave to edit texts that was given through it is taken back.",
    scope=Scope.MEMBERS_WRITE,
    method="POST",
    answers=[_ONE],
    path=[_TIE],
)
