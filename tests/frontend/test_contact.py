"""Writing to a group: what the pages say, what they refuse, and what is the same for everybody."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from directory.actions.publishing import publish_program
from directory.actions.relaying import carrying, switch_off_relay
from directory.models import Listing
from network.actions.lockdown import lock_organization
from network.enums import OrganizationStatus
from network.models import Organization
from network.tenancy import Purpose, acting, system
from tests.directory.desk import Desk
from tests.directory.relaying import (
    ADDRESS,
    CONTACT,
    SLUG,
    mails,
    mails_to,
    published_with_relay,
    switch_on,
    token_to,
)
from tests.factories import make_listing
from tests.frontend.desk_programs import ONE, A, client, plain

pytestmark = pytest.mark.django_db
TYPED = {"text": "May I come on Tuesday?", "language": "en"}
LINK = "Write to them through this site"


@pytest.fixture
def desk(cast):
    return Desk(cast)


@pytest.fixture
def program(desk):
    return published_with_relay(desk)


def test_the_page_of_the_program_leads_to_the_form(desk, program):
    page = Client().get(f"/programs/{SLUG}/")
    assert LINK in plain(page)
    assert f'href="{CONTACT}"' in page.content.decode()
    assert not page.cookies
    assert f'href="/ar{CONTACT}"' in Client().get(f"/ar/programs/{SLUG}/").content.decode()
    with acting(system(Purpose.OPERATOR)):
        Listing.objects.update(has_relay=False)
    assert LINK not in plain(Client().get(f"/programs/{SLUG}/"))


def test_the_form_says_who_can_read_it_and_needs_no_account(desk, program):
    page = Client().get(CONTACT)
    assert page.status_code == 200
    assert page["Cache-Control"] == "no-store"
    words = plain(page)
    for told in (
        "The people of the group who read its mail.",
        "Whoever runs this site",
        "deletes your note once it is sent",
        "Names of people in detention do not belong here.",
        "Harbour Visitors",
    ):
        assert told in words
    assert ADDRESS not in page.content.decode()
    assert "has_looked" not in page.content.decode()


def test_a_note_is_sent_and_the_reader_led_on(desk, program):
    answer = Client().post(CONTACT, {**TYPED, "name": "Esi", "answer": "esi@example.org"})
    assert answer.status_code == 303
    assert answer["Location"] == f"{CONTACT}sent/"
    [sent] = mails()
    assert sent.to == ADDRESS
    assert "Your note is on its way" in plain(Client().get(f"{CONTACT}sent/"))


def test_what_is_wrong_is_said_at_its_box_and_nothing_is_lost(desk, program):
    page = Client().post(CONTACT, {"text": " ", "language": "en", "answer": "esi"})
    assert page.status_code == 422
    html = page.content.decode()
    assert 'id="id_text_error">Write what you want to tell them.' in html
    assert 'id="id_answer_error">Write an e-mail address or a telephone number' in html
    assert 'value="esi"' in html
    assert "Nothing was sent yet" in html
    assert not mails()


def test_what_could_identify_is_asked_about(desk, program):
    typed = {**TYPED, "text": "He is A 123 456 789"}
    page = Client().post(CONTACT, typed)
    assert page.status_code == 422
    assert "This looks like an A-number (line 1)." in plain(page)
    assert 'name="has_looked"' in page.content.decode()
    assert Client().post(CONTACT, {**typed, "has_looked": "on"}).status_code == 303


def test_when_there_were_enough_the_text_is_given_back(desk, program, monkeypatch):
    monkeypatch.setattr(carrying, "NOTES_OF_LISTING", 1)
    assert Client().post(CONTACT, TYPED).status_code == 303
    page = Client().post(CONTACT, TYPED)
    assert page.status_code == 429
    assert "Nothing was sent: enough notes for today" in plain(page)
    assert TYPED["text"] in page.content.decode()
    assert len(mails()) == 1


def normal(answer):
    """The bytes, without the token of its forms, the name of the program and what was typed."""
    page = re.sub(rb'value="[A-Za-z0-9]{64}"', b"", answer.content)
    for words in (rb'<div class="field"><label for="written">.*?</div>', rb"<bdi[^>]*>.*?</bdi>"):
        page = re.sub(words, b"", page, flags=re.DOTALL)
    page = page.replace(b"gb-unclaimed", SLUG.encode()).replace(b"sent/", b"")
    return answer.status_code, page


def test_unclaimed_off_suspended_and_locked_are_the_same_and_so_is_what_is_not_public(
    desk, program
):
    make_listing(slug="gb-unclaimed", name="Harbour Visitors")
    desk.create(names={"en": "Never public"})
    missing = "/programs/no-such-program/contact/"
    alike = ["/programs/gb-unclaimed/contact/", f"{CONTACT}sent/"]
    with acting(system(Purpose.OPERATOR)):
        Organization.objects.filter(pk=desk.cast.a.pk).update(status=OrganizationStatus.SUSPENDED)
    suspended = [normal(Client().get(CONTACT)), normal(Client().post(CONTACT, TYPED))]
    with acting(system(Purpose.OPERATOR)):
        Organization.objects.filter(pk=desk.cast.a.pk).update(status=OrganizationStatus.VERIFIED)
    with acting(desk.actor("amara")) as amara:
        lock_organization(amara, organization=desk.cast.a)
    locked = [normal(Client().get(CONTACT)), normal(Client().post(CONTACT, TYPED))]
    with acting(system(Purpose.OPERATOR)):
        Organization.objects.update(locked_down_at=None)
    with acting(desk.actor("carla")) as carla:
        switch_off_relay(carla, program=program)
    off = [normal(Client().get(CONTACT)), normal(Client().post(CONTACT, TYPED))]
    others = [normal(Client().get(path)) for path in alike]
    assert len({*suspended, *locked, *off, *others}) == 1
    assert off[0][0] == 404
    closed = plain(Client().get(CONTACT))
    assert "You cannot write to Harbour Visitors through this site now." in closed
    assert f'href="/programs/{SLUG}/"' in Client().get(CONTACT).content.decode()
    for path in (missing, "/programs/gb-never-public/contact/", f"{missing}sent/"):
        for answer in (Client().get(path), Client().get(f"{path}sent/")):
            assert (answer.status_code, "Nobody takes notes" in plain(answer)) == (404, False)


def test_what_was_written_while_the_form_was_closed_is_given_back(desk, program):
    with acting(desk.actor("carla")) as carla:
        switch_off_relay(carla, program=program)
    answer = Client().post(CONTACT, TYPED)
    assert answer.status_code == 404
    assert TYPED["text"] in plain(answer)


def test_in_a_lock_down_the_page_of_the_program_has_no_link(
    desk, program, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True), acting(desk.actor("amara")) as amara:
        lock_organization(amara, organization=desk.cast.a)
    page = Client().get(f"/programs/{SLUG}/")
    assert page.status_code == 200
    assert CONTACT not in page.content.decode()
    assert f"{CONTACT}" not in Client().get(f"/api/v1/programs/{SLUG}/").content.decode()


def test_the_desk_says_that_the_form_waits(desk):
    program = desk.create()
    with acting(desk.actor("carla")) as carla:
        publish_program(carla, program=program)
    switch_on(desk, program)
    Client().post(f"{CONTACT}confirm/{token_to()}/")
    amara = client(desk, "amara")
    assert "as soon as another coordinator or owner confirms it" in plain(
        amara.get(f"{A}{ONE}relay/")
    )
    assert "Notes through this site" in plain(amara.get(f"{A}{ONE}"))
    assert CONTACT not in Client().get(f"/programs/{SLUG}/").content.decode()


def test_opening_the_link_does_nothing_and_its_button_confirms(desk):
    program = desk.create()
    switch_on(desk, program)
    path = f"{CONTACT}confirm/{token_to()}/"
    for _scanner in range(2):
        page = Client().get(path)
        assert page.status_code == 200
        assert "Yes, send notes here" in plain(page)
        assert Client().head(path).status_code == 200
    assert "Waits for the button" in plain(client(desk, "carla").get(f"{A}{ONE}relay/"))
    assert Client().post(path).status_code == 200
    for dead in (path, f"{CONTACT}confirm/{'x' * 43}/"):
        for answer in (Client().get(dead), Client().post(dead)):
            assert answer.status_code == 410
            assert ADDRESS not in answer.content.decode()
    page = client(desk, "carla").get(f"{A}{ONE}relay/")
    assert f"Notes go to {ADDRESS}" in plain(page)


def test_the_desk_switches_it_on_and_off(desk):
    desk.create()
    carla, path = client(desk, "carla"), f"{A}{ONE}relay/"
    assert "This is switched off" in plain(carla.get(path))
    for page in (f"{A}{ONE}", f"{A}{ONE}edit/contact/"):
        assert f'href="{path}"' in carla.get(page).content.decode()
    wrong = carla.post(path, {"email": "x", "language": "en"})
    assert wrong.status_code == 422
    assert 'id="id_email_error">Write the whole address' in wrong.content.decode()
    assert carla.post(path, {"email": ADDRESS, "language": "fr"}).status_code == 303
    [asked] = mails_to(ADDRESS)
    assert "Harbour Visitors" in asked.subject
    assert ADDRESS in plain(carla.get(path))
    again = carla.post(path, {"email": "other@example.org", "language": "fr"})
    assert "Wait five minutes" in plain(again)
    assert carla.post(path, {"off": "1"}).status_code == 303
    assert "This is switched off" in plain(carla.get(path))
    assert client(desk, "edna").get(path).status_code == 403
    assert f'href="{path}"' not in client(desk, "edna").get(f"{A}{ONE}").content.decode()


def test_the_form_asks_few_questions(desk, program):
    with CaptureQueriesContext(connection) as asked:
        Client().get(CONTACT)
    tables = [one["sql"] for one in asked if " FROM " in one["sql"]]
    assert len([sql for sql in tables if "directory_" in sql]) == 2
