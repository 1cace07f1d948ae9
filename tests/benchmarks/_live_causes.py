"""Everything by which somebody loses a socket or a conversation, done in a process of its own.

Lines of JSON come in: `{do, person, organization, conversation, cookie}`. Each is answered when
it has committed by `{at}`, the clock that all processes of a machine share; for memberships and
roles that is the moment of the commit, before anybody is told, and `head` how far the conversation
had gone by then. With `says`, so many messages follow at once, each said after the commit:
`{at, seqs}`. What is given back to somebody comes with it: `{at, token}`.
"""

from __future__ import annotations

import json
import os
import sys
import time
import uuid
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

AFTERWARDS = "Said when it was over"


class Causes:
    """Each method is one cause; who and what stands in the line."""

    def __init__(self) -> None:
        """The operator, who may do most."""
        from network.tenancy import Purpose, system

        self.operator = system(Purpose.OPERATOR)
        self.noted: dict[str, Any] = {}

    def note(self, line: Any) -> None:
        """Note the commit of the scope that is open, before what else follows on it."""
        from django.db import transaction

        def noted() -> None:
            self.noted = {"at": time.monotonic(), "head": head_of(line)}

        transaction.on_commit(noted)

    def sign_out(self, line: Any) -> None:
        """One browser."""
        from network.sessions import SessionStore

        SessionStore(line.cookie.split("=", 1)[1]).flush()

    def end_device(self, line: Any) -> None:
        """One browser, from another."""
        from network.actions.accounts.sessions import end_session
        from network.models import Session
        from network.sessions import hash_of
        from network.tenancy import acting

        with acting(self.operator):
            session = Session.objects.get(key_hash=hash_of(line.cookie.split("=", 1)[1]))
        with acting(account(line)) as actor:
            end_session(actor, session_id=session.pk)

    def panic(self, line: Any) -> None:
        """All that one has open."""
        from network.actions.accounts import sign_out_everywhere

        self._as_account(line, sign_out_everywhere)

    def password(self, line: Any) -> None:
        """A new password."""
        from network.actions.accounts import change_password

        self._as_account(line, change_password, password="tide window orchard 41")

    def suspend_person(self, line: Any) -> None:
        """By who runs the node."""
        from network.actions.accounts import suspend_person

        suspend_person(self.operator, person=person(line))

    def delete_account(self, line: Any) -> None:
        """By themselves."""
        from network.actions.accounts import delete_account

        self._as_account(line, delete_account)

    def revoke_tokens(self, line: Any) -> None:
        """All of one's tokens, not one's browsers."""
        from network.actions.tokens import revoke_tokens_of
        from network.tenancy import acting

        with acting(self.operator):
            revoke_tokens_of(self.operator, person=person(line))

    def end_membership(self, line: Any) -> None:
        """By who manages members."""
        from network.actions.organizations import end_membership
        from network.tenancy import acting

        with acting(self.operator):
            self.note(line)
            end_membership(self.operator, membership=membership(line))

    def leave_organization(self, line: Any) -> None:
        """By themselves."""
        from network.actions.organizations import leave_organization
        from network.tenancy import acting

        with acting(of_member(line)) as actor:
            leave_organization(actor)

    def lower_role(self, line: Any) -> None:
        """To one that carries no messages."""
        self._role(line, "editor")

    def give_role(self, line: Any) -> dict[str, str]:
        """Back again, with a new token: the old one ended with the membership that had it."""
        from tests.benchmarks._talks import a_token

        return {"token": a_token(self._role(line, "organizer"))}

    def _role(self, line: Any, role: str) -> Any:
        from network.actions.organizations import grant_membership
        from network.enums import Role
        from network.models import Organization
        from network.tenancy import acting

        with acting(self.operator) as actor:
            self.note(line)
            organization = Organization.objects.get(pk=line.organization)
            return grant_membership(
                actor, organization=organization, person=person(line), role=Role(role)
            )

    def lock_organization(self, line: Any) -> None:
        """By an owner, in an instant."""
        from network.actions.lockdown import lock_organization

        self._as_member(line, lock_organization)

    def delete_organization(self, line: Any) -> None:
        """By its only owner."""
        from network.actions.departures import delete_organization

        self._as_member(line, delete_organization)

    def suspend_organization(self, line: Any) -> None:
        """By a steward."""
        from network.actions.suspending import suspend_organization
        from network.models import Organization, Person
        from network.tenancy import acting, steward

        with acting(self.operator):
            organization = Organization.objects.get(pk=line.organization)
            one = Person.objects.create_user(
                f"steward-{uuid.uuid4()}@example.org", display_name="Dov", is_steward=True
            )
        with acting(steward(one.pk)) as actor:
            suspend_organization(
                actor, organization=organization, reason="It is looked at.", has_looked=True
            )

    def end_party(self, line: Any) -> None:
        """The whole group leaves the conversation."""
        from messaging.actions.parties import end_party
        from network.tenancy import acting

        with acting(of_member(line)) as actor:
            end_party(actor, conversation_id=uuid.UUID(line.conversation))

    def leave_conversation(self, line: Any) -> None:
        """One person leaves it."""
        from messaging.actions.leaving import leave_conversation
        from network.tenancy import acting

        with acting(of_member(line)) as actor:
            leave_conversation(actor, conversation_id=uuid.UUID(line.conversation))

    def nothing(self, line: Any) -> None:
        """Nothing happens: what comes then is for everybody."""

    def _as_account(self, line: Any, act: Callable[..., Any], **values: Any) -> None:
        from network.tenancy import acting

        one = person(line)
        with acting(account(line)) as actor:
            act(actor, person=one, **values)

    def _as_member(self, line: Any, act: Callable[..., Any]) -> None:
        from network.models import Organization
        from network.tenancy import acting

        with acting(of_member(line)) as actor:
            act(actor, organization=Organization.objects.get(pk=line.organization))


