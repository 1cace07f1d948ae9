"""The document of the API: valid, complete, and true of every answer."""

import json
import os
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest
import yaml
from django.test import Client
from django.urls import URLPattern, reverse
from drf_spectacular import validation
from drf_spectacular.drainage import GENERATOR_STATS
from drf_spectacular.generators import SchemaGenerator

from api.hsds import urls as hsds_urls
from api.hsds.filters import lists
from api.v1 import urls
from api.v1.document import document, document_bytes, named_schemas
from api.v1.filters.facilities import FacilityParameters
from api.v1.filters.map import MapParameters
from api.v1.filters.organizations import OrganizationParameters
from api.v1.filters.paging import PageParameters
from api.v1.filters.programs import ProgramParameters
from api.v1.filters.schema import SchemaParameters
from api.v1.operations.parameters import parameters_of
from api.v1.views.missing import Missing
from api.v1.views.root import Root
from tests.api.every_kind import BARE, FULL, HSDS_QUESTIONS, LONG_AGO, QUESTIONS, fill

API = "/api/v1/"
EVERY = {
    operation["operationId"]: {**operation, "path": path}
    for path, methods in document()["paths"].items()
    for operation in methods.values()
}
# What needs a token is in `test_schema_opened`, what anybody sends in `test_schema_anybody`.
OPERATIONS = {name: one for name, one in EVERY.items() if "security" not in one}
ANYBODYS = {name: one for name, one in EVERY.items() if {} in one.get("security", ())}
PARAMETERS = {
    "getSchema": SchemaParameters,
    "listPrograms": ProgramParameters,
    "getMap": MapParameters,
    "listFacilities": FacilityParameters,
    "listCountries": PageParameters,
    "listOrganizations": OrganizationParameters,
    "listHsdsServices": lists.ServiceParameters,
    "listHsdsServicesAtLocations": lists.ServiceParameters,
    "listHsdsOrganizations": lists.OrganizationParameters,
    "getHsdsOrganization": lists.OneOrganizationParameters,
    "listHsdsTaxonomies": lists.PageParameters,
    "listHsdsTaxonomyTerms": lists.TermParameters,
}
ASKED = {
    **{name: [API + path for path in paths] for name, paths in QUESTIONS.items()},
    **HSDS_QUESTIONS,
}
# What stands in a path while its address is made, and how the document writes it.
MARKS = {
    "slug": ("SLUG", "{slug}"),
    "iso2": ("XX", "{iso2}"),
    "pk": (FULL, "{id}"),
    "name": ("NAME", "{name}"),
    "handle": (BARE, "{handle}"),
    "attachment": (BARE, "{attachment}"),
}


def faults(value, schema):
    """What is wrong with a value, by the named schemas of the document."""
    whole = {**schema, "components": document()["components"]}
    checker = jsonschema.Draft202012Validator.FORMAT_CHECKER
    validator = jsonschema.Draft202012Validator(whole, format_checker=checker)
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(value)]


def schema_of(operation_id, media_type, status="200"):
    return EVERY[operation_id]["responses"][status]["content"][media_type]["schema"]


# Refusals


@pytest.mark.parametrize("asked", [{"format": "xml"}, {"format": "JSON"}, {"lang": "de"}])
@pytest.mark.django_db
def test_nonsense_is_refused(asked):
    answer = Client().get(f"{API}schema/", asked)
    assert answer.status_code == 400
    assert list(json.loads(answer.content)["errors"]) == list(asked)


def test_a_field_of_a_kind_that_nothing_is_said_of_stops_the_document():
    from rest_framework import serializers

    from api.v1.filters.parameters import Parameters

    class Odd(Parameters):
        odd = serializers.Field()

    with pytest.raises(TypeError, match="Field"):
        parameters_of(Odd)


def test_an_unknown_a_missing_and_a_wrong_field_are_all_found():
    example = OPERATIONS["getProgram"]["responses"]["200"]["content"]["application/json"]
    program = example["examples"]["Example"]["value"]
    schema = {"$ref": "#/components/schemas/Program"}
    assert faults(program, schema) == []
    assert faults({**program, "phone": "1"}, schema)
    assert faults({name: program[name] for name in program if name != "name"}, schema)
    assert faults({**program, "status": "busy"}, schema)
    assert faults({**program, "founded": "April 2019"}, schema)


