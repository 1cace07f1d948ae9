"""Answers in parts of the tests' own, behind the product's own Daphne with a small limit."""

import asyncio
import os
import sys
from collections import Counter

os.environ["DJANGO_SETTINGS_MODULE"] = "network.project.settings"

import django
from django.conf import settings
from django.http import HttpResponse, JsonResponse, StreamingHttpResponse
from django.urls import path

PART = 64 * 1024
MANY = 3_200
# What each stream has offered so far, and how many of each name have ended.
OFFERED, ENDED = Counter(), Counter()


def part(number):
    """64 KiB that say which part they are."""
    return number.to_bytes(8, "big") * (PART // 8)


async def parts(name, count):
    try:
        for number in range(count):
            OFFERED[name] += 1
            yield part(number)
    finally:
        ENDED[name] += 1


async def slices(name, count):
    async for one in parts(name, count):
        yield one[: PART // 16]


async def failing(name, count):
    async for one in parts(name, count):
        yield one
    raise ValueError("secret of 192.0.2.7")


async def hanging(name, count):
    async for one in parts(name, count):
        yield one
    try:
        await asyncio.Event().wait()
    finally:
        await asyncio.sleep(0)
        ENDED[f"{name} waiting"] += 1
        print(f"{name} has tidied up", flush=True)


async def dripping(name, count):
    for number in range(count):
        await asyncio.sleep(0.25)
        yield b"%d\n" % number


def streams(generator):
    """A view that streams it."""

    async def view(_request, name, count):
        return StreamingHttpResponse(generator(name, count), content_type="text/plain")

    return view


def short(_request):
    return HttpResponse(b"short")


def large(_request, count):
    return HttpResponse(b"".join(part(number) for number in range(count)))


def seen(_request, name):
    return JsonResponse(
        {
            "offered": OFFERED[name],
            "ended": ENDED[name],
            "waiting ended": ENDED[f"{name} waiting"],
        }
    )


async def deaf(scope, send):
    """An application of another make, which never asks whether anybody is there."""
    name = scope["path"].strip("/")
    await send({"type": "http.response.start", "status": 200})
    async for one in parts(name, MANY):
        await send({"type": "http.response.body", "body": one, "more_body": True})
    await send({"type": "http.response.body"})


urlpatterns = [
    path("parts/<name>/<int:count>/", streams(parts)),
    path("slices/<name>/<int:count>/", streams(slices)),
    path("failing/<name>/<int:count>/", streams(failing)),
    path("hanging/<name>/<int:count>/", streams(hanging)),
    path("dripping/<name>/<int:count>/", streams(dripping)),
    path("large/<int:count>/", large),
    path("short/", short),
    path("seen/<name>/", seen),
]

if __name__ == "__main__":
    settings.ROOT_URLCONF = __name__
    django.setup()
    from django.core.asgi import get_asgi_application

    from network.project.listener import listener

    pages = get_asgi_application()

    async def application(scope, receive, send):
        if scope["path"] == "/deaf/":
            await deaf(scope, send)
        else:
            await pages(scope, receive, send)

    listener(
        application,
        host="127.0.0.1",
        port=int(sys.argv[1]),
        when_ready=lambda: None,
        request_seconds=int(sys.argv[2]),
    ).run()
