"""Texts that stewards or other groups read: whoever writes one is asked, and then it is kept."""

import pytest
from django.core.exceptions import ValidationError

from directory.actions.applying import (
    answer_stewards,
    ask_vouch,
    edit_answers,
    give_vouch,
    object_to_claim,
)
from directory.actions.cards import publish_card
from directory.actions.deciding import (
    approve,
    ask_back,
    decide_report,
    dismiss_objection,
    make_report,
    refuse,
    uphold_objection,
)
from directory.actions.mentoring import answer_request, ask_mentor, offer_help
from directory.enums import ReportDecision, ReportSubject, VouchState
from directory.models import (
    Application,
    ApplicationNote,
    Listing,
    MentorOffer,
    MentorRequest,
    Objection,
    OrganizationCard,
    Report,
    Vouch,
)
from network.actions.handovers import hand_over_organization
from network.actions.node_profile import edit_node
from network.actions.organizations import grant_membership
from network.actions.support import ask_for_support
from network.actions.suspending import suspend_organization
from network.enums import Role
from network.models import (
    AuditEntry,
    Handover,
    Membership,
    Node,
    Organization,
    OutgoingMail,
    SupportSession,
)
from network.tenancy import Purpose, acting, member, system, visitor
from tests.directory import applied
from tests.directory.applied import apply, claim, dov, make_entry, present, prove
from tests.directory.stating import promote_chiara, refusals
from tests.frontend.joined import ANSWERS
from tests.network.members import OPERATOR

pytestmark = pytest.mark.django_db
MARK = "123 456 789"
SEEN = f"He is A {MARK}."


def applicant(cast):
    """Farid's group with all its answers."""
    application = apply(cast, answers={**applied.ANSWERS, **ANSWERS})
    with acting(OPERATOR) as operator:
        grant_membership(operator, organization=cast.applicant, person=cast.farid, role=Role.OWNER)
    return member(cast.farid.pk, cast.applicant.pk), application


def answers(cast):
    actor, application = applicant(cast)
    with acting(OPERATOR):
        Application.objects.filter(pk=application.pk).update(state="asked")
    return actor, lambda **looked: edit_answers(
        actor,
        application=application,
        base_version=1,
        values={"about": SEEN},
        **looked,
    )


def answer_to_stewards(cast):
    actor, application = applicant(cast)
    return actor, lambda **looked: answer_stewards(
        actor, application=application, body=SEEN, **looked
    )


def vouch_asked(cast):
    actor, application = applicant(cast)
    with acting(OPERATOR) as operator:
        publish_card(operator, organization=cast.a)
    card = OrganizationCard.objects.get(pk=cast.a.pk)
    return actor, lambda **looked: ask_vouch(
        actor, application=application, card=card, message=SEEN, **looked
    )


def vouch_given(cast):
    given = applied.vouch(apply(cast), cast.a)
    with acting(OPERATOR):
        Vouch.objects.filter(pk=given.pk).update(state=VouchState.ASKED, statement="")
    actor = cast.actor("amara")
    return actor, lambda **looked: give_vouch(actor, vouch=given, statement=SEEN, **looked)


def reason_for_all(cast):
    application, actor = apply(cast), dov(cast)
    return actor, lambda **looked: approve(
        actor, application=application, base_version=1, public_reason=SEEN, **looked
    )


def question(cast):
    application, actor = apply(cast), dov(cast)
    return actor, lambda **looked: ask_back(
        actor, application=application, base_version=1, question=SEEN, **looked
    )


def refusal(cast):
    application, actor = apply(cast), dov(cast)
    return actor, lambda **looked: refuse(
        actor, application=application, base_version=1, reason=SEEN, **looked
    )


def claimed(cast):
    entry, actor = make_entry(), dov(cast)
    application = claim(cast, entry)
    prove(application)
    with acting(actor):
        approve(actor, application=application, base_version=1, public_reason="Known.")
    return Listing.objects.get(slug=entry.slug), application


def objection(cast):
    entry, _application = claimed(cast)
    actor = visitor()
    return actor, lambda **looked: object_to_claim(
        actor, listing=entry, text=SEEN, email="", language="en", **looked
    )


def _objected(cast, decide):
    _entry, application = claimed(cast)
    with acting(OPERATOR):
        found = Objection.objects.create(
            organization_id=application.organization_id, application=application, text="Ours."
        )
    actor = dov(cast)
    return actor, lambda **looked: decide(actor, objection=found, reason=SEEN, **looked)


def dismissal(cast):
    return _objected(cast, dismiss_objection)


def upholding(cast):
    return _objected(
        cast, lambda actor, **said: uphold_objection(actor, is_suspended=True, **said)
    )


