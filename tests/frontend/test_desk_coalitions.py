"""Coalitions at the desk of a group, and groups at the desk of a coalition."""

import re
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from directory.actions.coalitions import ask_membership
from directory.actions.programs.editing import create_program
from directory.actions.programs.granting import grant_program_texts
from directory.models import OrganizationCard, ProgramGrant
from network.models import CoalitionMembership, Organization
from network.tenancy import Purpose, acting, system
from tests.coalitions import Coalitions, agree
from tests.factories import make_card, make_country
from tests.frontend.test_desk_members import plain
from tests.signing_in import signed_in

pytestmark = pytest.mark.django_db
A, U = "/desk/harbour-visitors/coalitions/", "/desk/union/coalitions/"


@pytest.fixture
def union(cast):
    make_country("GB")
    make_country("FR")
    return Coalitions(cast)


def raw(response):
    return response.content.decode()


def without_tokens(response):
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", raw(response))


def client(union, name):
    return signed_in(getattr(union, name, None) or getattr(union.cast, name))


def ask(union, name="carla", slug="union"):
    with acting(union.actor(name)) as actor:
        return ask_membership(actor, slug=slug)


def states(union):
    with acting(system(Purpose.OPERATOR)):
        rows = CoalitionMembership.objects.order_by("created_at")
        return ["agreed" if r.is_agreed else "open" if r.is_open else "over" for r in rows]


@pytest.mark.parametrize("verb", ["accept", "refuse", "end"])
def test_a_foreign_membership_answers_like_a_missing_one(union, verb):
    row = ask(union)
    claude, at = client(union, "claude"), "/desk/visiteurs-du-port/coalitions/"
    foreign = claude.post(f"{at}{row.pk}/{verb}/")
    nobody = uuid4()
    missing = claude.post(f"{at}{nobody}/{verb}/")
    assert (foreign.status_code, missing.status_code) == (404, 404)
    one, other = str(row.pk).encode(), str(nobody).encode()
    assert foreign.content.replace(one, other) == missing.content
    assert claude.get(A).status_code == 404
    assert states(union) == ["open"]


@pytest.mark.parametrize("name", ["bilal", "edna", "omar"])
def test_who_does_not_coordinate_reads_and_changes_nothing(union, name):
    row = ask(union, "ursula", "harbour-visitors")
    reader = client(union, name)
    page = plain(reader.get(A))
    assert "Union of Visitors" in page
    assert "A coordinator or an owner answers." in page
    assert f"{row.pk}/accept/" not in raw(reader.get(A))
    assert reader.get(f"{A}ask/").status_code == 403
    assert reader.post(f"{A}ask/", {"slug": "union"}).status_code == 403
    for verb in ("accept", "refuse", "end"):
        assert reader.post(f"{A}{row.pk}/{verb}/").status_code == 403
    assert states(union) == ["open"]


def test_a_link_never_acts(union):
    row = ask(union)
    ursula = client(union, "ursula")
    assert ursula.get(f"{U}{row.pk}/accept/").status_code == 405
    assert ursula.get(f"{U}{row.pk}/refuse/").status_code == 405
    assert client(union, "carla").get(f"{A}{row.pk}/end/").status_code == 200
    assert states(union) == ["open"]


def test_search_asks_accept_and_leave(union):
    carla, ursula = client(union, "carla"), client(union, "ursula")
    assert "Your group belongs to no coalition here" in plain(carla.get(A))
    assert "No group belongs to it yet" in plain(ursula.get(U))
    assert "Nothing here has this name" in plain(carla.get(f"{A}ask/?q=Nowhere"))
    found = raw(carla.get(f"{A}ask/?q=visitors union"))
    assert 'value="union"' in found
    answer = carla.post(f"{A}ask/", {"slug": "union"})
    assert (answer.status_code, answer["Location"]) == (303, A)
    assert "Asked, and not answered yet" in plain(carla.get(A))
    assert "Asked already, or you belong together" in plain(carla.get(f"{A}ask/?q=union"))
    page = raw(ursula.get(U))
    assert "Harbour Visitors" in page
    accept = re.search(r'action="([^"]+accept/)"', page)[1]
    assert "You belong together now" in plain(ursula.post(accept, follow=True))
    assert 'href="/organizations/union/"' in raw(carla.get("/organizations/harbour-visitors/"))
    leave = re.search(r'href="([^"]+end/)"', raw(carla.get(A)))[1]
    assert "no public page names it any more" in plain(carla.get(leave))
    assert "You do not belong together any more" in plain(carla.post(leave, follow=True))
    assert states(union) == ["over"]
    assert carla.post(leave).status_code == 404


