"""The OpenAPI document that HSDS leads to is true of every kind of row, and of HSDS itself."""

import json
from urllib.parse import urlsplit

import pytest
from django.test import Client

from api.v1.document import named_schemas
from network.fields import PartialDate
from tests.api.hsds.directory import all_kinds_of_rows, read
from tests.api.hsds.rules import RULES, schemas
from tests.api.hsds.test_documents import KINDS, all_documents, all_pages, profile
from tests.api.test_schema import OPERATIONS, faults, schema_of
from tests.factories import make_listing

pytestmark = pytest.mark.django_db
ONE = {
    "service": "getHsdsService",
    "organization": "getHsdsOrganization",
    "service_at_location": "getHsdsServiceAtLocation",
    "taxonomy": "getHsdsTaxonomy",
    "taxonomy_term": "getHsdsTaxonomyTerm",
}


def name_of(kind):
    return "Hsds" + "".join(word.capitalize() for word in kind.split("_"))


def fields_met(schema, value, name, met):
    """Which fields of named schemas a value has, each with how often it is there and is not."""
    name = schema.get("$ref", "").rpartition("/")[2] or name
    schema = named_schemas().get(name, schema)
    if schema.get("type") == "array":
        for one in value:
            fields_met(schema["items"], one, name, met)
    for field, inner in schema.get("properties", {}).items():
        there = field in value
        met.setdefault((name, field), set()).add(there)
        if there and isinstance(value[field], dict | list):
            fields_met(inner, value[field], f"{name}.{field}", met)


def test_nothing_that_a_schema_does_not_name_passes():
    all_kinds_of_rows()
    for kind, operation_id in ONE.items():
        schema = schema_of(operation_id, "application/json")
        one = next(one for found, one in all_documents() if found == kind)
        assert faults(one, schema) == []
        assert faults({**one, "stranger": 1}, schema)
        assert faults({**one, "name": None, "id": None}, schema)


def test_the_root_leads_to_a_document_that_has_these_addresses():
    address = urlsplit(read("/")["openapi_url"])
    answer = Client().get(address.path)
    assert answer.status_code == 200
    paths = json.loads(answer.content)["paths"]
    assert paths["/hsds/services"]["get"]["operationId"] == "listHsdsServices"
    assert {f"/hsds/{path}" for path in KINDS} < set(paths)
    assert {f"/hsds/{path}/{{id}}" for path in KINDS} < set(paths)


def test_every_page_and_every_row_is_as_the_document_says():
    all_kinds_of_rows()
    make_listing(contact={"phone": "+44 1632 960124"}, source_url="", as_of=PartialDate(2020))
    pages, documents = list(all_pages()), list(all_documents())
    assert {kind for kind, _page in pages} == {kind for kind, _one in documents} == set(ONE)
    met = {}
    for kind, page in pages:
        schema = {"$ref": f"#/components/schemas/{name_of(kind)}Page"}
        assert faults(page, schema) == [], kind
        fields_met(schema, page, "", met)
    for kind, one in documents:
        schema = schema_of(ONE[kind], "application/json")
        assert faults(one, schema) == [], kind
        fields_met(schema, one, "", met)
    assert_optional_ones_come_and_go(met)


def assert_optional_ones_come_and_go(met):
    """Every field was there at least once, and every optional one was left out at least once."""
    never = sorted(f"{name}.{field}" for (name, field), seen in met.items() if True not in seen)
    assert never == []
    always = {
        f"{name}.{field}"
        for (name, field), seen in met.items()
        if False not in seen and field not in named_schemas()[name].get("required", ())
    }
    assert always == set()


def test_it_names_what_hsds_and_the_profile_name_and_requires_what_they_require():
    merged = schemas(profile())
    told = [kind for kind in RULES if name_of(kind) in named_schemas()]
    assert told == list(RULES)
    for kind in told:
        ours = named_schemas()[name_of(kind)]
        assert set(ours["properties"]) <= set(merged[kind]["properties"]), kind
        assert set(merged[kind]["required"]) <= set(ours["required"]), kind
        for field, theirs in merged[kind]["properties"].items():
            if "enum" in theirs and field in ours["properties"]:
                assert words(ours["properties"][field]) <= set(theirs["enum"]), (kind, field)


def words(schema):
    """The values that a field of the document may have."""
    schema = named_schemas().get(schema.get("$ref", "").rpartition("/")[2], schema)
    return {schema["const"]} if "const" in schema else set(schema["enum"])


def test_what_each_list_takes_is_what_the_profile_says():
    patch = read("/profile/profile/openapi.json")
    for path in ("/services", "/service_at_locations", "/taxonomies", "/taxonomy_terms"):
        refs = {one["$ref"] for one in patch["paths"][path]["get"]["parameters"]}
        (operation,) = [one for one in OPERATIONS.values() if one["path"] == f"/hsds{path}"]
        told = {one["name"] for one in operation["parameters"] if one["in"] == "query"}
        assert told == {ref.rsplit("/", 1)[1] for ref in refs}
