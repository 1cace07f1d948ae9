"""Mails that say how much waits among somebody's messages."""
