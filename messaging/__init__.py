"""Conversations between organizations: the durable log and what is read from it."""
