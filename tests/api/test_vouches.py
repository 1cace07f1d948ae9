"""Vouches, proofs and help between groups by the API: what each side reads, and what it writes."""

import pytest

from directory.models import Application, DomainProof, MentorOffer, MentorRequest, Vouch
from network.tenancy import Purpose, acting, system
from tests.api.bearing import ask, document, token_for
from tests.api.every_opened import fill_opened
from tests.api.opened_ways import OF_A
from tests.frontend.joined import mails_to, token_in

pytestmark = pytest.mark.django_db
OPERATOR = system(Purpose.OPERATOR)


@pytest.fixture
def places(cast):
    return fill_opened(cast).places


def post(path, token, body=None):
    return ask(path, token, method="POST", body=body)


def test_what_was_asked_of_another_is_as_what_is_missing(cast, places):
    token = token_for(cast, "amara")
    missing = "00000000-0000-4000-8000-00000000abcd"
    for part, theirs in (("vouches", "vouch_of_b"), ("mentor-requests", "help_of_b")):
        answers = [ask(f"{OF_A}{part}/{one}/", token) for one in (places[theirs], missing)]
        assert [one.status_code for one in answers] == [404, 404]
        assert answers[0].content == answers[1].content


def test_a_voucher_reads_nothing_that_is_for_the_stewards_alone(cast, places):
    answer = ask(f"{OF_A}vouches/{places['asked_vouch']}/", token_for(cast, "amara"))
    assert document(answer)["answers"] == {"name": "Asking", "country": "GB", "about": "We visit."}
    assert b"canary" not in answer.content


def test_a_vouch_is_given_taken_back_and_closed_with_the_decision(cast, places):
    token, path = token_for(cast, "amara"), f"{OF_A}vouches/{places['asked_vouch']}/"
    assert document(post(f"{path}decline/", token))["state"] == "declined"
    assert post(f"{path}give/", token, {"statement": "We know them."}).status_code == 400
    given = f"{OF_A}vouches/{places['given_vouch']}/"
    assert document(post(f"{given}withdraw/", token))["state"] == "withdrawn"
    with acting(OPERATOR):
        Application.objects.update(state="approved")
        Vouch.objects.update(state="given")
    assert post(f"{path}withdraw/", token).status_code == 400
    assert document(ask(path, token))["is_open"] is False


def test_one_that_cannot_vouch_is_told_as_one_that_there_is_not(cast, places):
    token, path = token_for(cast, "amara"), f"/api/v1/applications/{places['application']}/"
    told = [
        post(f"{path}vouches/", token, {"organization": slug})
        for slug in ("opened-helper", "nobody", "harbour-visitors")
    ]
    assert {one.content for one in told} == {told[0].content}
    assert list(document(told[0])["errors"]) == ["organization"]
    long = post(f"{path}vouches/", token, {"organization": "opened-third", "message": "a\u0007b"})
    assert list(document(long)["errors"]) == ["message"]
    asked = [post(f"{path}vouches/", token, {"organization": "opened-third"}) for _ in range(2)]
    assert asked[0].content == asked[1].content
    assert document(ask(f"{path}vouches/", token))["results"] == [document(asked[0])]


def test_a_mail_of_proof_goes_to_the_domain_of_the_entry_and_its_link_to_nobody_else(cast, places):
    token, path = token_for(cast, "amara"), f"/api/v1/applications/{places['application']}/proofs/"
    odd = post(path, token, {"local_part": "info@elsewhere.example"})
    assert list(document(odd)["errors"]) == ["local_part"]
    answer = post(path, token, {"local_part": "info"})
    [mail] = mails_to("info@lantern.example.org")
    assert document(answer)["email"] == "info@lantern.example.org"
    listed = ask(path, token)
    assert document(listed)["domain"] == "lantern.example.org"
    assert document(listed)["results"] == [document(answer)]
    with acting(OPERATOR):
        [proof] = DomainProof.objects.all()
    for said in (answer, listed):
        assert token_in(mail).encode() not in said.content
        assert proof.token_hash.encode() not in said.content


def test_an_offer_is_made_read_and_taken_back(cast, places):
    token, path = token_for(cast, "amara"), f"{OF_A}mentor-offer/"
    assert document(ask(path, token))["text"] == "We help."
    assert ask(path, token, method="DELETE").status_code == 204
    assert document(ask(path, token))["is_open"] is False
    body = {"text": "We help.", "languages": ["eng", "odd language"]}
    odd = ask(path, token, method="PUT", body=body)
    assert list(document(odd)["errors"]) == ["languages"]
    made = ask(path, token, method="PUT", body={**body, "languages": ["eng"]})
    assert (document(made)["is_open"], document(made)["languages"]) == (True, ["en"])
    other = token_for(cast, "chiara")
    theirs = f"{OF_A.replace('harbour-visitors', 'visiteurs-du-port')}mentors/"
    assert "harbour-visitors" in str(document(ask(theirs, other)))
    assert ask(path, token, method="DELETE").status_code == 204
    assert "harbour-visitors" not in str(document(ask(theirs, other)))
    with acting(OPERATOR):
        assert not MentorOffer.objects.get(organization=cast.a).is_open


def test_how_to_reach_the_mentor_is_told_with_the_yes(cast, places):
    token, path = token_for(cast, "amara"), f"{OF_A}mentor-requests/"
    body = {"organization": "opened-helper", "text": "We begin.", "contact": "us@example.org"}
    made = post(path, token, body)
    again = post(path, token, body)
    assert document(made) == document(again)
    assert made["Location"] == f"{path}{document(made)['id']}/"
    for slug in ("opened-asking", "nobody"):
        refused = post(path, token, {**body, "organization": slug})
        assert document(refused)["errors"] == {
            "organization": ["This group offers no help at present."]
        }
    odd = post(path, token, {**body, "facility": "nowhere"})
    assert list(document(odd)["errors"]) == ["facility"]
    yes = post(f"{path}{places['received']}/accept/", token, {"contact": "port@example.org"})
    assert document(yes)["mentor_contact"] == "port@example.org"
    assert document(yes)["direction"] == "received"
    ended = post(f"{path}{places['received']}/end/", token)
    assert document(ended)["state"] == "ended"
    with acting(OPERATOR):
        assert MentorRequest.objects.get(pk=places["help_of_b"]).state == "asked"
