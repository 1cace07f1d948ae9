"""Coalitions through tokens: each side its own, and nothing of a program of another group."""

import uuid

import pytest

from directory.actions.programs.editing import create_program
from directory.actions.programs.granting import grant_program_texts
from directory.models import OrganizationCard, Program
from network.models import CoalitionMembership
from network.tenancy import Purpose, acting, system
from tests.api.bearing import ask, document, token_for
from tests.coalitions import Coalitions, agree
from tests.factories import make_country, make_listing

pytestmark = pytest.mark.django_db
OF_A, OF_U = "/api/v1/organizations/harbour-visitors/", "/api/v1/organizations/union/"
OF_B = "/api/v1/organizations/visiteurs-du-port/"
A, U = f"{OF_A}coalitions/", f"{OF_U}coalitions/"
TO_UNION = {"organization": "union"}


@pytest.fixture
def union(cast):
    make_country("GB")
    make_country("FR")
    return Coalitions(cast)


def post(path, text, body=None):
    return ask(path, text, method="POST", body=body)


def test_a_foreign_membership_is_as_one_that_is_missing(union):
    made = document(post(A, token_for(union, "carla"), TO_UNION))
    claude = token_for(union, "claude")
    for verb in ("", "accept/", "refuse/", "end/"):
        method = "POST" if verb else "GET"
        answers = {
            ask(f"{OF_B}coalitions/{pk}/{verb}", claude, method=method).content.replace(
                str(pk).encode(), b""
            )
            for pk in (made["id"], uuid.uuid4())
        }
        assert len(answers) == 1
        assert b'"status":404' in answers.pop().replace(b" ", b"")
    assert ask(A, claude).status_code == 404


@pytest.mark.parametrize("who", ["bilal", "edna", "omar"])
def test_who_does_not_coordinate_reads_and_asks_nothing(union, who):
    text = token_for(union, who)
    assert document(ask(A, text))["results"] == []
    refused = post(A, text, TO_UNION)
    assert refused.status_code == 403
    assert document(refused)["permission"] == "coalition.manage"


def test_a_token_needs_the_scopes_of_members(union):
    text = token_for(union, "carla", "directory:read", "directory:write")
    assert ask(A, text).status_code == 403
    assert post(A, text, TO_UNION).status_code == 403


def test_what_cannot_be_asked_is_one_answer(union):
    text = token_for(union, "carla")
    slugs = ("nobody", "new-visitors", "visiteurs-du-port", "")
    answers = [post(A, text, {"organization": slug}) for slug in slugs]
    assert {one.status_code for one in answers} == {400}
    assert answers[0].content == answers[1].content == answers[2].content
    assert set(document(answers[0])["errors"]) == {"organization"}


def test_asked_accepted_and_ended_from_both_sides(union):
    carla, ursula = token_for(union, "carla"), token_for(union, "ursula")
    answer = post(A, carla, TO_UNION)
    made = document(answer)
    assert (answer.status_code, answer["Location"]) == (201, f"{A}{made['id']}/")
    assert (made["state"], made["side"]) == ("asked", "organization")
    assert made["other"]["slug"] == "union"
    one = f"{made['id']}/"
    assert post(f"{A}{one}accept/", carla).status_code == 400
    [seen] = document(ask(U, ursula))["results"]
    assert (seen["id"], seen["state"], seen["side"]) == (made["id"], "incoming", "coalition")
    assert seen["other"]["slug"] == "harbour-visitors"
    assert document(post(f"{U}{one}accept/", ursula))["state"] == "agreed"
    assert document(ask(f"{A}{one}", carla))["agreed_at"]
    told = document(ask("/api/v1/organizations/union/"))
    assert [member["slug"] for member in told["members"]] == ["harbour-visitors"]
    told = document(ask("/api/v1/organizations/harbour-visitors/"))
    assert ([one["slug"] for one in told["coalitions"]], told["members"]) == (["union"], [])
    assert document(post(f"{A}{one}end/", carla))["state"] == "ended"
    assert ask(f"{U}{one}", ursula).status_code == 404
    assert document(ask("/api/v1/organizations/union/"))["members"] == []


def test_a_coalition_invites_and_is_refused(union):
    ursula, carla = token_for(union, "ursula"), token_for(union, "carla")
    made = document(post(U, ursula, {"organization": "harbour-visitors"}))
    assert document(post(f"{A}{made['id']}/refuse/", carla))["state"] == "refused"
    assert post(U, ursula, {"organization": "harbour-visitors"}).status_code == 400


def test_a_token_of_a_coalition_touches_no_program_of_its_members(union):
    agree(union.union, union.cast.a)
    with acting(union.cast.actor("amara")) as amara:
        program = create_program(amara, values={"names": {"en": "Harbour"}, "country": "GB"})
        card = OrganizationCard.objects.get(slug="union")
        grant_program_texts(amara, program=program, coalition=card)
    text = token_for(union, "ursula")
    for home in (OF_A, OF_U):
        at = f"{home}programs/{program.pk}/"
        for method, path, body in (
            ("GET", at, None),
            ("PATCH", at, {"contact": {"phone": "+1 900 000 0000"}}),
            ("PATCH", at, {"website": "https://fraud.example/"}),
            ("DELETE", at, None),
            ("POST", f"{at}publish/", None),
            ("POST", f"{at}unpublish/", None),
            ("POST", f"{at}confirm/", None),
        ):
            headers = {"If-Match": '"1"'} if method in ("PATCH", "DELETE") else {}
            answer = ask(path, text, method=method, body=body, headers=headers)
            assert answer.status_code == 404, (method, path)
    with acting(system(Purpose.OPERATOR)):
        present = Program.objects.get(pk=program.pk)
        assert (present.version, present.website, present.published_at) == (1, "", None)


def test_the_list_is_of_pages(union):
    for organization in (union.cast.a, union.cast.b):
        agree(union.union, organization)
    text = token_for(union, "ursula")
    first = document(ask(f"{U}?page_size=1", text))
    second = document(ask(first["next"], text))
    slugs = [page["results"][0]["other"]["slug"] for page in (first, second)]
    assert slugs == ["harbour-visitors", "visiteurs-du-port"]
    with acting(system(Purpose.OPERATOR)):
        assert CoalitionMembership.objects.count() == 2


def test_the_filter_finds_what_coalitions_do_together(union):
    agree(union.union, union.cast.a)
    card = OrganizationCard.objects.get(slug="harbour-visitors")
    make_listing(slug="tagged", organization=card, claim="own", coalitions=["union"])
    make_listing(slug="other")
    found = document(ask("/api/v1/programs/?coalition=union"))["results"]
    assert [one["slug"] for one in found] == ["tagged"]
