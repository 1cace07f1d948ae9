"""Tiles on disk: drawn once, whole, bounded, and no answer hangs on the disk."""

from __future__ import annotations

import logging
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from frontend.atlas import store as module
from frontend.atlas.drawing import tile
from frontend.atlas.store import UNFINISHED, TileStore, version


def files(folder):
    return sorted(str(one.relative_to(folder)) for one in folder.rglob("*") if one.is_file())


@pytest.mark.parametrize(
    ("z", "x", "y", "theme"),
    [
        (7, 0, 0, "light"),
        (3, 8, 0, "light"),
        (3, 0, -1, "dark"),
        (0, 0, 0, "../../etc"),
        (0, 0, 0, ""),
    ],
)
def test_nothing_outside_of_the_grid_touches_the_disk(tmp_path, z, x, y, theme):
    with pytest.raises(ValueError, match="There is no"):
        TileStore(tmp_path / "map").tile(z, x, y, theme)
    assert files(tmp_path) == []


def test_no_theme_leads_out_of_the_folder(tmp_path):
    """A whole picture lies where the path would lead: it is not served."""
    (tmp_path / "map" / version()).mkdir(parents=True)
    outside = tmp_path / "map" / "private" / "0" / "0"
    outside.mkdir(parents=True)
    (outside / "0.png").write_bytes(tile(0, 0, 0, "light"))
    with pytest.raises(ValueError, match="There is no theme"):
        TileStore(tmp_path / "map").tile(0, 0, 0, "../private")


def test_a_tile_is_drawn_once(tmp_path):
    store = TileStore(tmp_path / "map")
    first = store.tile(2, 2, 1, "light")
    assert first == tile(2, 2, 1, "light")
    assert files(tmp_path) == [f"map/{version()}/light/2/2/1.png"]
    # What lies on the disk is what is served: here the dark one under the light one's name.
    path = tmp_path / "map" / version() / "light/2/2/1.png"
    path.write_bytes(tile(2, 2, 1, "dark"))
    assert store.tile(2, 2, 1, "light") == tile(2, 2, 1, "dark")
    assert TileStore(tmp_path / "map").tile(2, 2, 1, "light") == tile(2, 2, 1, "dark")


@pytest.mark.parametrize("left", [b"", b"\x89PNG\r\n\x1a\n", None])
def test_a_tile_that_was_cut_short_is_drawn_anew(tmp_path, left):
    store = TileStore(tmp_path)
    whole = store.tile(1, 0, 0, "dark")
    path = tmp_path / version() / "dark/1/0/0.png"
    path.write_bytes(whole[:-20] if left is None else left)
    assert store.tile(1, 0, 0, "dark") == whole
    assert path.read_bytes() == whole


def test_many_at_once_get_the_same_and_leave_nothing_unfinished(tmp_path):
    store = TileStore(tmp_path)
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _n: store.tile(3, 4, 2, "light"), range(24)))
    assert len(set(found)) == 1
    assert files(tmp_path) == [f"{version()}/light/3/4/2.png"]


def test_other_versions_are_cleaned_away_and_nothing_else(tmp_path):
    old, other = tmp_path / "v0-0123456789ab", tmp_path / "notes"
    (old / "light" / "0" / "0").mkdir(parents=True)
    (old / "light" / "0" / "0" / "0.png").write_bytes(b"old")
    other.mkdir()
    (other / "keep.txt").write_text("mine")
    (tmp_path / "v1").write_text("mine too")
    stale, fresh = tmp_path / f"{UNFINISHED}a", tmp_path / f"{UNFINISHED}b"
    stale.write_bytes(b"x")
    fresh.write_bytes(b"x")
    os.utime(stale, (0, 0))
    store = TileStore(tmp_path)
    store.tile(0, 0, 0, "light")
    assert not old.exists()
    assert not stale.exists()
    assert fresh.exists()
    assert (other / "keep.txt").read_text() == "mine"
    assert (tmp_path / "v1").read_text() == "mine too"
    store.clean()
    assert (tmp_path / version() / "light/0/0/0.png").exists()


def test_the_version_follows_outlines_and_drawing(monkeypatch):
    before = version()
    assert before.startswith("v1-6690c9ae6243")
    monkeypatch.setattr(module, "DRAWING_VERSION", 2)
    assert version() == "v2-6690c9ae6243"
    assert module.VERSION.fullmatch(version())


def test_a_folder_that_is_a_file_costs_one_line_in_the_log(tmp_path, caplog):
    (tmp_path / "map").write_text("in the way")
    store = TileStore(tmp_path / "map")
    with caplog.at_level(logging.WARNING):
        assert store.tile(0, 0, 0, "light") == tile(0, 0, 0, "light")
        assert store.tile(1, 0, 0, "dark") == tile(1, 0, 0, "dark")
    assert len(caplog.records) == 1
    assert "cannot be kept" in caplog.text
    assert str(tmp_path) not in caplog.text


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_breaks_no_answer(tmp_path, caplog, monkeypatch):
    """Every write ends with "no space left": the file is opened on the device that is full."""

    def full(**asked):
        path = asked["dir"] / f"{asked['prefix']}x"
        path.symlink_to("/dev/full")
        return path.open("wb", buffering=0)

    monkeypatch.setattr(module.tempfile, "NamedTemporaryFile", full)
    store = TileStore(tmp_path)
    assert store.tile(0, 0, 0, "light") == tile(0, 0, 0, "light")
    assert store.tile(0, 0, 0, "light") == tile(0, 0, 0, "light")
    assert len(caplog.records) == 1
    assert "No space left" in caplog.text
    assert [one for one in tmp_path.rglob("*") if not one.is_dir()] == []
