"""The commands that make people and groups: one document, one clear line, and links that work."""

import json
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.test import Client

from network.models import Membership, Organization, Person
from network.tenancy import Purpose, acting, system
from tests.factories import make_country
from tests.signing_in import signed_in

pytestmark = pytest.mark.django_db


def run(name, *arguments):
    out = StringIO()
    call_command(name, *arguments, "--json", stdout=out)
    return json.loads(out.getvalue())


def enters(link):
    client = Client()
    client.post(link.removeprefix(settings.PUBLIC_ORIGIN))
    return client.get("/account/").status_code == 200


def test_an_organization_comes_with_an_owner_who_can_sign_in():
    make_country("GB")
    made = run(
        "create_organization",
        "--name=Example Visitors",
        "--country=gb",
        "--owner-email=Amara@Example.org",
        "--verified",
    )
    assert made["organization"]["slug"] == "example-visitors"
    assert made["owner"]["email"] == "amara@example.org"
    with acting(system(Purpose.OPERATOR)):
        organization = Organization.objects.get(slug="example-visitors")
        assert (organization.status, organization.country) == ("verified", "GB")
    assert enters(made["owner"]["sign_in_link"])
    assert not enters(made["owner"]["sign_in_link"])


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--name=X", "--country=XX", "--owner-email=a@example.org"], "no country"),
        (["--name=زوار", "--country=GB", "--owner-email=a@example.org"], "--slug"),
        (["--name=X", "--country=GB", "--owner-email=nonsense"], "whole address"),
        (["--name=Harbour Visitors", "--country=GB", "--owner-email=a@example.org"], "taken"),
    ],
)
def test_what_cannot_be_made_is_one_line_and_leaves_nothing(cast, arguments, said):
    make_country("GB")
    with acting(system(Purpose.OPERATOR)):
        before = Organization.objects.count(), Person.objects.count()
    with pytest.raises(CommandError, match=said) as error:
        run("create_organization", *arguments)
    assert "\n" not in str(error.value)
    with acting(system(Purpose.OPERATOR)):
        assert (Organization.objects.count(), Person.objects.count()) == before


def test_a_member_is_made_given_another_role_and_removed(cast):
    call = ("--person-email=gus@example.org", "--organization=harbour-visitors")
    made = run("create_member", *call, "--role=organizer")
    assert enters(made["sign_in_link"])
    run("create_member", *call, "--role=coordinator")
    with acting(system(Purpose.OPERATOR)):
        [row] = Membership.objects.filter(person_id=made["person"]["id"])
        assert (row.role, row.organization_id) == ("coordinator", cast.a.pk)
    assert run("remove_member", *call)["ended"] is True
    with pytest.raises(CommandError, match="does not belong"):
        run("remove_member", *call)
    with pytest.raises(CommandError, match="no account"):
        run("remove_member", "--person-email=no@example.org", "--organization=harbour-visitors")
    with pytest.raises(CommandError, match="no organization"):
        run("create_member", "--person-email=gus@example.org", "--organization=x", "--role=owner")


def test_a_steward_is_made_or_named(cast):
    made = run("create_steward", "--email=dora@example.org", "--name=Dora")
    assert enters(made["sign_in_link"])
    run("create_steward", "--email=omar@example.org")
    with acting(system(Purpose.OPERATOR)):
        names = set(Person.objects.filter(is_steward=True).values_list("display_name", flat=True))
    assert names == {"Dov", "Dora", "Omar"}


def test_a_suspended_person_is_out_and_stays_out(cast):
    client = signed_in(cast.amara)
    run("suspend_person", "--email=amara@example.org")
    assert client.get("/account/").status_code == 303
    link = run(
        "create_member",
        "--person-email=amara@example.org",
        "--organization=harbour-visitors",
        "--role=owner",
    )["sign_in_link"]
    assert not enters(link)
    with pytest.raises(CommandError, match="suspended"):
        run("create_steward", "--email=amara@example.org")
