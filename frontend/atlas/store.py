"""Drawn base tiles kept on disk: each is drawn once, served many times.

The grid is fixed (zoom 0 to 6, two themes), so the room they take is bounded: 10,922 files. They
lie in a folder named for the outlines and for the version of the drawing; folders of other
versions are removed when the first tile of this one is asked for.
"""

from __future__ import annotations

import logging
import re
import shutil
import tempfile
import time
from pathlib import Path
from threading import Lock

from frontend.atlas.basemap import fingerprint
from frontend.atlas.drawing import DRAWING_VERSION, check_tile, tile
from frontend.atlas.encoding import END, SIGNATURE
from frontend.atlas.palette import Theme, check_theme

log = logging.getLogger(__name__)

VERSION = re.compile(r"v\d+-[0-9a-f]{12}")
UNFINISHED = ".unfinished-"
# A file that was being written so long ago belongs to a process that died.
STALE = 3600.0


def version() -> str:
    """The name of the folder of the tiles as they are drawn now, such as `v1-6690c9ae6243`."""
    return f"v{DRAWING_VERSION}-{fingerprint()}"


class TileStore:
    """Tiles under a folder, for instance `DATA_DIR / "map"`.

    A folder that cannot be written, or a full disk, costs the time of drawing and one line in the
    log; the tile is served all the same. Safe for several threads and processes.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._version = ""
        self._has_complained = False
        self._lock = Lock()

    def tile(self, z: int, x: int, y: int, theme: Theme) -> bytes:
        """One tile, read from the disk, or drawn and kept.

        Raises: ValueError for a tile outside of the grid or another theme.
        """
        check_tile(z, x, y)
        check_theme(theme)
        path = self._home() / theme / str(z) / str(x) / f"{y}.png"
        kept = self._read(path)
        if kept is None:
            kept = tile(z, x, y, theme)
            self._write(path, kept)
        return kept

    def clean(self) -> None:
        """Removes the tiles of other versions, and files that were never finished."""
        if not self.folder.is_dir():
            return
        for one in self.folder.iterdir():
            if VERSION.fullmatch(one.name) and one.name != version():
                shutil.rmtree(one, ignore_errors=True)
            elif one.name.startswith(UNFINISHED) and _age(one) > STALE:
                one.unlink(missing_ok=True)

    def _home(self) -> Path:
        """The folder of this version; the first call tidies the others away."""
        with self._lock:
            if not self._version:
                self._version = version()
                try:
                    self.clean()
                except OSError as error:
                    self._complain(error)
            return self.folder / self._version

    def _read(self, path: Path) -> bytes | None:
        """The whole of a kept tile; None where there is none or it was cut short."""
        try:
            data = path.read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            self._complain(error)
            return None
        return data if data.startswith(SIGNATURE) and data.endswith(END) else None

    def _write(self, path: Path, data: bytes) -> None:
        """Writes beside the place and moves there: a reader sees all of it or nothing."""
        unfinished: Path | None = None
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(
                dir=self.folder, prefix=UNFINISHED, delete=False
            ) as file:
                unfinished = Path(file.name)
                file.write(data)
            unfinished.replace(path)
        except OSError as error:
            self._complain(error)
            if unfinished is not None:
                _drop(unfinished)

    def _complain(self, error: OSError) -> None:
        """Says once that tiles are not kept; the folder is not named, the error number is."""
        if not self._has_complained:
            self._has_complained = True
            log.warning(
                "Map tiles are drawn anew each time: they cannot be kept (%s)", error.strerror
            )


def _age(path: Path) -> float:
    """Seconds since a file was written; 0 for one that is gone."""
    try:
        return time.time() - path.stat().st_mtime
    except FileNotFoundError:
        return 0.0


def _drop(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError:
        log.debug("An unfinished map tile stays behind")
