"""Every operation that needs a token, asked by Amara, the owner of A, with every scope.

A new operation needs a row: how it is asked so that it answers as it should. Its places in braces
are made by `fill_opened`.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from api.v1.schemas import applications, files
from api.v1.schemas.own_programs import CHANGES_EXAMPLE, NEW_EXAMPLE
from network.enums import Role
from tests.api import opened_conversations as of_talk
from tests.api import opened_ways
from tests.api.bearing import ask, token_for
from tests.api.questions import Question
from tests.cast import Cast
from tests.directory.stating import CLAIM, EVENT, RULE
from tests.factories import make_country

OF_A = "/api/v1/organizations/harbour-visitors/"
OTHER = {**CLAIM, "capacity": 5}
FIRST = {"If-Match": '"1"'}

NOT_WAITING = {"held_until": "2026-06-02T09:30:00Z"}
APPLICATION = "/api/v1/applications/{application}/"
AT_1, AT_9 = {"If-Match": '"1"'}, {"If-Match": '"9"'}
IN_GB = {"country": "GB", "facilities": ["The old station"]}

OPENED: dict[str, list[Question]] = {
    "listApplications": [Question("/api/v1/applications/")],
    "getApplication": [Question(f"{APPLICATION}")],
    "changeApplication": [
        Question(APPLICATION, "PATCH", 428, {"since": "2019"}),
        Question(APPLICATION, "PATCH", 409, {"since": "2019"}, AT_9),
        Question(APPLICATION, "PATCH", 400, {"website": "x"}, AT_1),
        Question(APPLICATION, "PATCH", 200, applications.ANSWERS_EXAMPLE, AT_1),
    ],
    "submitApplication": [Question(f"{APPLICATION}submit/", "POST")],
    "answerStewards": [
        Question(f"{APPLICATION}submit/", "POST"),
        Question(f"{APPLICATION}notes/", "POST", 200, applications.NOTE_EXAMPLE),
        Question(f"{APPLICATION}notes/", "POST", 400, {"body": 1}),
    ],
    "withdrawApplication": [Question(f"{APPLICATION}withdraw/", "POST")],
    "getMe": [Question("/api/v1/me/")],
    "listMembers": [
        Question(f"{OF_A}members/"),
        Question(f"{OF_A}members/?page_size=1"),
    ],
    "getMember": [Question(f"{OF_A}members/{{member}}/")],
    "changeRole": [Question(f"{OF_A}members/{{member}}/", "PATCH", 200, {"role": "organizer"})],
    "endMembership": [Question(f"{OF_A}members/{{member}}/", "DELETE", 204)],
    "listInvitations": [Question(f"{OF_A}invitations/")],
    "getInvitation": [Question(f"{OF_A}invitations/{{invitation}}/")],
    "inviteMember": [
        Question(
            f"{OF_A}invitations/", "POST", 201, {"email": "new@example.org", "role": "editor"}
        )
    ],
    "revokeInvitation": [Question(f"{OF_A}invitations/{{invitation}}/", "DELETE", 204)],
    "listCoalitions": [
        Question(f"{OF_A}coalitions/"),
        Question(f"{OF_A}coalitions/?page_size=1"),
    ],
    "getCoalition": [Question(f"{OF_A}coalitions/{{agreed_tie}}/")],
    "askCoalition": [
        Question(f"{OF_A}coalitions/", "POST", 201, {"organization": "opened-third"}),
        Question(f"{OF_A}coalitions/", "POST", 400, {"organization": "nobody"}),
    ],
    "acceptCoalition": [Question(f"{OF_A}coalitions/{{incoming_tie}}/accept/", "POST")],
    "refuseCoalition": [Question(f"{OF_A}coalitions/{{other_tie}}/refuse/", "POST")],
    "endCoalition": [Question(f"{OF_A}coalitions/{{agreed_tie}}/end/", "POST")],
    "listAudit": [
        Question(f"{OF_A}audit/"),
        Question(f"{OF_A}audit/?verb=membership.granted&page_size=2"),
    ],
    "listOwnPrograms": [
        Question(f"{OF_A}programs/"),
        Question(f"{OF_A}programs/?page_size=1"),
    ],
    "createProgram": [
        Question(f"{OF_A}programs/", "POST", 201, {"names": {"en": "New"}}),
        Question(f"{OF_A}programs/", "POST", 400, {"names": {}, "odd": 1}),
        Question(f"{OF_A}programs/", "POST", 201, {**NEW_EXAMPLE, **IN_GB}),
    ],
    "getOwnProgram": [Question(f"{OF_A}programs/{{program}}/")],
    "changeProgram": [
        Question(f"{OF_A}programs/{{program}}/", "PATCH", 428, {"status": "paused"}),
        Question(f"{OF_A}programs/{{program}}/", "PATCH", 409, {"status": "paused"}, AT_9),
        Question(f"{OF_A}programs/{{program}}/", "PATCH", 400, {"country": "ZZ"}, AT_1),
        Question(f"{OF_A}programs/{{program}}/", "PATCH", 200, CHANGES_EXAMPLE, AT_1),
    ],
    "deleteProgram": [
        Question(f"{OF_A}programs/{{program}}/", "DELETE", 409, None, AT_9),
        Question(f"{OF_A}programs/{{program}}/", "DELETE", 204, None, AT_1),
    ],
    "publishProgram": [Question(f"{OF_A}programs/{{program}}/publish/", "POST")],
    "unpublishProgram": [Question(f"{OF_A}programs/{{program}}/unpublish/", "POST")],
    "confirmProgram": [
        Question(f"{OF_A}programs/{{program}}/confirm/", "POST", 400, {"held_until": "soon"}),
        Question(f"{OF_A}programs/{{program}}/confirm/", "POST", 409, NOT_WAITING),
        Question(f"{OF_A}programs/{{program}}/confirm/", "POST"),
    ],
    "listDocuments": [
        Question(f"{OF_A}documents/"),
        Question(f"{OF_A}documents/?page_size=1"),
    ],
    "addDocument": [
        Question(f"{OF_A}documents/", "POST", 201, files.DOCUMENT_EXAMPLE),
        Question(f"{OF_A}documents/", "POST", 400, {"title": "x", "file": "no base64"}),
        Question(f"{OF_A}documents/", "POST", 400, {"title": "x", "file": ""}),
    ],
    "getDocument": [Question(f"{OF_A}documents/{{document}}/")],
    "deleteDocument": [Question(f"{OF_A}documents/{{document}}/", "DELETE", 204)],
    "getLogo": [Question(f"{OF_A}logo/")],
    "setLogo": [
        Question(f"{OF_A}logo/", "POST", 201, files.LOGO_EXAMPLE),
        Question(f"{OF_A}logo/", "POST", 400, {"file": files.TEXT}),
    ],
    "deleteLogo": [Question(f"{OF_A}logo/", "DELETE", 204)],
    "getPhoto": [
        Question(f"{OF_A}programs/{{program}}/photo/"),
    ],
    "setPhoto": [
        Question(f"{OF_A}programs/{{program}}/photo/", "POST", 201, files.PHOTO_EXAMPLE),
        Question(
            f"{OF_A}programs/{{program}}/photo/", "POST", 400, {**files.PHOTO_EXAMPLE, "alt": {}}
        ),
    ],
    "deletePhoto": [Question(f"{OF_A}programs/{{program}}/photo/", "DELETE", 204)],
    "listExports": [Question(f"{OF_A}export/")],
    "askForExport": [
        Question(f"{OF_A}export/", "POST", 200, {"with_emails": True}),
        Question(f"{OF_A}export/", "POST", 400, {"with_emails": "yes"}),
    ],
    "listTokens": [
        Question(f"{OF_A}tokens/"),
        Question(f"{OF_A}tokens/?page_size=1"),
    ],
    "revokeToken": [Question(f"{OF_A}tokens/{{token}}/", "DELETE", 204)],
    "listAccessReports": [
        Question(f"{OF_A}access-events/"),
        Question(f"{OF_A}access-events/?page_size=1"),
    ],
    "addAccessReport": [
        Question(f"{OF_A}access-events/", "POST", 201, EVENT),
        Question(f"{OF_A}access-events/", "POST", 201, {**EVENT, "facility": "beside"}),
        Question(f"{OF_A}access-events/", "POST", 400, {"colour": "green"}),
    ],
    "getAccessReport": [Question(f"{OF_A}access-events/{{waiting}}/")],
    "cancelAccessReport": [
        Question(f"{OF_A}access-events/{{released}}/", "DELETE", 409),
        Question(f"{OF_A}access-events/{{waiting}}/", "DELETE", 204),
    ],
    "listOwnClaims": [Question(f"{OF_A}facility-claims/")],
    "stateClaim": [
        Question(
            f"{OF_A}facility-claims/",
            "POST",
            201,
            {**CLAIM, "capacity": 120, "facility": "beside"},
        ),
        Question(f"{OF_A}facility-claims/", "POST", 409, {"facility": "harbour-centre", **OTHER}),
        Question(f"{OF_A}facility-claims/", "POST", 400, {"facility": "nowhere"}),
    ],
    "getOwnClaim": [Question(f"{OF_A}facility-claims/{{claim}}/")],
    "withdrawClaim": [Question(f"{OF_A}facility-claims/{{claim}}/", "DELETE", 204)],
    "listOwnRules": [Question(f"{OF_A}visiting-rules/")],
    "addOwnRule": [
        Question(
            f"{OF_A}visiting-rules/",
            "POST",
            201,
            {**RULE, "booking_lead_hours": 24, "facility": "beside"},
        ),
        Question(f"{OF_A}visiting-rules/", "POST", 400, {**RULE, "facility": None}),
    ],
    "getOwnRule": [Question(f"{OF_A}visiting-rules/{{rule}}/")],
    "editOwnRule": [
        Question(
            f"{OF_A}visiting-rules/{{rule}}/", "PATCH", 200, {"minors": "With an adult"}, FIRST
        ),
        Question(f"{OF_A}visiting-rules/{{rule}}/", "PATCH", 409, {"minors": "None"}, FIRST),
        Question(f"{OF_A}visiting-rules/{{rule}}/", "PATCH", 428, {"minors": "None"}),
    ],
    "withdrawOwnRule": [Question(f"{OF_A}visiting-rules/{{rule}}/", "DELETE", 204, headers=FIRST)],
    "confirmOwnRule": [Question(f"{OF_A}visiting-rules/{{rule}}/confirm/", "POST")],
    **opened_ways.OPENED,
}


OPENED |= {name: [Question(*one) for one in rows] for name, rows in of_talk.OPENED.items()}


@dataclass(frozen=True)
class Filled:
    """The token that asks, and what stands in the places of the addresses."""

    text: str
    places: dict[str, str]

    def ask(self, question: Question) -> Any:
        """The answer."""
        return ask(
            question.path.format(**self.places),
            self.text,
            method=question.method,
            body=question.body,
            headers=question.headers,
        )


def fill_opened(cast: Cast) -> Filled:
    """Rows of A that the questions are about, and rows of B that no answer may tell."""
    from network.actions.invitations import invite_member
    from network.models import ApiToken, MemberName, Membership
    from network.tenancy import Purpose, acting, system

    text = token_for(cast, "amara")
    token_for(cast, "bilal", name="of bilal")
    token_for(cast, "chiara", name="canary of B")
    with acting(cast.actor("amara")):
        token = ApiToken.objects.get(person=cast.bilal)
        member = Membership.objects.get(person=cast.bilal)
    make_country("GB")
    program = make_own_program(cast, "amara", "Harbour Visitors")
    make_own_program(cast, "amara", "Second")
    invited = {}
    with acting(system(Purpose.OPERATOR)):
        MemberName.objects.filter(person=cast.chiara).update(name="canary of B")
        Membership.objects.filter(person=cast.chiara).update(role=Role.OWNER)
    for who, organization in (("amara", cast.a), ("chiara", cast.b)):
        with acting(cast.actor(who)) as actor:
            invited[who] = invite_member(
                actor,
                organization=organization,
                email=f"canary-of-{who}@example.org" if who == "chiara" else "noor@example.org",
                role=Role.MEMBER,
                language="en",
            )
    make_own_program(cast, "chiara", "Visits, a canary of B")
    places = {
        "token": token.pk,
        "member": member.pk,
        "invitation": invited["amara"].pk,
        "program": program.pk,
    }
    places |= tied(cast)
    places["document"] = _kept(cast, program)
    places["application"] = _applications(cast)
    found = {name: str(pk) for name, pk in places.items()}
    said = {**_stated(cast), **opened_ways.fill(cast), **of_talk.spoken(cast)}
    return Filled(text, {**found, **said})


def tied(cast: Cast) -> dict[str, Any]:
    """Coalitions: one that A belongs to, two that invite it, one to ask, and one of B's."""
    from directory.actions.cards import publish_card
    from network.actions.organizations import create_organization
    from network.enums import CoalitionSide, OrganizationKind
    from network.models import CoalitionMembership
    from network.tenancy import Purpose, acting, system

    found = {}
    ties = (
        ("agreed_tie", cast.a, timezone.now()),
        ("incoming_tie", cast.a, None),
        ("other_tie", cast.a, None),
        ("third", None, None),
        ("canary-of-b", cast.b, timezone.now()),
    )
    with acting(system(Purpose.OPERATOR)) as operator:
        for name, organization, agreed in ties:
            coalition = create_organization(
                operator,
                slug=f"opened-{name}".replace("_", "-"),
                name=f"Coalition {name}",
                country="GB",
                kind=OrganizationKind.COALITION,
                is_verified=True,
            )
            if name != "canary-of-b":
                publish_card(operator, organization=coalition)
            if organization is not None:
                row = CoalitionMembership.objects.create(
                    coalition=coalition,
                    organization=organization,
                    asked_by=CoalitionSide.COALITION,
                    agreed_at=agreed,
                )
                found[name] = row.pk
    return found


