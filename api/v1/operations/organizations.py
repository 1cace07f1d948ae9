"""What the document says of organizations."""

from api.v1.filters.organizations import OrganizationParameters
from api.v1.operations.described import answer, described
from api.v1.operations.parameters import slug_parameter
from api.v1.schemas import organizations

ORGANIZATIONS = "Organizations"

LIST_ORGANIZATIONS = described(
    "listOrganizations",
    ORGANIZATIONS,
    "List organizations",
    "The organizations that have published a card, by name, a page at a time.",
    parameters=OrganizationParameters,
    answers=[answer("OrganizationPage", organizations.PAGE_EXAMPLE)],
    is_list=True,
)

GET_ORGANIZATION = described(
    "getOrganization",
    ORGANIZATIONS,
    "Get one organization",
    "An organization and its programs; of a coalition those of its members too.",
    path=[slug_parameter("The last part of the address of its page.")],
    answers=[answer("OrganizationDetail", organizations.DETAIL_EXAMPLE)],
    others=(404,),
)
