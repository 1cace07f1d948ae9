"""The first step of a way in: the same answer for every address, and one button in the mail."""

import pytest
from django.test import Client

from directory.models import Application, FirstStep
from network.enums import Role
from network.models import Membership, Organization, Person
from network.tenancy import Purpose, acting, system
from tests.factories import make_country, make_listing
from tests.frontend.joined import FIRST, groups, mails_to, token_in
from tests.frontend.test_desk_members import plain
from tests.network.members import OPERATOR, make_person
from tests.signing_in import signed_in

pytestmark = pytest.mark.django_db
NOOR = "noor@example.org"


@pytest.fixture(autouse=True)
def _countries():
    make_country("GB")
    make_country("FR")


def ask(client=None, **values):
    return (client or Client()).post("/join/", {**FIRST, **values})


def path():
    return f"/join/go-on/{token_in(mails_to(NOOR)[0])}/"


def steps():
    with acting(system(Purpose.SIGN_IN)):
        return list(FirstStep.objects.all())


def applications():
    with acting(OPERATOR):
        return list(Application.objects.select_related("organization", "person"))


def test_the_answer_and_the_mail_are_the_same_for_every_address(cast, django_assert_num_queries):
    ask(email="first@example.org")
    told = [ask(email=one) for one in ("amara@example.org", "nobody@example.org")]
    assert [one.status_code for one in told] == [303, 303]
    assert told[0]["Location"] == told[1]["Location"] == "/join/sent/"
    known, unknown = (mails_to(one)[0] for one in ("amara@example.org", "nobody@example.org"))
    assert known.subject == unknown.subject
    assert known.text.replace(token_in(known), "x") == unknown.text.replace(token_in(unknown), "x")
    assert applications() == []


