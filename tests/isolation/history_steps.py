"""What can happen in a history: each step does it, and reckons with it on its own."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError

from messaging.actions.answering import accept, refuse
from messaging.actions.leaving import invite, leave_conversation, remove_participant
from messaging.actions.mentoring import open_mentoring
from messaging.actions.opening import open_channel, open_direct, open_group
from messaging.actions.parties import add_party, end_party
from messaging.actions.reading import mark_read, mute
from messaging.actions.sending import delete_message, edit_message, send_message
from messaging.actions.standing import reconcile
from messaging.enums import EventKind
from network.actions.organizations import end_membership, grant_membership
from network.enums import Role
from network.models import Membership
from network.tenancy import acting
from tests.isolation.histories import COMMON, History, Range, Said, Talk
from tests.isolation.history_beside import attach, take_back, translate
from tests.messaging.talking import MESSENGER, OPERATOR


def step(history: History, choice: int, one: int, other: int) -> None:
    """Do what some numbers choose; nothing where it cannot be done now."""
    act = STEPS[choice % len(STEPS)]
    who = sorted(history.people)[one % len(history.people)]
    if history.stands[who] or act is _regain_role:
        history.told.append(f"{act.__name__.strip('_')} {who} {other}")
        try:
            act(history, who, other)
        except ValidationError:
            # Asked already, or nobody to ask: refused before anything was changed.
            history.told[-1] += " (refused)"


def say(history: History, who: str, number: int) -> None:
    talk = history.talk_of(who, number)
    if talk is None or talk.is_requested:
        return
    word, actor = history.canary(), history.actor(who)
    roots = [one for one in history.readable(talk, who) if one.root is None]
    part = talk.present(who)
    roots = [one for one in roots if part and one.seq > part.begin]
    root = roots[number % len(roots)] if roots and number % 3 == 1 else None
    names = ("a", "b", "c")[number % 3] if number % 4 == 2 else ""
    named = (
        f" @{history.groups[names].slug}" if names in talk.parties and talk.is_of_groups else ""
    )
    with acting(actor):
        sent = send_message(
            actor,
            conversation_id=talk.pk,
            client_id=uuid.uuid4(),
            body=f"{COMMON} {word}{named}",
            thread_root=root.id if root else None,
            kind=EventKind.TOPIC if number % 5 == 4 and root is None else EventKind.MESSAGE,
        )
    assert sent.seq is not None
    said = Said(sent.id, sent.seq, who, [(sent.seq, word)], root.id if root else None)
    said.names = names if named else ""
    history.note(talk, said)


def _own(history: History, who: str, number: int) -> tuple[Talk, Said] | None:
    talk = history.talk_of(who, number)
    if talk is None or talk.is_requested:
        return None
    part = talk.present(who)
    own = [
        one
        for one in talk.said
        if one.by == who and not one.is_deleted and part and one.seq > part.begin
    ]
    return (talk, own[number % len(own)]) if own else None


def edit(history: History, who: str, number: int) -> None:
    found = _own(history, who, number)
    if found is None:
        return
    talk, said = found
    word, actor = history.canary(), history.actor(who)
    with acting(actor):
        sent = edit_message(
            actor,
            conversation_id=talk.pk,
            client_id=uuid.uuid4(),
            target=said.id,
            body=f"{COMMON} {word}",
        )
    said.words.append((sent.seq or 0, word))
    history.canaries[word] = (talk, said)


def delete(history: History, who: str, number: int) -> None:
    found = _own(history, who, number)
    if found is None:
        return
    talk, said = found
    actor = history.actor(who)
    with acting(actor):
        delete_message(actor, conversation_id=talk.pk, client_id=uuid.uuid4(), target=said.id)
    said.is_deleted = True


def opened_channel(history: History, who: str, number: int) -> None:
    others = sorted(set(history.groups) - {history.of[who]})
    other = others[number % len(others)]
    word, actor = history.canary(), history.actor(who)
    with acting(actor):
        found = open_channel(
            actor,
            organizations=[history.groups[other].slug],
            topic="Visits",
            body=f"{COMMON} {word}",
            client_id=uuid.uuid4(),
        )
    talk = history.open_talk(found, "channel", who, word)
    talk.is_requested = found.state == "requested"
    history.seat(talk, history.of[who], 0)
    history.seat(talk, other, 0, history.head(talk) if talk.is_requested else None)
    if talk.is_requested:
        talk.asked[other] = (0, history.head(talk))


def opened_group(history: History, who: str, number: int) -> None:
    fellows = [one for one in history.colleagues(history.of[who]) if one != who]
    actor = history.actor(who)
    with acting(actor):
        found = open_group(
            actor,
            topic="Plans",
            client_id=uuid.uuid4(),
            members=[history.people[one].pk for one in fellows[:1]],
            handles=_handles(history, who, number),
        )
    talk = history.open_talk(found, "group", who, "")
    talk.ranges[who] = [Range(0)]


def _handles(history: History, who: str, number: int) -> list[tuple[uuid.UUID, uuid.UUID]]:
    """Somebody of another group whom a person met, if there is one."""
    for talk in history.talks:
        if talk.present(who) is None or talk.is_requested:
            continue
        for said in talk.said[number % 3 :]:
            them = said.by
            if history.of[them] != history.of[who] and talk.present(them):
                row = history.row(them, talk)
                return [(talk.pk, row.handle_id)]
    return []


def _open_direct(history: History, who: str, number: int) -> None:
    handles = _handles(history, who, number)
    if not handles:
        return
    word, actor = history.canary(), history.actor(who)
    with acting(actor):
        found = open_direct(
            actor, handle=handles[0], body=f"{COMMON} {word}", client_id=uuid.uuid4()
        )
    if any(one.pk == found.pk for one in history.talks):
        return  # the two talk already
    talk = history.open_talk(found, "direct", who, word)
    talk.ranges[who] = [Range(0)]
    talk.is_requested = True
    for them in history.people:
        if them != who and history.row(them, talk) is not None:
            talk.ranges[them] = [Range(0, history.head(talk), is_invited=True)]


def _mentor(history: History, who: str, number: int) -> None:
    others = sorted(set(history.groups) - {history.of[who]})
    other = others[number % len(others)]
    with acting(MESSENGER):
        found = open_mentoring(
            MESSENGER,
            organization_id=history.groups[other].pk,
            mentor_id=history.groups[history.of[who]].pk,
            request_id=uuid.uuid4(),
        )
    assert found is not None
    talk = history.open_talk(found, "mentoring", who, "")
    for group in (history.of[who], other):
        history.seat(talk, group, 0)


def accepted(history: History, who: str, number: int) -> None:
    found = [one for one in history.talks if _is_asked(history, one, who)]
    if not found:
        return
    talk, actor = found[number % len(found)], history.actor(who)
    head, group = history.head(talk), history.of[who]
    with acting(actor):
        accept(actor, conversation_id=talk.pk)
    for them in history.colleagues(group) if talk.is_of_groups else [who]:
        part = talk.ranges.get(them, [])
        is_waiting = bool(part) and part[-1].is_invited and not part[-1].is_over
        if is_waiting and talk.is_requested:
            # Nothing was said since the first message: it goes on from there.
            part[-1].end, part[-1].is_invited = None, False
        elif is_waiting or not talk.is_of_groups:
            history.close(talk, them, head)
            talk.begin(them, Range(head))
    talk.asked.pop(group, None)
    talk.parties.add(group)
    talk.is_requested = False


def _is_asked(history: History, talk: Talk, who: str) -> bool:
    row = history.row(who, talk)
    return row is not None and row.state == "invited" and not row.ended_as


def _refuse(history: History, who: str, number: int) -> None:
    found = [one for one in history.talks if _is_asked(history, one, who)]
    if not found or number % 3:
        return
    talk, actor = found[number % len(found)], history.actor(who)
    with acting(actor):
        refuse(actor, conversation_id=talk.pk)
    for them in list(talk.ranges):
        if them == who or (talk.is_of_groups and history.of[them] == history.of[who]):
            history.close(talk, them, 0)
            talk.stays_out.add(them)


def leave(history: History, who: str, number: int) -> None:
    talk = history.talk_of(who, number)
    if talk is None:
        return
    end, actor = history.head(talk), history.actor(who)
    with acting(actor):
        leave_conversation(actor, conversation_id=talk.pk)
    history.close(talk, who, end)
    talk.stays_out.add(who)


def invited(history: History, who: str, number: int) -> None:
    talk = history.talk_of(who, number, "group")
    fellows = [one for one in history.colleagues(history.of[who]) if one != who]
    if talk is None or not fellows:
        return
    actor = history.actor(who)
    with acting(actor):
        invite(
            actor,
            conversation_id=talk.pk,
            members=[history.people[fellows[number % len(fellows)]].pk],
        )


def _remove(history: History, who: str, number: int) -> None:
    talk = history.talk_of(who, number, "group")
    if talk is None or history.of[who] != history.of[talk.host]:
        return
    others = [one for one in talk.ranges if one != who and talk.present(one)]
    if not others:
        return
    them, actor = others[number % len(others)], history.actor(who)
    row = history.row(them, talk)
    if row.handle_id is None:
        return
    end = history.head(talk)
    with acting(actor):
        remove_participant(actor, conversation_id=talk.pk, handle_id=row.handle_id)
    history.close(talk, them, end)


def _end_party(history: History, who: str, number: int) -> None:
    talk = history.talk_of(who, number, "channel", "mentoring")
    if talk is None or history.of[who] == history.of[talk.host]:
        return
    owners = [one for one in ("amara", "beata", "olga") if history.of[one] == history.of[who]]
    if not history.stands[owners[0]] or talk.present(owners[0]) is None:
        return
    actor = history.actor(owners[0])
    with acting(actor):
        end_party(actor, conversation_id=talk.pk)
    end = history.head(talk)
    for them in list(talk.ranges):
        if history.of[them] == history.of[who]:
            history.close(talk, them, end)
    talk.parties.discard(history.of[who])


def added_party(history: History, who: str, number: int) -> None:
    talk = history.talk_of(who, number, "channel")
    if talk is None or talk.is_requested or history.of[who] != history.of[talk.host]:
        return
    missing = sorted(set(history.groups) - talk.parties)
    if not missing:
        return
    group, actor, begin = missing[number % len(missing)], history.actor(who), history.head(talk)
    with acting(actor):
        party = add_party(actor, conversation_id=talk.pk, slug=history.groups[group].slug)
    is_asked = party.state == "asked"
    history.seat(talk, group, begin, begin if is_asked else None)
    if is_asked:
        talk.asked[group] = (begin, begin)


def _lose_role(history: History, who: str, number: int) -> None:
    """A membership ends or its role does; sometimes the receiver that follows is lost for good."""
    if who not in ("omar", "chiara"):
        return
    with acting(OPERATOR) as operator:
        found = Membership.objects.get(person=history.people[who], ended_at=None)
        if number % 2:
            end_membership(operator, membership=found)
        else:
            Membership.objects.filter(pk=found.pk).update(role=Role.MEMBER)
    history.stands[who] = False
    history.lost[who] = "ended" if number % 2 else "role"
    if number % 4 == 3:
        history.lost[who] = "lost"
        return
    heads = {talk.pk: history.head(talk) for talk in history.talks}
    reconcile(MESSENGER, organization_id=history.groups[history.of[who]].pk)
    for talk in history.talks:
        history.close(talk, who, heads[talk.pk])


def _regain_role(history: History, who: str, _number: int) -> None:
    """Back in the role. By a new membership nothing is read again that the old one could read."""
    if history.stands[who] or history.lost[who] == "lost":
        return
    group, way = history.of[who], history.lost.pop(who)
    with acting(OPERATOR) as operator:
        if way == "ended":
            grant_membership(
                operator,
                organization=history.groups[group],
                person=history.people[who],
                role=Role.ORGANIZER,
            )
        else:
            rows = Membership.objects.filter(person=history.people[who], ended_at=None)
            rows.update(role=Role.ORGANIZER)
    heads = {talk.pk: history.head(talk) for talk in history.talks}
    reconcile(MESSENGER, organization_id=history.groups[group].pk)
    history.stands[who] = True
    for talk in history.talks:
        if way == "ended":
            talk.ranges.pop(who, None)
            talk.stays_out.discard(who)
        if not talk.is_of_groups or group not in talk.parties or who in talk.stays_out:
            continue
        if group in talk.asked:
            begin, end = talk.asked[group]
            talk.begin(who, Range(begin, end, is_invited=True))
        else:
            talk.begin(who, Range(heads[talk.pk]))


def _read(history: History, who: str, number: int) -> None:
    talk = history.talk_of(who, number)
    if talk is None or not talk.said:
        return
    seq, actor = talk.said[number % len(talk.said)].seq, history.actor(who)
    with acting(actor):
        mark_read(actor, conversation_id=talk.pk, seq=seq)
    talk.read[who] = max(talk.read.get(who, 0), seq)


def _mute(history: History, who: str, number: int) -> None:
    talk = history.talk_of(who, number)
    if talk is None:
        return
    actor, is_muted = history.actor(who), bool(number % 2)
    with acting(actor):
        mute(actor, conversation_id=talk.pk, is_muted=is_muted)
    (talk.muted.add if is_muted else talk.muted.discard)(who)


Step = Callable[[History, str, int], Any]
STEPS: tuple[Step, ...] = (
    *(say, say, say, say, say, edit, edit, delete),
    *(opened_channel, opened_group, _open_direct, _mentor, accepted, accepted, _refuse),
    *(leave, invited, _remove, _end_party, added_party, _lose_role, _regain_role),
    *(_read, _mute, attach, translate, translate, take_back),
)
