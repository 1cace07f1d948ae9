"""What the tables promise, found by walking the models."""

import uuid

import pytest
from django.apps import apps
from django.db import connection, models

from messaging.models.managers import ConversationManager
from network.tenancy.managers import TenantManager

FLOOR = {"network": 0, "directory": 1, "messaging": 1}
OWN = [m for m in apps.get_models() if m._meta.app_label in FLOOR]

# Tables with an organization that everybody may read, and why.
PUBLIC = {"directory.Listing": "its organization is a card, a public read model"}


def tenant_models():
    for model in OWN:
        fields = {f.name for f in model._meta.local_fields}
        if model._meta.label in ("network.Organization", "messaging.Conversation") or (
            {"organization", "conversation"} & fields and model._meta.label not in PUBLIC
        ):
            yield model


def test_no_relation_points_to_a_higher_floor():
    for model in OWN:
        for field in model._meta.get_fields():
            if field.is_relation and not field.auto_created and field.related_model:
                target = field.related_model._meta.app_label
                assert FLOOR.get(target, 0) <= FLOOR[model._meta.app_label], field


def test_siblings_have_no_relation():
    for model in OWN:
        for field in model._meta.get_fields():
            if field.is_relation and not field.auto_created and field.related_model:
                pair = {model._meta.app_label, field.related_model._meta.app_label}
                assert pair != {"directory", "messaging"}, field


def test_objects_is_the_scoped_manager_on_every_tenant_table():
    found = list(tenant_models())
    assert len(found) >= 7
    for model in found:
        assert isinstance(model.objects, TenantManager), model
        assert model._default_manager is model.objects or isinstance(
            model._default_manager, TenantManager
        )


def test_only_tenant_tables_are_scoped():
    tenants = set(tenant_models())
    for model in OWN:
        assert isinstance(model._default_manager, TenantManager) == (model in tenants), model


def test_every_tenant_row_names_its_organization_except_system_audit():
    for model in tenant_models():
        if model._meta.label in ("network.Organization", "network.AuditEntry"):
            continue
        if isinstance(model.objects, ConversationManager):
            continue  # spans organizations, see the next test
        assert not model._meta.get_field("organization").null, model


def test_what_spans_organizations_belongs_to_a_conversation():
    for model in tenant_models():
        if isinstance(model.objects, ConversationManager):
            is_whole = model._meta.label == "messaging.Conversation"
            assert is_whole or not model._meta.get_field("conversation").null, model


def test_things_that_others_refer_to_have_uuids():
    children = {"ListingFacility", "ListingTag", "ProgramFacility", "ProgramGrant"}
    others = {"Counter", "Job", "ProgramPersonGrant"}
    others |= {"Removal", "Revision"}  # its id is the listing's
    children |= {"GazetteerName", "GazetteerPlace"}  # the list of towns has numbers of its own
    children |= {"CardWord", "FacilityWord", "ListingWord", "MessageWord", "WordForm"}
    for model in OWN:
        if model.__name__ in children | others:
            continue
        key = model._meta.pk
        assert isinstance(key, models.UUIDField), model
        assert key.default is uuid.uuid4


def test_no_field_could_hold_what_is_never_stored():
    banned = ("ip", "address", "user_agent", "agent", "referer", "referrer", "last_login")
    for model in OWN:
        for field in model._meta.local_fields:
            assert field.name not in banned, field
            assert not isinstance(field, models.GenericIPAddressField), field
            assert "detainee" not in field.name, field


def test_no_save_hooks():
    from django.db.models.signals import post_delete, post_save, pre_save

    for signal in (pre_save, post_save, post_delete):
        ours = [r for r in signal.receivers if any(floor in repr(r) for floor in FLOOR)]
        assert ours == []
    for model in OWN:
        assert "save" not in vars(model), model


@pytest.mark.django_db
def test_tests_never_run_on_the_real_database():
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT current_database()")
            assert cursor.fetchone()[0].startswith("test_")
        else:
            cursor.execute("PRAGMA database_list")
            assert not cursor.fetchone()[2]


def test_no_key_of_messages_has_an_index_that_is_the_beginning_of_another():
    # Two that answer one question: each message is written into both, and the database, where it
    # has no figures of a table yet, may read a whole log by the shorter one.
    for model in apps.get_app_config("messaging").get_models():
        options = model._meta
        longer = [one.fields for one in options.indexes if one.condition is None]
        longer += [
            one.fields
            for one in options.constraints
            if isinstance(one, models.UniqueConstraint) and one.condition is None
        ]
        first = {fields[0].lstrip("-") for fields in longer if fields}
        doubled = [one.name for one in options.local_fields if one.db_index and one.name in first]
        assert doubled == [], model
