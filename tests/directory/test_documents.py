"""The documents of listings: in step with the rows, whoever writes them."""

import json

import pytest

from directory.actions.documents import keep_documents_current, write_documents
from directory.actions.importing import Programs, run_import
from directory.actions.publishing import publish_program
from directory.actions.sample import SAMPLE_DIR
from directory.models import Country, Listing, ProgramText
from directory.queries.program_documents import DOCUMENT_VERSION, documents_of
from directory.queries.program_rows import complete, program_rows
from network.models import Job
from network.permissions import Refused
from network.tenancy import Purpose, acting, system, visitor
from tests.directory.test_publishing import make_program
from tests.factories import make_country, make_listing

pytestmark = pytest.mark.django_db


def stored():
    return dict(Listing.objects.values_list("slug", "document"))


def test_publishing_writes_the_document_with_the_date_of_its_transaction(cast):
    Country.objects.create(iso2="GB", names={"en": "United Kingdom"})
    with acting(cast.actor("amara")) as amara:
        program = make_program(cast.a)
        publish_program(amara, program=program)
        ProgramText.objects.filter(program=program, language="fr").update(summary="Autre")
        listing = publish_program(amara, program=program)
    document = json.loads(stored()["harbour"])
    assert document["summaries"]["fr"] == "Autre"
    assert document["version"] == listing.version == 2
    assert document["updated_at"] == listing.updated_at.isoformat().replace("+00:00", "Z")
    assert stored() == documents_of(Listing.objects.all())


def test_an_import_writes_the_document_of_each_row():
    make_country("FR")
    make_country("GB")
    make_listing(slug="other")
    run_import(system(Purpose.IMPORT), Programs, SAMPLE_DIR / "programs.csv")
    assert Listing.objects.count() > 5
    assert stored() == documents_of(Listing.objects.all())
    assert all(stored().values())


def test_a_row_without_a_document_is_given_one_when_it_is_read(django_assert_num_queries):
    make_listing(slug="with")
    bare = make_listing(slug="without")
    with acting(system(Purpose.OPERATOR)):
        Listing.objects.filter(pk=bare.pk).update(document="")
    rows = list(program_rows(Listing.objects.order_by("slug")))
    with django_assert_num_queries(2):
        found = complete(rows)
    assert [json.loads(row["document"])["slug"] for row in found] == ["with", "without"]
    with django_assert_num_queries(0):
        complete(found)


def test_another_version_of_the_code_makes_all_documents_anew_once():
    actor = system(Purpose.IMPORT)
    listing = make_listing(slug="old")
    with acting(actor):
        Listing.objects.filter(pk=listing.pk).update(document='{"of": "another version"}')
    assert keep_documents_current(actor) == 1
    assert json.loads(stored()["old"])["slug"] == "old"
    assert keep_documents_current(actor) is None
    Job.objects.filter(name="program_documents").update(result={"version": DOCUMENT_VERSION - 1})
    assert keep_documents_current(actor) == 1


def test_nobody_else_makes_them_anew():
    with pytest.raises(Refused):
        keep_documents_current(visitor())


def test_more_rows_than_are_written_at_once():
    for number in range(7):
        make_listing(slug=f"s{number}")
    with acting(system(Purpose.OPERATOR)):
        Listing.objects.update(document="")
        assert write_documents(Listing.objects.filter(document="")) == 7
    assert stored() == documents_of(Listing.objects.all())