def test_a_coalition_invites_and_is_declined(union):
    ursula, carla = client(union, "ursula"), client(union, "carla")
    found = raw(ursula.get(f"{U}ask/?q=harbour"))
    assert 'value="harbour-visitors"' in found
    ursula.post(f"{U}ask/", {"slug": "harbour-visitors"})
    page = raw(carla.get(A))
    assert "Coalitions that invite your group" in page
    refuse = re.search(r'action="([^"]+refuse/)"', page)[1]
    assert "Declined." in plain(carla.post(refuse, follow=True))
    again = ursula.post(f"{U}ask/", {"slug": "harbour-visitors"})
    assert again.status_code == 422
    assert "They declined not long ago" in plain(again)


def test_what_is_no_public_card_is_found_by_nobody_and_asked_by_nobody(union):
    carla = client(union, "carla")
    with acting(system(Purpose.OPERATOR)):
        Organization.objects.filter(pk=union.cast.applicant.pk).update(kind="coalition")
    make_card(slug="far--other.example", name="Union far", kind="coalition")
    OrganizationCard.objects.filter(slug="far--other.example").delete()
    assert "new-visitors" not in raw(carla.get(f"{A}ask/?q=new"))
    known = carla.post(f"{A}ask/", {"slug": "new-visitors"})
    missing = carla.post(f"{A}ask/", {"slug": "nobody-at-all"})
    assert known.status_code == missing.status_code == 422
    assert without_tokens(known) == without_tokens(missing)


def test_nonsense_is_no_fault(union):
    carla = client(union, "carla")
    for query in ("?q=" + "x" * 300, "?q=%22%27%25", "?q=%F0%9F%98%80"):
        assert carla.get(f"{A}ask/{query}").status_code == 200
    for slug in ("", "x" * 400, "é'\"%"):
        assert carla.post(f"{A}ask/", {"slug": slug}).status_code == 422


def test_texts_that_were_granted_stand_at_the_coalitions_desk_until_it_ends(union):
    row = agree(union.union, union.cast.a)
    with acting(union.cast.actor("amara")) as amara:
        program = create_program(amara, values={"names": {"en": "Harbour"}, "country": "GB"})
        card = OrganizationCard.objects.get(slug="union")
        grant_program_texts(amara, program=program, coalition=card)
    ursula = client(union, "ursula")
    page = raw(ursula.get(U))
    assert "Programs whose texts you may edit" in page
    editor = re.search(r'href="([^"]+/programs/granted/\d+/)"', page)[1]
    assert ursula.get(editor).status_code == 200
    assert "granted" not in raw(client(union, "ugo").get(U))
    log = plain(ursula.get("/desk/union/audit/"))
    assert "Leave to edit the texts of a program: union" in log
    client(union, "carla").post(f"{A}{row.pk}/end/")
    assert ursula.get(editor).status_code == 404
    with acting(system(Purpose.OPERATOR)):
        assert not ProgramGrant.objects.exists()
    assert "End of leave to edit the texts of a program: union" in plain(
        ursula.get("/desk/union/audit/")
    )


def test_the_page_costs_the_same_for_one_and_three(union):
    ursula, counts = client(union, "ursula"), []
    for organizations in ([union.cast.a], [union.cast.b, union.cast.applicant]):
        for organization in organizations:
            agree(union.union, organization)
        ursula.get(U)
        with CaptureQueriesContext(connection) as asked:
            assert "Since" in plain(ursula.get(U))
        counts.append(len(asked))
    assert counts[0] == counts[1]
