"""The public directory: programs, facilities, countries, and who is let in."""
