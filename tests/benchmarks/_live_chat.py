"""The consumer of the control, as tutorials have it: what is sent goes to all with its words."""

from __future__ import annotations

import json
import sqlite3
import uuid
from typing import Any

import psycopg
from asgiref.sync import sync_to_async
from channels.generic.websocket import AsyncWebsocketConsumer

from tests.benchmarks._live_table import table

ADD = (
    "INSERT INTO said (conversation, seq, id, body) "
    "SELECT {0}, coalesce(max(seq), 0) + 1, {0}, {0} "
    "FROM said WHERE conversation = {0} RETURNING seq"
)


def keep(conversation: str, body: str) -> tuple[int, str]:
    """Number and id of what was kept now."""
    key = str(uuid.uuid4())
    for _try in range(50):
        connection, mark = table()
        try:
            row = connection.execute(ADD.format(mark), [conversation, key, body, conversation])
            return int(row.fetchone()[0]), key
        except (psycopg.errors.UniqueViolation, sqlite3.IntegrityError):
            continue  # another took the number
        finally:
            connection.close()
    raise RuntimeError("no number is free")


class Chat(AsyncWebsocketConsumer):
    """In a group for each conversation that its client names."""

    async def connect(self) -> None:
        """Let everybody in."""
        await self.accept("nv1")

    async def receive(self, text_data: str = "", bytes_data: bytes = b"") -> None:
        """Answer one frame."""
        frame = json.loads(text_data)
        if frame["type"] == "hello":
            for key in frame["resume"]["conversations"]:
                await self.channel_layer.group_add(key, self.channel_name)
            await self.say({"type": "welcome", "heads": {}})
        elif frame["type"] == "ping":
            await self.say({"type": "pong", "n": frame["n"], "heads_digest": ""})
        elif frame["type"] == "send":
            await self.keep(frame)

    async def keep(self, frame: dict[str, Any]) -> None:
        """Keep a message, say so, and give it to all who are connected now."""
        seq, key = await sync_to_async(keep)(frame["conversation"], frame["body"])
        told = {"id": key, "seq": seq}
        await self.say(
            {"type": "ack", "client_id": frame["client_id"], "state": "committed", **told}
        )
        event = {"conversation": frame["conversation"], "body": frame["body"], **told}
        await self.channel_layer.group_send(
            frame["conversation"], {"type": "chat.event", "event": event}
        )

    async def chat_event(self, message: dict[str, Any]) -> None:
        """Pass on what the group was given."""
        await self.say({"type": "event", **message["event"]})

    async def say(self, frame: dict[str, Any]) -> None:
        """One frame."""
        await self.send(text_data=json.dumps(frame))