# The document


def test_it_is_valid_openapi_3_1():
    assert document()["openapi"].startswith("3.1.")
    validation.validate_schema(document())
    for name, schema in named_schemas().items():
        jsonschema.Draft202012Validator.check_schema(schema), name


def test_the_generator_has_nothing_to_warn_of():
    SchemaGenerator().get_schema(public=True)
    assert not GENERATOR_STATS._warn_cache
    assert not GENERATOR_STATS._error_cache


def test_every_reference_leads_to_a_named_schema_and_each_is_used():
    text = document_bytes("json").decode()
    used = set(text.split('"#/components/schemas/')[1:])
    names = {one.partition('"')[0] for one in used}
    assert names == set(named_schemas())


def test_every_route_is_in_it_and_nothing_else():
    routes = set()
    for space, patterns in (("api", urls.urlpatterns), ("hsds", hsds_urls.urlpatterns)):
        for pattern in patterns:
            assert isinstance(pattern, URLPattern)
            if pattern.callback.cls is not Missing and not is_variant(pattern):
                routes.add(path_of(space, pattern))
    assert routes == set(document()["paths"])
    public = {one["path"] for one in OPERATIONS.values()}
    assert all(set(document()["paths"][path]) == {"get"} for path in public)


def is_variant(pattern):
    """Whether it is an address of HSDS with a slash, beside the one that is described."""
    return pattern.name is None and pattern.callback.initkwargs == {"schema": None}


def path_of(space, pattern):
    names = pattern.pattern.regex.groupindex
    path = reverse(f"{space}:{pattern.name}", kwargs={name: MARKS[name][0] for name in names})
    for name in names:
        path = path.replace(*MARKS[name])
    return path


def test_every_address_of_hsds_with_a_slash_stands_for_one_without():
    variants = [one for one in hsds_urls.urlpatterns if is_variant(one)]
    described = [path for path in document()["paths"] if path.startswith("/hsds/")]
    assert len(variants) == len(described) - 1 == 12
    assert [path for path in described if path.endswith("/")] == ["/hsds/"]


def test_every_parameter_that_is_checked_is_told_with_its_meaning():
    for name, operation in OPERATIONS.items():
        known = PARAMETERS[name]._declared_fields if name in PARAMETERS else {}
        told = [one for one in operation["parameters"] if one["in"] == "query"]
        assert [one["name"] for one in told] == list(known), name
        for one in told:
            assert one["description"], (name, one["name"])
            assert one.get("required", False) == known[one["name"]].required


def test_every_operation_says_what_it_does_and_every_status():
    for name, operation in OPERATIONS.items():
        assert operation["summary"], name
        assert operation["description"], name
        assert operation["tags"][0] in {tag["name"] for tag in document()["tags"]}
        assert {"200", "304", "400"} <= set(operation["responses"]), name
        assert ("404" in operation["responses"]) == ("{" in operation["path"]), name
        assert "security" not in operation
    assert document()["security"] == []


def test_every_example_is_one():
    number = 0
    for name, operation in EVERY.items():
        for status, response in operation["responses"].items():
            for media_type, content in response.get("content", {}).items():
                for example in content.get("examples", {}).values():
                    assert faults(example["value"], content["schema"]) == [], (name, status)
                    number += "json" in media_type
    assert number > 30


def test_vocabularies_say_each_value_in_english():
    from django.utils import translation

    with translation.override("fr"):
        about = named_schemas()["ProgramStatus"]["description"]
    assert "- `suspended_by_authority`: Suspended by the authority" in about


def test_it_is_the_same_bytes_in_every_process(tmp_path):
    script = (
        "import django, sys; django.setup()\n"
        "from api.v1.document import document_bytes\n"
        "sys.stdout.buffer.write(document_bytes('json') + document_bytes('yaml'))"
    )
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "network.project.settings",
        "DATA_DIR": str(tmp_path),
        "PYTHONHASHSEED": "7",
    }
    root = Path(__file__).resolve().parents[2]
    made = subprocess.run(
        [sys.executable, "-c", script], env=environment, cwd=root, capture_output=True, check=True
    ).stdout
    assert made == document_bytes("json") + document_bytes("yaml")
    assert yaml.safe_load(document_bytes("yaml")) == json.loads(document_bytes("json"))
    assert document() is document()


