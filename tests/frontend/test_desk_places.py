"""Places at a group's desk: facts, rules and reports, looked at first, then sent."""

import re
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from directory.actions.stating import (
    add_visiting_rule,
    cancel_report,
    report_access_event,
    state_facility,
)
from directory.models import (
    AccessEvent,
    AccessReport,
    FacilityClaim,
    Program,
    ProgramFacility,
    VisitingRule,
)
from network.tenancy import Purpose, acting, system
from tests.directory.stating import CLAIM, EVENT, RULE, promote_chiara
from tests.factories import make_claim, make_country, make_facility, make_rule
from tests.signing_in import signed_in

pytestmark = pytest.mark.django_db

DESK = "/desk/harbour-visitors/"
AT = f"{DESK}places/at/harbour-centre/"
FORM = {**EVENT, "when": "now"}
del FORM["facility"]
# A language that stands first for nobody else: the page is asked for in English.
ENGLISH = {"headers": {"accept-language": "en"}}


@pytest.fixture
def place():
    make_country("GB")
    make_facility(slug="beside", name="Beside Centre")
    return make_facility(slug="harbour-centre", name="Harbour Centre", capacity=7)


@pytest.fixture
def client(cast):
    return signed_in(cast.amara)


def page_of(response, status=200):
    assert response.status_code == status, response.content.decode()[-2000:]
    return response.content.decode()


def send(client, path, values, step="send", status=303):
    response = client.post(path, {**values, "step": step}, **ENGLISH)
    return page_of(response, status)


def public(path="/facilities/harbour-centre/"):
    return page_of(Client().get(path, **ENGLISH))


def own_reports(cast):
    with acting(cast.actor("amara")):
        return list(AccessReport.objects.order_by("created_at"))


PAGES = ("places/", "places/report/", "places/reports/", "places/at/harbour-centre/")
FORMS = ("report/", "claim/", "claim/withdraw/", "rules/new/")


def paths_of(cast, place):
    with acting(cast.actor("amara")) as amara:
        rule = add_visiting_rule(amara, facility=place, values=RULE)
        report = report_access_event(amara, values={**EVENT, "publish_at": in_days(2)})
    paths = [f"{DESK}{one}" for one in PAGES] + [f"{AT}{one}" for one in FORMS]
    paths += [f"{AT}rules/{rule.pk}/{one}" for one in ("", "confirm/", "withdraw/")]
    return [*paths, *(f"{DESK}places/reports/{report.pk}/{one}/" for one in ("cancel", "correct"))]


def in_days(number):
    return (timezone.now() + timezone.timedelta(days=number)).isoformat()


def test_every_page_wants_somebody_of_the_group_with_the_role(cast, place):
    paths = paths_of(cast, place)
    other = promote_chiara(cast)
    before = counted(cast)
    shown = {path for path in paths if Client().post(path).status_code == 405}
    assert 0 < len(shown) < len(paths)
    for path in paths:
        ask = "get" if path in shown else "post"
        assert getattr(Client(), ask)(path).status_code == 303
        stranger = signed_in(cast.chiara)
        missing = getattr(stranger, ask)(path.replace("harbour-visitors", "nobody-at-all"))
        foreign = getattr(stranger, ask)(path)
        assert (foreign.status_code, missing.status_code) == (404, 404)
        assert stripped(foreign) == stripped(missing)
        assert getattr(stranger, ask)(path, {**FORM, "step": "send"}).status_code == 404
        assert stranger.get(path).status_code in (404, 405)
        for name in ("bilal", "edna", "omar"):
            own = signed_in(getattr(cast, name))
            assert own.get(path).status_code in (403, 405)
            sent = getattr(own, ask)(path, {**FORM, **CLAIM, **RULE, "step": "send"})
            assert sent.status_code == 403
    assert counted(cast) == before
    assert other.organization_id == cast.b.pk


def stripped(response):
    """A page without the token of its forms and without the name in its address."""
    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", response.content.decode())
    return text.replace("harbour-visitors", "x").replace("nobody-at-all", "x")


