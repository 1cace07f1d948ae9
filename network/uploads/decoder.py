"""The program that decodes one file, with little memory and time and nothing else within reach.

Whoever sends a file chooses what a decoder reads, and decoders have had holes: they run in a
process of their own that has no secrets in its environment, opens no file for writing, and ends
with its limits. Standard input is the file; standard output is one line of JSON and the bytes to
keep.
"""

from __future__ import annotations

import json
import resource
import sys
from typing import Any

MEMORY = 1024 * 1024 * 1024
CPU_SECONDS = 20
PICTURES_ONLY = frozenset({"logo", "photo"})


def decide(data: bytes, use: str) -> tuple[dict[str, Any], bytes]:
    """What the file is and the bytes to keep; the code of the refusal and none where it is not."""
    from network.uploads import papers, pictures

    try:
        if pictures.is_picture(data):
            media_type, width, height, written = pictures.bare_picture(data, use)
            return {"media_type": media_type, "width": width, "height": height}, written
        if use in PICTURES_ONLY:
            return {"refused": "not_a_picture"}, b""
        if papers.is_pdf(data):
            return {"media_type": "application/pdf"}, papers.checked_pdf(data)
        return {"media_type": "text/plain"}, papers.checked_text(data)
    except pictures.Unfit as unfit:
        return {"refused": str(unfit)}, b""
    except MemoryError:
        return {"refused": "heavy"}, b""


def limit() -> None:
    """Take away what decoding does not need, for good."""
    for kind, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (most, most))


def main() -> None:
    """Decide on standard input."""
    limit()
    said, kept = decide(sys.stdin.buffer.read(), sys.argv[1])
    sys.stdout.buffer.write(json.dumps(said).encode() + b"\n" + kept)
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
