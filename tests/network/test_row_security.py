import re

import pytest
from django.apps import apps
from django.conf import settings
from django.db import DatabaseError, connection, transaction

from directory.models import Program
from network.models import AuditEntry, Membership, Organization, Person
from network.tenancy import Purpose, acting, system, visitor

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(
        not settings.HAS_OWNER_ROLE,
        reason="row security needs PostgreSQL with two roles; SQLite has none",
    ),
]


def tenant_tables():
    """Every table that belongs to one organization, found in the models."""
    found = {"network_organization", "network_person"}
    for model in apps.get_models():
        names = {field.name for field in model._meta.local_fields}
        private = model._meta.app_label != "guardian"
        if private and "organization" in names and model._meta.label != "directory.Listing":
            found.add(model._meta.db_table)
        if model._meta.label in ("directory.ProgramGrant", "directory.ProgramPersonGrant"):
            found.add(model._meta.db_table)
    return found


def test_every_tenant_table_forces_row_security():
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity")
        forced = {name for (name,) in cursor.fetchall()}
    assert tenant_tables() <= forced


def test_the_serving_role_is_neither_owner_nor_superuser_nor_exempt():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb FROM pg_roles "
            "WHERE rolname = current_user"
        )
        assert cursor.fetchone() == (False, False, False, False)
        cursor.execute("SELECT count(*) FROM pg_tables WHERE tableowner = current_user")
        assert cursor.fetchone() == (0,)


def unscoped(model):
    """The table without the belt: what PostgreSQL alone lets through."""
    return model._base_manager.all()


def test_without_the_belt_the_database_still_shows_own_rows_only(cast):
    with acting(system(Purpose.OPERATOR)):
        Program.objects.create(organization=cast.a, slug="of-a", country="GB")
        Program.objects.create(organization=cast.b, slug="of-b", country="FR")
    with acting(cast.actor("chiara")):
        assert [p.slug for p in unscoped(Program)] == ["of-b"]
        assert {m.person_id for m in unscoped(Membership)} == {cast.chiara.pk}
        assert {o.slug for o in unscoped(Organization)} == {"visiteurs-du-port"}
        assert {p.display_name for p in unscoped(Person)} == {"Chiara"}
        assert {e.organization_id for e in unscoped(AuditEntry)} == {cast.b.pk}


def test_a_visitor_and_a_connection_without_a_scope_see_nothing(cast):
    models = (Program, Membership, Organization, Person, AuditEntry)
    with acting(visitor()):
        assert [unscoped(model).count() for model in models] == [0] * 5
    assert [unscoped(model).count() for model in models] == [0] * 5


def test_a_row_cannot_be_written_into_another_organization(cast):
    with acting(cast.actor("chiara")), pytest.raises(DatabaseError), transaction.atomic():
        Program._base_manager.create(organization=cast.a, slug="planted", country="GB")
    with acting(system(Purpose.OPERATOR)):
        program = Program.objects.create(organization=cast.b, slug="of-b", country="FR")
    with acting(cast.actor("chiara")), pytest.raises(DatabaseError), transaction.atomic():
        Program._base_manager.filter(pk=program.pk).update(organization=cast.a)


def test_a_text_cannot_join_a_program_of_another_organization(cast):
    with acting(system(Purpose.OPERATOR)):
        program = Program.objects.create(organization=cast.a, slug="of-a", country="GB")
    with acting(cast.actor("chiara")), pytest.raises(DatabaseError), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(
                "INSERT INTO directory_programtext (id, created_at, updated_at, organization_id, "
                "program_id, language, name, summary, description, how_to_join, "
                "how_to_be_visited) VALUES (gen_random_uuid(), now(), now(), %s, %s, 'xx', 'x', "
                "'', '', '', '')",
                [cast.b.pk, program.pk],
            )


def test_the_scope_ends_with_its_transaction(cast):
    with acting(cast.actor("amara")):
        pass
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('app.organization', true)")
        assert not re.sub(r"\s", "", cursor.fetchone()[0] or "")


