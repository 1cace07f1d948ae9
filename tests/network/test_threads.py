"""Threads that stay: one for a request, taken over by the next, never shared by two at once."""

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from asgiref.sync import sync_to_async

from network.project.threads import MOST_IDLE, PooledThreads


def run(coroutine):
    """Run it in a loop of its own: the thread of the tests may have one, that of the browser."""
    with ThreadPoolExecutor(max_workers=1) as thread:
        return thread.submit(asyncio.run, coroutine).result(60)


def serve(application, *, at_once, times=1):
    """Ask so many at once, so many times over."""

    async def ask():
        pooled = PooledThreads(application)
        for _time in range(times):
            await asyncio.gather(*(pooled({}, None, None) for _one in range(at_once)))
        return pooled

    return run(ask())


def test_the_next_request_takes_the_thread_over():
    seen = []

    async def application(scope, receive, send):
        await sync_to_async(lambda: seen.append(threading.get_ident()))()
        await sync_to_async(lambda: seen.append(threading.get_ident()))()

    serve(application, at_once=1, times=20)
    assert len(seen) == 40
    assert len(set(seen)) == 1


def test_requests_at_once_have_a_thread_each_and_few_stay():
    together = threading.Barrier(MOST_IDLE + 4, timeout=20)
    seen = []

    def work():
        together.wait()
        seen.append(threading.get_ident())

    async def application(scope, receive, send):
        await sync_to_async(work)()

    pooled = serve(application, at_once=MOST_IDLE + 4)
    assert len(set(seen)) == MOST_IDLE + 4
    assert len(pooled._idle) == MOST_IDLE


def test_a_thread_that_is_still_at_work_for_a_cancelled_request_is_given_to_nobody():
    release, begun = threading.Event(), threading.Event()
    seen = {}

    def slow():
        seen["slow"] = threading.get_ident()
        begun.set()
        assert release.wait(20)

    def quick():
        seen["quick"] = threading.get_ident()

    async def application(scope, receive, send):
        await sync_to_async(slow if scope["slow"] else quick)()

    async def ask():
        pooled = PooledThreads(application)
        first = asyncio.ensure_future(pooled({"slow": True}, None, None))
        await asyncio.to_thread(begun.wait, 20)
        first.cancel()
        with pytest.raises(asyncio.CancelledError):
            await first
        await asyncio.wait_for(pooled({"slow": False}, None, None), 20)
        assert len(pooled._idle) == 1
        release.set()
        while len(pooled._idle) < 2:
            await asyncio.sleep(0)

    run(ask())
    assert seen["slow"] != seen["quick"]


def test_what_fails_gives_its_thread_back():
    async def application(scope, receive, send):
        raise RuntimeError("a request that fails")

    async def ask():
        pooled = PooledThreads(application)
        with pytest.raises(RuntimeError):
            await pooled({}, None, None)
        while not pooled._idle:
            await asyncio.sleep(0)

    run(asyncio.wait_for(ask(), 20))
