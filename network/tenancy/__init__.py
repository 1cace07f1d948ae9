"""The actor, the scope in which it sees rows, and row security in the database."""

from network.tenancy.actor import Actor, Purpose, Via, member, steward, system, visitor
from network.tenancy.scope import acting, current_actor

__all__ = [
    "Actor",
    "Purpose",
    "Via",
    "acting",
    "current_actor",
    "member",
    "steward",
    "system",
    "visitor",
]
