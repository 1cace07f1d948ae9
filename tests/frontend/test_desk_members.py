"""Members, invitations, the log and the overview, as people of a group use them."""

import datetime as dt
import re

import pytest
from django.test import Client
from django.utils import timezone

from network.actions.approvals import confirm_approval
from network.actions.audit import record
from network.actions.handovers import hand_over_organization
from network.enums import Role
from network.models import Approval, Invitation, Membership, Person
from network.tenancy import acting, member
from tests.network.members import OPERATOR, invite, join, mails, of, token_in
from tests.signing_in import signed_in

A, B = "/desk/harbour-visitors/", "/desk/visiteurs-du-port/"


@pytest.fixture
def clients(cast):
    """A client for each of the cast, signed in; Esi is not."""
    people = {
        name: signed_in(getattr(cast, name))
        for name in ("amara", "bilal", "edna", "omar", "chiara", "dov", "farid")
    }
    return {**people, "esi": Client()}


def plain(response):
    """What a page says, without its marks and spaces."""
    text = re.sub(r"(?s)<(script|style).*?</\1>", "", response.content.decode())
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", text))


def person_of(actor):
    with acting(OPERATOR):
        return Person.objects.get(pk=actor.person_id)


def client_of(actor):
    return signed_in(person_of(actor))


PATHS = ("", "members/", "invite/", "audit/", "settings/", "settings/card/", "settings/lock/")


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("name", ["chiara", "dov", "farid"])
def test_a_foreign_desk_answers_like_a_missing_one(clients, path, name):
    foreign = clients[name].get(A + path)
    missing = clients[name].get("/desk/no-such-group/" + path)
    assert (foreign.status_code, missing.status_code) == (404, 404)
    assert foreign.content.replace(b"harbour-visitors", b"no-such-group") == missing.content


@pytest.mark.parametrize("path", PATHS)
def test_who_is_not_signed_in_is_led_to_the_sign_in(clients, path):
    response = clients["esi"].get(A + path)
    assert response.status_code == 303
    assert response["Location"].startswith("/account/sign-in/?next=%2Fdesk%2Fharbour-visitors")


@pytest.mark.parametrize("name", ["bilal", "edna", "omar"])
@pytest.mark.parametrize("path", ["invite/", "audit/", "settings/card/", "settings/lock/"])
def test_the_own_group_says_which_role_it_takes(clients, name, path):
    response = clients[name].get(A + path)
    assert response.status_code == 403
    assert "Coordinator" in plain(response)


# Members


def test_everybody_sees_colleagues_by_name_and_role_and_no_address(clients):
    for name in ("bilal", "amara"):
        response = clients[name].get(A + "members/")
        assert response.status_code == 200
        words = plain(response)
        for colleague in ("Amara", "Bilal", "Edna", "Omar"):
            assert colleague in words
        assert "Chiara" not in words
        assert "@example.org" not in words
    assert "Invite somebody" in plain(clients["amara"].get(A + "members/"))
    assert "Invite somebody" not in plain(clients["bilal"].get(A + "members/"))


@pytest.mark.parametrize("more", [0, 2])
def test_the_list_asks_the_same_however_many_there_are(
    cast, clients, more, django_assert_num_queries
):
    for number in range(more):
        join(cast.a, f"more-{number}", Role.MEMBER)
        invite(cast.actor("amara"), cast.a, f"x{number}@example.org")
    invite(cast.actor("amara"), cast.a, "first@example.org")
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(
        connection,
    ) as found:
        clients["amara"].get(A + "members/")
    asked = [q["sql"] for q in found if "network_member" in q["sql"] or "invitation" in q["sql"]]
    assert len(asked) == 5, asked  # one of them counts what is unread


def test_a_role_is_changed_and_a_membership_ended(cast, clients):
    bilal = of(cast.actor("bilal"))
    page = clients["amara"].get(f"{A}members/{bilal.pk}/")
    assert page.status_code == 200
    response = clients["amara"].post(f"{A}members/{bilal.pk}/", {"role": "editor"})
    assert (response.status_code, response["Location"]) == (303, A + "members/")
    assert of(cast.actor("bilal")).role == Role.EDITOR
    assert "The role was changed." in plain(clients["amara"].get(A + "members/"))
    assert clients["amara"].post(f"{A}members/{bilal.pk}/end/").status_code == 303
    assert "Bilal" not in plain(clients["amara"].get(A + "members/"))
    assert clients["bilal"].get(A).status_code == 404


