"""The shared API: input and output, no rules."""
