"""What the hubs hear: a channel in their group, read without waiting."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer

from messaging.hints import HUB, pass_by

IN_MEMORY = {"default": {"BACKEND": "channels.layers.InMemoryChannelLayer"}}


class HubEar:
    """A channel in the hubs' group. Only over the layer in memory: it has nothing to wait for."""

    def __init__(self) -> None:
        self._layer: Any = get_channel_layer()
        self._channel: str = async_to_sync(self._layer.new_channel)()
        async_to_sync(self._layer.group_add)(HUB, self._channel)

    def heard(self) -> list[dict[str, Any]]:
        """What came since the last call."""
        found = []
        while self._channel in self._layer.channels:
            found.append(async_to_sync(self._layer.receive)(self._channel))
        return found


@contextmanager
def hub_ear(settings: Any) -> Iterator[HubEar]:
    """An ear in the hubs' group; the layer is the one in memory, whatever the tests run on."""
    settings.CHANNEL_LAYERS = IN_MEMORY
    # A hub of another test in this process would carry them itself.
    pass_by(None)
    yield HubEar()