def counted(cast):
    with acting(system(Purpose.OPERATOR)):
        return (
            AccessReport.objects.filter(cancelled_at=None).count(),
            AccessEvent.objects.count(),
            FacilityClaim.objects.filter(withdrawn_at=None).count(),
            list(VisitingRule.objects.values_list("pk", "version")),
        )


def test_a_foreign_rule_or_report_is_as_missing_as_none(cast, place, client):
    promote_chiara(cast)
    with acting(cast.actor("chiara")) as chiara:
        rule = add_visiting_rule(chiara, facility=place, values=RULE)
        report = report_access_event(chiara, values={**EVENT, "publish_at": in_days(2)})
    for path, pk in ((f"{AT}rules/%s/", rule.pk), (f"{DESK}places/reports/%s/cancel/", report.pk)):
        foreign, missing = client.get(path % pk), client.get(path % uuid4())
        assert (foreign.status_code, missing.status_code) == (404, 404)
        ids = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")
        assert ids.sub("", stripped(foreign)) == ids.sub("", stripped(missing))
        assert client.post(path % pk, {"step": "send", **RULE}).status_code == 404
    assert client.post(f"{AT}rules/{rule.pk}/withdraw/").status_code == 303
    assert VisitingRule.objects.filter(pk=rule.pk).exists()


def test_the_places_that_ones_programs_visit_come_by_themselves(cast, place, client):
    assert "No place yet" in page_of(client.get(f"{DESK}places/", **ENGLISH))
    with acting(cast.actor("amara")):
        program = Program.objects.create(organization=cast.a, slug="harbour", country="FR")
        ProgramFacility.objects.create(
            organization=cast.a, program=program, name="x", facility=place
        )
    page = page_of(client.get(f"{DESK}places/", **ENGLISH))
    assert "Harbour Centre" in page
    assert "Your programs visit here" in page
    assert "Beside Centre" not in page
    page = page_of(client.get(f"{DESK}places/?q=beside", **ENGLISH))
    assert "/places/at/beside/" in page
    assert "We know of no place" in page_of(client.get(f"{DESK}places/?q=xqzxqz", **ENGLISH))
    assert client.get(f"{DESK}places/?cursor=nonsense").status_code == 404
    assert client.get(f"{DESK}places/?q={'x' * 201}").status_code == 400


def test_facts_are_looked_at_then_public_beside_the_sources(cast, place, client):
    make_claim(place, values={"capacity": 11}, source_url="https://old.example/list")
    assert "State facts" in page_of(client.get(f"{AT}claim/", **ENGLISH))
    look = send(client, f"{AT}claim/", CLAIM, "look", 200)
    assert "What will be public" in look
    assert "Harbour Visitors" in look
    assert "120" in look
    assert not FacilityClaim.objects.exclude(author="").exists()
    send(client, f"{AT}claim/", CLAIM)
    page = public()
    assert "Stated by <bdi>Harbour Visitors</bdi>" in page
    assert "Harbour Visitors" in public("/organizations/harbour-visitors/")
    assert "Known to the group itself, October 2026" in page
    assert "old.example" in page
    mine = page_of(client.get(AT, **ENGLISH))
    assert "Your group states" in mine
    assert "old.example" in mine
    page_of(client.get(f"{AT}claim/withdraw/"))
    assert client.post(f"{AT}claim/withdraw/").status_code == 303
    assert "Stated by" not in public()


def test_changing_it_brings_back_the_form_with_all_that_was_written(place, client):
    page = send(client, f"{AT}claim/", {**CLAIM, "operator": "Zebra & Sons"}, "change", 200)
    assert 'value="Zebra &amp; Sons"' in page
    assert "What will be public" not in page


def test_what_is_refused_stands_at_its_field_with_the_words_kept(place, client):
    page = send(client, f"{AT}claim/", {"capacity": "many", "as_of": ""}, "look", 422)
    assert "Nothing was sent yet" in page
    assert '<a href="#id_capacity">' in page
    assert "Write a whole number in digits" in page
    assert 'value="many"' in page
    page = send(client, f"{AT}report/", {**FORM, "statement": "", "when": ""}, "send", 422)
    assert "Choose when it becomes public" in page
    assert "Say in one sentence what happened" in page
    assert not AccessEvent.objects.exists()


