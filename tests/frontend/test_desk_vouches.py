"""The desk page of vouches: what a voucher reads, and what it never does."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from directory.models import Application, Vouch
from network.actions.organizations import create_organization
from network.models import Person
from network.tenancy import acting
from tests.directory.test_vouching import Ring
from tests.frontend.test_desk_members import plain
from tests.network.members import OPERATOR
from tests.signing_in import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def ring(cast):
    return Ring()


def owner(ring, name):
    with acting(OPERATOR):
        return signed_in(Person.objects.get(pk=ring.owners[name].person_id))


def path(vouch, group="papa"):
    return f"/desk/{group}/vouches/{vouch.pk}/"


def test_a_voucher_reads_the_answers_and_no_private_word(ring):
    vouch = ring.ask("papa")
    page = owner(ring, "papa").get(path(vouch))
    words = plain(page)
    for one in ("Asking Group", "We met.", "We visit people every week.", "English, Arabic"):
        assert one in words
    for one in ("ines@example.org", "Ines", "zqcheckcanary"):
        assert one not in page.content.decode()


def test_another_group_gets_the_404_of_nothing(ring):
    vouch = ring.ask("papa")
    foreign = owner(ring, "quebec").get(path(vouch, "quebec"))
    missing = owner(ring, "quebec").get(path(Vouch(), "quebec"))
    assert (foreign.status_code, missing.status_code) == (404, 404)
    assert owner(ring, "quebec").get(path(vouch)).status_code == 404
    assert "Asking" not in plain(owner(ring, "quebec").get("/desk/quebec/vouches/"))


def test_an_answer_is_given_at_the_page(ring):
    vouch = ring.ask("papa")
    client = owner(ring, "papa")
    assert client.post(path(vouch), {"act": "give", "statement": " "}).status_code == 422
    assert client.post(path(vouch), {"act": "give", "statement": "Old friends"}).status_code == 303
    page = plain(signed_in(ring.person).get("/desk/asking-group/application/"))
    assert "Papa" in page
    assert "Given" in page
    assert client.post(path(vouch), {"act": "withdraw"}).status_code == 303
    assert ring.reasons() == {}


def test_the_applicant_chooses_from_public_cards(ring):
    client = signed_in(ring.person)
    where = "/desk/asking-group/application/vouchers/"
    assert "Papa" in plain(client.get(where, {"q": "pap"}))
    assert "Quebec" not in plain(client.get(where, {"q": "pap"}))
    assert "No verified group" in plain(client.get(where, {"q": "zzz"}))
    assert client.post(where, {"group": "nothing"}).status_code == 404
    assert client.post(where, {"group": "papa", "message": "Hello"}).status_code == 303
    with acting(OPERATOR):
        assert Vouch.objects.get().message == "Hello"


def test_the_list_asks_the_same_however_many_ask(ring):
    ring.ask("papa")
    client = owner(ring, "papa")
    counts = []
    for more in (2, 0):
        client.get("/desk/papa/vouches/")
        with CaptureQueriesContext(connection) as asked:
            client.get("/desk/papa/vouches/")
        counts.append(len(asked))
        for number in range(more):
            add_request(ring, number)
    assert counts[0] == counts[1]


def add_request(ring, number):
    """Another group asks Papa."""
    with acting(OPERATOR) as operator:
        group = create_organization(operator, slug=f"g-{number}", name="G", country="GB")
        asking = Application.objects.create(organization=group, kind="register")
        Vouch.objects.create(organization=ring.groups["papa"], applicant=group, application=asking)