def _applications(cast: Cast) -> Any:
    """The draft of A, all answered, a claim; B has a canary in its own. The id of the first."""
    from directory.models import Application
    from network.tenancy import Purpose, acting, system
    from tests.frontend.joined import ANSWERS

    first = {"country": "GB", "person_name": "A", "person_email": "a@example.org"}
    with acting(system(Purpose.OPERATOR)):
        made = {
            name: Application.objects.create(
                organization=organization,
                kind="claim",
                listing_slug=opened_ways.CLAIMED,
                answers={**first, **ANSWERS, "check": "Ask around.", "name": name},
            )
            for name, organization in (("Lantern", cast.a), ("A canary of B", cast.b))
        }
    return made["Lantern"].pk


def _kept(cast: Cast, program: Any) -> Any:
    """A document, a logo and a photo of A, and a document of B; the id of the first."""
    from directory.actions.pictures import set_logo, set_photo
    from network.actions.uploads import add_document
    from network.enums import UploadKind
    from network.tenancy import acting
    from tests.uploaded import inspected

    with acting(cast.actor("chiara")) as chiara:
        add_document(chiara, inspected=inspected("canary of B"), title="A canary of B")
    with acting(cast.actor("amara")) as amara:
        set_logo(amara, inspected=inspected("logo", UploadKind.LOGO))
        photo = inspected("photo", UploadKind.PHOTO)
        set_photo(amara, program=program, inspected=photo, alt={"en": "A door"})
        return add_document(amara, inspected=inspected("Hours"), title="Hours").pk


