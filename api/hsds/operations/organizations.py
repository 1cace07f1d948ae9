"""What the document says of organizations in HSDS."""

from api.hsds.filters.lists import OneOrganizationParameters, OrganizationParameters
from api.hsds.operations.common import OPEN_REFERRAL, id_parameter, whole
from api.hsds.schemas import organizations
from api.hsds.schemas.services import WHOLE_ORGANIZATION_EXAMPLE
from api.v1.operations.described import answer, described

LIST_ORGANIZATIONS = described(
    "listHsdsOrganizations",
    OPEN_REFERRAL,
    "List HSDS organizations",
    "The organizations that fit, a page at a time: those that have registered, then those that "
    "are only named, each part by its ids. With `full=true` or `full_service=true` with what "
    "they offer.",
    parameters=OrganizationParameters,
    answers=[answer("HsdsOrganizationPage", organizations.ORGANIZATION_PAGE_EXAMPLE)],
)

GET_ORGANIZATION = described(
    "getHsdsOrganization",
    OPEN_REFERRAL,
    "Get one HSDS organization",
    "One organization with what it offers. `services` is always there.",
    parameters=OneOrganizationParameters,
    path=[id_parameter("The id of the organization.")],
    answers=[whole("HsdsOrganization", WHOLE_ORGANIZATION_EXAMPLE, "services")],
    others=(404,),
)
