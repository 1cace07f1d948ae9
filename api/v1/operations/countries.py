"""What the document says of countries."""

from drf_spectacular.utils import OpenApiParameter

from api.v1.filters.paging import PageParameters
from api.v1.operations.described import answer, described
from api.v1.schemas import countries

COUNTRIES = "Countries"

LIST_COUNTRIES = described(
    "listCountries",
    COUNTRIES,
    "List countries",
    "All countries and territories of ISO 3166 by their codes, a page at a time.",
    parameters=PageParameters,
    answers=[answer("CountryPage", countries.PAGE_EXAMPLE)],
    is_list=True,
)

GET_COUNTRY = described(
    "getCountry",
    COUNTRIES,
    "Get one country",
    "A country with who may visit there in law and in practice, and its part of the ledger.",
    path=[
        OpenApiParameter(
            "iso2",
            {"type": "string", "pattern": "^[A-Za-z]{2}$"},
            OpenApiParameter.PATH,
            description="Two letters of ISO 3166-1, in capitals or not.",
        )
    ],
    answers=[answer("CountryDetail", countries.DETAIL_EXAMPLE)],
    others=(404,),
)
