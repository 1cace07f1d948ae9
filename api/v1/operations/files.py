"""What the document says of files and exports."""

from __future__ import annotations

from api.v1.filters.paging import PageParameters
from api.v1.operations.described import answer
from api.v1.operations.me import OWN
from api.v1.operations.tenant import id_parameter, opened
from api.v1.schemas import files as told
from network.enums import Scope

_ONE = answer("File", told.EXAMPLE)
_WHOLE = answer("FileWhole", told.WHOLE_EXAMPLE)
_DOCUMENT = id_parameter("id", "The document.")
_PROGRAM = id_parameter("id", "The program.")
_BODY = "The body may have 7 MiB here."

LIST_DOCUMENTS = opened(
    "listDocuments",
    OWN,
    "List documents",
    "The documents of the desk, newest first, without their bytes.",
    scope=Scope.MEMBERS_READ,
    parameters=PageParameters,
    answers=[answer("FilePage", told.PAGE_EXAMPLE)],
    is_list=True,
)
ADD_DOCUMENT = opened(
    "addDocument",
    OWN,
    "Add a document",
    "A document for the members. Pictures are written anew without place, date and device; a PDF "
    f"in which a script or an attached file is found is refused. {_BODY}",
    scope=Scope.MEMBERS_WRITE,
    method="POST",
    request=("NewDocument", told.DOCUMENT_EXAMPLE),
    answers=[_ONE],
    status=201,
)
GET_DOCUMENT = opened(
    "getDocument",
    OWN,
    "Read a document",
    "One document with its bytes in base64.",
    scope=Scope.MEMBERS_READ,
    path=[_DOCUMENT],
    answers=[_WHOLE],
)
DELETE_DOCUMENT = opened(
    "deleteDocument",
    OWN,
    "Delete a document",
    "Take it away. For seven days it can be brought back at the desk, then it is gone.",
    scope=Scope.MEMBERS_WRITE,
    method="DELETE",
    path=[_DOCUMENT],
)
GET_LOGO = opened(
    "getLogo",
    OWN,
    "Read the logo",
    "The logo with its bytes in base64; 404 where there is none.",
    scope=Scope.DIRECTORY_READ,
    answers=[_WHOLE],
)
SET_LOGO = opened(
    "setLogo",
    OWN,
    "Set the logo",
    f"Another logo, on the public page of a verified group at once. {_BODY}",
    scope=Scope.DIRECTORY_WRITE,
    method="POST",
    request=("NewLogo", told.LOGO_EXAMPLE),
    answers=[_ONE],
    status=201,
)
DELETE_LOGO = opened(
    "deleteLogo",
    OWN,
    "Take the logo away",
    "From every page at once. Doing it twice changes nothing.",
    scope=Scope.DIRECTORY_WRITE,
    method="DELETE",
)
GET_PHOTO = opened(
    "getPhoto",
    OWN,
    "Read the photo of a program",
    "The photo of the working copy with its bytes in base64; 404 where there is none.",
    scope=Scope.DIRECTORY_READ,
    path=[_PROGRAM],
    answers=[_WHOLE],
)
SET_PHOTO = opened(
    "setPhoto",
    OWN,
    "Set the photo of a program",
    f"Another photo, public when the program is next published. {_BODY}",
    scope=Scope.DIRECTORY_WRITE,
    method="POST",
    request=("NewPhoto", told.PHOTO_EXAMPLE),
    path=[_PROGRAM],
    answers=[_ONE],
    status=201,
)
DELETE_PHOTO = opened(
    "deletePhoto",
    OWN,
    "Take the photo of a program away",
    "From the public page too, at once. Doing it twice changes nothing.",
    scope=Scope.DIRECTORY_WRITE,
    method="DELETE",
    path=[_PROGRAM],
)
LIST_EXPORTS = opened(
    "listExports",
    OWN,
    "List exports",
    "The archive of all that the organization has here, where one can be fetched. It is fetched "
    "at the desk, by an owner who has just shown who they are; never with a token.",
    scope=Scope.MEMBERS_READ,
    answers=[answer("ExportList", told.EXPORTS_EXAMPLE)],
)
ASK_FOR_EXPORT = opened(
    "askForExport",
    OWN,
    "Ask for an export",
    "Make an archive of everything; where there is another owner, it waits until they confirm. It "
    "can be fetched for 24 hours.",
    scope=Scope.MEMBERS_WRITE,
    method="POST",
    request=("NewExport", {"with_emails": False}),
    answers=[answer("ExportAsked", told.ASKED_EXAMPLE)],
)