def test_only_who_manages_members_changes_anybody(cast, clients):
    bilal = of(cast.actor("bilal"))
    for name, status in (("edna", 403), ("bilal", 403), ("chiara", 404)):
        for path in (f"members/{bilal.pk}/", f"members/{bilal.pk}/end/"):
            assert clients[name].post(A + path, {"role": "owner"}).status_code == status
    coordinator = client_of(join(cast.a, "cora", Role.COORDINATOR))
    amara = of(cast.actor("amara"))
    for path in (f"members/{amara.pk}/", f"members/{amara.pk}/end/"):
        assert coordinator.post(A + path, {"role": "member"}).status_code == 404
    assert coordinator.post(f"{A}members/{bilal.pk}/", {"role": "owner"}).status_code == 422
    assert of(cast.actor("bilal")).role == Role.MEMBER


def test_a_member_of_another_group_is_not_found_under_the_own(cast, clients):
    chiara = of(cast.actor("chiara"))
    for path in (f"members/{chiara.pk}/", f"members/{chiara.pk}/end/"):
        assert clients["amara"].post(A + path, {"role": "member"}).status_code == 404


def test_the_last_owner_is_told_what_to_do_first(cast, clients):
    amara = of(cast.actor("amara"))
    response = clients["amara"].post(f"{A}members/{amara.pk}/", {"role": "member"})
    assert response.status_code == 422
    assert "Make somebody else an owner first" in plain(response)
    response = clients["amara"].post(A + "settings/leave/")
    assert response.status_code == 422
    assert "Make somebody else an owner first" in plain(response)


def test_with_two_owners_a_third_waits_for_the_second(cast, clients):
    rosa = join(cast.a, "rosa", Role.OWNER)
    edna = of(cast.actor("edna"))
    clients["amara"].post(f"{A}members/{edna.pk}/", {"role": "owner"})
    assert "Another owner must confirm this" in plain(clients["amara"].get(A + "members/"))
    assert of(cast.actor("edna")).role == Role.EDITOR
    with acting(rosa):
        waiting = Approval.objects.get()
    theirs = client_of(rosa)
    overview = theirs.get(A)
    assert "Edna gets the role: Owner" in plain(overview)
    path = f"{A}settings/approvals/{waiting.pk}/"
    assert path in overview.content.decode()
    assert path not in clients["amara"].get(A).content.decode()
    assert clients["bilal"].get(path).status_code == 403
    assert clients["chiara"].get(path).status_code == 404
    own = clients["amara"].post(path, {"confirm": "1"})
    assert own.status_code == 422
    assert of(cast.actor("edna")).role == Role.EDITOR
    assert theirs.get(path).status_code == 200
    assert of(cast.actor("edna")).role == Role.EDITOR
    assert theirs.post(path, {"confirm": "1"}).status_code == 303
    assert of(cast.actor("edna")).role == Role.OWNER
    assert theirs.get(path).status_code == 404


def test_what_waits_can_be_called_off_by_whoever_asked(cast, clients):
    rosa = join(cast.a, "rosa", Role.OWNER)
    clients["amara"].post(f"{A}members/{of(rosa).pk}/end/")
    with acting(rosa):
        waiting = Approval.objects.get()
    settings_page = plain(clients["amara"].get(A + "settings/"))
    assert "Rosa, an owner, is taken out of the group" in settings_page
    path = f"{A}settings/approvals/{waiting.pk}/"
    assert clients["amara"].post(path, {"cancel": "1"}).status_code == 303
    with acting(rosa), pytest.raises(Exception, match="waits"):
        confirm_approval(rosa, approval=waiting)


def test_a_coordinator_makes_no_approvals_page(cast, clients):
    rosa = join(cast.a, "rosa", Role.OWNER)
    clients["amara"].post(f"{A}members/{of(rosa).pk}/end/")
    with acting(rosa):
        waiting = Approval.objects.get()
    cora = client_of(join(cast.a, "cora", Role.COORDINATOR))
    assert cora.get(f"{A}settings/approvals/{waiting.pk}/").status_code == 403


# Invitations


