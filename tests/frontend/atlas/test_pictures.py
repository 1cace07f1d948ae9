"""The memory for composed pictures: bounded by bytes, the oldest go first."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from hypothesis import given, settings
from hypothesis import strategies as st

from frontend.atlas.pictures import PictureCache


def test_what_was_asked_for_longest_ago_goes_first():
    cache = PictureCache(30)
    for key in "abc":
        cache.put(key, key.encode() * 10)
    assert cache.get("a") == b"a" * 10
    cache.put("d", b"d" * 10)
    assert cache.get("b") is None
    assert [key for key in "acd" if cache.get(key)] == ["a", "c", "d"]
    assert cache.size == 30


def test_what_is_too_large_is_not_held_and_pushes_nothing_out():
    cache = PictureCache(30)
    cache.put("a", b"a" * 10)
    cache.put("b", b"b" * 31)
    assert cache.get("b") is None
    assert cache.get("a") == b"a" * 10


def test_the_same_key_is_counted_once():
    cache = PictureCache(30)
    cache.put("a", b"1" * 20)
    cache.put("a", b"2" * 25)
    assert (cache.size, len(cache), cache.get("a")) == (25, 1, b"2" * 25)
    cache.put("a", b"3" * 40)
    assert (cache.size, len(cache), cache.get("a")) == (0, 0, None)


def test_a_picture_is_drawn_once_while_it_is_held():
    cache, drawn = PictureCache(100), []

    def draw():
        drawn.append(1)
        return b"picture"

    assert cache.get_or_draw("k", draw) == cache.get_or_draw("k", draw) == b"picture"
    assert len(drawn) == 1
    cache.clear()
    assert cache.size == 0
    cache.get_or_draw("k", draw)
    assert len(drawn) == 2


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 60)), max_size=60))
def test_it_never_holds_more_than_it_may(steps):
    cache = PictureCache(100)
    last = {}
    for key, length in steps:
        cache.put(key, bytes(length))
        last[key] = length
        held = {one: cache.get(one) for one in last}
        assert cache.size <= 100
        assert cache.size == sum(len(found) for found in held.values() if found is not None)
        assert all(found is None or len(found) == last[one] for one, found in held.items())


def test_many_threads_leave_the_count_right():
    cache = PictureCache(5_000)

    def work(n):
        for i in range(200):
            key = (n * 7 + i) % 40
            cache.put(key, bytes(key * 10))
            found = cache.get((key + 1) % 40)
            assert found is None or len(found) == (key + 1) % 40 * 10

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(work, range(8)))
    held = [cache.get(key) for key in range(40)]
    assert cache.size == sum(len(found) for found in held if found is not None) <= 5_000
