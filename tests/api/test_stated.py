"""What an organization states by token: the same rules as at its desk, and the same refusals."""

import datetime as dt
import json
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from directory.actions.stating import report_access_event
from directory.models import AccessEvent, AccessReport, FacilityClaim, VisitingRule
from network.tenancy import acting
from tests.api.bearing import ask, document, token_for
from tests.directory.stating import CLAIM, EVENT, RULE, promote_chiara
from tests.factories import make_claim, make_country, make_facility, make_rule

pytestmark = pytest.mark.django_db

OF_A = "/api/v1/organizations/harbour-visitors/"
EVENTS, CLAIMS, RULES = (
    f"{OF_A}{one}/" for one in ("access-events", "facility-claims", "visiting-rules")
)
AT = {"facility": "harbour-centre"}


@pytest.fixture
def place():
    make_country("GB")
    return make_facility(slug="harbour-centre", capacity=7)


@pytest.fixture
def token(cast):
    return token_for(cast, "amara")


def post(token, path, body, status=201, **headers):
    answer = ask(path, token, method="POST", body=body, headers=headers)
    assert answer.status_code == status, answer.content
    return document(answer)


def public_access():
    return json.loads(Client().get("/api/v1/facilities/harbour-centre/access/").content)


def in_days(number):
    return (timezone.now() + dt.timedelta(days=number)).isoformat()


@pytest.mark.parametrize("who", ["bilal", "edna", "omar"])
def test_a_role_that_may_not_write_to_the_ledger_is_refused(cast, place, who):
    token = token_for(cast, who)
    for path, body in ((EVENTS, EVENT), (CLAIMS, {**CLAIM, **AT}), (RULES, {**RULE, **AT})):
        assert ask(path, token).status_code == 403
        assert ask(path, token, method="POST", body=body).status_code == 403
    assert not AccessEvent.objects.exists()
    assert not FacilityClaim.objects.exists()
    assert not VisitingRule.objects.exists()


def test_what_is_anothers_and_what_is_missing_are_the_same_404(cast, place, token):
    theirs = token_for(cast, "chiara")
    promote_chiara(cast)
    of_b = OF_A.replace("harbour-visitors", "visiteurs-du-port")
    waiting = {**EVENT, "publish_at": in_days(1)}
    made = {
        "access-events": post(theirs, f"{of_b}access-events/", waiting),
        "facility-claims": post(theirs, f"{of_b}facility-claims/", {**CLAIM, **AT}),
        "visiting-rules": post(theirs, f"{of_b}visiting-rules/", {**RULE, **AT}),
    }
    for name, row in made.items():
        assert document(ask(f"{OF_A}{name}/", token))["results"] == []
        for method in ("GET", "DELETE", "PATCH"):
            asked = {"method": method, "headers": {"If-Match": '"1"'}}
            if method == "PATCH":
                asked["body"] = {"minors": "x"}
            foreign = ask(f"{OF_A}{name}/{row['id']}/", token, **asked)
            missing = ask(f"{OF_A}{name}/{uuid4()}/", token, **asked)
            assert foreign.status_code == missing.status_code
            assert foreign.status_code in (404, 405)
            assert foreign.content == missing.content
    assert VisitingRule.objects.get().version == 1
    assert FacilityClaim.objects.get().withdrawn_at is None


def test_a_report_at_once_is_in_the_public_ledger_without_its_author(cast, place, token):
    made = post(token, EVENTS, EVENT)
    assert (made["state"], made["facility"]) == ("released", "harbour-centre")
    told = public_access()
    (event,) = told["events"]
    assert (event["id"], event["attributed_as"]) == (made["event"], "verified_program")
    assert event["attributed_to"] == ""
    assert [one["status"] for one in told["standings"]] == ["suspended"]
    for word in ("harbour-visitors", "Harbour Visitors", str(cast.a.pk), made["id"]):
        assert word not in json.dumps(told)


def test_a_report_that_waits_is_nowhere_until_it_is_taken_back(cast, place, token):
    before = Client().get("/api/v1/facilities/harbour-centre/access/")
    made = post(token, EVENTS, {**EVENT, "publish_at": in_days(3)})
    assert (made["state"], made["event"]) == ("waiting", None)
    after = Client().get("/api/v1/facilities/harbour-centre/access/")
    assert (after.content, after["ETag"]) == (before.content, before["ETag"])
    one = f"{EVENTS}{made['id']}/"
    assert ask(one, token, method="DELETE").status_code == 204
    assert ask(one, token, method="DELETE").status_code == 204
    assert document(ask(one, token))["state"] == "cancelled"


def test_what_is_public_is_corrected_not_taken_back(cast, place, token):
    first = post(token, EVENTS, EVENT)
    refused = ask(f"{EVENTS}{first['id']}/", token, method="DELETE")
    assert refused.status_code == 409
    assert document(refused)["current"]["state"] == "released"
    values = {**EVENT, "status": "restricted", "supersedes": first["event"]}
    second = post(token, EVENTS, values)
    assert second["supersedes"] == first["event"]
    late = post(token, EVENTS, values, 409)
    assert late["current"]["id"] == second["id"]
    assert document(ask(f"{EVENTS}{first['id']}/", token))["state"] == "superseded"
    assert [one["status"] for one in public_access()["standings"]] == ["restricted"]


