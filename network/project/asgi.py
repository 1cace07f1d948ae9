"""The ASGI application: pages and API over HTTP."""

import os
from collections.abc import Awaitable, Callable
from typing import Any

from channels.routing import ProtocolTypeRouter
from django.core.asgi import get_asgi_application

from network.project.threads import PooledThreads

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "network.project.settings")


async def no_socket(
    scope: dict[str, Any],
    receive: Callable[[], Awaitable[dict[str, Any]]],
    send: Callable[[dict[str, Any]], Awaitable[None]],
) -> None:
    """Refuse every handshake: there is no socket at any address yet."""
    await receive()
    await send({"type": "websocket.close", "code": 4404})


_http = PooledThreads(get_asgi_application())

# What needs the registry of models is there only now.
from api.waiting import Waiting  # noqa: E402 - the apps are ready now

application = ProtocolTypeRouter({"http": Waiting(_http), "websocket": no_socket})