def test_an_invitation_is_sent_again_and_revoked(cast, clients):
    response = clients["amara"].post(
        A + "invite/", {"email": "noor@example.org", "role": "editor", "language": "fr"}
    )
    assert (response.status_code, response["Location"]) == (303, A + "members/")
    first = token_in(mails()[-1])
    page = clients["amara"].get(A + "members/")
    assert "noor@example.org" in plain(page)
    assert first not in page.content.decode()
    with acting(OPERATOR):
        invitation = Invitation.objects.get()
    assert clients["amara"].post(f"{A}invitations/{invitation.pk}/resend/").status_code == 303
    second = token_in(mails()[-1])
    assert Client().get(f"/account/invitation/{first}/").status_code == 410
    assert Client().get(f"/account/invitation/{second}/").status_code == 200
    assert clients["amara"].post(f"{A}invitations/{invitation.pk}/revoke/").status_code == 303
    assert Client().get(f"/account/invitation/{second}/").status_code == 410


def test_an_address_is_shown_to_who_wrote_it_only(cast, clients):
    cora = join(cast.a, "cora", Role.COORDINATOR)
    invite(cora, cast.a, "noor@example.org")
    assert "noor@example.org" in plain(client_of(cora).get(A + "members/"))
    page = plain(clients["amara"].get(A + "members/"))
    assert "noor@example.org" not in page
    assert "Sent by somebody else" in page
    with acting(OPERATOR):
        invitation = Invitation.objects.get()
    assert clients["amara"].post(f"{A}invitations/{invitation.pk}/resend/").status_code == 404
    assert clients["amara"].post(f"{A}invitations/{invitation.pk}/revoke/").status_code == 303


@pytest.mark.parametrize("name", ["bilal", "chiara"])
def test_nobody_else_touches_an_invitation(cast, clients, name):
    invite(cast.actor("amara"), cast.a, "noor@example.org")
    with acting(OPERATOR):
        invitation = Invitation.objects.get()
    desk = A if name == "bilal" else B
    for verb in ("revoke", "resend"):
        path = f"{desk}invitations/{invitation.pk}/{verb}/"
        assert clients[name].post(path).status_code == 403
    beni = client_of(join(cast.b, "beni", Role.OWNER))
    assert beni.post(f"{B}invitations/{invitation.pk}/revoke/").status_code == 404
    with acting(OPERATOR):
        assert Invitation.objects.get().revoked_at is None


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"email": "noor"}, "Write the whole address"),
        ({"email": ""}, "Write the whole address"),
        ({"role": "emperor"}, "emperor"),
        ({"language": "xx"}, "xx"),
    ],
)
def test_what_is_wrong_in_an_invitation_is_said_at_its_field(cast, clients, values, words):
    sent = {"email": "noor@example.org", "role": "member", "language": "en", **values}
    response = clients["amara"].post(A + "invite/", sent)
    assert response.status_code == 422
    assert words in plain(response)
    assert mails() == []


def test_a_coordinator_is_not_offered_the_role_of_owner(cast):
    cora = client_of(join(cast.a, "cora", Role.COORDINATOR))
    assert 'value="owner"' not in cora.get(A + "invite/").content.decode()
    sent = {"email": "noor@example.org", "role": "owner", "language": "en"}
    assert cora.post(A + "invite/", sent).status_code == 422
    assert mails() == []


def test_too_many_invitations_are_refused_with_the_number(cast, clients, settings):
    settings.INVITATIONS_A_DAY = 1
    sent = {"email": "noor@example.org", "role": "member", "language": "en"}
    assert clients["amara"].post(A + "invite/", sent).status_code == 303
    response = clients["amara"].post(A + "invite/", {**sent, "email": "rosa@example.org"})
    assert response.status_code == 422
    assert "tomorrow" in plain(response)


# The log


def test_the_log_is_read_in_sentences_by_coordinators(cast, clients):
    invite(cast.actor("amara"), cast.a, "noor@example.org", Role.EDITOR)
    clients["amara"].post(f"{A}members/{of(cast.actor('bilal')).pk}/", {"role": "editor"})
    cora = client_of(join(cast.a, "cora", Role.COORDINATOR))
    words = plain(cora.get(A + "audit/"))
    assert "An invitation was sent, for the role: Editor" in words
    assert "Bilal has the role: Editor" in words
    assert "noor@example.org" not in words
    assert "Visiteurs" not in words


