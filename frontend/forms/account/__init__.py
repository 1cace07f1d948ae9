"""Forms of an account."""
