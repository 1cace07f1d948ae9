"""What the document says of help between groups."""

from __future__ import annotations

from collections.abc import Callable

from api.v1.filters.mentoring import MentorParameters
from api.v1.filters.paging import PageParameters
from api.v1.operations.described import answer
from api.v1.operations.me import OWN
from api.v1.operations.tenant import F, Request, id_parameter, opened
from api.v1.schemas import mentoring
from network.enums import Scope

_READ, _WRITE = Scope.DIRECTORY_READ, Scope.DIRECTORY_WRITE
_REQUEST = [id_parameter("id", "The request.")]
_OFFER = [answer("MentorOffer", mentoring.OFFER)]
_ONE = [answer("MentorRequest", mentoring.REQUEST)]

GET_OFFER = opened(
    "getMentorOffer",
    OWN,
    "Get your offer of help",
    "What the organization offers to groups that begin. One that was never made is closed and "
    "says nothing.",
    scope=_READ,
    answers=_OFFER,
)
SET_OFFER = opened(
    "setMentorOffer",
    OWN,
    "Offer help",
    "Put an offer in place of the one before. While it is open every verified group reads it and "
    "may ask. A group can offer help once it is verified.",
    scope=_WRITE,
    method="PUT",
    request=("MentorOfferDraft", mentoring.OFFER_DRAFT),
    answers=_OFFER,
)
END_OFFER = opened(
    "endMentorOffer",
    OWN,
    "Take an offer of help back",
    "Nobody reads it any more. Requests that were made before stay as they are.",
    scope=_WRITE,
    method="DELETE",
)
LIST_MENTORS = opened(
    "listMentors",
    OWN,
    "Find groups that help",
    "Groups that offer help, at most 100, those with most in common with what is looked for "
    "first. Verified groups read it; to others it is empty. Without parameters it looks for the "
    "country and the languages of the organization.",
    scope=_READ,
    parameters=MentorParameters,
    answers=[answer("MentorList", mentoring.MENTORS)],
)
LIST_REQUESTS = opened(
    "listMentorRequests",
    OWN,
    "List requests for help",
    "What the organization asked of others and what others asked of it.",
    scope=_READ,
    parameters=PageParameters,
    answers=[answer("MentorRequestPage", mentoring.PAGE)],
    is_list=True,
)
ASK_MENTOR = opened(
    "askMentor",
    OWN,
    "Ask a group for help",
    "A verified group asks one that offers help, five at most at a time. Its coordinators are "
    "told by mail that there is a request. While one is open, asking again gives the same.",
    scope=_WRITE,
    method="POST",
    status=201,
    request=("MentorRequestDraft", mentoring.REQUEST_DRAFT),
    answers=_ONE,
)
GET_REQUEST = opened(
    "getMentorRequest",
    OWN,
    "Get a request for help",
    "One request, sent or received.",
    scope=_READ,
    path=_REQUEST,
    answers=_ONE,
)


def _act(
    operation_id: str, summary: str, about: str, request: Request | None = None
) -> Callable[[F], F]:
    """One thing that is done with a request."""
    return opened(
        operation_id,
        OWN,
        summary,
        about + " Twice changes nothing.",
        scope=_WRITE,
        method="POST",
        path=_REQUEST,
        request=request,
        answers=_ONE,
    )


ACCEPT_REQUEST = _act(
    "acceptMentorRequest",
    "Agree to help",
    "Only the group that was asked can. With the yes the other one reads how to reach you.",
    ("MentorYes", mentoring.YES),
)
DECLINE_REQUEST = _act(
    "declineMentorRequest",
    "Decline to help",
    "Only the group that was asked can.",
    ("MentorNo", mentoring.NO),
)
WITHDRAW_REQUEST = _act(
    "withdrawMentorRequest",
    "Take a request for help back",
    "Only the group that asked can, before it is answered.",
)
END_HELP = _act(
    "endMentoring",
    "End what was agreed",
    "Either group can. The other one is told by mail.",
)
