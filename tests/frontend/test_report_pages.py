"""The form about a public entry, without an account; and what stewards see of it."""

import pytest
from django.test import Client

from directory.models import Listing, Report, Suppression
from frontend.views import report as views
from network.tenancy import acting
from tests.directory import applied
from tests.network.members import OPERATOR, mails
from tests.signing_in import signed_in

PATH = "/programs/gb-quay-visitors/report/"
SENT = {"kind": "take_off", "text": "Please take us off.", "email": "us@quay.example.org"}


@pytest.fixture
def entry(cast):
    return applied.make_entry()


def reports():
    with acting(OPERATOR):
        return list(Report.objects.all())


def test_the_way_to_it_stands_on_the_public_page(entry):
    assert PATH in Client().get("/programs/gb-quay-visitors/").content.decode()


def test_what_is_not_listed_cannot_be_written_about(cast):
    for method in (Client().get, Client().post):
        assert method(PATH, SENT).status_code == 404
    assert reports() == []


def test_anybody_writes_and_nothing_of_them_is_kept_but_what_they_wrote(entry):
    answer = Client().post(PATH, SENT, headers={"user-agent": "zqagent"})
    assert (answer.status_code, answer["Location"]) == (303, f"{PATH}sent/")
    [one] = reports()
    assert (one.slug, one.kind, one.text, one.email, one.language) == (
        "gb-quay-visitors",
        *SENT.values(),
        "en",
    )
    page = Client().get(answer["Location"]).content.decode()
    assert SENT["email"] not in page
    # A note alone takes nothing off.
    assert Listing.objects.filter(slug="gb-quay-visitors").exists()


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"kind": ""}, "Choose what this is about."),
        ({"kind": "nonsense"}, "Choose what this is about."),
        ({"kind": "wrong", "text": ""}, "Say in a sentence"),
        ({"text": "A123456789"}, "looks like an A-number (line 1)"),
        ({"email": "nobody"}, "Write the whole address"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_written_stays(entry, values, words):
    answer = Client().post(PATH, {**SENT, **values})
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert reports() == []


def test_one_entry_is_not_flooded(entry, monkeypatch):
    monkeypatch.setattr(views, "OF_ENTRY", 1)
    assert Client().post(PATH, SENT).status_code == 303
    answer = Client().post(PATH, SENT)
    assert answer.status_code == 429
    assert "Try again tomorrow" in answer.content.decode()
    assert len(reports()) == 1


def test_a_steward_takes_it_off_and_answers(cast, entry):
    Client().post(PATH, SENT)
    [one] = reports()
    client = signed_in(cast.dov)
    assert "Please take us off." in client.get(f"/steward/reports/{one.pk}/").content.decode()
    answer = client.post(f"/steward/reports/{one.pk}/", {"decision": "taken_off", "answer": ""})
    assert answer.status_code == 303
    assert Suppression.objects.filter(slug="gb-quay-visitors").exists()
    assert [mail.to for mail in mails()] == [SENT["email"]]
    assert Client().get("/programs/gb-quay-visitors/").status_code == 404