def note(_cast, text=SEEN, **looked):
    return make_report(
        visitor(),
        subject=ReportSubject.PROGRAM,
        slug="gb-quay-visitors",
        kind="wrong",
        text=text,
        email="reader@example.org",
        language="en",
        **looked,
    )


def report(cast):
    return visitor(), lambda **looked: note(cast, **looked)


def answer_to_report(cast):
    with acting(visitor()):
        found = note(cast, "Wrong number.")
    actor = dov(cast)
    return actor, lambda **looked: decide_report(
        actor, report=found, decision=ReportDecision.NOTHING, answer=SEEN, **looked
    )


def offer(cast):
    actor = cast.actor("amara")
    return actor, lambda **looked: offer_help(
        actor, is_open=True, text=SEEN, languages=["en"], **looked
    )


def _offered(cast):
    amara = cast.actor("amara")
    with acting(amara):
        offer_help(amara, is_open=True, text="We train.", languages=["en"])
    return amara, promote_chiara(cast)


def help_asked(cast):
    _amara, chiara = _offered(cast)
    return chiara, lambda **looked: ask_mentor(
        chiara, mentor_id=cast.a.pk, text=SEEN, contact="post@example.org", **looked
    )


def help_answered(cast):
    amara, chiara = _offered(cast)
    with acting(chiara):
        asked = ask_mentor(chiara, mentor_id=cast.a.pk, text="We begin.", contact="x@example.org")
    return amara, lambda **looked: answer_request(
        amara, request_id=asked.pk, is_accepted=False, answer=SEEN, **looked
    )


def suspension(cast):
    actor = dov(cast)
    return actor, lambda **looked: suspend_organization(
        actor, organization=cast.a, reason=SEEN, **looked
    )


def support(cast):
    actor = dov(cast)
    return actor, lambda **looked: ask_for_support(
        actor, organization=cast.a, reason=SEEN, minutes=30, **looked
    )


def handover(cast):
    with acting(OPERATOR):
        membership = Membership.objects.select_related("organization", "person").get(
            person=cast.bilal
        )
    return OPERATOR, lambda **looked: hand_over_organization(
        OPERATOR, membership=membership, reason=SEEN, **looked
    )


def site(cast):
    actor = dov(cast)
    return actor, lambda **looked: edit_node(
        actor, changes={"name": "Atlas", "rules": {"fr": SEEN, "en": "Be kind."}}, **looked
    )


CASES = {
    answers: "about",
    answer_to_stewards: "body",
    vouch_asked: "message",
    vouch_given: "statement",
    reason_for_all: "public_reason",
    question: "question",
    refusal: "reason",
    objection: "text",
    dismissal: "reason",
    upholding: "reason",
    report: "text",
    answer_to_report: "answer",
    offer: "text",
    help_asked: "text",
    help_answered: "answer",
    suspension: "reason",
    support: "reason",
    handover: "reason",
    site: "rules.fr",
}


def kept():
    """Everything that one of these verbs could write."""
    models = (Application, ApplicationNote, Vouch, Objection, Report, MentorOffer, MentorRequest)
    others = (Organization, AuditEntry, Handover, SupportSession, Node)
    with acting(OPERATOR):
        found = {one.__name__: repr(list(_all(one).values())) for one in (*models, *others)}
    with acting(system(Purpose.MAIL)):
        return found | {"OutgoingMail": repr(list(_all(OutgoingMail).values()))}


def _all(model):
    beyond = getattr(model.objects, "beyond_scope", None)
    return (beyond() if beyond else model.objects.all()).order_by("pk")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.__name__)
def test_nothing_is_kept_before_somebody_has_looked(cast, case):
    actor, act = case(cast)
    before = kept()
    with acting(actor):
        with pytest.raises(ValidationError) as refused:
            act()
        assert refusals(refused) == {CASES[case]: ["identifies"]}
        assert MARK not in str(refused.value.message_dict)
    assert kept() == before
    with acting(actor):
        act(has_looked=True)
    after = kept()
    assert after != before
    assert MARK in "".join(after.values())
    assert MARK not in after["AuditEntry"]


def test_an_answer_that_was_looked_at_is_not_asked_about_again(cast):
    actor, act = answers(cast)
    with acting(actor):
        application = act(has_looked=True)
        edit_answers(
            actor,
            application=application,
            base_version=2,
            values={"about": SEEN, "since": "2020"},
        )
    assert present(application).answers["since"] == "2020"


@pytest.mark.parametrize("contact", ["post A 123 456 789", "detainee number 45678"])
def test_how_to_be_reached_asks_too(cast, contact):
    _amara, chiara = _offered(cast)
    with acting(chiara), pytest.raises(ValidationError) as refused:
        ask_mentor(chiara, mentor_id=cast.a.pk, text="We begin.", contact=contact)
    assert refusals(refused) == {"contact": ["identifies"]}
