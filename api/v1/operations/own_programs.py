"""What the document says of the programs that a group keeps."""

from __future__ import annotations

from collections.abc import Callable

from api.v1.filters.paging import PageParameters
from api.v1.operations.described import answer
from api.v1.operations.me import OWN
from api.v1.operations.tenant import F, Request, id_parameter, opened
from api.v1.schemas import own_programs as told
from network.enums import Scope

_ONE = answer("OwnProgram", told.EXAMPLE)
_ID = id_parameter("id", "The program.")

LIST_OWN_PROGRAMS = opened(
    "listOwnPrograms",
    OWN,
    "List your programs",
    "The programs of the organization as it keeps them, by slug.",
    scope=Scope.DIRECTORY_READ,
    parameters=PageParameters,
    answers=[answer("OwnProgramPage", told.PAGE_EXAMPLE)],
    is_list=True,
)

CREATE_PROGRAM = opened(
    "createProgram",
    OWN,
    "Make a program",
    "A new program, which nobody else reads before it is published. Its slug is made from its "
    "name. What is finer than a town's centre is coarsened before it is stored; a town that is "
    "named without a point is looked up.",
    scope=Scope.DIRECTORY_WRITE,
    method="POST",
    request=("NewProgram", told.NEW_EXAMPLE),
    answers=[_ONE],
    status=201,
    is_versioned=True,
)

GET_OWN_PROGRAM = opened(
    "getOwnProgram",
    OWN,
    "Read a program of yours",
    "The working copy, with what is withheld.",
    scope=Scope.DIRECTORY_READ,
    path=[_ID],
    answers=[_ONE],
    is_versioned=True,
)

CHANGE_PROGRAM = opened(
    "changeProgram",
    OWN,
    "Change a program",
    "Save the fields that are sent, each whole; the others stay. What the public reads does not "
    "change before it is published.",
    scope=Scope.DIRECTORY_WRITE,
    method="PATCH",
    request=("ProgramChanges", told.CHANGES_EXAMPLE),
    path=[_ID],
    answers=[_ONE],
    is_versioned=True,
)

DELETE_PROGRAM = opened(
    "deleteProgram",
    OWN,
    "Delete a program",
    "Take it off the public pages at once. For seven days it can be brought back at the desk. "
    "Only owners may.",
    scope=Scope.DIRECTORY_WRITE,
    method="DELETE",
    path=[_ID],
    is_versioned=True,
)


def _verb(
    operation_id: str, summary: str, about: str, request: Request | None = None
) -> Callable[[F], F]:
    return opened(
        operation_id,
        OWN,
        summary,
        about,
        scope=Scope.DIRECTORY_WRITE,
        method="POST",
        request=request,
        path=[_ID],
        answers=[_ONE],
        is_versioned=True,
    )


PUBLISH_PROGRAM = _verb(
    "publishProgram",
    "Publish a program",
    "Show the public what was saved. A changed contact, website or place of an entry that is "
    "public already waits until `held_until`, or until a second coordinator confirms it here or "
    "at the desk; what was emptied or withheld goes at once.",
)
UNPUBLISH_PROGRAM = _verb(
    "unpublishProgram",
    "Unpublish a program",
    "Take the public entry away at once. The working copy stays. Twice is once.",
)
CONFIRM_PROGRAM = _verb(
    "confirmProgram",
    "Confirm a program",
    "Without a body: say that the entry is still right. It is dated today, and nothing else of it "
    "changes. With the `held_until` that the program shows: make public at once what waits until "
    "then. Who asked for any of it cannot confirm it; where something else waits by now it is "
    "409, with the program as it is.",
    request=("ProgramConfirmation", {"held_until": "2026-06-02T09:30:00Z"}),
)
