"""About this directory, and what it could be made to hand over."""

from __future__ import annotations

import pytest
from django.db import connection, models
from django.test import Client
from django.utils.html import escape

from directory.models import Country, Facility
from directory.queries.attributions import facility_licences
from network.queries.schema_classes import CLASSES, DataClass
from network.queries.schema_report import installed_models, options_of, schema_report


def test_every_table_is_classified():
    missing = [
        table.label for table in schema_report() if table.data_class == DataClass.UNCLASSIFIED
    ]
    assert missing == [], "say in network/queries/schema_classes.py what these tables hold"


def test_no_class_is_left_over_from_a_table_that_is_gone():
    assert set(CLASSES) == {options_of(model).label for model in installed_models()}


def test_a_table_that_nobody_described_is_shown_as_such():
    class Forgotten(models.Model):
        secret = models.TextField()

        class Meta:
            app_label = "tests"
            managed = False

        def __str__(self) -> str:
            return self.secret

    [table] = schema_report([Forgotten])
    assert table.data_class == DataClass.UNCLASSIFIED
    assert [column.name for column in table.columns] == ["id", "secret"]


@pytest.mark.django_db
def test_the_page_holds_every_table_and_column_of_the_database(client: Client):
    page = client.get("/about/data/").content.decode()
    with connection.cursor() as cursor:
        for name in connection.introspection.table_names(cursor):
            assert f">{name}</bdi>" in page, name
            for column in connection.introspection.get_table_description(cursor, name):
                assert f">{column.name}</code>" in page, f"{name}.{column.name}"


def test_what_belongs_to_groups_comes_first():
    classes = [table.data_class for table in schema_report()]
    assert classes == sorted(classes, key=["tenant", "conversation", "system", "public"].index)
    by_label = {table.label: table.data_class for table in schema_report()}
    assert by_label["network.Person"] == DataClass.TENANT
    assert by_label["directory.Program"] == DataClass.TENANT
    assert by_label["messaging.Event"] == DataClass.CONVERSATION
    assert by_label["directory.Listing"] == DataClass.PUBLIC


@pytest.fixture
def places(operator) -> None:
    country = Country.objects.create(iso2="GB", names={"en": "United Kingdom"})
    for number, licence in enumerate(["b <i>", "a", "a", ""]):
        Facility.objects.create(
            slug=f"place-{number}", name="Place", country=country, licence=licence
        )
    duplicate = Facility.objects.get(slug="place-0")
    Facility.objects.create(
        slug="old", name="Old", country=country, licence="gone", merged_into=duplicate
    )


def test_licences_are_counted_in_one_query(places: None, django_assert_num_queries):
    with django_assert_num_queries(1):
        found = facility_licences()
    assert [(one.licence, one.places) for one in found] == [("a", 2), ("b <i>", 1)]


def test_licences_and_attributions_are_shown(client: Client, places: None):
    page = client.get("/about/data/").content.decode()
    assert escape("b <i>") in page
    assert "b <i>" not in page
    assert "GeoNames" in page
    assert "https://creativecommons.org/licenses/by/4.0/" in page


@pytest.mark.django_db
def test_without_places_the_page_says_so(client: Client):
    assert "No place of detention is listed yet." in client.get("/about/data/").content.decode()


@pytest.mark.django_db
def test_what_waits_on_a_device_is_named(client: Client):
    page = client.get("/about/data/").content.decode()
    assert "texts that were not sent yet, for at most 7 days" in page


@pytest.mark.django_db
def test_a_node_without_a_name_says_so(client: Client, settings):
    settings.NODE_NAME = settings.NODE_CONTACT = ""
    page = client.get("/about/").content.decode()
    assert "has not given a name" in page
    assert "No contact is given." in page
    assert "Nobody is named as the keeper" in page


@pytest.mark.django_db
def test_a_node_with_a_name_is_named_and_escaped(client: Client, settings):
    settings.NODE_NAME = "Harbour <b>Node</b>"
    settings.NODE_CONTACT = "desk@harbour.example"
    page = client.get("/about/").content.decode()
    assert "Harbour &lt;b&gt;Node&lt;/b&gt;" in page
    assert "<b>Node" not in page
    assert "desk@harbour.example" in page
    assert "has not given a name" not in page


@pytest.mark.django_db
def test_what_is_not_protected_is_said(client: Client):
    page = client.get("/about/").content.decode()
    assert "can read everything that is stored on it" in page
    assert "Tor Browser" in page
    assert "writes down no address" in page


def test_small_files(client: Client):
    robots = client.get("/robots.txt")
    assert robots["Content-Type"].startswith("text/plain")
    assert b"Disallow" not in robots.content
    icon = client.get("/favicon.ico")
    assert icon["Content-Type"] == "image/png"
    assert icon.content.startswith(b"\x89PNG")
