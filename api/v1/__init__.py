"""Version 1 of the shared API."""