def test_no_more_than_three_mails_go_to_one_address_in_a_day():
    assert [ask().status_code for _ in range(4)] == [303, 303, 303, 429]
    assert ask(email="other@example.org").status_code == 303


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"name": " "}, "Write the name of the group"),
        ({"name": "A-123 456 789"}, "identifies a person"),
        ({"country": "XX"}, "XX"),
        ({"country": ""}, "Choose a country"),
        ({"person_name": ""}, "Write the name by which"),
        ({"email": "noor"}, "Write the whole address"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(values, words):
    answer = ask(**values)
    assert answer.status_code == 422
    assert words in plain(answer)
    assert steps() == []


def test_only_a_hash_of_the_link_is_kept():
    ask()
    [step] = steps()
    assert token_in(mails_to(NOOR)[0]) not in str(vars(step))


def test_looking_at_the_link_changes_nothing():
    ask()
    for client in (Client(), Client(), signed_in(make_person("noor"))):
        assert client.get(path()).status_code == 200
        assert client.head(path()).status_code == 200
    assert applications() == []
    assert steps()[0].email == NOOR


def test_somebody_new_gets_an_account_a_desk_and_a_draft():
    ask()
    client = Client()
    answer = client.post(path())
    assert answer.status_code == 303
    assert answer["Location"] == "/desk/lantern-visitors/application/"
    [found] = applications()
    assert (found.state, found.kind, found.person.email) == ("draft", "register", NOOR)
    assert found.organization.status == "applied"
    assert not found.person.has_usable_password()
    with acting(OPERATOR):
        assert Membership.objects.get(person=found.person).role == Role.OWNER
    assert client.get(answer["Location"]).status_code == 200
    [step] = steps()
    assert (step.email, step.answers) == ("", {})


def test_a_second_press_leads_to_the_same_application():
    ask()
    client = Client()
    first = client.post(path())
    assert client.post(path())["Location"] == first["Location"]
    assert len(applications()) == 1
    # Whoever finds the used link gets nothing.
    assert Client().get(path()).status_code == 410
    assert Client().post(path()).status_code == 410


def test_whoever_has_an_account_signs_in_first():
    make_person("noor")
    ask()
    page = Client().get(path()).content.decode()
    assert "/account/sign-in/?next=" in page
    assert Client().post(path()).status_code == 422
    assert applications() == []


def test_another_account_gets_nothing(cast):
    ask()
    answer = signed_in(cast.chiara).post(path())
    assert answer.status_code == 422
    assert "another address" in plain(answer)
    assert applications() == []


def test_who_is_signed_in_needs_no_mail(cast):
    answer = ask(signed_in(cast.omar))
    assert answer["Location"] == "/desk/lantern-visitors/application/"
    [found] = applications()
    assert found.person_id == cast.omar.pk
    assert found.answers["person_email"] == "omar@example.org"
    # The same form sent twice makes one group.
    ask(signed_in(cast.omar))
    assert len(applications()) == 1


def test_nobody_has_more_than_three_open_applications(cast):
    client = signed_in(cast.omar)
    told = [ask(client, name=f"Group number {one}").status_code for one in range(4)]
    assert told == [303, 303, 303, 422]


def test_a_slug_that_is_or_was_taken_gets_a_number(cast):
    ask(signed_in(cast.omar), name="Harbour Visitors")
    assert "harbour-visitors-2" in groups()
    ask(signed_in(cast.omar), name="زوار المرفأ")
    assert "group-gb" in groups()


def test_dead_and_unknown_links_are_answered_alike():
    ask()
    dead = path()
    with acting(system(Purpose.SIGN_IN)):
        FirstStep.objects.update(expires_at="2026-01-01T00:00Z")
    unknown = "/join/go-on/" + "x" * 43 + "/"
    answers = [Client().get(one) for one in (dead, unknown)]
    assert [one.status_code for one in answers] == [410, 410]
    bodies = [
        one.content.replace(address.encode(), b"")
        for one, address in zip(answers, (dead, unknown), strict=True)
    ]
    assert bodies[0] == bodies[1]


def test_entries_with_such_a_name_are_shown_first_and_never_a_pending_group():
    ask(signed_in(make_person("omar")), name="Lantern Visitors")
    listing = make_listing(name="Lantern Visitors of Calais", slug="fr-lantern")
    answer = ask()
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "/programs/fr-lantern/" in page
    assert "/desk/" not in page
    assert steps() == []
    assert ask(seen="1").status_code == 303
    found = Client().get("/join/alike.json", {"q": "lantern visitors"}).json()
    assert [one["name"] for one in found["alike"]] == [listing.name]


@pytest.mark.parametrize("words", ["", "a", "x" * 5000])
def test_nonsense_finds_nothing(words):
    answer = Client().get("/join/alike.json", {"q": words})
    assert (answer.status_code, answer.json()) == (200, {"alike": []})


def test_only_unclaimed_entries_can_be_taken_over():
    make_listing(slug="fr-own", claim="own")
    answers = [Client().get(f"/programs/{one}/claim/") for one in ("fr-own", "fr-ghost")]
    assert [one.status_code for one in answers] == [404, 404]
    assert answers[0].content.replace(b"fr-own", b"x") == answers[1].content.replace(
        b"fr-ghost", b"x"
    )


def test_taking_an_entry_over_names_the_entry_and_takes_its_country():
    listing = make_listing(slug="fr-lantern", name="Lantern")
    values = {"name": "Lantern", "person_name": "Noor", "email": NOOR}
    assert Client().post("/programs/fr-lantern/claim/", values).status_code == 303
    Client().post(path())
    [found] = applications()
    assert (found.kind, found.listing_slug, found.listing_id) == (
        "claim",
        "fr-lantern",
        listing.pk,
    )
    assert found.organization.country == "FR"


def test_an_entry_that_went_meanwhile_is_said():
    listing = make_listing(slug="fr-lantern", name="Lantern")
    values = {"name": "Lantern", "person_name": "Noor", "email": NOOR}
    Client().post("/programs/fr-lantern/claim/", values)
    with acting(OPERATOR):
        listing.delete()
    answer = Client().post(path())
    assert answer.status_code == 422
    with acting(OPERATOR):
        assert not Person.objects.filter(email=NOOR).exists()
        assert not Organization.objects.exists()


def test_the_forms_want_their_token():
    client = Client(enforce_csrf_checks=True)
    assert client.post("/join/", FIRST).status_code == 403
    ask()
    assert client.post(path()).status_code == 403
    assert applications() == []
