"""Settings, addresses and the commands that start things. Knows everybody; nobody imports it."""
