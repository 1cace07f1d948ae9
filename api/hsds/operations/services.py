"""What the document says of services, and of services at locations."""

from api.hsds.filters.lists import ServiceParameters
from api.hsds.operations.common import OPEN_REFERRAL, id_parameter, whole
from api.hsds.schemas import services
from api.v1.operations.described import answer, described

_ID = id_parameter("The id of the program.")

LIST_SERVICES = described(
    "listHsdsServices",
    OPEN_REFERRAL,
    "List HSDS services",
    "The programs that fit, each with its organization, a page at a time by their ids. With "
    "`full=true` each row is as the answer about one service.",
    parameters=ServiceParameters,
    answers=[answer("HsdsServicePage", services.SERVICE_PAGE_EXAMPLE)],
)

GET_SERVICE = described(
    "getHsdsService",
    OPEN_REFERRAL,
    "Get one HSDS service",
    "One program with all that belongs to it. `organization` and `service_at_locations` are "
    "always there.",
    path=[_ID],
    answers=[
        whole("HsdsService", services.SERVICE_EXAMPLE, "organization", "service_at_locations")
    ],
    others=(404,),
)

LIST_SERVICES_AT_LOCATIONS = described(
    "listHsdsServicesAtLocations",
    OPEN_REFERRAL,
    "List HSDS services at locations",
    "The programs that fit, each at its place, a page at a time by their ids. With `full=true` "
    "each row is as the answer about one of them.",
    parameters=ServiceParameters,
    answers=[answer("HsdsServiceAtLocationPage", services.AT_LOCATION_PAGE_EXAMPLE)],
)

GET_SERVICE_AT_LOCATION = described(
    "getHsdsServiceAtLocation",
    OPEN_REFERRAL,
    "Get one HSDS service at its location",
    "One program at its place with all that belongs to both. `service` is always there.",
    path=[_ID],
    answers=[whole("HsdsServiceAtLocation", services.AT_LOCATION_EXAMPLE, "service")],
    others=(404,),
)
