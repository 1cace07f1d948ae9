"""What the document says of the vocabulary of services as a taxonomy."""

from api.hsds.filters.lists import PageParameters, TermParameters
from api.hsds.operations.common import OPEN_REFERRAL, id_parameter
from api.hsds.schemas import terms
from api.v1.operations.described import answer, described

LIST_TAXONOMIES = described(
    "listHsdsTaxonomies",
    OPEN_REFERRAL,
    "List HSDS taxonomies",
    "The one taxonomy that there is, as a page.",
    parameters=PageParameters,
    answers=[answer("HsdsTaxonomyPage", terms.TAXONOMY_PAGE_EXAMPLE)],
)

GET_TAXONOMY = described(
    "getHsdsTaxonomy",
    OPEN_REFERRAL,
    "Get one HSDS taxonomy",
    "The taxonomy of services.",
    path=[id_parameter("The id of the taxonomy.")],
    answers=[answer("HsdsTaxonomy", terms.TAXONOMY_EXAMPLE)],
    others=(404,),
)

LIST_TAXONOMY_TERMS = described(
    "listHsdsTaxonomyTerms",
    OPEN_REFERRAL,
    "List HSDS taxonomy terms",
    "The words of the taxonomy, a page at a time; none for a taxonomy that is not here.",
    parameters=TermParameters,
    answers=[answer("HsdsTaxonomyTermPage", terms.TERM_PAGE_EXAMPLE)],
)

GET_TAXONOMY_TERM = described(
    "getHsdsTaxonomyTerm",
    OPEN_REFERRAL,
    "Get one HSDS taxonomy term",
    "One word of the taxonomy.",
    path=[id_parameter("The id of the term.")],
    answers=[answer("HsdsTaxonomyTerm", terms.TERM_EXAMPLE)],
    others=(404,),
)
