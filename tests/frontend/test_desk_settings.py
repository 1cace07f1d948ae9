"""Settings of a group: its card, lock-down, leaving, deletion with undo."""

import pytest

from directory.actions.cards import publish_card
from directory.models import Country, OrganizationCard
from network.enums import OrganizationStatus, Role
from network.models import Approval, Membership, Organization
from network.tenancy import acting
from tests.frontend.test_desk_members import A, B, client_of, clients, plain
from tests.network.members import OPERATOR, invite, join, of
from tests.signing_in import signed_in

__all__ = ["clients"]

CARD = {
    "base_version": "1",
    "name": "Harbour Visitors",
    "country": "GB",
    "kind": "program_operator",
    "languages": "French, العربية, en",
    "website": "",
    "name_fr": "Visiteurs du quai",
}


@pytest.fixture
def card(cast):
    Country.objects.create(iso2="GB", names={"en": "United Kingdom"})
    with acting(OPERATOR) as operator:
        publish_card(operator, organization=Organization.objects.get(pk=cast.a.pk))
    return lambda: OrganizationCard.objects.get(pk=cast.a.pk)


def now(organization):
    with acting(OPERATOR):
        return Organization.objects.get(pk=organization.pk)


@pytest.mark.parametrize("name", ["bilal", "edna", "omar", "chiara"])
@pytest.mark.parametrize("path", ["card/", "website/", "lock/", "delete/", "handover/"])
def test_who_may_not_is_refused_and_nothing_happens(cast, card, clients, name, path):
    status = 404 if name == "chiara" else 403
    assert clients[name].post(f"{A}settings/{path}", CARD).status_code == status
    present = now(cast.a)
    assert (present.version, present.locked_down_at, present.deleted_at) == (1, None, None)


def test_a_coordinator_neither_deletes_nor_ends_a_handover(cast):
    cora = client_of(join(cast.a, "cora", Role.COORDINATOR))
    for path in ("delete/", "handover/"):
        assert cora.post(f"{A}settings/{path}").status_code == 403
    assert now(cast.a).deleted_at is None


def test_what_the_group_says_is_changed_in_all_its_languages(cast, card, clients):
    page = clients["amara"].get(A + "settings/card/")
    assert 'name="name_ar"' in page.content.decode()
    response = clients["amara"].post(A + "settings/card/", CARD)
    assert (response.status_code, response["Location"]) == (303, A + "settings/")
    assert (card().languages, card().names) == (["fr", "ar", "en"], {"fr": "Visiteurs du quai"})
    words = plain(clients["bilal"].get(A + "settings/"))
    assert "Visiteurs du quai" in words
    assert "United Kingdom" in words
    assert "French" in words
    assert "Change" not in words.split("What the group says")[1].split("Leaving")[0]


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"name": ""}, "Name of the group"),
        ({"languages": "klingonish"}, "klingonish"),
        ({"website": "javascript:alert(1)"}, "begins with https://"),
        ({"country": "XX"}, "XX"),
        ({"kind": "coalition"}, "Write to the stewards"),
        ({"name_fr": "A123456789 free"}, "This looks like an A-number (line 1)."),
    ],
)
def test_what_is_wrong_is_said_and_what_was_written_stays(cast, card, clients, values, words):
    response = clients["amara"].post(A + "settings/card/", {**CARD, **values})
    assert response.status_code == 422
    assert words in plain(response)
    assert "Visiteurs du quai" in response.content.decode() or "name_fr" in values
    assert now(cast.a).version == 1


def test_a_stale_form_is_answered_with_both_sides_and_can_be_sent_on(cast, card, clients):
    cora = client_of(join(cast.a, "cora", Role.COORDINATOR))
    assert cora.post(A + "settings/card/", {**CARD, "name": "Quayside"}).status_code == 303
    response = clients["amara"].post(A + "settings/card/", {**CARD, "name": "Docks"})
    assert response.status_code == 409
    words = plain(response)
    assert "Quayside" in words
    assert "Docks" in words
    assert card().name == "Quayside"
    assert 'name="base_version" value="2"' in response.content.decode()
    again = {**CARD, "name": "Docks", "base_version": "2"}
    assert clients["amara"].post(A + "settings/card/", again).status_code == 303
    assert card().name == "Docks"


def test_a_new_website_waits_and_another_coordinator_shows_it(cast, card, clients):
    sent = {**CARD, "website": "https://new.example"}
    clients["amara"].post(A + "settings/card/", sent)
    assert "in 24 hours" in plain(clients["amara"].get(A + "settings/"))
    assert card().website == ""
    clients["amara"].post(A + "settings/website/")
    assert card().website == ""
    cora = client_of(join(cast.a, "cora", Role.COORDINATOR))
    assert "https://new.example" in plain(cora.get(A))
    assert cora.post(A + "settings/website/").status_code == 303
    assert card().website == "https://new.example"