def test_the_serving_role_cannot_change_tables_or_history():
    for statement in (
        "ALTER TABLE network_organization DISABLE ROW LEVEL SECURITY",
        "DROP POLICY seen ON network_organization",
        "UPDATE directory_accessevent SET status = 'open'",
        "DELETE FROM django_migrations",
        "TRUNCATE network_auditentry",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def refused(write):
    """Whether the database refuses a write, or lets it change nothing."""
    try:
        with transaction.atomic():
            return not write()
    except DatabaseError:
        return True


def test_nobody_reads_anothers_account_not_even_a_colleagues(cast):
    with acting(cast.actor("amara")):
        assert {person.pk for person in unscoped(Person)} == {cast.amara.pk}


def test_nobody_is_written_into_an_organization(cast):
    with acting(cast.actor("amara")):
        assert refused(
            lambda: Membership._base_manager.create(
                organization=cast.a, person_id=cast.chiara.pk, role="member"
            )
        )


def test_signing_in_changes_no_role_and_no_account(cast):
    with acting(system(Purpose.SIGN_IN)):
        assert refused(lambda: unscoped(Membership).update(role="owner"))
        assert refused(lambda: unscoped(Person).update(display_name="Somebody"))


def test_the_audit_log_is_written_in_ones_own_name_only(cast):
    entry = {"via": "page", "verb": "forged"}
    with acting(cast.actor("bilal")):
        for other in (
            {"person": cast.amara, "organization": cast.a},
            {"person": cast.bilal, "organization": cast.b},
        ):
            assert refused(lambda other=other: AuditEntry._base_manager.create(**entry, **other))
    for purpose in (Purpose.IMPORT, Purpose.PURGE, Purpose.SIGN_IN):
        with acting(system(purpose)):
            assert refused(lambda: AuditEntry._base_manager.create(**entry, organization=cast.b))


def test_one_group_cannot_change_what_the_public_reads_of_another(cast):
    from django.contrib.auth.models import Group

    from directory.models import Suppression
    from tests.factories import make_card, make_listing

    with acting(system(Purpose.OPERATOR)):
        listing = make_listing(slug="unclaimed-one")
        card = make_card(slug="card-of-b")
    with acting(cast.actor("amara")):
        assert refused(lambda: type(listing).objects.filter(pk=listing.pk).update(name="Forged"))
        assert refused(lambda: type(listing).objects.filter(pk=listing.pk).delete()[0])
        assert refused(lambda: type(card).objects.filter(pk=card.pk).update(name="Forged"))
        assert refused(lambda: listing.tags.create(kind="service", value="forged"))
        assert refused(lambda: Suppression.objects.create(slug="unclaimed-one"))
        assert refused(lambda: Group.objects.update(name="forged"))


def test_rights_beside_memberships_cannot_be_written_at_all(cast):
    with acting(system(Purpose.OPERATOR)):
        assert refused(lambda: cast.amara.groups.add(cast.b.group) or True)
        assert refused(
            lambda: (
                cast.b.group.permissions.create(name="x", codename="x", content_type_id=1) or True
            )
        )


def token_of(person, organization, actor):
    membership = Membership.objects.get(person=person, organization=organization, ended_at=None)
    from network.actions.tokens import create_token

    return create_token(actor, membership=membership, name="x", scopes=["directory:read"])[0]


def test_a_token_is_seen_by_its_person_and_organization_and_made_for_nobody_else(cast):
    from network.models import ApiToken

    with acting(system(Purpose.OPERATOR)) as operator:
        token = token_of(cast.bilal, cast.a, operator)
        of_chiara = Membership.objects.get(person=cast.chiara)
    values = {"name": "x", "prefix": "x", "expires_at": token.expires_at}
    with acting(cast.actor("chiara")):
        assert not unscoped(ApiToken).exists()
        assert refused(lambda: unscoped(ApiToken).update(token_hash="forged"))
        for person, membership, number in (
            (cast.bilal, token.membership_id, "1"),
            (cast.bilal, of_chiara.pk, "2"),
        ):
            assert refused(
                lambda person=person, membership=membership, number=number: (
                    ApiToken._base_manager.create(
                        organization=cast.b,
                        person=person,
                        membership_id=membership,
                        token_hash=number,
                        **values,
                    )
                )
            )
    with acting(system(Purpose.IMPORT)):
        assert not unscoped(ApiToken).exists()


def test_a_token_cannot_join_a_membership_of_another_organization(cast):
    from network.models import ApiToken

    with acting(system(Purpose.OPERATOR)) as operator:
        token = token_of(cast.bilal, cast.a, operator)
    with acting(cast.actor("chiara")), pytest.raises(DatabaseError), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        ApiToken._base_manager.create(
            organization=cast.b,
            person=cast.chiara,
            membership_id=token.membership_id,
            name="x",
            prefix="x",
            token_hash="y",
            expires_at=token.expires_at,
        )


def test_a_kept_answer_is_its_persons_alone(cast):
    from network.models import KeptAnswer

    with acting(cast.actor("bilal")):
        KeptAnswer.objects.create(
            organization=cast.a, person=cast.bilal, key_hash="k", request_digest="d"
        )
    for name in ("amara", "chiara"):
        with acting(cast.actor(name)):
            assert not unscoped(KeptAnswer).exists()
            assert refused(lambda: unscoped(KeptAnswer).update(body="forged"))
            assert refused(
                lambda: KeptAnswer._base_manager.create(
                    organization=cast.a, person=cast.bilal, key_hash="2", request_digest="d"
                )
            )


def test_no_statement_is_compiled_to_machine_code():
    # Policies make them look dear; compiling takes most of a second, running them milliseconds.
    with connection.cursor() as cursor:
        cursor.execute("SHOW jit")
        assert cursor.fetchone() == ("off",)
