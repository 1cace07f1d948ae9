"""What the document says of vouches and of proofs by mail."""

from __future__ import annotations

from collections.abc import Callable

from api.v1.filters.paging import PageParameters
from api.v1.operations.described import answer
from api.v1.operations.me import OWN
from api.v1.operations.tenant import F, Request, id_parameter, opened
from api.v1.schemas import vouches
from network.enums import Scope

_READ, _WRITE = Scope.DIRECTORY_READ, Scope.DIRECTORY_WRITE
_APPLICATION = [id_parameter("id", "The application.")]
_VOUCH = [id_parameter("id", "The request to vouch.")]
_WHOSE = "For coordinators and owners of the group that applies. "
_ASKED = "For coordinators and owners of the group that is asked. "

LIST_APPLICATION_VOUCHES = opened(
    "listApplicationVouches",
    OWN,
    "See who vouches for you",
    _WHOSE + "Whom you asked, what they answered, and whether it counts.",
    scope=_READ,
    is_tenant=False,
    others=[403, 404],
    path=_APPLICATION,
    answers=[answer("ApplicationVouchList", vouches.LIST)],
)
ASK_VOUCH = opened(
    "askVouch",
    OWN,
    "Ask a group to vouch",
    _WHOSE + "At most five verified groups of this node, once all is answered: from then on they "
    "read the answers, without what is for the stewards alone. They are told by mail. Asking "
    "twice asks once.",
    scope=_WRITE,
    method="POST",
    is_tenant=False,
    others=[403, 404],
    path=_APPLICATION,
    request=("VouchRequest", vouches.REQUEST),
    answers=[answer("ApplicationVouch", vouches.ASKED_FOR)],
)
LIST_PROOFS = opened(
    "listProofs",
    OWN,
    "See mails of proof",
    _WHOSE + "The mails of proof of a claim, and at which domain one can be sent.",
    scope=_READ,
    is_tenant=False,
    others=[403, 404],
    path=_APPLICATION,
    parameters=PageParameters,
    answers=[answer("ProofPage", vouches.PROOFS)],
    is_list=True,
)
SEND_PROOF = opened(
    "sendProof",
    OWN,
    "Send a mail of proof",
    _WHOSE + "One mail goes to this name at the domain of the claimed entry's website. Whoever "
    "reads it there confirms the claim, or objects, at the page behind its link: no program can.",
    scope=_WRITE,
    method="POST",
    is_tenant=False,
    others=[403, 404],
    path=_APPLICATION,
    request=("ProofRequest", vouches.PROOF_REQUEST),
    answers=[answer("Proof", vouches.PROOF)],
)
LIST_VOUCHES = opened(
    "listVouches",
    OWN,
    "See who asks you to vouch",
    _ASKED + "What each group that applies says of itself, and what you answered.",
    scope=_READ,
    parameters=PageParameters,
    answers=[answer("AskedVouchPage", vouches.ASKED_PAGE)],
    is_list=True,
)
GET_VOUCH = opened(
    "getVouch",
    OWN,
    "Get a request to vouch",
    _ASKED + "What the group that applies says of itself, and what you answered.",
    scope=_READ,
    path=_VOUCH,
    answers=[answer("AskedVouch", vouches.ASKED)],
)


def _act(
    operation_id: str, summary: str, about: str, request: Request | None = None
) -> Callable[[F], F]:
    """One answer of the group that was asked."""
    return opened(
        operation_id,
        OWN,
        summary,
        _ASKED + about + " The group that applies is told by mail that there is an answer.",
        scope=_WRITE,
        method="POST",
        path=_VOUCH,
        request=request,
        answers=[answer("AskedVouch", vouches.ASKED)],
    )


GIVE_VOUCH = _act(
    "giveVouch",
    "Vouch for a group",
    "Say how you know each other. Twice changes nothing.",
    ("VouchStatement", vouches.STATEMENT),
)
DECLINE_VOUCH = _act(
    "declineVouch", "Decline to vouch", "No reason is asked for. Twice changes nothing."
)
WITHDRAW_VOUCH = _act(
    "withdrawVouch",
    "Take a vouch back",
    "While the stewards have not decided. Twice changes nothing.",
)
