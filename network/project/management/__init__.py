"""Commands that start things."""
