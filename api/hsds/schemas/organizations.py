"""Organizations: one, and a page of them."""

from __future__ import annotations

from typing import Any

from api.hsds.schemas.common import IN_FULL, address, identifier, page, page_example
from api.v1.schemas import common
from api.v1.schemas.shapes import Schema, array, closed, ref, text

SCHEMAS: dict[str, Schema] = {
    "HsdsOrganization": closed(
        "An organization that has registered, or the one that is behind a single program that "
        "nobody has registered. What is not known is left out.",
        {
            "id": identifier("Its id; of one that has not registered that of its only service."),
            "name": text("Its name; the program's where nothing says which organization it is."),
            "alternate_name": text("Another name, the English one before others."),
            "description": text("What it is and where it has registered, in English."),
            "website": address("Its website."),
            "uri": address("Its page at its own node, where that is another one."),
            "additional_websites": array(
                ref("HsdsUrl"), f"Its page here, where it has one. {IN_FULL}"
            ),
            "services": array(ref("HsdsService"), f"What it offers. {IN_FULL}"),
            "names": ref("Texts", "Its names by language. Added by the profile."),
            "registered": text(
                "Where it has registered. `no`: a source or another node only names it. Added by "
                "the profile.",
                enum=["here", "another_node", "no"],
            ),
        },
        optional=(
            "alternate_name",
            "website",
            "uri",
            "additional_websites",
            "services",
            "names",
        ),
    ),
    "HsdsOrganizationPage": page(
        ref("HsdsOrganization"), "A page of organizations: registered ones first, then by ids."
    ),
    "HsdsUrl": closed(
        "A page about a service or an organization.",
        {
            "id": identifier("Its id, for good."),
            "label": text("Which page it is, in English."),
            "url": address("Its address."),
            "service_id": identifier("The id of the service, where it is about one."),
            "organization_id": identifier("The id of the organization, where it is about one."),
        },
        optional=("service_id", "organization_id"),
    ),
}

ORGANIZATION_EXAMPLE: dict[str, Any] = {
    "id": common.ORGANIZATION_ID,
    "name": "Lakeside Visitors",
    "description": "An organization that runs visiting programs. Registered here, verified since "
    "2026-04-20.",
    "website": "https://visitors.example.org/",
    "registered": "here",
}
WEBSITES_EXAMPLE: list[dict[str, Any]] = [
    {
        "id": "1d9c8b7a-5e4f-5d3c-8b2a-190f8e7d6c64",
        "label": "Page in this directory",
        "url": f"{common.ORIGIN_NODE}/organizations/lakeside-visitors/",
        "organization_id": common.ORGANIZATION_ID,
    }
]
ORGANIZATION_PAGE_EXAMPLE = page_example(ORGANIZATION_EXAMPLE)
