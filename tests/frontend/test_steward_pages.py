"""The stewards' desk in pages: lists in few queries, two who decide at once, the node's words."""

import pytest
from django.test import Client

from directory.models import Application
from network.actions.organizations import create_organization
from network.enums import OrganizationStatus
from network.models import Organization
from network.tenancy import acting
from tests.coalitions import Coalitions, agree
from tests.directory.applied import ANSWERS, apply, present
from tests.network.members import OPERATOR
from tests.signing_in import signed_in

WHY = {"act": "approve", "approve-public_reason": "Known to us.", "base_version": "1"}


@pytest.fixture
def client(cast):
    return signed_in(cast.dov)


def path(application):
    return f"/steward/applications/{application.pk}/"


def test_an_empty_desk_says_so(client):
    for part in ("", "applications/", "objections/", "reports/", "log/"):
        assert client.get(f"/steward/{part}").status_code == 200
    assert "Nothing waits." in client.get("/steward/").content.decode()


def test_the_way_there_stands_on_the_own_pages_of_stewards_alone(cast, client):
    for page in ("/account/", "/desk/"):
        assert "/steward/" in client.get(page).content.decode()
        assert "/steward/" not in signed_in(cast.chiara).get(page, follow=True).content.decode()


def test_one_screen_shows_what_is_there_and_no_address(cast, client):
    application = apply(cast, answers={**ANSWERS, "person_email": "farid.private@example.org"})
    page = client.get(path(application)).content.decode()
    assert "We visit people in Harbour House." in page
    assert "two stewards decide" in page
    assert "farid.private@example.org" not in page


def test_a_group_is_approved_and_has_a_page(cast, client):
    application = apply(cast)
    assert Client().get("/organizations/new-visitors/").status_code == 404
    assert client.post(path(application), WHY).status_code == 303
    page = Client().get("/organizations/new-visitors/").content.decode()
    assert "Known to us." in page
    assert "approved" in client.get("/steward/log/").content.decode()
    log = signed_in(cast.farid).get("/desk/new-visitors/audit/").content.decode()
    assert "A steward of this site" in log
    assert "Dov" not in log


def test_another_steward_decided_meanwhile(cast, client):
    application = apply(cast)
    with acting(OPERATOR):
        Application.objects.update(version=2)
    answer = client.post(path(application), WHY)
    assert answer.status_code == 409
    assert "This changed while you were reading." in answer.content.decode()
    assert present(application).state == "waiting"


@pytest.mark.parametrize("act", ["ask", "refuse"])
def test_what_is_missing_is_said(cast, client, act):
    application = apply(cast)
    answer = client.post(path(application), {"act": act, "base_version": "1"})
    assert answer.status_code == 422
    assert "Nothing was changed yet" in answer.content.decode()


def test_lists_take_as_many_queries_for_three_as_for_one(cast, client):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    apply(cast)
    counts = []
    for number in (0, 2):
        with acting(OPERATOR) as operator:
            for place in range(number):
                group = create_organization(
                    operator, slug=f"other-{place}", name=f"Other {place}", country="GB"
                )
                Application.objects.create(
                    organization=group, kind="register", state="waiting", answers=ANSWERS
                )
        counts.append([])
        for part in ("", "applications/", "groups/"):
            client.get(f"/steward/{part}")
            with CaptureQueriesContext(connection) as queries:
                client.get(f"/steward/{part}")
            counts[-1].append(len(queries))
    assert counts[0] == counts[1]


def test_a_suspended_group_is_gone_from_desk_and_directory(
    cast, client, django_capture_on_commit_callbacks
):
    application = apply(cast)
    client.post(path(application), WHY)
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(
            "/steward/groups/new-visitors/", {"act": "suspend", "suspend-reason": "A fake."}
        )
    assert answer.status_code == 303
    assert Client().get("/organizations/new-visitors/").status_code == 404
    assert signed_in(cast.farid).get("/desk/new-visitors/").status_code == 404
    client.post("/steward/groups/new-visitors/", {"act": "lift"})
    assert signed_in(cast.farid).get("/desk/new-visitors/").status_code == 200
    with acting(OPERATOR):
        assert Organization.objects.get(slug="new-visitors").status == OrganizationStatus.VERIFIED


def test_who_is_no_coalition_any_more_says_so_at_once_and_has_no_groups(cast, client):
    union = Coalitions(cast)
    agree(union.union, cast.a)
    assert "Union of Visitors" in Client().get("/organizations/harbour-visitors/").content.decode()
    answer = client.post(
        "/steward/groups/union/", {"act": "kind", "kind-kind": "program_operator"}
    )
    assert answer.status_code == 303
    page = Client().get("/organizations/harbour-visitors/").content.decode()
    assert "Union of Visitors" not in page
    assert union.card("union").kind == "program_operator"
    assert union.row().ended_at is not None


def test_what_the_site_says_of_itself_stands_on_its_page(client):
    page = Client().get("/about/").content.decode()
    assert "This site has one steward" in page
    sent = {"name": "Harbour node", "name_ar": "عقدة المرفأ", "contact": "hello@harbour.example"}
    assert client.post("/steward/node/", {**sent, "rules_en": "Be kind."}).status_code == 303
    page = Client().get("/about/").content.decode()
    for words in ("Harbour node", "hello@harbour.example", "Be kind."):
        assert words in page
    assert "عقدة المرفأ" in Client().get("/ar/about/").content.decode()


def test_a_look_is_asked_for_allowed_written_down_and_ended(cast, client):
    amara = signed_in(cast.amara)
    desk = "/desk/harbour-visitors/"
    assert client.get(desk).status_code == 404
    client.post(
        "/steward/groups/harbour-visitors/",
        {"act": "support", "support-reason": "You asked.", "support-minutes": "10"},
    )
    assert client.get(desk).status_code == 404
    assert "You asked." in amara.get(f"{desk}support/").content.decode()
    assert signed_in(cast.bilal).post(f"{desk}support/", {"allow": "1"}).status_code == 403
    assert amara.post(f"{desk}support/", {"allow": "1"}).status_code == 303
    page = client.get(desk).content.decode()
    assert "You look at this desk as a steward." in page
    assert "may read this desk at the moment" in signed_in(cast.bilal).get(desk).content.decode()
    assert "A page of the desk was opened" in amara.get(f"{desk}audit/").content.decode()
    assert client.get(f"{desk}members/").status_code == 403
    assert client.get(f"{desk}documents/").status_code == 403
    amara.post(f"{desk}support/", {"end": "1"})
    assert client.get(desk).status_code == 404
