"""A small application of the tests' own behind the product's own Daphne, with small limits.

127.0.0.1 stands for a proxy, whose connections are not counted by address; the other addresses of
the loopback range stand for readers who come by themselves.
"""

import asyncio
import os
import sys

os.environ["DJANGO_SETTINGS_MODULE"] = "network.project.settings"

import django
from django.conf import settings
from django.http import HttpResponse, StreamingHttpResponse
from django.urls import path

from network.project.places import Limits

LIMITS = Limits(
    connections=16,
    per_address=4,
    sockets=6,
    head_seconds=2,
    body_seconds=2,
    upload_seconds=5,
    idle_seconds=2,
    spare_seconds=1,
    is_exempt=lambda host: host == "127.0.0.1",
)
STALL_SECONDS = 3
# As much as Django hands over at once.
LARGE = 60_000
# What was made whole.
MADE = []


def health(_request):
    return HttpResponse("ok")


def echo(request):
    return HttpResponse(b"got " + request.body)


def size(request, organization):
    """How long the body was."""
    return HttpResponse(b"took %d" % len(request.read()))


def large(_request, number):
    MADE.append(number)
    return HttpResponse(bytes([number]) * LARGE)


def made(_request):
    return HttpResponse(str(len(MADE)))


async def parts(count):
    for _ in range(count):
        yield b"p" * LARGE
    MADE.append(count)


def streamed(_request, count):
    return StreamingHttpResponse(parts(count))


async def waits(_request):
    await asyncio.Event().wait()


async def socket(receive, send):
    """A socket that says back what it is told."""
    await receive()
    await send({"type": "websocket.accept"})
    while (message := await receive())["type"] == "websocket.receive":
        await send({"type": "websocket.send", "text": message["text"]})


urlpatterns = [
    path("healthz", health),
    path("echo/", echo),
    path("large/<int:number>/", large),
    path("made/", made),
    path("api/v1/organizations/<slug:organization>/documents/", size),
    path("streamed/<int:count>/", streamed),
    path("waits/", waits),
]

if __name__ == "__main__":
    settings.ROOT_URLCONF = __name__
    django.setup()
    from django.core.asgi import get_asgi_application

    from network.project.listener import listener

    pages = get_asgi_application()

    async def application(scope, receive, send):
        if scope["type"] == "websocket":
            await socket(receive, send)
        else:
            await pages(scope, receive, send)

    listener(
        application,
        host="127.0.0.1",
        port=int(sys.argv[1]),
        when_ready=lambda: None,
        request_seconds=STALL_SECONDS,
        limits=LIMITS,
    ).run()
