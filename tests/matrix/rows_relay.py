"""What each surface of the form for notes is for, and who may."""

from __future__ import annotations

from network.permissions import Permission

DESK = {
    "desk:program_relay": {
        "methods": {"GET": Permission.PROGRAM_PUBLISH, "POST": Permission.PROGRAM_PUBLISH},
        "names": {"program": "program"},
        "body": {"email": "notes@example.org", "language": "en"},
    }
}
