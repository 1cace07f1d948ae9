"""The ASGI application: pages and API over HTTP, and the socket."""

import os

from channels.routing import ProtocolTypeRouter

from network.project.handler import handler
from network.project.threads import PooledThreads

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "network.project.settings")


_http = PooledThreads(handler())

# What needs the registry of models is there only now.
from api.socket.app import application as socket  # noqa: E402 - the apps are ready now
from api.waiting import Waiting  # noqa: E402 - the same

application = ProtocolTypeRouter({"http": Waiting(_http, socket.hub), "websocket": socket})
