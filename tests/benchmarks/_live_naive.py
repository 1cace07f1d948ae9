"""The control: a chat as tutorials build it, which must fail where the product must not.

A consumer with a channel of its own in a group for each conversation. Whatever is sent is kept in
a table, acknowledged, and given to the group with its words in it: who is not connected at that
moment, or whose layer is away, never sees it, and what is sent again is there twice. It speaks as
much of the product's protocol as the same clients need.

`python -m tests.benchmarks._live_naive make`, then `... PORT` to serve, and `... look` as `_talks`
has it. `REDIS_URL` is for several workers, `DATABASE_OWNER_URL` or `DATA_DIR` for the table.
"""

from __future__ import annotations

import json
import os
import sys
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import path

from tests.benchmarks._live_table import table

REDIS = os.environ.get("REDIS_URL", "")
_LAYER: dict[str, Any] = {"BACKEND": "channels.layers.InMemoryChannelLayer"}
if REDIS:
    _LAYER = {
        "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
        "CONFIG": {"hosts": [REDIS]},
    }
TABLE = (
    "CREATE TABLE IF NOT EXISTS said (conversation text, seq integer, id text, body text, "
    "UNIQUE (conversation, seq))"
)


def make() -> dict[str, Any]:
    """The empty table."""
    connection, _mark = table()
    connection.execute("DROP TABLE IF EXISTS said")
    connection.execute(TABLE)
    connection.close()
    return {}


def look() -> dict[str, Any]:
    """All that is kept, as `_talks look` tells it."""
    connection, _mark = table()
    rows = connection.execute("SELECT conversation, seq, id, body FROM said ORDER BY 1, 2")
    found: dict[str, Any] = {}
    for conversation, seq, key, body in rows.fetchall():
        one = found.setdefault(conversation, {"log": [], "last_seq": 0, "is_folded": True})
        one["log"].append([seq, key, "", "", body])
        one["last_seq"] = seq
    connection.close()
    return found


def healthz(_request: HttpRequest) -> HttpResponse:
    """That it answers."""
    return HttpResponse(b"well")


urlpatterns = [path("healthz", healthz)]


def serve(port: int) -> None:
    """Serve until it is killed."""
    settings.configure(
        ALLOWED_HOSTS=["localhost", "127.0.0.1"],
        CHANNEL_LAYERS={"default": _LAYER},
        DATA_DIR=None,
        DATABASES={},
        HAS_OWNER_ROLE=False,
        MIDDLEWARE=[],
        ROOT_URLCONF=__name__,
        SECRET_KEY="bare",
        USE_TZ=True,
    )
    import django

    django.setup()
    from channels.routing import ProtocolTypeRouter
    from django.core.asgi import get_asgi_application

    from network.project.listener import listener
    from network.project.places import Limits
    from tests.benchmarks._live_chat import Chat

    routes = {"http": get_asgi_application(), "websocket": Chat.as_asgi()}
    listener(
        ProtocolTypeRouter(routes),
        host="127.0.0.1",
        port=port,
        when_ready=lambda: None,
        limits=Limits(connections=2000),
    ).run()


if __name__ == "__main__":
    does = {"make": make, "look": look}.get(sys.argv[1])
    if does is None:
        serve(int(sys.argv[1]))
    else:
        print(json.dumps(does()))
