"""Every document is valid: by HSDS 3.1 alone, and by HSDS 3.1 changed by the profile."""

import json
import re

import pytest
from django.conf import settings
from django.test import Client
from jsonschema import Draft202012Validator

from api.hsds.profile import FILES
from directory.actions.publishing import publish_program
from directory.actions.sample import load_sample
from directory.enums.withholding import WITHHOLDABLE
from directory.models import Country, Listing, Program
from network.tenancy import acting
from tests.api.hsds.directory import ABSENT, all_kinds_of_rows, ask, read
from tests.api.hsds.rules import RULES, complaints, merged, page_complaints, schemas, strangers
from tests.directory.importing import ACTOR
from tests.directory.test_publishing import CANARIES, make_program

pytestmark = pytest.mark.django_db
KINDS = {
    "services": "service",
    "organizations": "organization",
    "service_at_locations": "service_at_location",
    "taxonomies": "taxonomy",
    "taxonomy_terms": "taxonomy_term",
}
WITH_FULL = list(KINDS)[:3]


def profile():
    description = read("/profile")
    prefix = settings.PUBLIC_ORIGIN + "/hsds"
    files = {
        name: read(address.removeprefix(prefix)) for name, address in description["files"].items()
    }
    return {name: patch for name, patch in files.items() if name != "openapi.json"}


def all_pages():
    """Every page of every list, and its kind."""
    for path, kind in KINDS.items():
        for parameters in ({}, {"full": "true"}) if path in WITH_FULL else ({},):
            number, last = 1, False
            while not last:
                page = read(f"/{path}", per_page="100", page=str(number), **parameters)
                yield kind, page
                number, last = number + 1, page["last_page"]
    yield "organization", read("/organizations", full_service="true", per_page="100")
    yield "service", read("/services", page="999")


def all_documents():
    """Every document that stands alone, and its kind."""
    for path, kind in KINDS.items():
        number, last = 1, False
        while not last:
            page = read(f"/{path}", per_page="100", page=str(number))
            for one in page["contents"]:
                yield kind, read(f"/{path}/{one['id']}")
            number, last = number + 1, page["last_page"]


def assert_all_valid():
    patches = profile()
    pages, documents = list(all_pages()), list(all_documents())
    assert len({kind for kind, _one in documents}) == len(KINDS)
    wrong = [
        complaint
        for given in (None, patches)
        for kind, page in pages
        for complaint in page_complaints(kind, page, given)
    ]
    wrong += [
        complaint
        for given in (None, patches)
        for kind, one in documents
        for complaint in complaints(kind, one, given)
    ]
    listed = [(kind, one) for kind, page in pages for one in page["contents"]]
    wrong += [name for kind, one in listed + documents for name in strangers(kind, one, patches)]
    assert wrong == []
    return documents


def test_an_empty_directory_is_valid():
    for path, kind in list(KINDS.items())[:3]:
        page = read(f"/{path}")
        assert page_complaints(kind, page) == []
        assert page == {
            "total_items": 0,
            "total_pages": 0,
            "page_number": 1,
            "size": 0,
            "first_page": True,
            "last_page": True,
            "empty": True,
            "contents": [],
        }


def test_every_kind_of_row_is_valid():
    all_kinds_of_rows()
    documents = assert_all_valid()
    assert sum(kind == "service" for kind, _one in documents) == Listing.objects.count()


def test_the_sample_data_is_valid():
    load_sample(ACTOR)
    documents = assert_all_valid()
    assert sum(kind == "service" for kind, _one in documents) == Listing.objects.count() > 100


def test_lists_hold_nothing_of_which_there_are_several_unless_all_is_asked_for():
    all_kinds_of_rows()
    for path, kind in list(KINDS.items())[:3]:
        for one in read(f"/{path}", per_page="100")["contents"]:
            assert not set(one) & set(RULES[kind].many), path
        full = read(f"/{path}", per_page="100", full="true")["contents"]
        assert full == [read(f"/{path}/{one['id']}") for one in full]


