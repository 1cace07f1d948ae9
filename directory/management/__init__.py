"""Commands of the directory and what they share."""
