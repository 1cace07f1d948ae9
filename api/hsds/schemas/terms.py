"""The vocabulary of services as a taxonomy, its terms, and what refers to them."""

from __future__ import annotations

from typing import Any

from api.hsds.schemas.common import HSDS, address, identifier, page, page_example
from api.hsds.serializers.terms import MEANINGS, TAXONOMY, TAXONOMY_ID, TERM_IDS, VERSION
from api.v1.schemas.common import PROGRAM_ID
from api.v1.schemas.shapes import Schema, closed, ref, text
from directory.enums import Service

SCHEMAS: dict[str, Schema] = {
    "HsdsTaxonomy": closed(
        "A vocabulary. There is one: our services.",
        {
            "id": identifier("Its id, for good."),
            "name": text("Its name."),
            "description": text("What it is for."),
            "uri": address("Its address here."),
            "version": text("Its version."),
        },
    ),
    "HsdsTaxonomyTerm": closed(
        "One word of a taxonomy.",
        {
            "id": identifier("Its id, for good."),
            "code": ref("Service", "The word as the rest of this API writes it."),
            "name": text("The word in English."),
            "description": text("What it means."),
            "taxonomy": text("The name of its taxonomy."),
            "taxonomy_detail": ref("HsdsTaxonomy", "Its taxonomy."),
            "language": text("The language of its name, ISO 639."),
            "taxonomy_id": identifier("The id of its taxonomy."),
            "term_uri": address("Its address here."),
        },
    ),
    "HsdsTaxonomyPage": page(ref("HsdsTaxonomy"), "A page of taxonomies."),
    "HsdsTaxonomyTermPage": page(ref("HsdsTaxonomyTerm"), "A page of terms."),
    "HsdsAttribute": closed(
        "A word of a taxonomy that holds of a service: what it offers.",
        {
            "id": identifier("Its id, for good."),
            "link_id": identifier("The id of the service."),
            "link_type": {"const": "service_type"},
            "link_entity": {"const": "service"},
            "value": text("The word; another node may send one that is not in the taxonomy."),
            "label": text("The word in English."),
            "taxonomy_term_id": identifier("The id of its term; left out where there is none."),
            "taxonomy_term": ref("HsdsTaxonomyTerm", "Its term; left out where there is none."),
        },
        optional=("taxonomy_term_id", "taxonomy_term"),
    ),
}

TAXONOMY_EXAMPLE: dict[str, Any] = {
    "id": TAXONOMY_ID,
    "name": TAXONOMY,
    "description": "What programs do that visit people held in immigration detention.",
    "uri": f"{HSDS}/taxonomies/{TAXONOMY_ID}",
    "version": VERSION,
}
TERM_EXAMPLE: dict[str, Any] = {
    "id": TERM_IDS[Service.VISITS],
    "code": Service.VISITS.value,
    "name": "Visits",
    "description": MEANINGS[Service.VISITS],
    "taxonomy": TAXONOMY,
    "taxonomy_detail": TAXONOMY_EXAMPLE,
    "language": "en",
    "taxonomy_id": TAXONOMY_ID,
    "term_uri": f"{HSDS}/taxonomy_terms/{TERM_IDS[Service.VISITS]}",
}
TAXONOMY_PAGE_EXAMPLE = page_example(TAXONOMY_EXAMPLE)
TERM_PAGE_EXAMPLE = page_example(TERM_EXAMPLE)
ATTRIBUTE_EXAMPLE: dict[str, Any] = {
    "id": "3c0d6f0e-5d0b-5a57-9f0e-6a4d0d8f1a61",
    "link_id": PROGRAM_ID,
    "link_type": "service_type",
    "link_entity": "service",
    "value": TERM_EXAMPLE["code"],
    "label": TERM_EXAMPLE["name"],
    "taxonomy_term_id": TERM_EXAMPLE["id"],
    "taxonomy_term": TERM_EXAMPLE,
}