@pytest.mark.parametrize("field", sorted(WITHHOLDABLE))
def test_what_is_withheld_is_nowhere(cast, field):
    words = {
        "capacity": ["canary-capacity"],
        "contact": ["canary-contact"],
        "descriptions": ["canary-description"],
        "facilities": ["Harbour House"],
        "how_to_be_visited": ["canary-visited"],
        "how_to_join": ["canary-join"],
        "languages": ["tlh-canary"],
        "point": ["canary-locality", "canary-admin", "51.5", "latitude"],
        "services": ["psychosocial"],
        "summaries": ["canary-summary"],
        "website": ["canary-website"],
    }[field]
    Country.objects.create(iso2="GB", names={"en": "United Kingdom"})
    amara = cast.actor("amara")
    with acting(amara):
        program = make_program(cast.a, **CANARIES)
        publish_program(amara, program=program)
        shown = everything(program, field)
        Program.objects.filter(pk=program.pk).update(withheld=[field])
        program.refresh_from_db()
        publish_program(amara, program=program)
    if field != "capacity":
        assert [word for word in words if word not in shown] == []
    hidden = everything(program, field)
    assert [word for word in words if word in hidden] == []
    assert_all_valid()
    assert read(f"/services/{program.pk}")["withheld"] == [field]


def everything(program, field):
    pages = [page for _kind, page in all_pages()]
    found = json.dumps([pages, [one for _kind, one in all_documents()]])
    if field == "services":
        # The terms name every service there is: only who offers it may be told.
        listed = read("/services", full="true", per_page="100")["contents"]
        found = json.dumps([read(f"/services/{program.pk}"), listed])
    searched = [
        ask("/services", search=word).content.decode()
        for word in ("canary", "canary-locality", "harbour house", "psychosocial")
    ]
    return found + "".join(searched)


def test_the_base_says_which_version_and_leads_to_the_profile():
    base = read("/")
    assert base == {
        "version": "3.1",
        "profile": f"{settings.PUBLIC_ORIGIN}/hsds/profile",
        "openapi_url": f"{settings.PUBLIC_ORIGIN}/api/v1/schema/",
    }
    description = read("/profile")
    assert set(description["files"]) == set(FILES)
    assert re.fullmatch(r"\d+\.\d+\.\d+", description["version"])
    page = description["documentation"].removeprefix(settings.PUBLIC_ORIGIN)
    assert Client().get(page).status_code == 200


def test_the_profile_makes_valid_schemas_and_names_files_of_hsds():
    patches = profile()
    assert {name.removesuffix(".json") for name in patches} <= set(RULES)
    for schema in schemas(patches).values():
        Draft202012Validator.check_schema(schema)
    address = schemas(patches)["address"]
    assert set(address["required"]) == {"id", "country", "address_type"}


def test_the_openapi_of_the_profile_names_what_each_list_takes():
    patch = json.loads(ask("/profile/profile/openapi.json").content)
    values = {
        "page": "1",
        "per_page": "1",
        "format": "json",
        "full": "true",
        "search": "x",
        "modified_after": "2026-05-01T00:00:00Z",
        "taxonomy_id": ABSENT,
        "taxonomy_term_id": ABSENT,
        "organization_id": ABSENT,
    }
    for path in ("/services", "/service_at_locations", "/taxonomies", "/taxonomy_terms"):
        refs = [one["$ref"] for one in patch["paths"][path]["get"]["parameters"]]
        names = {ref.rsplit("/", 1)[1] for ref in refs}
        answers = {name: ask(path, **{name: value}) for name, value in values.items()}
        taken = {name for name, answer in answers.items() if answer.status_code == 200}
        assert taken == names
    parameters = {"components": {"parameters": {"minimal": {}, "page": {}}}}
    assert "minimal" not in merged(parameters, patch)["components"]["parameters"]
