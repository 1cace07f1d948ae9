"""The application at its desk: answers in parts, sending, talking with stewards, withdrawing."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from directory.models import Application, ApplicationNote
from network.enums import Role
from network.models import Organization, Person
from network.tenancy import acting
from tests.frontend.joined import ANSWERS, begin, fresh, mails_to
from tests.frontend.test_desk_members import plain
from tests.network.members import OPERATOR, join
from tests.signing_in import signed_in

pytestmark = pytest.mark.django_db
DESK = "/desk/lantern-visitors/application/"


@pytest.fixture
def noor(cast):
    person, _actor, _application = begin()
    return signed_in(person)


def found():
    with acting(OPERATOR):
        return Application.objects.get()


def change(client, part, **values):
    version = found().version
    return client.post(f"{DESK}answers/{part}/", {"base_version": version, **values})


def test_foreign_missing_and_outside_are_the_same_404(cast, noor):
    foreign = signed_in(cast.chiara).get(DESK)
    missing = signed_in(cast.chiara).get("/desk/nothing-there/application/")
    assert (foreign.status_code, missing.status_code) == (404, 404)
    assert foreign.content.replace(b"lantern-visitors", b"x") == missing.content.replace(
        b"nothing-there", b"x"
    )
    assert signed_in(cast.amara).get("/desk/harbour-visitors/application/").status_code == 404


def test_a_member_below_coordinator_is_told_so(noor):
    with acting(OPERATOR):
        group = Organization.objects.get(slug="lantern-visitors")
    bea = join(group, "bea", Role.EDITOR)
    with acting(OPERATOR):
        person = Person.objects.get(pk=bea.person_id)
    assert signed_in(person).get(DESK).status_code == 403
    assert signed_in(person).post(f"{DESK}send/").status_code == 403


def test_an_incomplete_draft_is_not_sent_and_what_is_missing_is_said(noor):
    answer = noor.post(f"{DESK}send/")
    assert answer.status_code == 422
    assert "Who pays you, and who decides?" in plain(answer)
    assert found().state == "draft"


@pytest.mark.parametrize(
    ("part", "values", "words"),
    [
        ("reach", {"website": "javascript:x"}, "https://"),
        ("about", {"languages": "Klingonese"}, "Klingonese"),
        ("about", {"about": "A-123 456 789"}, "looks like an A-number (line 1)"),
        ("about", {"about": "x" * 3001}, "3000"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(noor, part, values, words):
    answer = change(noor, part, **values)
    assert answer.status_code == 422
    assert words in plain(answer)
    assert found().version == 1


def test_each_part_is_saved_by_itself_and_the_whole_is_sent(noor):
    values = {**ANSWERS, "languages": "English, Arabic"}
    about = {key: values[key] for key in ("about", "since", "places", "languages")}
    assert change(noor, "about", **about)["Location"] == f"{DESK}answers/reach/"
    reach = {key: values[key] for key in ("website", "contact", "check")}
    assert change(noor, "reach", **reach)["Location"] == f"{DESK}answers/trust/"
    trust = change(noor, "trust", independence=values["independence"])
    assert trust["Location"] == DESK
    assert found().answers["languages"] == ["en", "ar"]
    assert found().answers["name"] == "Lantern Visitors"
    assert noor.post(f"{DESK}send/").status_code == 303
    assert (found().state, found().submitted_at is not None) == ("waiting", True)
    told = [one.subject for one in mails_to("noor@example.org")]
    assert told[-1] == "Lantern Visitors: your application is with the stewards"
    assert len(mails_to("dov@example.org")) == 1
    assert "zqcheckcanary" not in mails_to("dov@example.org")[0].text
    # Once more changes nothing and tells nobody.
    noor.post(f"{DESK}send/")
    assert len(mails_to("dov@example.org")) == 1
    assert "The stewards look at it by" in plain(noor.get(DESK))


def test_a_stale_form_is_answered_with_both(noor):
    old = {"base_version": 1, "independence": "Mine"}
    change(noor, "trust", independence="Theirs")
    answer = noor.post(f"{DESK}answers/trust/", old)
    assert answer.status_code == 409
    assert "Theirs" in plain(answer)
    assert "Mine" in plain(answer)
    assert found().answers["independence"] == "Theirs"
    again = {"base_version": found().version, "independence": "Mine"}
    assert noor.post(f"{DESK}answers/trust/", again).status_code == 303
    assert found().answers["independence"] == "Mine"


def test_what_is_with_the_stewards_is_not_changed(cast):
    person, _actor, _application = begin("ines", "Waiting Group", **ANSWERS)
    client = signed_in(person)
    path = "/desk/waiting-group/application/"
    assert client.post(f"{path}send/").status_code == 303
    answer = client.post(
        f"{path}answers/trust/", {"base_version": found().version, "independence": "Else"}
    )
    assert answer.status_code == 422
    assert found().answers["independence"] == ANSWERS["independence"]


def test_a_question_is_answered_and_the_stewards_go_on(cast):
    person, _actor, application = begin("ines", "Asked Group", **ANSWERS)
    client = signed_in(person)
    path = "/desk/asked-group/application/"
    assert client.post(f"{path}note/", {"body": "Too early"}).status_code == 422
    with acting(OPERATOR):
        Application.objects.update(state="asked")
        ApplicationNote.objects.create(
            organization=application.organization,
            application=application,
            author="steward",
            body="Who is your chaplain?",
        )
    assert "Who is your chaplain?" in plain(client.get(path))
    assert client.post(f"{path}note/", {"body": "  "}).status_code == 422
    assert client.post(f"{path}note/", {"body": "Father Ted."}).status_code == 303
    assert fresh(application).state == "waiting"
    assert "Father Ted." in plain(client.get(path))


def test_withdrawing_asks_once_and_lasts(noor):
    assert noor.get(f"{DESK}withdraw/").status_code == 200
    assert found().state == "draft"
    assert noor.post(f"{DESK}withdraw/").status_code == 303
    assert found().state == "withdrawn"
    noor.post(f"{DESK}send/")
    assert found().state == "withdrawn"
    assert change(noor, "trust", independence="x").status_code == 422


def test_the_desk_says_that_the_group_is_pending(noor):
    page = plain(noor.get("/desk/lantern-visitors/"))
    assert "Your group is not verified yet" in page
    assert "Not sent yet" in page


def test_the_page_asks_the_same_however_much_was_said(cast):
    person, _actor, application = begin("ines", "Asked Group", **ANSWERS)
    client = signed_in(person)
    counts = []
    for more in (1, 2):
        with acting(OPERATOR):
            for number in range(more):
                ApplicationNote.objects.create(
                    organization=application.organization,
                    application=application,
                    author="steward",
                    body=f"Question {number}",
                )
        client.get("/desk/asked-group/application/")
        with CaptureQueriesContext(connection) as asked:
            client.get("/desk/asked-group/application/")
        counts.append(len(asked))
    assert counts[0] == counts[1]
