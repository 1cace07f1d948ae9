"""Which buttons ask once more who it is: those that give power away, or cannot be taken back.

Every surface that takes something stands in one of the two tables: a new one fails the build until
it was decided.
"""

from itertools import product
from uuid import UUID

import pytest
from django.urls import NoReverseMatch, reverse

from tests.frontend.test_step_up import long_ago
from tests.matrix.rows import DESK
from tests.matrix.rows_stewards import STEWARD

pytestmark = pytest.mark.django_db

# What is sent, by the name of the surface.
ASKS = {
    "desk:approval": {},
    "desk:delete": {},
    "desk:export": {},
    "desk:export_end": {},
    "desk:export_fetch": {},
    "desk:invite": {},
    "desk:member": {},
    "desk:member_end": {},
    "desk:program_held_confirm": {},
    "desk:program_sharing": {"coalition": "union"},
    "desk:resting_approval": {},
    "desk:restore": {},
    "desk:support": {"allow": "1"},
    "desk:token_new": {},
    "desk:unlock": {},
    "desk:website": {},
    "steward:application": {},
    "steward:group": {},
    "steward:node": {},
    "steward:message_report": {},
    "steward:objection": {},
    "steward:report": {},
}
_OWN_WORDS = "the group's own words, drafts and files; others see them as before"
_HELD = "public by publishing; what leads people elsewhere is held for a day"
_SAFER = "takes power away or calls something off: nothing stands in its way"
_UNDONE = "can be undone for days"
_AGREED = "only asks or answers another group, which can end it"
NOT_ASKED = {
    **dict.fromkeys(
        (
            "desk:application_answers",
            "desk:application_note",
            "desk:application_proof",
            "desk:application_send",
            "desk:document_restore",
            "desk:documents",
            "desk:photo",
            "desk:program_choose",
            "desk:program_discard",
            "desk:program_draft",
            "desk:program_edit",
            "desk:program_granted",
            "desk:program_new",
            "desk:program_version",
            "desk:reminders",
        ),
        _OWN_WORDS,
    ),
    **dict.fromkeys(
        (
            "desk:card",
            "desk:ledger_correct",
            "desk:ledger_report",
            "desk:ledger_report_at",
            "desk:logo",
            "desk:place_claim",
            "desk:place_rule",
            "desk:place_rule_add",
            "desk:place_rule_confirm",
            "desk:program_confirm",
            "desk:program_publish",
            "desk:program_relay",
        ),
        _HELD,
    ),
    **dict.fromkeys(
        (
            "desk:application_withdraw",
            "desk:coalition_end",
            "desk:coalition_refuse",
            "desk:handover",
            "desk:invitation_revoke",
            "desk:ledger_cancel",
            "desk:lock",
            "desk:logo_remove",
            "desk:mentor_end",
            "desk:mentor_withdraw",
            "desk:photo_remove",
            "desk:place_claim_withdraw",
            "desk:place_rule_withdraw",
            "desk:program_held_cancel",
            "desk:program_unpublish",
            "desk:token_revoke",
        ),
        _SAFER,
    ),
    **dict.fromkeys(
        ("desk:document_delete", "desk:program_delete", "desk:program_restore"), _UNDONE
    ),
    **dict.fromkeys(
        (
            "desk:application_vouchers",
            "desk:coalition_accept",
            "desk:coalition_ask",
            "desk:mentor_answer",
            "desk:mentor_ask",
            "desk:mentor_offer",
            "desk:vouch",
        ),
        _AGREED,
    ),
    **dict.fromkeys(
        (
            "messages:answer",
            "messages:contacts",
            "messages:conversation",
            "messages:delete",
            "messages:edit",
            "messages:export",
            "messages:new",
            "messages:new_direct",
            "messages:new_group",
            "messages:read",
            "messages:report",
            "messages:settings",
            "messages:take_back",
            "messages:topic",
            "messages:translate",
        ),
        "talk from hour to hour, as the one who is signed in; the log keeps what was changed",
    ),
    "desk:invitation_resend": "goes where an invitation went that was asked about",
    "desk:resting": "only read: its buttons have addresses of their own",
    "desk:leave": "a page of its own says what follows; another owner invites anew",
}
SENDING = {name for name, row in DESK.items() if "POST" in row.methods} | {
    name for name, row in STEWARD.items() if row.bodies
}


def address(name, cast):
    """The address of a surface; what else stands in it leads nowhere."""
    row = DESK.get(name) or STEWARD[name]
    in_query = getattr(row, "query", "")
    fixed = {"organization": cast.a.slug} if name in DESK and not in_query else {}
    more = f"?{in_query}={cast.a.slug}" if in_query else ""
    for values in product((str(UUID(int=0)), 1), repeat=len(row.names)):
        try:
            names = dict(zip(row.names, values, strict=True))
            return reverse(name, kwargs={**names, **fixed}) + more
        except NoReverseMatch:
            continue
    raise AssertionError(name)


def sent(cast, name, body):
    """What somebody is answered who showed more than ten minutes ago that it is them."""
    person = cast.amara if name in DESK else cast.dov
    return long_ago(person).post(address(name, cast), body)


def is_question(answer):
    return answer.status_code == 303 and answer["Location"].startswith("/account/confirm/")


def test_every_surface_that_takes_something_was_decided():
    decided = set(ASKS) | set(NOT_ASKED)
    assert decided >= SENDING
    assert decided <= {*DESK, *STEWARD}
    assert not set(ASKS) & set(NOT_ASKED)


@pytest.mark.parametrize("name", ASKS)
def test_it_asks(cast, name):
    assert is_question(sent(cast, name, ASKS[name]))


@pytest.mark.parametrize("name", NOT_ASKED)
def test_it_does_not_ask(cast, name):
    assert not is_question(sent(cast, name, {}))


@pytest.mark.parametrize("button", ["end", "refuse"])
def test_a_look_at_the_desk_is_ended_without_a_question(cast, button):
    assert not is_question(sent(cast, "desk:support", {button: "1"}))
    # Nor does a second button smuggle a yes in.
    assert is_question(sent(cast, "desk:support", {button: "1", "allow": "1"}))


def test_texts_are_taken_back_from_a_coalition_without_a_question(cast):
    answer = sent(cast, "desk:program_sharing", {"coalition": "union", "revoke": "1"})
    assert not is_question(answer)


@pytest.mark.parametrize("name", ["desk:support", "desk:program_sharing"])
def test_these_are_read_without_a_question(cast, name):
    assert not is_question(long_ago(cast.amara).get(address(name, cast)))