# Lock-down


def test_a_lock_down_closes_the_desk_until_an_owner_ends_it(cast, clients):
    cora = client_of(join(cast.a, "cora", Role.COORDINATOR))
    invite(cast.actor("amara"), cast.a, "noor@example.org")
    assert cora.get(A + "settings/lock/").status_code == 200
    assert now(cast.a).locked_down_at is None
    assert cora.post(A + "settings/lock/").status_code == 303
    for path in ("", "members/", "settings/", "resting/", "audit/"):
        assert cora.get(A + path).status_code == 404
        assert clients["bilal"].get(A + path).status_code == 404
    assert clients["chiara"].get(B).status_code == 200
    for path in ("", "members/", "settings/"):
        response = clients["amara"].get(A + path)
        assert (response.status_code, response["Location"]) == (303, A + "resting/")
    assert clients["amara"].post(A + "invite/", {}).status_code == 404
    assert "This group is locked down." in plain(clients["amara"].get(A + "resting/"))
    for client in (cora, clients["bilal"], clients["chiara"]):
        assert client.post(A + "resting/unlock/").status_code == 404
    assert clients["amara"].get(A + "resting/unlock/").status_code == 303
    assert now(cast.a).locked_down_at is not None
    assert clients["amara"].post(A + "resting/unlock/").status_code == 303
    assert now(cast.a).locked_down_at is None
    assert clients["bilal"].get(A).status_code == 200


def test_ending_it_takes_both_owners_where_there_are_two(cast, clients):
    rosa = join(cast.a, "rosa", Role.OWNER)
    clients["amara"].post(A + "settings/lock/")
    clients["amara"].post(A + "resting/unlock/")
    assert now(cast.a).locked_down_at is not None
    with acting(rosa):
        waiting = Approval.objects.get()
    path = f"{A}resting/approvals/{waiting.pk}/"
    assert path in client_of(rosa).get(A + "resting/").content.decode()
    for name in ("bilal", "chiara"):
        assert clients[name].post(path, {"confirm": "1"}).status_code == 404
    assert clients["amara"].post(path, {"confirm": "1"}).status_code == 422
    assert now(cast.a).locked_down_at is not None
    assert client_of(rosa).post(path, {"confirm": "1"}).status_code == 303
    assert now(cast.a).locked_down_at is None


def test_an_open_group_has_no_page_to_bring_it_back(cast, clients):
    for path in ("resting/", "resting/unlock/", "resting/restore/"):
        assert clients["amara"].get(A + path).status_code in (404, 405)
        assert clients["amara"].post(A + path).status_code in (404, 405)


# Leaving


def test_whoever_leaves_reads_nothing_any_more(cast, clients):
    assert clients["bilal"].get(A + "settings/leave/").status_code == 200
    assert of(cast.actor("bilal"))
    response = clients["bilal"].post(A + "settings/leave/")
    assert (response.status_code, response["Location"]) == (303, "/desk/")
    assert clients["bilal"].get(A).status_code == 404
    with acting(OPERATOR):
        assert Membership.objects.filter(person=cast.bilal, ended_at=None).count() == 0


def test_a_deleted_group_is_gone_for_all_and_comes_back_by_an_owner(
    cast, card, clients, django_capture_on_commit_callbacks
):
    assert clients["amara"].get(A + "settings/delete/").status_code == 200
    assert now(cast.a).deleted_at is None
    with django_capture_on_commit_callbacks(execute=True):
        response = clients["amara"].post(A + "settings/delete/")
    assert (response.status_code, response["Location"]) == (303, A + "resting/")
    assert not OrganizationCard.objects.filter(pk=cast.a.pk).exists()
    assert "Undo the deletion" in plain(clients["amara"].get(A + "resting/"))
    for name in ("bilal", "edna", "omar", "chiara"):
        for path in ("", "resting/"):
            assert clients[name].get(A + path).status_code == 404
        assert clients[name].post(A + "resting/restore/").status_code == 404
    assert clients["amara"].post(A + "resting/restore/").status_code == 303
    assert now(cast.a).status == OrganizationStatus.VERIFIED
    assert clients["bilal"].get(A).status_code == 200


def test_deleting_wants_the_password_shown_lately(cast):
    stale = signed_in(cast.amara)
    session = stale.session
    session["confirmed_at"] = 0
    session.save()
    for method in (stale.get, stale.post):
        response = method(A + "settings/delete/")
        assert response.status_code == 303
        assert response["Location"].startswith("/account/confirm/")
    assert now(cast.a).deleted_at is None


def test_the_way_to_a_resting_group_stands_on_the_own_pages(cast, clients):
    clients["amara"].post(A + "settings/lock/")
    for path in ("/desk/", "/account/"):
        assert A + "resting/" in clients["amara"].get(path).content.decode()
        assert A not in clients["bilal"].get(path).content.decode()