def test_the_log_is_filtered_by_verb_and_person_and_read_page_by_page(cast, clients):
    with acting(cast.actor("amara")) as amara:
        for number in range(60):
            record(amara, "program.edited", number=number)
    first = clients["amara"].get(A + "audit/?verb=program.edited").content.decode()
    assert first.count("<tr>") == 51
    older = re.search(r'href="(\?[^"]*cursor=[^"]*)"', first)[1].replace("&amp;", "&")
    second = clients["amara"].get(A + "audit/" + older).content.decode()
    assert second.count("<tr>") == 11
    only = plain(clients["amara"].get(f"{A}audit/?person={cast.amara.pk}"))
    assert "The group got its account" not in only.split("Newest first")[1]
    for query in ("verb=nonsense", "person=nonsense", f"person={cast.chiara.pk}", "cursor=x"):
        assert clients["amara"].get(f"{A}audit/?{query}").status_code == 400


def test_the_log_is_read_by_the_readers_own_clock(cast, clients, monkeypatch):
    moment = dt.datetime(2026, 11, 21, 22, 30, tzinfo=dt.UTC)
    monkeypatch.setattr(timezone, "now", lambda: moment)
    with acting(cast.actor("amara")) as amara:
        record(amara, "program.edited")
    monkeypatch.undo()
    for zone, words in (
        ("UTC", "21 November 2026 22:30"),
        ("Asia/Tokyo", "22 November 2026 07:30"),
    ):
        with acting(OPERATOR):
            Person.objects.filter(pk=cast.amara.pk).update(time_zone=zone)
        assert words in plain(clients["amara"].get(A + "audit/?verb=program.edited"))


def test_every_verb_of_these_actions_has_a_sentence():
    from pathlib import Path

    from frontend.desk.audit_words import SENTENCES

    root = Path(__file__).resolve().parents[2]
    written = set()
    for name in ("invitations", "joining", "organizations", "lockdown", "departures"):
        written |= set(verbs_in(root / f"network/actions/{name}.py"))
    for name in ("handovers", "approvals"):
        written |= set(verbs_in(root / f"network/actions/{name}.py"))
    for path in (root / "directory/actions").glob("*.py"):
        written |= set(verbs_in(path))
    # These belong to no organization.
    nodes_own = {"organization.purged", "listing.suppressed", "search.rebuilt", "gazetteer.loaded"}
    assert written - nodes_own - set(SENTENCES) == set()


def verbs_in(path):
    found = re.findall(r'"([a-z_]+\.[a-z_]+)"', path.read_text())
    return [verb for verb in found if verb.split(".")[1] not in ("csv", "json", "py")]


# The overview


def test_the_overview_names_what_waits_and_nothing_else(cast, clients):
    words = plain(clients["bilal"].get(A))
    assert "Your role here: Member" in words
    assert "Nothing waits for you." in words
    words = plain(clients["amara"].get(A))
    assert "wants a second step at sign-in" in words
    with acting(OPERATOR):
        Person.objects.filter(pk=cast.amara.pk).update(second_factor_since="2026-01-01T00:00Z")
    assert "Nothing waits for you." in plain(clients["amara"].get(A))


def test_after_the_grace_the_overview_says_why_the_role_is_gone(cast, clients):
    with acting(OPERATOR):
        Membership.objects.filter(person=cast.edna).update(role_since="2026-01-01T00:00Z")
    words = plain(clients["edna"].get(A))
    assert "Your role here: Member" in words
    assert "Your role Editor counts as that of a member" in words


def test_a_handover_is_on_every_overview_and_an_owner_calls_it_off(cast, clients):
    with acting(OPERATOR) as operator:
        hand_over_organization(
            operator, membership=of(cast.actor("omar")), reason="Nobody answers."
        )
    assert "hand this group over" in plain(clients["bilal"].get(A))
    words = plain(clients["bilal"].get(A + "settings/"))
    assert "Omar becomes an owner" in words
    assert "Nobody answers." in words
    assert clients["bilal"].post(A + "settings/handover/").status_code == 403
    assert clients["chiara"].post(A + "settings/handover/").status_code == 404
    assert clients["amara"].post(A + "settings/handover/").status_code == 303
    assert "hand this group over" not in plain(clients["bilal"].get(A))


def test_forms_are_refused_without_their_token(cast):
    client = signed_in(cast.amara, checks_forms=True)
    for path in ("invite/", "settings/lock/", "settings/leave/"):
        assert client.post(A + path).status_code == 403
    actor = member(cast.amara.pk, cast.a.pk)
    assert of(actor).role == Role.OWNER