def test_nobody_corrects_what_is_not_theirs(cast, place, token):
    with acting(promote_chiara(cast)) as chiara:
        theirs = report_access_event(chiara, values=EVENT)
    foreign = post(token, EVENTS, {**EVENT, "supersedes": str(theirs.released_event_id)}, 400)
    missing = post(token, EVENTS, {**EVENT, "supersedes": str(uuid4())}, 400)
    assert foreign == missing
    assert "supersedes" in foreign["errors"]
    assert post(token, EVENTS, {**EVENT, "supersedes": 5}, 400)["errors"].keys() == {"supersedes"}
    assert AccessEvent.objects.count() == 1


@pytest.mark.parametrize(
    ("values", "fields"),
    [
        ({"status": "shut", "statement": ""}, {"status", "statement"}),
        ({"facility": ["x"]}, {"facility"}),
        ({"publish_at": in_days(31)}, {"publish_at"}),
        ({"publish_at": 5}, {"publish_at"}),
        ({"attributed_as": "coalition"}, {"attributed_as"}),
        ({"effective_from": {"year": 2026}}, {"effective_from"}),
        ({"colour": "green"}, {"colour"}),
    ],
)
def test_what_is_refused_is_named_by_field(cast, place, token, values, fields):
    found = post(token, EVENTS, {**EVENT, **values}, 400)
    assert set(found["errors"]) == fields
    assert not AccessEvent.objects.exists()
    with acting(cast.actor("amara")):
        assert not AccessReport.objects.exists()


def test_a_repeated_post_with_a_key_is_one_entry(cast, place, token):
    for _each in range(2):
        post(token, EVENTS, EVENT, **{"Idempotency-Key": "once"})
    assert AccessEvent.objects.count() == 1


def test_facts_are_stated_replaced_and_taken_back(cast, place, token):
    make_claim(place, values={"capacity": 11})
    first = post(token, CLAIMS, {**CLAIM, **AT})
    assert first["values"]["capacity"] == 120
    stale = post(token, CLAIMS, {**CLAIM, **AT, "capacity": 5}, 409)
    assert stale["current"]["id"] == first["id"]
    second = post(token, CLAIMS, {**CLAIM, **AT, "capacity": 5, "seen": first["id"]})
    told = json.loads(Client().get("/api/v1/facilities/harbour-centre/").content)
    assert told["capacity"] == 5
    assert {one["author"] for one in told["claims"]} == {"", "harbour-visitors"}
    assert ask(f"{CLAIMS}{second['id']}/", token, method="DELETE").status_code == 204
    told = json.loads(Client().get("/api/v1/facilities/harbour-centre/").content)
    assert told["capacity"] == 11
    assert post(token, CLAIMS, {**CLAIM, **AT, "seen": "x"}, 400)["errors"].keys() == {"seen"}
    assert post(token, CLAIMS, {**AT, "as_of": "2026"}, 400)["errors"].keys() == {"all"}


def test_rules_are_written_changed_confirmed_and_taken_back(cast, place, token):
    make_rule(facility=place)
    made = post(token, RULES, {**RULE, **AT})
    one = f"{RULES}{made['id']}/"
    changed = ask(one, token, method="PATCH", body={"minors": "Yes"}, headers={"If-Match": '"1"'})
    assert (changed.status_code, changed["ETag"]) == (200, '"2"')
    told = document(changed)
    assert (told["minors"], told["days_hours"]) == ("Yes", RULE["days_hours"])
    late = ask(one, token, method="PATCH", body={"minors": "No"}, headers={"If-Match": '"1"'})
    assert late.status_code == 409
    assert document(late)["current"]["minors"] == "Yes"
    assert post(token, f"{one}confirm/", None, 200)["version"] == 2
    rules = {rule["author"]: rule["confirmed_on"] for rule in public_access()["rules"]}
    assert rules == {"": None, "harbour-visitors": timezone.localdate().isoformat()}
    assert ask(one, token, method="DELETE").status_code == 428
    gone = ask(one, token, method="DELETE", headers={"If-Match": '"2"'})
    assert gone.status_code == 204
    assert [rule["author"] for rule in public_access()["rules"]] == [""]


def test_an_applicant_states_nothing(cast, place):
    token = token_for(cast, "farid")
    of_applicant = OF_A.replace("harbour-visitors", "new-visitors")
    found = post(token, f"{of_applicant}access-events/", EVENT, 400)
    assert "verified" in json.dumps(found["errors"])
    assert not AccessEvent.objects.exists()


@pytest.mark.parametrize("number", [1, 3])
def test_a_page_of_reports_is_one_question(cast, place, token, number):
    for _each in range(number):
        post(token, EVENTS, EVENT)
    with CaptureQueriesContext(connection) as asked:
        found = document(ask(f"{EVENTS}?page_size=2", token))
    assert sum('FROM "directory_' in one["sql"] for one in asked) == 1
    assert len(found["results"]) == min(2, number)
    assert (found["next"] is not None) == (number > 2)
