"""The pages behind a reminder show what is public, act on a button only, and say no alike."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from directory.enums import ProgramStatus
from network.enums import Role
from network.models import Membership
from network.tenancy import Purpose, acting, system
from tests.directory.desk import Desk
from tests.directory.reminded import (
    aged,
    confirmed_on,
    everything_due,
    forget_mails,
    has_second_step,
    in_role,
    mail_to,
    published,
    remind,
    today,
    token_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(cast):
    found = Desk(cast)
    has_second_step(found.carla, cast.amara, found.claude)
    return found


@pytest.fixture
def program(desk):
    return aged(published(desk, withheld=["website"], status=ProgramStatus.PAUSED), 200)


@pytest.fixture
def page(desk, program):
    aged(published(desk, by="claude"), 100)
    remind()
    return f"/confirm/{token_of(mail_to('carla'))}/"


def words(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def without(path, answer):
    """The answer's bytes without what names the link or this very request."""
    text = answer.content.decode().replace(path, "PATH")
    return re.sub(r"(?:nonce|csrfmiddlewaretoken)[^>]*>", ">", text)


def test_a_scanner_that_opens_the_link_confirms_nothing(program, page):
    for path in (page, f"{page}stop/"):
        for ask in (Client().get, Client().head, Client().options, Client().put):
            ask(path)
    assert confirmed_on(program) != today()
    with acting(system(Purpose.OPERATOR)):
        assert not Membership.objects.filter(reminders_off_on__isnull=False).exists()


def test_it_shows_what_is_public_and_nothing_of_the_person(desk, program, page):
    answer = Client().get(page)
    said = words(answer)
    assert answer.status_code == 200
    for public in ("Harbour Visitors", "+44 20 7946 0000", "hello@harbour.example.org", "Arabic"):
        assert public in said
    assert "New volunteers" in said
    assert "Paused" in said
    assert "https://harbour.example.org/" not in answer.content.decode()
    for private in ("Carla", "carla@", "Coordinator", "Of B, secret"):
        assert private not in answer.content.decode()
    assert answer.content.decode().count("<button") == 1
    assert f'action="{page}"' not in answer.content.decode()
    assert answer.headers["Cache-Control"] == "no-store"
    assert 'content="noindex"' in answer.content.decode()


def test_what_is_withheld_and_what_waits_stays_out(desk, program, page):
    desk.edit(program, contact={"phone": "+44 20 7946 9999"})
    answer = Client().get(page)
    assert "7946 9999" not in answer.content.decode()


def test_the_button_confirms_without_a_sign_in(desk, program, page):
    client = Client(enforce_csrf_checks=True)
    form = client.get(page)
    secret = re.search(r'csrfmiddlewaretoken" value="([^"]+)"', form.content.decode())[1]
    assert Client(enforce_csrf_checks=True).post(page).status_code == 403
    done = client.post(page, {"csrfmiddlewaretoken": secret})
    assert (done.status_code, done["Location"]) == (303, f"/en{page}") or done["Location"] == page
    assert confirmed_on(program) == today()
    assert confirmed_on(desk.of_b) != today()
    after = client.get(page)
    assert "Thank you" in words(after)
    assert "This is still true" not in words(after)
    assert client.post(page).status_code == 403
    assert Client().post(page).status_code == 303


def test_something_changed_leads_to_the_desk_behind_a_sign_in(program, page):
    edit = re.search(r'href="([^"]*/edit/contact/)"', Client().get(page).content.decode())[1]
    answer = Client().get(edit)
    assert answer.status_code == 303
    assert "/account/sign-in/" in answer["Location"]


def test_dead_links_of_every_kind_get_the_same_bytes(desk, program, page):
    used_up = page
    in_role(desk.carla, role=Role.MEMBER)
    strange = "/confirm/unknown/"
    answers = [
        (path, ask(path))
        for path in (used_up, strange, f"{strange}stop/")
        for ask in (Client().get, Client().post)
    ]
    assert {answer.status_code for _, answer in answers} == {410}
    assert len({without(path, answer) for path, answer in answers}) == 1
    assert "cannot be used any more" in words(answers[0][1])


def test_a_mail_program_ends_them_with_one_press_and_no_cookie(desk, program, page):
    client = Client(enforce_csrf_checks=True)
    answer = client.post(f"{page}stop/", {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert "No more reminders" in words(answer)
    with acting(system(Purpose.OPERATOR)):
        off = Membership.objects.filter(reminders_off_on__isnull=False)
        assert [one.person_id for one in off] == [desk.carla.pk]


@pytest.mark.parametrize("code", ["en", "es", "fr", "ar"])
def test_pages_stand_in_every_language(program, page, code):
    answer = Client().get(f"/{code}{page}")
    assert answer.status_code == 200
    assert f'<html lang="{code}"' in answer.content.decode()


def test_the_same_queries_for_one_program_and_for_three(desk):
    counts = []
    for more in (1, 2):
        for _one in range(more):
            aged(published(desk), 100)
        forget_mails()
        everything_due(desk.cast.a)
        remind()
        page = f"/confirm/{token_of(mail_to('carla'))}/"
        Client().get(page)
        with CaptureQueriesContext(connection) as counted:
            Client().get(page)
        counts.append(len(counted))
    assert counts[0] == counts[1]
