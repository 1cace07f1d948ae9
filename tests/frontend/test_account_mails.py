"""The page on which mails about messages are chosen, and the link in them that ends them."""

import json

import pytest
from django.test import Client

from frontend.telling.letters import one_click_address
from messaging.actions.mail_choices import Chosen, end_token
from messaging.queries.mail_choices import mail_choice_of
from network.tenancy import acting
from tests.messaging.talking import channel, say
from tests.messaging.told import choose, everybody_at_once, mails, tell
from tests.signing_in import signed_in

pytestmark = pytest.mark.django_db
PAGE = "/en/account/mails/"
SENT = {
    "digest": "weekly",
    "hour": "6",
    "at_once": "False",
    "quiet_from": "22",
    "quiet_until": "5",
}


def choice_of(actor):
    with acting(actor, is_reading=True):
        row = mail_choice_of(actor)
        return row.digest, row.hour, row.at_once, row.quiet_from, row.quiet_until


def end_of(person):
    return f"/account/mails/end/{end_token(person.pk)}/"


def test_only_who_is_signed_in_chooses():
    answer = Client().get(PAGE)
    assert answer.status_code == 303
    assert "sign-in" in answer.headers["Location"]


def test_nonsense_is_refused_at_its_field(cast):
    client = signed_in(cast.omar)
    for wrong in (
        {"digest": "hourly"},
        {"hour": "24"},
        {"quiet_from": "x"},
        {"quiet_until": ""},
        {"at_once": "on"},
    ):
        answer = client.post(PAGE, SENT | wrong)
        assert answer.status_code == 422
        assert "Choose one of these." in answer.content.decode()
    assert choice_of(cast.actor("omar")) == ("daily", 8, True, 21, 8)


def test_a_choice_is_kept_and_shown(cast):
    client = signed_in(cast.omar)
    page = client.get(PAGE).content.decode()
    assert "UTC" in page
    assert client.post(PAGE, SENT).status_code == 303
    assert choice_of(cast.actor("omar")) == ("weekly", 6, False, 22, 5)
    page = client.get(PAGE).content.decode()
    assert '<option value="22" selected>22:00</option>' in page
    assert choice_of(cast.actor("amara")) == ("daily", 8, True, 21, 8)


def test_the_link_in_a_mail_acts_on_no_get_and_ends_by_a_bare_post(cast):
    client = Client(enforce_csrf_checks=True)
    for method in (client.get, client.head):
        assert method(end_of(cast.omar)).status_code == 200
    assert choice_of(cast.actor("omar"))[:3] == ("daily", 8, True)
    answer = client.post(end_of(cast.omar), {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert "Set-Cookie" not in answer.headers
    assert choice_of(cast.actor("omar"))[:3] == ("off", 8, False)
    assert choice_of(cast.actor("amara"))[0] == "daily"
    assert client.post(end_of(cast.omar)).status_code == 200


def test_a_link_that_is_none_says_so_and_ends_nothing(cast):
    token = end_token(cast.omar.pk)
    for wrong in (token[:-1], f"x{token}", "x", "." * 40, end_token(cast.a.pk)):
        client = Client()
        assert client.get(f"/en/account/mails/end/{wrong}/").status_code == 410
        assert client.post(f"/account/mails/end/{wrong}/").status_code == 200
    assert choice_of(cast.actor("omar"))[0] == "daily"


def test_a_mail_that_was_not_sent_yet_is_dropped_with_it(cast):
    chiara = cast.actor("chiara")
    conversation = channel(cast)
    everybody_at_once(chiara, cast.actor("omar"), cast.actor("amara"))
    say(cast.actor("omar"), conversation, f"@{cast.b.slug}")
    assert tell() == 1
    mail = mails()["chiara@example.org"]
    link = mail.headers["List-Unsubscribe"].strip("<>")
    assert link == one_click_address(end_token(chiara.person_id))
    assert Client().post(link.removeprefix("http://localhost:8000")).status_code == 200
    assert mails() == {}
    say(cast.actor("omar"), conversation, f"@{cast.b.slug}")
    assert tell(120) == 0


def test_the_copy_of_an_account_says_what_was_chosen(cast):
    choose(cast.actor("omar"), Chosen(digest="weekly"))
    answer = signed_in(cast.omar).post("/en/account/export/")
    held = json.loads(answer.content)["mails_about_messages"]
    assert held["digest"] == "weekly"
    assert held["quiet_from"] == 21
