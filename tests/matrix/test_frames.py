"""Who may do what over the socket: every frame, by everybody, at every target.

Foreign and missing are the same bytes; whoever is refused changes no row; no frame carries what
somebody else has said.
"""

import json

import pytest
from asgiref.sync import sync_to_async

from api.socket.frames import CLIENT_FRAMES, name_of
from network.enums import Role
from network.permissions import OF_ROLE, Permission
from tests.api.socket.client import greet, play
from tests.matrix.asking import CANARIES, digest
from tests.matrix.rows_frames import OWN, TARGETED
from tests.matrix.test_conversations import ELSEWHERE, OUT
from tests.matrix.world import MISSING, make_world
from tests.uploaded import files

__all__ = ["files"]  # a fixture


def test_every_frame_has_a_row():
    assert set(TARGETED) | set(OWN) == {name_of(one) for one in CLIENT_FRAMES}
    assert not set(TARGETED) & set(OWN)


def may_open(asker):
    """Whether somebody's token opens one: a role that carries messages, in a verified group."""
    if asker.is_out or not asker.token or asker.name in (*OUT, "applicant"):
        return False
    role = ELSEWHERE.get(asker.name, asker.role)
    return Permission.MESSAGE_READ in OF_ROLE[Role(role)]


@pytest.mark.django_db
def test_the_matrix_of_frames(cast, settings, files, record_property):
    settings.API_RATE_READ = settings.API_RATE_WRITE = settings.API_RATE_WRONG = 100_000
    settings.INVITATIONS_A_DAY = 1000
    settings.MESSAGE_BURST = 100_000
    world = make_world(cast)
    asked = Asked(world)

    async def scene(site):
        before = await sync_to_async(digest)()
        for asker in world.askers:
            await asked.foreign(site, asker)
        if await sync_to_async(digest)() != before:
            asked.wrong.append("something refused changed rows")
        for asker in world.askers:
            await asked.own(site, asker)

    play(scene)
    record_property("cells", asked.count)
    assert not asked.wrong, "\n".join(asked.wrong)
    assert asked.count > 60, asked.count


class Asked:
    """Cells that were asked, and what was wrong."""

    def __init__(self, world):
        self.world, self.wrong, self.count = world, [], 0

    async def foreign(self, site, asker):
        """Whoever may not open one does not; who may gets the same of foreign and of missing."""
        client = site.client(headers=[("Authorization", f"Bearer {asker.token or 'none'}")])
        is_open = await client.opened()
        self.count += 1
        if is_open != may_open(asker):
            self.wrong.append(f"handshake {asker.name}: {is_open}")
        await client.end()
        if not is_open:
            return
        for side in ("a", "b"):
            if side == self.side_of(asker):
                continue
            for kind in TARGETED:
                foreign = await self.told(site, asker, kind, self.world.objects[side]["talk"])
                missing = await self.told(site, asker, kind, MISSING)
                if foreign != missing or '"code": "not_found"' not in foreign:
                    self.wrong.append(f"{kind} {asker.name} {side}: {foreign} {missing}")

    async def own(self, site, asker):
        """Who takes part is not refused."""
        side = self.side_of(asker)
        if side is None:
            return
        for kind in TARGETED:
            told = await self.told(site, asker, kind, self.world.objects[side]["talk"])
            if '"type": "error"' in told:
                self.wrong.append(f"{kind} {asker.name}: {told}")
        for kind, fields in OWN.items():
            client = await site.shaken(asker.token)
            client.say(type=kind, **fields)
            if any(one["type"] == "error" for one in await client.settled()):
                self.wrong.append(f"{kind} {asker.name}: refused")
            await client.end()
            self.count += 1

    async def told(self, site, asker, kind, conversation):
        """What one frame is answered, with what was asked for made one."""
        self.count += 1
        client = site.client(headers=[("Authorization", f"Bearer {asker.token}")])
        assert await client.opened()
        if kind == "hello":
            resumed = {"resume": {"conversations": {conversation: 0}}}
            await greet(client, **{**TARGETED[kind], **resumed})
        else:
            await greet(client)
            client.say(type=kind, conversation=conversation, **TARGETED[kind])
        answered = json.dumps(await client.settled())
        await client.end()
        for side, canary in CANARIES.items():
            if side != self.side_of(asker) and canary in answered.lower().encode():
                self.wrong.append(f"{kind} {asker.name}: reads what {side} said")
        return answered.replace(conversation, "ASKED")

    def side_of(self, asker):
        """Whose conversation is theirs: the owners', who opened them."""
        return {"owner": "a", "other_owner": "b"}.get(asker.name)
