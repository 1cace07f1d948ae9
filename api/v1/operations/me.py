"""What the document says of oneself."""

from api.v1.operations.described import answer
from api.v1.operations.tenant import opened
from api.v1.schemas import me

OWN = "Your organization"

GET_ME = opened(
    "getMe",
    OWN,
    "See who you are",
    "The person that the token acts for, with every role, and what the token is for. Any token "
    "may ask, whatever its scopes.",
    scope=None,
    is_tenant=False,
    answers=[answer("Me", me.EXAMPLE)],
)
