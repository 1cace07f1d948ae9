"""What each frame of the socket is about: found from the frames, so that none is left out.

`TARGETED` are about one conversation; the value is what the frame says beside it. `OWN` are about
the socket itself.
"""

from __future__ import annotations

from typing import Any

KEY = "00000000-0000-4000-8000-0000000000aa"
TARGETED: dict[str, dict[str, Any]] = {
    "hello": {"v": 1, "device_id": KEY},
    "sub": {"since": 0},
    "send": {"client_id": KEY, "body": "Words"},
    "read": {"seq": 1},
}
OWN: dict[str, dict[str, Any]] = {
    "unsub": {"conversation": KEY},
    "ack": {"frames": 1},
    "ping": {"n": 1},
}
