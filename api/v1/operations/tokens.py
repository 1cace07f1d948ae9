"""What the document says of tokens."""

from api.v1.filters.paging import PageParameters
from api.v1.operations.described import answer
from api.v1.operations.me import OWN
from api.v1.operations.tenant import id_parameter, opened
from api.v1.schemas import tokens
from network.enums import Scope

LIST_TOKENS = opened(
    "listTokens",
    OWN,
    "List tokens",
    "Your tokens, newest first; those of everybody in the organization for who manages them. "
    "Tokens are made at the desk, never here.",
    scope=Scope.MEMBERS_READ,
    parameters=PageParameters,
    answers=[answer("TokenPage", tokens.PAGE_EXAMPLE)],
    is_list=True,
)

REVOKE_TOKEN = opened(
    "revokeToken",
    OWN,
    "End a token",
    "End a token from this moment; one of your own, or any of the organization for who manages "
    "them. Ending it twice changes nothing.",
    scope=Scope.MEMBERS_WRITE,
    method="DELETE",
    path=[id_parameter("id", "The token.")],
)
