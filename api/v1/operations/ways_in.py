"""What the document says of first steps and objections."""

from api.v1.operations.anybody import taken
from api.v1.operations.described import answer
from api.v1.operations.parameters import slug_parameter
from api.v1.schemas import ways_in
from network.enums import Scope

BEGIN = taken(
    "beginApplication",
    "Begin an application",
    "Register a group (`register`), take an entry over (`claim`), or start where nobody visits "
    "(`start`). One mail with a link goes to the address; who opens it presses one button, and "
    "has a desk with a draft. Until then nothing is made, and what was sent is deleted after 7 "
    "days. The answer is the same whether the address has an account or not. Look with "
    "`programs/?q=` first whether the group is listed already: then it is a `claim`.\n\n"
    "With a token the mail goes to the address of its person, whose name is taken too: a token "
    "makes nothing outside its own organization.",
    scope=Scope.DIRECTORY_WRITE,
    request=("FirstStep", ways_in.FIRST_STEP),
    answers=[answer("FirstStepTaken", ways_in.TAKEN)],
)
OBJECT = taken(
    "objectToClaim",
    "Object to a claim",
    "Say why an entry does not belong to the group that took it over, within 14 days of its "
    "`claimed_on`; 404 for every other entry. The stewards read it, and nobody else.",
    path=[slug_parameter("The entry.")],
    others=[404],
    request=("ObjectionDraft", ways_in.OBJECTION),
)
