"""Who may do what to conversations: a colleague who takes no part is as much outside as anybody.

Foreign and missing are the same bytes; whoever is refused changes no row; no answer carries what
somebody else has said.
"""

import pytest
from django.urls import reverse

from network.enums import Role
from network.permissions import OF_ROLE
from tests.matrix.asking import CANARIES, ask, digest, rolled_back, told
from tests.matrix.cells import REFUSED_VALUE, SUCCESS
from tests.matrix.rows import Row
from tests.matrix.rows_conversations import NOTED, QUERIES, TALKS
from tests.matrix.world import MISSING, make_world
from tests.uploaded import files

__all__ = ["files"]  # a fixture
# What counts in the organization of their token, where that is not A.
ELSEWHERE = {"other_owner": Role.OWNER, "other_member": Role.MEMBER, "applicant": Role.OWNER}
OUT = ("ex_owner", "suspended")
OTHERS = {"a": "b", "b": "a"}
# What a sign-in opens as well as a token does.
BY_SIGN_IN = {"api:realtime_ticket"}


def answer_of(asker, name, row, method, objects):
    values = {argument: objects[thing] for argument, thing in row.names.items()}
    path = reverse(name, kwargs=values) + QUERIES.get(name, "")
    answer = ask(asker, method, path, row.body, is_api=True, versions="")
    return told(answer, values)


def expected(asker, name, permission, is_own):
    if name in BY_SIGN_IN and not asker.token and not asker.is_out:
        return {404}  # signed in, and in no group
    if asker.is_out or not asker.token or asker.name in OUT:
        return {401}
    role = ELSEWHERE.get(asker.name, asker.role)
    if permission not in OF_ROLE[role]:
        return {403}
    return SUCCESS | REFUSED_VALUE if is_own else {404}


def questions(world, row):
    """Each asker and target, and whether it is theirs to ask for."""
    missing = dict.fromkeys(("talk", "talk_handle", "talk_file"), MISSING)
    for asker in world.askers:
        for target in ("a", "b"):
            mine = {"owner": "a", "other_owner": "b"}.get(asker.name) == target
            yield asker, world.objects[target], mine or not row.names, missing


@pytest.mark.django_db
def test_the_matrix_of_conversations(cast, settings, files, record_property):
    settings.API_RATE_READ = settings.API_RATE_WRITE = settings.API_RATE_WRONG = 100_000
    settings.INVITATIONS_A_DAY = 1000
    settings.MESSAGE_BURST = 100_000
    world = make_world(cast)
    wrong, count = [], 0
    for name, fields in TALKS.items():
        row = Row(**fields)
        for method in row.methods:
            with rolled_back():
                before = digest()
                for found, number in refused(world, name, row, method):
                    wrong += found
                    count += number
                if digest() != before:
                    wrong.append(f"{name} {method}: something refused changed rows")
            for found in done(world, name, row, method):
                wrong += found
                count += 1
    record_property("cells", count)
    assert not wrong, "\n".join([f"{len(wrong)} of {count}", *wrong])
    assert count > 500


def changes(name, method):
    """Whether who may do it leaves something behind."""
    return method != "GET" or name in NOTED


def refused(world, name, row, method):
    """What is wrong with each answer that changes nothing, and how many were asked for."""
    for asker, objects, is_own, missing in questions(world, row):
        allowed = expected(asker, name, row.methods[method], is_own)
        if allowed & SUCCESS and changes(name, method):
            continue
        found = answer_of(asker, name, row, method, objects)
        wrong, number = seen(asker, name, method, found, allowed), 1
        if row.names and not is_own:
            number += 1
            if found != answer_of(asker, name, row, method, missing):
                wrong.append(f"{name} {method} {asker.name}: not as what is missing")
        yield wrong, number


def done(world, name, row, method):
    """The same for what is let through and changes something."""
    for asker, objects, is_own, _missing in questions(world, row):
        allowed = expected(asker, name, row.methods[method], is_own)
        if allowed & SUCCESS and changes(name, method):
            with rolled_back():
                found = answer_of(asker, name, row, method, objects)
            # Nobody has asked these owners anything that they could refuse.
            more = {404} if name == "api:conversation_refuse" else set()
            yield seen(asker, name, method, found, allowed | more)


def seen(asker, name, method, found, allowed):
    """What is wrong: the status, or words that somebody reads who did not say them."""
    own = {"owner": "a", "other_owner": "b"}.get(asker.name)
    if name == "api:conversations" and asker.name in ("organizer", "coordinator"):
        own = "a"  # the channel of their group, in which they take part
    wrong = [
        f"{name} {method} {asker.name}: reads what {one} said"
        for one, canary in CANARIES.items()
        if one != own and canary in found.plain
    ]
    if found.status not in allowed:
        wrong.append(f"{name} {method} {asker.name}: {found.status}, not {sorted(allowed)}")
    return wrong
