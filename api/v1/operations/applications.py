"""What the document says of applications."""

from api.v1.operations.described import answer
from api.v1.operations.me import OWN
from api.v1.operations.tenant import id_parameter, opened
from api.v1.schemas import applications
from network.enums import Scope

_READ, _WRITE = Scope.DIRECTORY_READ, Scope.DIRECTORY_WRITE
_ONE = [id_parameter("id", "The application.")]
_ANSWER = [answer("Application", applications.EXAMPLE)]
_WHOSE = "For coordinators and owners of the group that applies. "

LIST_APPLICATIONS = opened(
    "listApplications",
    OWN,
    "Your application",
    _WHOSE + "The newest application of the token's organization.",
    scope=_READ,
    is_tenant=False,
    others=[403],
    answers=[answer("ApplicationList", applications.LIST_EXAMPLE)],
)
GET_APPLICATION = opened(
    "getApplication",
    OWN,
    "One application",
    _WHOSE + "Where it stands, its answers, and the talk with the stewards.",
    scope=_READ,
    is_tenant=False,
    others=[403, 404],
    path=_ONE,
    is_versioned=True,
    answers=_ANSWER,
)
CHANGE_APPLICATION = opened(
    "changeApplication",
    OWN,
    "Answer",
    _WHOSE + "Change answers of a draft, or while the stewards ask.",
    scope=_WRITE,
    method="PATCH",
    is_tenant=False,
    others=[403, 404],
    path=_ONE,
    is_versioned=True,
    request=("ApplicationAnswers", applications.ANSWERS_EXAMPLE),
    answers=_ANSWER,
)
SUBMIT_APPLICATION = opened(
    "submitApplication",
    OWN,
    "Send an application",
    _WHOSE + "Send it to the stewards; twice changes nothing. 400 names what is missing.",
    scope=_WRITE,
    method="POST",
    is_tenant=False,
    others=[403, 404],
    path=_ONE,
    answers=_ANSWER,
)
WITHDRAW_APPLICATION = opened(
    "withdrawApplication",
    OWN,
    "Withdraw an application",
    _WHOSE + "Take it back before it is decided; twice changes nothing.",
    scope=_WRITE,
    method="POST",
    is_tenant=False,
    others=[403, 404],
    path=_ONE,
    answers=_ANSWER,
)
ANSWER_STEWARDS = opened(
    "answerStewards",
    OWN,
    "Write to the stewards",
    _WHOSE + "Answer a question, or add something to an application that was sent.",
    scope=_WRITE,
    method="POST",
    is_tenant=False,
    others=[403, 404],
    path=_ONE,
    request=("ApplicationNoteDraft", applications.NOTE_EXAMPLE),
    answers=_ANSWER,
)