def test_a_colleague_who_was_faster_is_shown_and_nothing_is_lost(cast, place, client):
    with acting(cast.actor("amara")) as amara:
        state_facility(amara, facility=place, values={"capacity": 33, "as_of": "2026"}, seen=None)
    page = send(client, f"{AT}claim/", {**CLAIM, "seen": ""}, "send", 409)
    assert "Someone else of your group saved a change" in page
    assert "33" in page
    assert 'value="120"' in page
    present = FacilityClaim.objects.get(author="harbour-visitors", withdrawn_at=None)
    send(client, f"{AT}claim/", {**CLAIM, "seen": str(present.pk)})
    assert "120" in public()


def test_rules_are_written_confirmed_changed_and_taken_back(cast, place, client):
    make_rule(facility=place, days_hours="Sundays, said a source")
    look = send(client, f"{AT}rules/new/", RULE, "look", 200)
    assert "Mon 10:00-12:00" in look
    assert not VisitingRule.objects.exclude(author="").exists()
    send(client, f"{AT}rules/new/", RULE)
    rule = VisitingRule.objects.get(author="harbour-visitors")
    page = public()
    assert page.index("Mon 10:00-12:00") < page.index("Sundays, said a source")
    assert "Written by <bdi>Harbour Visitors</bdi>, confirmed by them on" in page
    path = f"{AT}rules/{rule.pk}/"
    form = page_of(client.get(path, **ENGLISH))
    assert 'value="Mon 10:00-12:00"' in form
    send(client, path, {**RULE, "days_hours": "Tue only", "version": "1"})
    assert "Tue only" in public()
    page = send(client, path, {**RULE, "days_hours": "Wed only", "version": "1"}, "send", 409)
    assert "Tue only" in page
    assert "Wed only" in page
    assert client.post(f"{path}confirm/").status_code == 303
    page_of(client.get(f"{path}withdraw/"))
    assert client.post(f"{path}withdraw/").status_code == 303
    assert "Tue only" not in public()


def test_a_report_without_a_name_is_public_without_one(cast, place, client):
    form = page_of(client.get(f"{AT}report/", **ENGLISH))
    assert "Naming who reported a ban can get them banned" in form
    look = send(client, f"{AT}report/", FORM, "look", 200)
    assert "Entered by a verified program." in look
    assert "Your group is not named" in look
    assert "readers may guess who wrote it" in look
    assert not AccessEvent.objects.exists()
    send(client, f"{AT}report/", FORM)
    page = public()
    assert "The centre turned all volunteers away." in page
    assert "Entered by a verified program." in page
    assert "Source: first hand" in page
    assert "Harbour Visitors" not in page
    assert "harbour-visitors" not in page


def test_a_report_with_the_groups_name_says_so_before(place, client):
    named = {**FORM, "attributed_as": "organization"}
    assert "Readers see that" in send(client, f"{AT}report/", named, "look", 200)
    send(client, f"{AT}report/", named)
    assert "Entered by <bdi>Harbour Visitors</bdi>." in public()


def test_what_waits_can_be_taken_back_and_is_not_public(cast, place, client):
    look = send(client, f"{AT}report/", {**FORM, "when": "7"}, "look", 200)
    assert "Schedule this" in look
    send(client, f"{AT}report/", {**FORM, "when": "7"})
    assert "turned all volunteers away" not in public()
    (report,) = own_reports(cast)
    assert (report.publish_at.hour, report.publish_at.minute) == (0, 0)
    assert "Waits" in page_of(client.get(f"{DESK}places/reports/", **ENGLISH))
    path = f"{DESK}places/reports/{report.pk}/cancel/"
    assert "Take it back" in page_of(client.get(path, **ENGLISH))
    assert client.post(path).status_code == 303
    assert "Taken back" in page_of(client.get(f"{DESK}places/reports/", **ENGLISH))
    assert "taken back already" in page_of(client.get(path, **ENGLISH))


