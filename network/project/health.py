"""Whether this process lives, and whether it can serve."""

from __future__ import annotations

import asyncio
import datetime as dt

from asgiref.sync import sync_to_async
from channels.layers import get_channel_layer
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_safe
from redis.exceptions import RedisError

from network.models import Job
from network.project.worker import HEARTBEAT, Pulse

LAYER_SECONDS = 1.0
WORKER_AGE = dt.timedelta(seconds=90)


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """200 while the process answers at all."""
    return HttpResponse("ok\n", content_type="text/plain", headers={"Cache-Control": "no-store"})


@require_safe
async def readyz(request: HttpRequest) -> JsonResponse:
    """200 when database, layer and worker are well, else 503; each is named with its state."""
    database, worker = await sync_to_async(_database_and_worker)()
    states = {"database": database, "layer": await _layer(), "worker": worker}
    is_ready = set(states.values()) == {"ok"}
    return JsonResponse(
        states, status=200 if is_ready else 503, headers={"Cache-Control": "no-store"}
    )


def _database_and_worker() -> tuple[str, str]:
    try:
        beat = Job.objects.filter(name=HEARTBEAT).values_list("finished_at", flat=True).first()
    except DatabaseError:
        return "unreachable", "unknown"
    if Pulse.beats(WORKER_AGE.total_seconds()):
        return "ok", "ok"
    if beat is None:
        return "ok", "never seen"
    return "ok", "ok" if timezone.now() - beat <= WORKER_AGE else "silent"


async def _layer() -> str:
    try:
        async with asyncio.timeout(LAYER_SECONDS):
            layer = get_channel_layer()
            if layer is None:
                return "not configured"
            await layer.group_send("readyz", {"type": "readyz"})
    except (OSError, TimeoutError, RedisError):
        return "unreachable"
    return "ok"
