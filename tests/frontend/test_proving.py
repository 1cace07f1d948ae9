"""Proof by mail, and objections: whoever reads the entry's own address decides, by one button."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from directory.actions.applying import edit_answers, send_proof
from directory.models import Application, DomainProof, Listing, Objection
from directory.queries.domains import mail_domain
from network.tenancy import acting
from tests.factories import make_card, make_listing
from tests.frontend.joined import begin, fresh, mails_to, token_in
from tests.frontend.test_desk_members import plain
from tests.network.members import OPERATOR, mails
from tests.signing_in import signed_in

pytestmark = pytest.mark.django_db
DESK = "/desk/lantern-visitors/application/"


@pytest.fixture
def claim(cast):
    make_listing(slug="fr-lantern", name="Lantern", website="https://www.lantern.example.org/a")
    return begin(listing_slug="fr-lantern")


def proofs():
    with acting(OPERATOR):
        return list(DomainProof.objects.all())


def objections():
    with acting(OPERATOR):
        return list(Objection.objects.all())


def send(claim, local_part="info"):
    return signed_in(claim[0]).post(f"{DESK}proof/", {"local_part": local_part})


def path():
    return f"/join/prove/{token_in(mails_to('info@lantern.example.org')[0])}/"


@pytest.mark.parametrize(
    ("website", "domain"),
    [
        ("https://www.lantern.example.org/a", "lantern.example.org"),
        ("http://aviddetention.org.uk", "aviddetention.org.uk"),
        ("https://law.ox.ac.uk/visits", "law.ox.ac.uk"),
        ("https://gmail.com/", ""),
        ("https://lantern.wordpress.com/", ""),
        ("https://www.facebook.com/lantern", ""),
        ("https://sites.google.com/view/lantern", ""),
        ("https://lantern.github.io/", ""),
        ("https://github.io/", ""),
        ("https://lantern.blogspot.com/", ""),
        ("https://lantern.wixsite.com/us", ""),
        ("https://org.uk/", ""),
        ("https://localhost/", ""),
        ("https://127.0.0.1/", ""),
        ("https://[::1/", ""),
        ("", ""),
    ],
)
def test_only_a_website_of_its_own_proves_something(website, domain):
    assert mail_domain(website) == domain


@pytest.mark.parametrize(
    "local_part", ["a@evil.example", "a\r\nBcc: x", "", "a b", "ü", "x" * 65, '"a"', ".a", "a%b"]
)
def test_what_stands_before_the_sign_is_nothing_else(claim, local_part):
    assert send(claim, local_part).status_code == 422
    assert proofs() == []


def test_the_website_that_the_applicant_writes_proves_nothing(claim):
    _person, actor, application = claim
    with acting(actor):
        edit_answers(
            actor,
            application=application,
            base_version=1,
            values={"website": "https://evil.example.net/"},
        )
        send_proof(actor, application=application, local_part="info")
    [proof] = proofs()
    assert proof.email == "info@lantern.example.org"


def test_an_entry_at_a_shared_host_offers_no_mail(cast):
    make_listing(slug="fr-shared", website="https://lantern.wordpress.com/")
    person, _actor, _application = begin("ines", "Shared Group", "fr-shared")
    client = signed_in(person)
    page = client.get("/desk/shared-group/application/proof/")
    assert "many people share" in plain(page)
    answer = client.post("/desk/shared-group/application/proof/", {"local_part": "info"})
    assert answer.status_code == 422
    assert proofs() == []


def test_whoever_registers_has_no_entry_to_prove(cast):
    person, _actor, _application = begin("ines", "New Group")
    assert signed_in(person).get("/desk/new-group/application/proof/").status_code == 404


def test_three_mails_a_day_and_no_more(claim):
    assert [send(claim).status_code for _ in range(4)] == [303, 303, 303, 422]


def test_looking_at_the_link_confirms_nothing_and_the_token_is_not_kept(claim):
    send(claim)
    for client in (Client(), signed_in(claim[0])):
        page = client.get(path())
        assert page.status_code == 200
        assert client.head(path()).status_code == 200
    assert "Lantern Visitors" in plain(page)
    [proof] = proofs()
    assert proof.confirmed_at is None
    assert objections() == []
    assert path().split("/")[3] not in str(vars(proof))


def test_one_press_confirms_without_an_account(claim):
    send(claim)
    for _ in range(2):
        assert Client().post(path(), {"act": "confirm"}).status_code == 200
    [proof] = proofs()
    assert proof.confirmed_at is not None
    assert "Confirmed" in plain(signed_in(claim[0]).get(DESK))
    # It proves, and decides nothing.
    assert fresh(claim[2]).state == "draft"


def test_one_press_objects_and_the_stewards_are_told_once(claim):
    send(claim)
    for _ in range(2):
        assert Client().post(path(), {"act": "object"}).status_code == 200
    [objection] = objections()
    assert objection.application_id == claim[2].pk
    assert proofs()[0].confirmed_at is None
    assert len(mails_to("dov@example.org")) == 1


@pytest.mark.parametrize("end", ["over", "unknown", "decided"])
def test_a_dead_link_does_nothing(claim, end):
    send(claim)
    where = path()
    with acting(OPERATOR):
        if end == "over":
            DomainProof.objects.update(expires_at=timezone.now())
        if end == "decided":
            Application.objects.update(state="refused")
    if end == "unknown":
        where = "/join/prove/" + "x" * 43 + "/"
    for answer in (Client().get(where), Client().post(where), Client().post(where, {"act": "x"})):
        assert answer.status_code == 410
    assert proofs()[0].confirmed_at is None
    assert objections() == []


@pytest.fixture
def claimed(claim):
    """The entry, taken over today by its group."""
    _person, _actor, application = claim
    card = make_card(
        id=application.organization_id, slug="lantern-visitors", name="Lantern Visitors"
    )
    with acting(OPERATOR):
        Application.objects.update(state="approved", decided_at=timezone.now())
        Listing.objects.update(claim="own", claimed_on=timezone.localdate(), organization=card)
    return Listing.objects.get()


def test_the_page_says_who_claimed_it_and_takes_objections(claimed):
    page = Client().get("/programs/fr-lantern/")
    assert "Claimed on" in plain(page)
    assert "/programs/fr-lantern/object/" in page.content.decode()
    where = "/programs/fr-lantern/object/"
    assert Client().get(where).status_code == 200
    assert Client().post(where, {"text": " "}).status_code == 422
    assert objections() == []
    answer = Client().post(where, {"text": "We are the Lantern.", "email": "us@example.org"})
    assert answer.status_code == 200
    [objection] = objections()
    assert (objection.text, objection.email) == ("We are the Lantern.", "us@example.org")
    told = mails_to("dov@example.org")
    assert len(told) == 1
    assert "We are the Lantern." not in told[0].text


def test_after_14_days_there_is_nothing_to_object_to(claimed):
    with acting(OPERATOR):
        Listing.objects.update(claimed_on=timezone.localdate() - dt.timedelta(days=14))
    assert "Claimed on" not in plain(Client().get("/programs/fr-lantern/"))
    over = Client().get("/programs/fr-lantern/object/")
    none = Client().get("/programs/fr-nothing/object/")
    assert (over.status_code, none.status_code) == (404, 404)
    assert over.content.replace(b"fr-lantern", b"x") == none.content.replace(b"fr-nothing", b"x")


def test_objections_are_limited(claimed):
    where = "/programs/fr-lantern/object/"
    told = [Client().post(where, {"text": f"No {one}"}).status_code for one in range(11)]
    assert told[-1] == 429
    assert len(objections()) == 10


def test_no_mail_of_these_acts_on_being_opened(claim):
    send(claim)
    assert all("unsubscribe" not in one.text for one in mails())