def test_what_went_out_meanwhile_cannot_be_taken_back(cast, place, client):
    send(client, f"{AT}report/", FORM)
    (report,) = own_reports(cast)
    page = page_of(client.post(f"{DESK}places/reports/{report.pk}/cancel/", **ENGLISH), 409)
    assert "It is public already" in page


def test_a_correction_begins_with_what_it_corrects(cast, place, client):
    send(client, f"{AT}report/", FORM)
    (report,) = own_reports(cast)
    path = f"{DESK}places/reports/{report.pk}/correct/"
    form = page_of(client.get(path, **ENGLISH))
    assert "The centre turned all volunteers away." in form
    assert "Your group, by name" not in form
    send(client, path, {**FORM, "status": "restricted"})
    assert "Replaces an earlier entry" in public()
    page = page_of(client.get(f"{DESK}places/reports/", **ENGLISH))
    assert "Corrected" in page
    again = send(client, path, {**FORM, "status": "open"}, "send", 409)
    assert "This entry was corrected already" in again


def test_sending_the_same_form_twice_makes_one_entry(cast, place, client):
    values = {**FORM, "submission": str(uuid4())}
    send(client, f"{AT}report/", values)
    send(client, f"{AT}report/", values)
    assert AccessEvent.objects.count() == 1


def test_a_whole_country_is_reported_without_a_place(place, client):
    values = {**FORM, "country": "GB", "facility_name": ""}
    look = send(client, f"{DESK}places/report/", values, "look", 200)
    assert "Whole country" in look
    send(client, f"{DESK}places/report/", values)
    assert AccessEvent.objects.get().nationwide
    assert "Whole country" in public("/countries/GB/")


def test_what_people_write_is_shown_as_text(place, client):
    values = {**FORM, "statement": "<script>alert(1)</script>"}
    for step, status in (("look", 200), ("change", 200)):
        page = send(client, f"{AT}report/", values, step, status)
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert" in page


def test_a_group_that_is_not_verified_is_told_so(cast, place):
    farid = signed_in(cast.farid)
    path = "/desk/new-visitors/places/at/harbour-centre/report/"
    page = send(farid, path, FORM, "send", 422)
    assert "once the group is verified" in page
    assert not AccessEvent.objects.exists()


def test_a_duplicate_leads_to_what_it_was_merged_into(place, client):
    make_facility(slug="double", merged_into=place)
    assert client.get(f"{DESK}places/at/double/")["Location"] == AT
    assert client.get(f"{DESK}places/at/nowhere/").status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_lists_cost_the_same_however_long(cast, client, number):
    place = make_facility(slug="harbour-centre")
    for each in range(number):
        other = make_facility()
        with acting(cast.actor("amara")) as amara:
            state_facility(
                amara, facility=other, values={"capacity": 9, "as_of": "2026"}, seen=None
            )
            waiting = {**EVENT, "publish_at": in_days(2)}
            report_access_event(amara, values=waiting)
            cancel_report(amara, report=report_access_event(amara, values=waiting))
            kinds = ("family_friend", "legal", "media")
            add_visiting_rule(
                amara, facility=place, values={**RULE, "visitor_category": kinds[each]}
            )
            report_access_event(amara, values=EVENT)
        make_claim(place, author="visiteurs-du-port", source_url=f"https://x.example/{each}")
    # Those about who asks are counted elsewhere, and differ by database.
    assert asked_of_the_directory(client, f"{DESK}places/") == 1
    assert asked_of_the_directory(client, f"{DESK}places/reports/") == 1
    assert asked_of_the_directory(client, AT) == 6


def asked_of_the_directory(client, path):
    """How many questions a page asks of the directory's tables."""
    with CaptureQueriesContext(connection) as asked:
        page_of(client.get(path))
    return sum('FROM "directory_' in one["sql"] for one in asked)