def make_own_program(cast: Cast, who: str, name: str) -> Any:
    """A program of somebody's organization, which nobody else reads."""
    from directory.actions.programs.editing import create_program
    from network.tenancy import acting

    with acting(cast.actor(who)) as actor:
        return create_program(actor, values={"names": {"en": name}, "country": "GB"})


def _stated(cast: Cast) -> dict[str, str]:
    """What A has stated about a place; B has said a canary of it."""
    from directory.actions.stating import (
        add_visiting_rule,
        report_access_event,
        state_facility,
    )
    from network.tenancy import acting
    from tests.directory.stating import promote_chiara
    from tests.factories import make_facility

    place, later = make_facility(slug="harbour-centre"), timezone.now() + dt.timedelta(days=2)
    make_facility(slug="beside")
    with acting(promote_chiara(cast)) as chiara:
        said = {"note": "canary of B", "text_language": "en", "as_of": "2026"}
        state_facility(chiara, facility=place, values=said, seen=None)
        add_visiting_rule(chiara, facility=place, values={**RULE, "note": "canary of B"})
        report_access_event(chiara, values={**EVENT, "statement": "A canary of B."})
    with acting(cast.actor("amara")) as amara:
        return {
            "claim": str(state_facility(amara, facility=place, values=CLAIM, seen=None).pk),
            "rule": str(add_visiting_rule(amara, facility=place, values=RULE).pk),
            "released": str(report_access_event(amara, values=EVENT).pk),
            "waiting": str(report_access_event(amara, values={**EVENT, "publish_at": later}).pk),
        }