@pytest.mark.django_db
def test_it_is_served_in_both_forms_and_kept():
    plain = Client().get(f"{API}schema/")
    assert plain["Content-Type"] == "application/json"
    assert plain.content == document_bytes("json")
    assert plain["Cache-Control"] == "public, max-age=30"
    assert plain["Access-Control-Allow-Origin"] == "*"
    again = Client().get(f"{API}schema/", headers={"If-None-Match": plain["ETag"]})
    assert again.status_code == 304
    table = Client().get(f"{API}schema/", {"format": "yaml"})
    assert table["Content-Type"] == "application/yaml"
    assert table.content == document_bytes("yaml")


# What is answered


@pytest.fixture
def full(cast):
    fill(cast)


def test_every_operation_is_asked_here():
    assert set(ASKED) == set(OPERATIONS)


def test_every_answer_is_as_the_document_says(full):
    for name, paths in ASKED.items():
        for path in paths:
            answer = Client().get(path)
            assert answer.status_code == 200, path
            body = b"".join(answer) if answer.streaming else answer.content
            media_type = answer["Content-Type"].partition(";")[0]
            assert faults(json.loads(body), schema_of(name, media_type)) == [], path
            said = OPERATIONS[name]["responses"]["200"]["headers"]
            for header, about in said.items():
                assert header in answer or not about.get("required"), (path, header)


def test_every_line_is_a_program_or_a_removal(full):
    answer = Client().get(f"{API}programs/", {"format": "jsonl", "updated_after": LONG_AGO})
    lines = [json.loads(line) for line in b"".join(answer).splitlines()]
    kinds = ["Removed" if "removed" in line else "Program" for line in lines]
    assert set(kinds) == {"Removed", "Program"}
    for line, kind in zip(lines, kinds, strict=True):
        assert faults(line, {"$ref": f"#/components/schemas/{kind}"}) == []


def test_every_kind_of_answer_was_among_them(full):
    programs = json.loads(Client().get(f"{API}programs/").content)["results"]
    assert {one["claim"] for one in programs} == {"own", "unclaimed", "remote"}
    assert {one["source"] is None for one in programs} == {True, False}
    assert {one["point"] is None for one in programs} == {True, False}
    features = [
        one["properties"]
        for path in QUESTIONS["getMap"]
        for one in json.loads(Client().get(API + path).content)["features"]
    ]
    assert {"cluster" in one for one in features} == {True, False}
    assert any(one.get("precision") == "country" and "cluster" in one for one in features)
    assert any(one.get("precision") == "country" and "slug" in one for one in features)
    laws = json.loads(Client().get(f"{API}countries/FR/").content)["access"]
    assert laws["own"]
    assert laws["union"]


@pytest.mark.parametrize(
    ("path", "operation_id", "status"),
    [
        ("/hsds/services?minimal=true", "listHsdsServices", 400),
        ("/hsds/organizations?search=%00", "listHsdsOrganizations", 400),
        (f"/hsds/organizations/{FULL}", "getHsdsOrganization", 404),
        ("/hsds/profile/profile/phone.json", "getHsdsProfileFile", 404),
        ("programs/?status=x", "listPrograms", 400),
        ("programs/?q=%00", "listPrograms", 400),
        ("programs/none/", "getProgram", 404),
        ("countries/zz/", "getCountry", 404),
        ("facilities/duplicate/", "getFacility", 301),
        ("facilities/duplicate/access/", "getFacilityAccess", 301),
    ],
)
def test_refusals_are_as_the_document_says(full, path, operation_id, status):
    answer = Client().get(path if path.startswith("/") else API + path)
    assert answer.status_code == status
    told = OPERATIONS[operation_id]["responses"][str(status)]
    assert set(told.get("headers", ())) <= set(answer.headers)
    if status >= 400:
        assert answer["Content-Type"] == "application/problem+json"
        schema = told["content"]["application/problem+json"]["schema"]
        assert faults(json.loads(answer.content), schema) == []


@pytest.mark.django_db
def test_the_first_page_leads_to_the_document_and_its_page():
    document = json.loads(Client().get(API).content)
    assert document["schema"].endswith(f"{API}schema/")
    assert document["docs"].endswith("/docs/api/")
    assert Root.get.__doc__
