"""Vouches, proofs and help between groups, as Amara asks about them; see `every_opened`."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from api.v1.schemas import mentoring, vouches
from directory.models import Application, MentorOffer, MentorRequest, Vouch
from network.actions.organizations import create_organization
from network.models import Organization
from network.tenancy import Purpose, acting, member, system
from tests.api.questions import Question
from tests.cast import Cast
from tests.factories import make_card, make_country, make_listing

OF_A = "/api/v1/organizations/harbour-visitors/"
APPLICATION = "/api/v1/applications/{application}/"
ASKED, GIVEN = f"{OF_A}vouches/{{asked_vouch}}/", f"{OF_A}vouches/{{given_vouch}}/"
REQUESTS = f"{OF_A}mentor-requests/"
RECEIVED, SENT = f"{REQUESTS}{{received}}/", f"{REQUESTS}{{sent}}/"
CLAIMED, HELPER = "gb-lantern", "opened-helper"
ASKING = {**mentoring.REQUEST_DRAFT, "organization": HELPER, "facility": "harbour-centre"}

OPENED: dict[str, list[Question]] = {
    "listApplicationVouches": [Question(f"{APPLICATION}vouches/")],
    "askVouch": [
        Question(f"{APPLICATION}vouches/", "POST", 400, {"organization": "nobody"}),
        Question(f"{APPLICATION}vouches/", "POST", 400, {"organization": "opened-third", "x": 1}),
        Question(f"{APPLICATION}vouches/", "POST", 200, {"organization": "opened-third"}),
    ],
    "listProofs": [Question(f"{APPLICATION}proofs/"), Question(f"{APPLICATION}proofs/?cursor=")],
    "sendProof": [
        Question(f"{APPLICATION}proofs/", "POST", 400, {"local_part": "a b"}),
        Question(f"{APPLICATION}proofs/", "POST", 200, vouches.PROOF_REQUEST),
    ],
    "listVouches": [Question(f"{OF_A}vouches/"), Question(f"{OF_A}vouches/?page_size=1")],
    "getVouch": [Question(ASKED)],
    "giveVouch": [
        Question(f"{ASKED}give/", "POST", 400, {"statement": " "}),
        Question(f"{ASKED}give/", "POST", 200, vouches.STATEMENT),
    ],
    "declineVouch": [Question(f"{ASKED}decline/", "POST")],
    "withdrawVouch": [Question(f"{GIVEN}withdraw/", "POST")],
    "getMentorOffer": [Question(f"{OF_A}mentor-offer/")],
    "setMentorOffer": [
        Question(f"{OF_A}mentor-offer/", "PUT", 400, {"text": ""}),
        Question(f"{OF_A}mentor-offer/", "PUT", 200, mentoring.OFFER_DRAFT),
    ],
    "endMentorOffer": [Question(f"{OF_A}mentor-offer/", "DELETE", 204)],
    "listMentors": [
        Question(f"{OF_A}mentors/"),
        Question(f"{OF_A}mentors/?country=gb&language=en&facility=harbour-centre"),
        Question(f"{OF_A}mentors/?facility=nowhere", status=400),
    ],
    "listMentorRequests": [Question(REQUESTS), Question(f"{REQUESTS}?page_size=1")],
    "askMentor": [
        Question(REQUESTS, "POST", 400, {**ASKING, "organization": "nobody"}),
        Question(REQUESTS, "POST", 400, {**ASKING, "contact": ""}),
        Question(REQUESTS, "POST", 201, ASKING),
    ],
    "getMentorRequest": [Question(RECEIVED), Question(SENT)],
    "acceptMentorRequest": [
        Question(f"{RECEIVED}accept/", "POST", 400, {"contact": " "}),
        Question(f"{SENT}accept/", "POST", 404, mentoring.YES),
        Question(f"{RECEIVED}accept/", "POST", 200, mentoring.YES),
    ],
    "declineMentorRequest": [Question(f"{RECEIVED}decline/", "POST", 200, mentoring.NO)],
    "withdrawMentorRequest": [
        Question(f"{RECEIVED}withdraw/", "POST", 404),
        Question(f"{SENT}withdraw/", "POST"),
    ],
    "endMentoring": [Question(f"{REQUESTS}{{agreed_help}}/end/", "POST")],
}


def fill(cast: Cast) -> dict[str, str]:
    """Requests to A and of A, by the names of their places; B's hold a canary."""
    country = make_country("GB")
    make_listing(slug=CLAIMED, country=country, website="https://lantern.example.org/")
    with acting(system(Purpose.OPERATOR)) as operator:
        groups = {
            name: create_organization(
                operator, slug=f"opened-{name}", name=name.title(), country="GB", is_verified=True
            )
            for name in ("asking", "begging", "helper", "friend")
        }
        asked = {
            "asked_vouch": _vouch(cast.a, groups["asking"], "asked"),
            "given_vouch": _vouch(cast.a, groups["begging"], "given"),
            "vouch_of_b": _vouch(cast.b, cast.applicant, "asked", "A canary of B."),
        }
    for name in ("helper", "friend"):
        make_card(pk=groups[name].pk, slug=f"opened-{name}", name=name.title())
    for one in (groups["helper"], groups["friend"], cast.a):
        with _of(cast, one):
            MentorOffer.objects.create(
                organization=one, is_open=True, text="We help.", languages=["en"]
            )
    return asked | {
        "received": _help(cast, groups["asking"], cast.a),
        "sent": _help(cast, cast.a, groups["friend"]),
        "agreed_help": _help(cast, groups["begging"], cast.a, is_agreed=True),
        "help_of_b": _help(cast, cast.b, groups["helper"], text="A canary of B."),
    }


def _of(cast: Cast, organization: Organization) -> Any:
    """The scope of a group: the database lets nobody else write what it offers and asks."""
    return acting(member(cast.omar.pk, organization.pk))


def _vouch(
    organization: Organization, asking: Organization, state: str, about: str = "We visit."
) -> str:
    application = Application.objects.create(
        organization=asking,
        kind="register",
        state="waiting",
        submitted_at=timezone.now(),
        answers={"name": asking.name, "country": "GB", "about": about, "check": "canary"},
    )
    vouch = Vouch.objects.create(
        organization=organization,
        applicant=asking,
        application=application,
        state=state,
        message=about,
        given_at=timezone.now() if state == "given" else None,
    )
    return str(vouch.pk)


def _help(
    cast: Cast,
    asking: Organization,
    mentor: Organization,
    text: str = "We begin.",
    *,
    is_agreed: bool = False,
) -> str:
    with _of(cast, asking):
        row = MentorRequest.objects.create(
            organization=asking, mentor=mentor, text=text, contact="x@example.org"
        )
    if is_agreed:
        with _of(cast, mentor):
            MentorRequest.objects.beyond_scope().filter(pk=row.pk).update(state="accepted")
    return str(row.pk)
