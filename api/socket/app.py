"""The socket as an ASGI application, without a framework between: an idle one costs little."""

from __future__ import annotations

import logging
from typing import Any

from django.conf import settings
from django.db import DatabaseError

from api.socket import frames
from api.socket.answers import event_text
from api.socket.codes import CLOSE_CODES, Code
from api.socket.connection import JITTER_MS, Connection, Receive
from api.socket.handshake import Admitted, Offered, admit, offered
from api.socket.position import Send
from messaging.hub import Hub
from messaging.sockets import Bye
from messaging.threads import Runner, Threads

Message = dict[str, Any]
PATH = "/ws/v1/"
logger = logging.getLogger(__name__)


class SocketApplication:
    """Lets in who may come, and refuses all others alike.

    `hub` is the one of this process: `hub.drain()` sends everybody away before it ends.
    """

    def __init__(self, hub: Hub | None = None, runner: Runner | None = None) -> None:
        """With a hub of its own, and threads of its own for what clients ask."""
        self.hub = hub or Hub(event_text)
        self._runner = runner or Threads(settings.SOCKET_THREADS, "socket")

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """One socket, from its handshake to its end."""
        if (await receive())["type"] != "websocket.connect":
            return
        offer = offered(scope) if scope["path"] == PATH and not self.hub.is_draining else None
        since = self.hub.now()
        # What came with the handshake is not kept for as long as the socket is open.
        scope.clear()
        try:
            admitted = await self._runner.run(admit, offer) if offer is not None else None
        except DatabaseError:
            await _turn_away(send, offer, Bye.RECONNECT, Code.RETRY)
            return
        if admitted is None or offer is None:
            await send({"type": "websocket.close"})
            return
        await self._serve(admitted, offer, since, receive, send)

    async def _serve(
        self, admitted: Admitted, offer: Offered, since: float, receive: Receive, send: Send
    ) -> None:
        if not self.hub.has_room(admitted.holder.person_id):
            await _turn_away(send, offer, Bye.RATE, Code.RATE)
            return
        await send({"type": "websocket.accept", "subprotocol": offer.protocol})
        await Connection(admitted, self.hub, self._runner, send).run(receive, since)


async def _turn_away(send: Send, offer: Offered | None, why: Bye, code: Code) -> None:
    """Say why, to somebody who was let in for no more than that."""
    await send({"type": "websocket.accept", "subprotocol": offer and offer.protocol})
    refusal = frames.encode(frames.Refusal(code=code, retry_ms=JITTER_MS))
    await send({"type": "websocket.send", "text": refusal})
    farewell = frames.encode(frames.Farewell(code=str(why), retry_ms=JITTER_MS))
    await send({"type": "websocket.send", "text": farewell})
    await send({"type": "websocket.close", "code": CLOSE_CODES[why]})


application = SocketApplication()