def account(line: Any) -> Any:
    """The actor of a person on the pages of their own account."""
    from network.tenancy import Actor, Via

    return Actor(via=Via.PAGE, person_id=uuid.UUID(line.person))


def of_member(line: Any) -> Any:
    """The actor of a person for an organization."""
    from network.tenancy import member

    return member(uuid.UUID(line.person), uuid.UUID(line.organization))


def person(line: Any) -> Any:
    """The row of a person."""
    from network.models import Person
    from network.tenancy import Purpose, acting, system

    with acting(system(Purpose.OPERATOR)):
        return Person.objects.get(pk=line.person)


def head_of(line: Any) -> int:
    """The newest number of the conversation."""
    from messaging.models import Conversation
    from network.tenancy import Purpose, acting, system

    with acting(system(Purpose.MESSENGER)):
        return int(Conversation.objects.get(pk=line.conversation).last_seq)


def membership(line: Any) -> Any:
    """The row of a present membership."""
    from network.models import Membership

    return Membership.objects.get(
        person_id=line.person, organization_id=line.organization, ended_at=None
    )


def say(line: Any) -> list[int]:
    """Say as much as is asked for, by who speaks; the numbers."""
    from messaging.actions.sending import send_message
    from network.tenancy import acting, member

    speaker = member(*map(uuid.UUID, line.speaker))
    found = []
    for _turn in range(line.says):
        with acting(speaker):
            sent = send_message(
                speaker,
                conversation_id=uuid.UUID(line.conversation),
                client_id=uuid.uuid4(),
                body=AFTERWARDS,
            )
        found.append(sent.seq)
    return found


def main() -> None:
    """Do each line, and say when it was done."""
    causes = Causes()
    print(json.dumps({"at": time.monotonic()}), flush=True)
    for text in sys.stdin:
        line = SimpleNamespace(**json.loads(text))
        causes.noted = {}
        given = getattr(causes, line.do)(line) or {}
        told = {"at": time.monotonic(), **causes.noted, **given}
        print(json.dumps({**told, "seqs": say(line) if line.says else []}), flush=True)


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "network.project.settings"
    import django

    django.setup()
    main()
